// Without JavaScript: reading and every form still work.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PAGES, launch, makeAlert, openPage, saveButton } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const plain = { javaScriptEnabled: false };

describe("without JavaScript", () => {
  test("every page but the interactive API page can be read", async () => {
    const { context, page } = await openPage(browser, plain);
    for (const path of PAGES.filter((path) => path !== "/api")) {
      const answer = await page.goto(path);
      assert.ok(answer.ok(), `${path} answered ${answer.status()}`);
      assert.ok((await page.locator("main").innerText()).trim().length > 20, `${path} should have content`);
    }
    await context.close();
  });

  test("the search form searches", async () => {
    const { context, page } = await openPage(browser, plain);
    await page.goto("/postings");
    await page.getByRole("searchbox").fill("backend");
    await page.getByRole("searchbox").press("Enter");
    await page.waitForURL(/[?&]q=backend/);
    assert.ok((await page.locator("main a[href^='/postings/']").count()) > 0, "should find postings");
    await context.close();
  });

  test("a posting is saved and let go by its form", async () => {
    const { context, page } = await openPage(browser, plain);
    await page.goto("/postings?q=engineer");
    await page.locator("main a[href^='/postings/']").last().click();
    const { pathname } = new URL(page.url());
    await saveButton(page, false).click();
    await saveButton(page, true).waitFor();
    assert.equal(new URL(page.url()).pathname, pathname, "the form should lead back to the posting");
    await saveButton(page, true).click();
    await saveButton(page, false).waitFor();
    await context.close();
  });

  test("an alert is created and removed by forms", async () => {
    const { context, page } = await openPage(browser, plain);
    await makeAlert(page, "/postings?q=java", "Plain forms");
    await page.goto("/alerts");
    await page.getByRole("link", { name: "Plain forms" }).click();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await page.goto("/alerts");
    assert.equal(await page.getByRole("link", { name: "Plain forms" }).count(), 0);
    await context.close();
  });
});
