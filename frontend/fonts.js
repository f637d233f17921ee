// SPDX-License-Identifier: EUPL-1.2
// The font cut into three files that a browser fetches as it needs them: western letters, Latvian letters, the rest.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subset from "subset-font";
import { cached, digest, modules } from "./cache.js";

const family = "Atkinson Hyperlegible Next Variable";
const files = join(modules, "@fontsource-variable/atkinson-hyperlegible-next/files");
// The interface uses the weights from regular to bold; what is left out makes the files half as large.
const weights = { wght: { min: 400, max: 700 } };

const latvian = "ĀāČčĒēĢģĪīĶķĻļŅņŌōŖŗŠšŪūŽž";
const span = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const parts = [
  { name: "latin", from: "latin", letters: span(0x20, 0xff) + span(0x2000, 0x206f) + "ŒœŸ€™↑↓−∕" },
  { name: "latvian", from: "latin-ext", letters: latvian },
  { name: "europe", from: "latin-ext", letters: [...span(0x100, 0x24f) + span(0x1e00, 0x1eff)].filter((c) => !latvian.includes(c)).join("") },
];

/** Consecutive code points written as a CSS unicode-range. */
function ranges(letters) {
  const points = [...new Set([...letters].map((c) => c.codePointAt(0)))].sort((a, b) => a - b);
  const spans = [];
  for (const point of points) {
    const last = spans.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else spans.push([point, point]);
  }
  const hex = (point) => point.toString(16).toUpperCase();
  return spans.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(",");
}

/** Cut the font; return the files and the style sheet that names them. */
export async function fonts() {
  const made = [];
  for (const part of parts) {
    const original = readFileSync(join(files, `atkinson-hyperlegible-next-${part.from}-wght-normal.woff2`));
    const folder = cached("font", [original, part.letters, JSON.stringify(weights)]);
    const file = join(folder, `${part.name}.woff2`);
    if (!existsSync(file)) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, await subset(original, part.letters, { targetFormat: "woff2", variationAxes: weights }));
    }
    const content = readFileSync(file);
    made.push({ logical: `${part.name}.woff2`, name: `${part.name}.${digest(content)}.woff2`, content, range: ranges(part.letters) });
  }
  const faces = made.map(
    (font) => `@font-face{font-family:"${family}";font-style:normal;font-weight:400 700;font-display:swap;src:url("./${font.name}") format("woff2");unicode-range:${font.range}}`,
  );
  return { files: made, sheet: faces.join("\n") };
}
