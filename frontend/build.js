// SPDX-License-Identifier: EUPL-1.2
// Makes src/talka/static/dist: bundled, with the content's digest in each name, compressed ahead, listed in manifest.json.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { digest, modules, source } from "./cache.js";
import { fonts } from "./fonts.js";
import { ground } from "./ground.js";
import { theme } from "./theme.js";

const target = join(source, "../src/talka/static/dist");
const work = `${target}.new-${process.pid}`;
const compressible = new Set([".css", ".js", ".svg", ".json"]);
const manifest = {};

function write(name, content) {
  const file = join(work, name);
  writeFileSync(file, content);
  if (!compressible.has(extname(name))) return;
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
}

function publish(logical, content) {
  const extension = extname(logical);
  manifest[logical] = `${basename(logical, extension)}.${digest(content)}${extension}`;
  write(manifest[logical], content);
}

/** Give `theme` and `fonts` to the style sheets as if they were files. */
function made(contents) {
  return {
    name: "made",
    setup(bundle) {
      bundle.onResolve({ filter: /^talka:/ }, ({ path }) => ({ path, namespace: "made" }));
      bundle.onLoad({ filter: /.*/, namespace: "made" }, ({ path }) => ({ contents: contents[path], loader: "css", resolveDir: source }));
      bundle.onResolve({ filter: /\.woff2$/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });

const font = await fonts();
for (const file of font.files) {
  manifest[file.logical] = file.name;
  write(file.name, file.content);
}

const bundles = await build({
  entryPoints: {
    "app.css": join(source, "css/app.css"),
    "map.css": join(source, "css/map.css"),
    "app.js": join(source, "js/app.js"),
    "passkey.js": join(source, "js/passkey.js"),
    "map.js": join(source, "js/map.js"),
    "chart.js": join(source, "js/chart.js"),
    "lines.js": join(source, "js/lines.js"),
    "minutes.js": join(source, "js/minutes.js"),
    "map-worker.js": join(modules, "maplibre-gl/dist/maplibre-gl-worker.mjs"),
  },
  entryNames: "[name]",
  outdir: work,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox115", "safari16.4"],
  legalComments: "eof",
  charset: "utf8",
  write: false,
  logLevel: "warning",
  plugins: [made({ "talka:theme": readFileSync(theme(), "utf8"), "talka:fonts": font.sheet })],
});
for (const output of bundles.outputFiles) {
  // esbuild adds the extension to an entry's name once more.
  publish(basename(output.path).replace(/\.(css|js)\.\1$/, ".$1"), output.contents);
}
publish("ground.json", Buffer.from(ground()));
for (const image of readdirSync(join(source, "images")).sort()) publish(image, readFileSync(join(source, "images", image)));

const listed = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(work, "manifest.json"), `${JSON.stringify(listed, null, 1)}\n`);
rmSync(target, { recursive: true, force: true });
renameSync(work, target);
