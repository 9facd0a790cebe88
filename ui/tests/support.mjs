// What every browser test needs: the browser, a signed-in session, and the checks that each page must pass.
//
// The environment tells where things are (docs/testing.md): CADET_TEST_URL and CADET_TEST_LINK name the running
// demonstration, CADET_TEST_CHROMIUM the browser, CADET_TEST_SESSION a file for the sign-in, which works only once,
// and CADET_TEST_SCREENSHOTS a folder for pictures.

import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

/** The browser's own background traffic is switched off: it would only fail on a machine without internet. */
export const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Widths of a phone, a tablet and a desk, in CSS pixels. */
export const WIDTHS = [320, 768, 1440];

export const base = required("CADET_TEST_URL").replace(/\/$/, "");

/** Pages that are there whatever the data. */
export const PAGES = [
  "/",
  "/today",
  "/postings",
  "/postings?q=backend",
  "/postings?q=wordthatoccursnowhere",
  "/saved",
  "/market",
  "/market?country=DE",
  "/postings?sort=fit",
  "/evidence",
  "/gap",
  "/gap?country=DE",
  "/sources",
  "/sources/directory",
  "/sources/discover",
  "/alerts",
  "/profile",
  "/profile?begin=yes",
  "/profile/sample",
  "/profile/aims",
  "/profile/history",
  "/profile/import",
  "/alerts/new?q=backend",
  "/applications",
  "/applications/list",
  "/applications/new",
  "/applications/due",
  "/applications/offers",
  "/applications/statistics",
  "/applications/import",
  "/applications/calendar",
  "/applications/settings",
  "/documents",
  "/documents?q=wordthatoccursnowhere",
  "/documents/paragraphs",
  "/contacts",
  "/contacts?q=wordthatoccursnowhere",
  "/contacts/new",
  "/contacts/import",
  "/contacts/companies",
  "/contacts/companies/Northlight",
  "/contacts/events",
  "/mail",
  "/mail/new",
  "/mail/replies",
  "/skills",
  "/settings",
  "/help",
  "/welcome",
  "/api",
];

function required(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set; run these tests with: cargo xtask test --only browser`);
  return value;
}

/** Starts the browser. As root it refuses its own sandbox. */
export function launch() {
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: required("CADET_TEST_CHROMIUM"),
    args: asRoot ? [...FLAGS, "--no-sandbox"] : FLAGS,
  });
}

/**
 * A context that is signed in. The first one follows the one-time link and keeps its cookies in a file; the others read it.
 * `options` are Playwright's for a context: viewport, colorScheme, javaScriptEnabled.
 */
export async function signedIn(browser, options = {}) {
  const session = required("CADET_TEST_SESSION");
  if (!existsSync(session)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const answer = await page.goto(required("CADET_TEST_LINK"));
    assert.ok(answer.ok(), `the one-time link answered ${answer.status()}`);
    await context.storageState({ path: session });
    await context.close();
  }
  const context = await browser.newContext({ baseURL: base, storageState: session, ...options });
  // What is not there after so long does not come; a page may take longer on a busy machine.
  context.setDefaultTimeout(10_000);
  context.setDefaultNavigationTimeout(30_000);
  return context;
}

/** A signed-in page that notes everything that must not happen; `faults` lists it. */
export async function openPage(browser, options = {}) {
  const context = await signedIn(browser, options);
  const page = await context.newPage();
  return { context, page, faults: watch(page) };
}

/** Notes errors on the console (violations of the content security policy are among them), uncaught errors, and failed loads. */
export function watch(page) {
  const faults = [];
  const here = () => new URL(page.url(), base).pathname;
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) {
      faults.push(`${here()}: console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`${here()}: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${here()}: ${response.url()} answered ${response.status()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !url.startsWith(base)) faults.push(`${here()}: asked another host: ${url}`);
  });
  return faults;
}

/** Fails with every rule of WCAG 2.2 A and AA that the page breaks, and where. */
export async function assertAccessible(page, name) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  // Only what is broken is worked out in full, and no second page is opened to join the results of frames, of which there are
  // none: that takes a third of the time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true);
  const { violations } = await axe.withTags(tags).analyze();
  const told = violations.map(
    (rule) => `${rule.id} (${rule.impact}): ${rule.help}: ${few(rule.nodes.map((node) => node.target.join(" ")))}`,
  );
  assertNone(told, `${name} breaks rules of accessibility`);
}

/** Fails with the faults, one a line. (An assertion on the list itself would print it several times over.) */
export function assertNone(faults, what) {
  if (faults.length > 0) assert.fail(`${what}:\n  ${faults.join("\n  ")}`);
}

/** The first few of many, with how many more there are. */
function few(names) {
  const more = names.length > 4 ? `, and ${names.length - 4} more` : "";
  return names.slice(0, 4).join(", ") + more;
}

/** Fails when the page is wider than the window; names the elements that stick out. */
export async function assertNoSidewaysScroll(page, name) {
  const outside = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
  assertNone(outside, `${name} scrolls sideways; what sticks out`);
}

/** The button of a posting's own page that saves it, when it is pressed or not: its name stays, its state changes. */
export function saveButton(page, pressed) {
  return page.locator("main header").getByRole("button", { name: /^save /i, pressed });
}

/** Fills the form that makes an alert of the search on the page `/postings?...`, and leaves the alert's page open. */
export async function makeAlert(page, search, name) {
  await page.goto(search);
  await page.getByRole("link", { name: "Make an alert" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel(/those that match now/i).check();
  await page.getByRole("button", { name: "Save the alert" }).click();
  await page.waitForURL(/\/alerts\/\d+$/);
  assert.equal(await page.locator("h1").innerText(), name);
}

/** A picture of the whole page, named for the page, the width and the colours. */
export async function screenshot(page, name) {
  const folder = process.env.CADET_TEST_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Addresses of pages that depend on the data: the first posting, source, alert and skill of their lists. */
export async function pagesOfData(page) {
  const found = [];
  const lists = ["/postings", "/sources", "/alerts", "/skills", "/contacts", "/documents", "/mail", "/profile/import"];
  for (const list of [...lists, "/applications/list"]) {
    await page.goto(list);
    const hrefs = await page.locator("main a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const paths = hrefs.map((href) => new URL(href, base).pathname);
    // A skill has a name, everything else a number; what else is linked there has pages in the list above.
    const own = new RegExp(`^${list.replace("/list", "")}/${list === "/skills" ? "[a-z-]+" : "\\d+"}$`);
    const one = paths.find((path) => own.test(path));
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** A name for files: `/postings?q=backend` becomes `postings-q-backend`. */
export function fileName(path) {
  return path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "today";
}
