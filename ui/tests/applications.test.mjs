// Applications in a browser: from a posting to a rejection, and the board with mouse and keyboard.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { assertAccessible, assertNone, launch, openPage } from "./support.mjs";

let browser;
let opened;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  opened = await openPage(browser, { viewport: { width: 1440, height: 900 } });
});
afterEach(() => opened.context.close());

/** Adds an application by its form; gives its page's path. */
async function add(page, company) {
  await page.goto("/applications/new");
  await page.getByLabel("Company").fill(company);
  await page.getByLabel("Position").fill("Backend Intern");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.getByRole("heading", { level: 1, name: company }).waitFor();
  return new URL(page.url()).pathname;
}

function card(page, company) {
  return page.locator("[data-card]").filter({ hasText: company });
}

function column(page, stage) {
  return page.locator(`[data-stage="${stage}"]`);
}

describe("applications", () => {
  test("a posting is tracked, moved on, and a rejection keeps its interview", async () => {
    const { page, faults } = opened;
    await page.goto("/postings");
    await page.locator("main a[href^='/postings/']").first().click();
    await page.getByRole("button", { name: /Track this|Apply again/ }).click();
    await page.getByRole("heading", { name: "Move it on" }).waitFor();
    const path = new URL(page.url()).pathname;
    await page.getByLabel("Stage", { exact: true }).selectOption("interview");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("What you sent is frozen with it").waitFor();
    await page.getByText("Add a round").click();
    await page.locator("#new-starts").fill("2027-01-12T10:00");
    await page.locator("#new-zone").fill("Europe/Berlin");
    await page.locator("#new-people").fill("Ada Brandt");
    await page.locator("form:has(#new-starts) button[type=submit]").click();
    await page.getByText("10:00 Berlin time").first().waitFor();
    await page.getByLabel("Stage", { exact: true }).selectOption("rejected");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("it stays yours").waitFor();
    assert.equal(await page.getByText("Ada Brandt").first().isVisible(), true, "the interview should still be there");
    await assertAccessible(page, path);
    await page.goto("/applications/statistics");
    assert.ok((await page.locator("svg .flow").count()) > 0, "the flows should be drawn");
    await assertAccessible(page, "/applications/statistics");
    assertNone(faults, "the browser complained");
  });

  test("a card is dragged to another column, and the move can be undone", async () => {
    const { page } = opened;
    await add(page, "Dragwell");
    await page.goto("/applications");
    const from = await card(page, "Dragwell").locator("p").boundingBox();
    const to = await column(page, "applied").boundingBox();
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(to.x + 40, to.y + 40, { steps: 8 });
    await page.mouse.up();
    await page.getByText("Moved.").waitFor();
    await column(page, "applied").locator("[data-card]").filter({ hasText: "Dragwell" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await column(page, "interested").locator("[data-card]").filter({ hasText: "Dragwell" }).waitFor();
  });

  test("a card is moved with Alt and an arrow key", async () => {
    const { page } = opened;
    await add(page, "Keywell");
    await page.goto("/applications");
    await card(page, "Keywell").getByRole("link").focus();
    await page.keyboard.press("Alt+ArrowRight");
    await column(page, "preparing").locator("[data-card]").filter({ hasText: "Keywell" }).waitFor();
  });

  test("a card is moved by its form without a script", async () => {
    const { page } = opened;
    await add(page, "Plainwell");
    const plain = await openPage(browser, { javaScriptEnabled: false });
    await plain.page.goto("/applications");
    const own = card(plain.page, "Plainwell");
    await own.getByRole("combobox").selectOption("screen");
    await own.getByRole("button", { name: /^Move/ }).click();
    await column(plain.page, "screen").locator("[data-card]").filter({ hasText: "Plainwell" }).waitFor();
    await plain.context.close();
  });
});
