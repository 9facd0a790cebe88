// Choosing employers: narrowing the directory, adding some, and how far that is; with the script and without it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, assertNone, assertNoSidewaysScroll, launch, openPage } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const found = async (page) => Number.parseInt(await page.locator("#found").innerText(), 10);
const rows = (page) => page.locator(".employers > li");

describe("the directory of employers", () => {
  test("follows the filters as they are chosen, keeps the address, and Back widens it again", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/sources/directory");
    const all = await found(page);
    await page.getByRole("group", { name: "Country" }).getByLabel("Germany").check();
    await page.waitForURL(/country=DE/);
    const some = await found(page);
    assert.ok(some > 0 && some < all, `${some} of ${all} should be left`);
    assert.ok(await page.getByRole("group", { name: "Country" }).getByLabel("Germany").isChecked());
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has("country"));
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("is worked with the keyboard alone", async () => {
    const { context, page } = await openPage(browser);
    await page.goto("/sources/directory?name=a");
    const box = rows(page).getByRole("checkbox").first();
    await box.focus();
    await page.keyboard.press("Space");
    assert.ok(await box.isChecked());
    await context.close();
  });

  test("leads from the first page to what is chosen there, without a script", async () => {
    const { context, page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto("/welcome");
    await page.getByLabel("Where").selectOption("DE");
    await page.getByLabel("Field", { exact: true }).selectOption("fintech");
    await page.getByRole("button", { name: "Show employers" }).click();
    await page.waitForURL(/country=DE/);
    assert.ok((await rows(page).count()) > 0, "should find employers");
    await context.close();
  });

  test("adds what is ticked and explains what could not be read, without a script", async () => {
    const { context, page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto("/sources/directory?country=DE&field=games");
    await rows(page).getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Add the ticked ones" }).click();
    await page.waitForURL(/\/sources\/intake\/\d+$/);
    // The demonstration's sites know none of these employers. A page with a script follows until they have said so.
    const watching = await openPage(browser);
    await watching.page.goto(new URL(page.url()).pathname);
    await watching.page.locator("#failed").waitFor({ timeout: 30_000 });
    await watching.context.close();
    await page.getByRole("link", { name: "Look again" }).or(page.locator("#failed")).first().waitFor();
    await page.reload();
    assert.match(await page.locator("#intake").innerText(), /could not be read/);
    await assertNoSidewaysScroll(page, "the progress of adding");
    await context.close();
  });

  test("shows progress that is accessible", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/sources/directory?country=FR&field=games");
    await page.getByRole("button", { name: /^Add (these|this)/ }).click();
    await page.waitForURL(/\/sources\/intake\/\d+$/);
    await page.locator("#failed").waitFor({ timeout: 30_000 });
    await assertAccessible(page, "the progress of adding");
    assertNone(faults, "the browser complained");
    await context.close();
  });
});
