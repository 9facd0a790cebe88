// Bundles scripts, styles and icons into dist/: `manifest.json` maps logical names (`app.js`) to files in `assets/` whose
// names hold a hash of their content, each with `.br` and `.gz` beside it where that is smaller.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { buildClip } from "./clip/build.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));
const dist = join(root, "dist");
const assets = join(dist, "assets");

/** Scripts and styles, by logical name. */
async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: {
      app: "src/app.ts",
      "api-page": "src/api-page.ts",
      style: "css/app.css",
    },
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome120", "firefox121", "safari17"],
    legalComments: "none",
    charset: "utf8",
    write: false,
    logLevel: "warning",
  });
  const files = result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]);
  return Object.fromEntries(
    files.map(([name, content]) => [name === "style.css" ? "app.css" : name, content]),
  );
}

/** The icons that pages use, as one file of symbols: `icons.svg#search`. */
async function sprite() {
  const names = JSON.parse(await readFile(join(root, "src/icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(symbol));
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

async function symbol(name) {
  const source = await readFile(join(root, `node_modules/lucide-static/icons/${name}.svg`), "utf8");
  const inner = source.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>[\s\S]*$/, "");
  const paths = inner.replace(/\s+/g, " ").replace(/> </g, "><").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths}</symbol>`;
}

/** Writes a file and its compressed forms; gives its name. */
async function emit(name, content) {
  const extension = extname(name);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = `${basename(name, extension)}-${hash}${extension}`;
  const brotli = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  const forms = [
    ["", content],
    [".br", brotli],
    [".gz", gzipSync(content, { level: 9 })],
  ];
  for (const [suffix, bytes] of forms) {
    if (suffix === "" || bytes.length < content.length) await replace(join(assets, file + suffix), bytes);
  }
  return file;
}

/** Writes beside and renames, so that whoever reads at this moment gets the old or the new file and never a part. */
async function replace(path, bytes) {
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}

async function removeStale(current) {
  const kept = new Set(current.flatMap((file) => [file, `${file}.br`, `${file}.gz`]));
  const stale = (await readdir(assets)).filter((file) => !kept.has(file));
  await Promise.all(stale.map((file) => rm(join(assets, file), { force: true })));
}

await mkdir(assets, { recursive: true });
const favicon = await readFile(join(root, "src/favicon.svg"));
const clip = await buildClip(root);
const files = { ...(await bundle()), "icons.svg": await sprite(), "favicon.svg": favicon, "clip.zip": clip };
const manifest = {};
for (const [name, content] of Object.entries(files).sort()) manifest[name] = await emit(name, content);
await replace(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await removeStale(Object.values(manifest));
