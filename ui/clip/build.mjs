// Builds the extension: a folder that a browser loads (dist/clip/), and the same as a zip file for those who only have Cadet.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";

/** Files that are taken as they are. */
const AS_THEY_ARE = [
  "manifest.json",
  "popup.html",
  "options.html",
  "style.css",
  "icons/16.png",
  "icons/32.png",
  "icons/48.png",
  "icons/128.png",
];

/** Writes the extension of `root`/clip to `root`/dist/clip; gives it as a zip file. */
export async function buildClip(root) {
  const from = join(root, "clip");
  const to = join(root, "dist/clip");
  const result = await build({
    absWorkingDir: from,
    entryPoints: ["src/background.ts", "src/popup.ts", "src/options.ts"],
    outdir: "out",
    bundle: true,
    format: "esm",
    target: ["chrome120", "firefox121"],
    legalComments: "none",
    charset: "utf8",
    write: false,
    logLevel: "warning",
  });
  const copied = await Promise.all(AS_THEY_ARE.map(async (name) => [name, await readFile(join(from, name))]));
  const bundled = result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]);
  const files = [...copied, ...bundled].sort(([a], [b]) => (a < b ? -1 : 1));
  await mkdir(join(to, "icons"), { recursive: true });
  await Promise.all(files.map(([name, content]) => writeFile(join(to, name), content)));
  return zip(files.map(([name, content]) => [`cadet-clip/${name}`, content]));
}

/** The checksum of zip files; Node has it itself only since 20.15. */
function crc32(content) {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A zip file. The same content gives the same bytes: every file is from the first day that the format knows. */
function zip(files) {
  const bodies = [];
  const entries = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const body = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, Buffer.from(name), packed]);
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", 0, "latin1");
    entry.writeUInt16LE(20, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    entries.push(entry, Buffer.from(name));
    bodies.push(body);
    offset += body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}
