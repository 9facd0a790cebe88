// The main road with a mouse: find an opening, keep it, and be told of the next one.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertNone, base, launch, makeAlert, openPage, saveButton } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Links of the list to postings, in order. */
const rows = (page) => page.locator("main a[href^='/postings/']");

/** How many postings the list says that it has found. */
const total = async (page) => Number((await page.locator("#count").innerText()).replace(/[,.\s](?=\d)/g, "").match(/\d+/)?.[0]);

/** Text as XML writes it. */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

describe("the main road", () => {
  test("typing a search narrows the list and puts the search into the address", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/postings");
    await rows(page).first().waitFor();
    await page.getByRole("searchbox").fill("backend");
    await page.getByRole("searchbox").press("Enter");
    await page.waitForURL(/[?&]q=backend/);
    await rows(page).first().waitFor();
    assert.match(await page.locator("main").innerText(), /backend/i);
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("choosing a facet narrows the list, and Back widens it again", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/postings?q=backend");
    const all = await total(page);
    const group = page.locator("details", { has: page.locator("summary", { hasText: /^Country$/ }) }).last();
    if (!(await group.evaluate((details) => details.open))) await group.locator("summary").click();
    await group.getByRole("checkbox").first().check();
    await page.waitForURL(/[?&]country=/);
    await page.getByRole("list", { name: "Chosen filters" }).waitFor();
    const narrowed = await total(page);
    assert.ok(narrowed > 0 && narrowed < all, `${narrowed} of ${all} should be left`);
    await rows(page).first().waitFor();
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has("country"));
    await page.getByRole("list", { name: "Chosen filters" }).waitFor({ state: "detached" });
    assert.equal(await total(page), all);
    assert.equal(await page.getByRole("searchbox").inputValue(), "backend");
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("an address with a whole search shows that search", async () => {
    const { context, page } = await openPage(browser);
    await page.goto("/postings?q=backend&country=DE&sort=posted");
    assert.equal(await page.getByRole("searchbox").inputValue(), "backend");
    assert.equal(await page.getByLabel("Sort").inputValue(), "posted");
    assert.ok(await page.locator("input[name='country'][value='DE']").isChecked(), "the country should be chosen");
    assert.match(await page.getByRole("list", { name: "Chosen filters" }).innerText(), /Germany/);
    await context.close();
  });

  test("a posting opens, is saved, stays saved, and can be given up", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/postings?q=backend");
    // Not the first row, which the keyboard tests save.
    const row = rows(page).nth(3);
    const title = (await row.innerText()).split("\n")[0].trim();
    await row.click();
    await page.waitForURL(/\/postings\/\d+/);
    assert.ok((await page.locator("h1").innerText()).includes(title), `the posting's page should be headed ${title}`);
    const stored = () => page.waitForResponse((response) => response.request().method() === "POST");
    for (const saved of [true, false]) {
      const answer = stored();
      await saveButton(page, !saved).click();
      await saveButton(page, saved).waitFor();
      assert.ok((await answer).ok(), "it should be stored");
      await page.reload();
      await saveButton(page, saved).waitFor();
    }
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("an alert made from a search has a feed that lists its postings", async () => {
    const { context, page, faults } = await openPage(browser);
    await makeAlert(page, "/postings?q=backend", "Backend, from the browser");
    const found = page.getByRole("region", { name: "Table of postings found" }).getByRole("rowheader");
    const title = (await found.first().innerText()).trim();
    const address = await page.getByLabel("Atom").inputValue();
    // A feed reader has no session: the secret in the address is all that it brings.
    const answer = await fetch(new URL(address, base));
    assert.equal(answer.status, 200);
    const feed = await answer.text();
    assert.match(feed, /<feed[\s>]/);
    const entries = feed.match(/<entry[\s>][\s\S]*?<\/entry>/g) ?? [];
    assert.ok(entries.some((entry) => entry.includes(escaped(title))), `one of ${entries.length} entries should be ${title}`);
    assertNone(faults, "the browser complained");
    await context.close();
  });
});
