// The main road with a mouse: find an opening, keep it, and be told of the next one.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertNone, base, launch, openPage } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Links of the list to postings, in order. */
const rows = (page) => page.locator("main a[href^='/postings/']");

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
    const facet = page.locator("[data-facet='country'] input[type=checkbox], [data-facet='country'] a").first();
    await facet.click();
    await page.waitForURL(/[?&]country=/);
    await rows(page).first().waitFor();
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has("country"));
    assert.equal(await page.getByRole("searchbox").inputValue(), "backend");
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("an address with a whole search shows that search", async () => {
    const { context, page } = await openPage(browser);
    await page.goto("/postings?q=backend&sort=date");
    assert.equal(await page.getByRole("searchbox").inputValue(), "backend");
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
    await page.getByRole("button", { name: /^save/i }).click();
    const saved = page.getByRole("button", { name: /^(saved|unsave|remove)/i });
    await saved.waitFor();
    await page.reload();
    await saved.click();
    await page.getByRole("button", { name: /^save$/i }).waitFor();
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("an alert made from a search has a feed that lists its postings", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/alerts");
    await page.getByLabel(/name/i).first().fill("Backend, from the browser");
    await page.getByLabel(/search|query/i).first().fill("backend");
    await page.getByRole("button", { name: /create|add/i }).first().click();
    await page.getByRole("link", { name: "Backend, from the browser" }).first().click();
    await page.waitForURL(/\/alerts\/\d+/);
    const address = await page.locator("a[href*='/feeds/'], a[href$='.atom'], a[href*='atom']").first().getAttribute("href");
    // A feed reader has no session: the secret in the address is all that it brings.
    const answer = await fetch(new URL(address, base));
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /<feed[\s>]/);
    assertNone(faults, "the browser complained");
    await context.close();
  });
});
