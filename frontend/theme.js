// SPDX-License-Identifier: EUPL-1.2
// The design tokens of the installation's theme, made from theme.json by the design system's own command.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, modules, source } from "./cache.js";

const cli = join(modules, "@digdir/designsystemet/dist/bin/designsystemet.js");

/** The path of the theme's style sheet; made anew only when theme.json or the design system changes. */
export function theme() {
  const config = join(source, "theme.json");
  const version = readFileSync(join(modules, "@digdir/designsystemet/package.json"), "utf8");
  const folder = cached("theme", [readFileSync(config), version]);
  const sheet = join(folder, "css/talka.css");
  if (!existsSync(sheet)) {
    mkdirSync(folder, { recursive: true });
    cpSync(config, join(folder, "designsystemet.config.json"));
    const run = (...words) => execFileSync(process.execPath, [cli, "tokens", ...words], { cwd: folder, stdio: "pipe" });
    run("create", "--config", "designsystemet.config.json", "--clean");
    run("build", "-t", "tokens", "-o", "css");
  }
  return sheet;
}
