// SPDX-License-Identifier: EUPL-1.2
// Where the build keeps what is slow to make and depends only on its input.
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const source = dirname(fileURLToPath(import.meta.url));
export const modules = join(source, "../node_modules");

/** Twelve hexadecimal digits that change with the contents. */
export function digest(...contents) {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 12);
}

/** The folder for a result of this kind made from these contents. */
export function cached(kind, contents) {
  return join(modules, ".cache/talka", `${kind}-${digest(...contents)}`);
}
