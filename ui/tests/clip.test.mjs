// The browser extension in a real Chromium: from a page with a posting to the posting in Cadet.
//
// Clicking the extension's button is what gives it the tab (`activeTab`), and a test cannot click the browser's own toolbar. So
// the copy that is loaded here may read this machine from the start, and its popup is opened as a page that names the tab.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { FLAGS, assertAccessible, assertNone, base, launch, openPage } from "./support.mjs";

const POSTING = {
  "@context": "https://schema.org",
  "@type": "JobPosting",
  title: "Harbour Backend Intern",
  description: "<p>You build the booking service of a harbour in Rust.</p>",
  hiringOrganization: { "@type": "Organization", name: "Quayside Clippers" },
  jobLocation: { "@type": "Place", address: { addressLocality: "Hamburg", addressCountry: "DE" } },
};

const PAGES = {
  "/jobs/7": `<script type="application/ld+json">${JSON.stringify(POSTING)}</script><h1>Harbour Backend Intern</h1>`,
  "/jobs/8":
    "<h1>Lighthouse Data Intern</h1><p id='text'>You keep the data of forty lighthouses in PostgreSQL and tell us what they see.</p>",
  "/about": "<h1>About us</h1><p>We are a harbour.</p>",
};

let folder;
let site;
let browser;
let context;
let id;
let token;

before(async () => {
  site = createServer((request, response) => {
    const page = PAGES[request.url];
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><html lang="en"><title>Quayside</title><body>${page ?? "nothing"}`);
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
  folder = mkdtempSync(join(tmpdir(), "cadet-clip-"));
  const extension = join(folder, "extension");
  cpSync(fileURLToPath(new URL("../dist/clip", import.meta.url)), extension, { recursive: true });
  const file = join(extension, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...manifest, host_permissions: ["http://127.0.0.1/*"] }));
  browser = await launch();
  token = await clipToken();
  context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.CADET_TEST_CHROMIUM,
    // Playwright switches extensions off unless told not to.
    ignoreDefaultArgs: ["--disable-extensions"],
    args: [
      ...FLAGS,
      "--disable-features=DisableLoadExtensionCommandLineSwitch",
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
  context.setDefaultTimeout(15_000);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  id = new URL(worker.url()).host;
});

after(async () => {
  await context?.close();
  await browser?.close();
  await new Promise((resolve) => site?.close(resolve));
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A clip token, made by the one button of the settings page. */
async function clipToken() {
  const { context: signedIn, page, faults } = await openPage(browser);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Make a clip token" }).click();
  const secret = await page.getByLabel("New token").inputValue();
  assertNone(faults, "the settings page complained");
  await signedIn.close();
  assert.match(secret, /^cadet_/);
  return secret;
}

/** Sets the extension up by its settings page; gives what that says. */
async function setUp(address, secret) {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/options.html`);
  await page.getByLabel("Address of your Cadet").fill(address);
  await page.getByLabel("Clip token").fill(secret);
  await page.getByLabel("Clip token").press("Enter");
  const said = page.locator("#state p", { hasNotText: "Trying" });
  await said.waitFor();
  const text = await said.innerText();
  await assertAccessible(page, "the extension's settings");
  await page.close();
  return text;
}

/** Opens a page of the site, prepares it, and clips it; gives the popup when it has said how that went. */
async function clip(path, prepare = async () => {}) {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}${path}`);
  await prepare(page);
  const [worker] = context.serviceWorkers();
  const tab = await worker.evaluate(async (url) => (await chrome.tabs.query({ url })).at(-1).id, page.url());
  const popup = await context.newPage();
  await popup.goto(`chrome-extension://${id}/popup.html?tab=${tab}`);
  await popup.locator("#state[data-state]").waitFor();
  return popup;
}

const state = (popup) => popup.locator("#state").getAttribute("data-state");

describe("the extension", () => {
  test("asks for its settings first", async () => {
    const popup = await clip("/jobs/7");
    assert.equal(await state(popup), "unset");
    assert.equal(await popup.locator(":focus").innerText(), "Open the settings");
    await popup.close();
  });

  test("says when the token is wrong, when Cadet is away, and when all is well", async () => {
    assert.match(await setUp(base, "cadet_wrong"), /does not take the token/);
    const refused = await clip("/jobs/7");
    assert.equal(await state(refused), "unauthorised");
    await refused.close();
    // Port 9 is kept for what throws everything away; nothing listens there.
    assert.match(await setUp("http://127.0.0.1:9", token), /cannot be reached/);
    const away = await clip("/jobs/7");
    assert.equal(await state(away), "unreachable");
    await assertAccessible(away, "the popup");
    await away.close();
    assert.match(await setUp(`${base}/`, token), /takes the token/);
  });

  test("clips the posting of a page, and Enter opens it in Cadet", async () => {
    const popup = await clip("/jobs/7");
    const text = await popup.locator("#state").innerText();
    assert.match(text, /Saved: Harbour Backend Intern \(Quayside Clippers\)/);
    await assertAccessible(popup, "the popup");
    const link = popup.getByRole("link", { name: "Open in Cadet" });
    const address = await link.getAttribute("href");
    assert.ok(await link.evaluate((element) => element === document.activeElement), "the link should have the focus");
    const opened = context.waitForEvent("page");
    await popup.keyboard.press("Enter");
    assert.ok((await opened).url().startsWith(base) || (await opened).url() === "about:blank");
    await popup.close();
    const { context: signedIn, page } = await openPage(browser);
    await page.goto(new URL(address).pathname);
    assert.equal(await page.locator("h1").innerText(), "Harbour Backend Intern");
    assert.match(await page.locator("main").innerText(), /booking service of a harbour/);
    await signedIn.close();
  });

  test("clipping the same page again makes no second posting", async () => {
    const popup = await clip("/jobs/7");
    assert.match(await popup.locator("#state").innerText(), /Saved before/);
    await popup.close();
  });

  test("clips the selected text of a page without data, and says so where nothing is selected", async () => {
    const nothing = await clip("/about");
    assert.equal(await state(nothing), "nothing");
    assert.equal(await nothing.locator(":focus").innerText(), "Try again");
    await nothing.close();
    const popup = await clip("/jobs/8", (page) =>
      page.evaluate(() => getSelection().selectAllChildren(document.querySelector("#text"))),
    );
    assert.match(await popup.locator("#state").innerText(), /Saved: Lighthouse Data Intern/);
    await popup.close();
  });
});
