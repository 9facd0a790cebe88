// What of a page becomes a clip, and what each answer of Cadet means. Runs in Node, without a browser.

import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const out = fileURLToPath(new URL(".built.mjs", import.meta.url));
let clip;

before(async () => {
  const built = await build({
    stdin: {
      contents: 'export * from "./posting"; export * from "./cadet";',
      resolveDir: fileURLToPath(new URL("../src", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    write: false,
  });
  await writeFile(out, built.outputFiles[0].contents);
  clip = await import(out);
});
after(() => rm(out, { force: true }));

const posting = { "@context": "https://schema.org", "@type": "JobPosting", title: "Backend Intern" };

function page(changes = {}) {
  return {
    url: "https://careers.example.org/jobs/7",
    canonical: "",
    title: "Backend Intern | Example",
    heading: "Backend Intern",
    site: "",
    selection: "",
    scripts: [],
    ...changes,
  };
}

describe("a clip", () => {
  test("is the page's JobPosting, wherever it stands in the data", () => {
    for (const data of [
      posting,
      [posting],
      { "@graph": [{ "@type": "Organization" }, posting] },
      { "@type": "WebPage", mainEntity: { ...posting, "@type": ["JobPosting", "Thing"] } },
      { ...posting, "@type": "http://schema.org/JobPosting" },
    ]) {
      const made = clip.clipOf(page({ scripts: ["not json", JSON.stringify(data)] }));
      assert.equal(made?.posting?.title, "Backend Intern", JSON.stringify(data));
      assert.equal(made.url, "https://careers.example.org/jobs/7");
    }
  });

  test("is read through comments, CDATA and raw line breaks", () => {
    const text = JSON.stringify(posting);
    const broken = text.replace("Backend Intern", "Backend\nIntern");
    for (const script of [`<!-- ${text} -->`, `//<![CDATA[\n${text}\n//]]>`, broken]) {
      assert.equal(clip.postingsIn(script).length, 1, script);
    }
  });

  test("is the one posting that a page of several is about, or none", () => {
    const other = { ...posting, title: "Sales Lead", url: "https://careers.example.org/jobs/8" };
    const own = { ...posting, url: "https://careers.example.org/jobs/7" };
    const scripts = [JSON.stringify([other, own])];
    assert.equal(clip.clipOf(page({ scripts }))?.posting.title, "Backend Intern");
    const list = page({ url: "https://careers.example.org/all", heading: "All jobs", scripts });
    assert.equal(clip.clipOf(list), null);
  });

  test("is the selected text with title and address where there is no data", () => {
    const selection = "We look for a backend intern who likes Rust.";
    const made = clip.clipOf(page({ selection, url: "https://careers.example.org/jobs/7#apply" }));
    assert.deepEqual(made, {
      url: "https://careers.example.org/jobs/7",
      title: "Backend Intern",
      text: selection,
    });
    const titled = clip.clipOf(page({ selection, heading: "" }));
    assert.equal(titled.title, "Backend Intern | Example");
  });

  test("is nothing where there is neither", () => {
    assert.equal(clip.clipOf(page()), null);
    assert.equal(clip.clipOf(page({ selection: "too short" })), null);
    assert.equal(clip.clipOf(page({ url: "chrome://settings", scripts: [JSON.stringify(posting)] })), null);
  });
});

describe("an answer of Cadet", () => {
  const settings = { address: "http://127.0.0.1:7878", token: "cadet_x" };
  const answer =
    (status, body, type = "application/json") =>
    async () =>
      new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
  const send = (ask) => clip.send(settings, { url: "https://example.org" }, ask);
  const problem = "application/problem+json";

  test("becomes a state that says what to do", async () => {
    const stored = {
      id: 7,
      title: "Backend Intern",
      company: "Example",
      url: "http://127.0.0.1:7878/postings/7",
      new: true,
    };
    assert.deepEqual(await send(answer(201, stored)), {
      state: "saved",
      title: "Backend Intern",
      company: "Example",
      url: stored.url,
      new: true,
    });
    assert.equal((await send(answer(401, { detail: "unknown" }, problem))).state, "unauthorised");
    assert.equal((await send(answer(403, { detail: "scope" }, problem))).state, "unauthorised");
    assert.deepEqual(await send(answer(422, { detail: "No title." }, problem)), {
      state: "refused",
      detail: "No title.",
    });
    assert.equal((await send(answer(404, {}, "text/html"))).state, "unreachable");
    const down = async () => {
      throw new TypeError("failed");
    };
    assert.deepEqual(await send(down), { state: "unreachable", address: settings.address });
  });

  test("is asked for with the token, and without cookies", async () => {
    let asked;
    await send(async (url, options) => {
      asked = { url, options };
      return new Response("{}", { status: 500 });
    });
    assert.equal(asked.url, "http://127.0.0.1:7878/api/v1/clips");
    assert.equal(asked.options.headers.authorization, "Bearer cadet_x");
    assert.equal(asked.options.credentials, "omit");
  });
});

test("addresses are tidied, and what is none is refused", () => {
  assert.equal(clip.addressOf(" http://127.0.0.1:7878/ "), "http://127.0.0.1:7878");
  assert.equal(clip.addressOf("https://example.org/cadet/"), "https://example.org/cadet");
  assert.equal(clip.addressOf("ftp://example.org"), null);
  assert.equal(clip.addressOf("https://user:secret@example.org"), null);
  assert.equal(clip.addressOf("nonsense"), null);
  assert.equal(clip.patternOf("http://127.0.0.1:7878"), "http://127.0.0.1/*");
});
