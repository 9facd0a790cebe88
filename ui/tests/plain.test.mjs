// Without JavaScript: reading and every form still work.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PAGES, launch, openPage } from "./support.mjs";

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

  test("a posting is saved by its form", async () => {
    const { context, page } = await openPage(browser, plain);
    await page.goto("/postings?q=engineer");
    await page.locator("main a[href^='/postings/']").last().click();
    await page.getByRole("button", { name: /^save$/i }).click();
    await page.getByRole("button", { name: /^(saved|unsave|remove)/i }).waitFor();
    await context.close();
  });

  test("an alert is created and removed by forms", async () => {
    const { context, page } = await openPage(browser, plain);
    await page.goto("/alerts");
    await page.getByLabel(/name/i).first().fill("Plain forms");
    await page.getByLabel(/search|query/i).first().fill("java");
    await page.getByRole("button", { name: /create|add/i }).first().click();
    await page.getByRole("link", { name: "Plain forms" }).first().click();
    await page.getByRole("button", { name: /remove|delete/i }).first().click();
    await page.goto("/alerts");
    assert.equal(await page.getByRole("link", { name: "Plain forms" }).count(), 0);
    await context.close();
  });
});
