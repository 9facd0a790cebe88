// Every page, in light and dark, narrow and wide: accessible, without errors, without sideways scrolling.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  PAGES, WIDTHS, assertAccessible, assertNoSidewaysScroll, assertNone, fileName, launch, openPage, pagesOfData, screenshot,
} from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Runs `check` on every page, and fails once with all that failed. */
async function onEveryPage(options, check) {
  const { context, page, faults } = await openPage(browser, options);
  const failures = [];
  for (const path of [...PAGES, ...(await pagesOfData(page))]) {
    try {
      const answer = await page.goto(path);
      assert.ok(answer.ok(), `answered ${answer.status()}`);
      await check(page, path);
    } catch (error) {
      failures.push(`${path}: ${error.message}`);
    }
  }
  await context.close();
  assertNone(failures, "pages failed");
  return faults;
}

describe("every page", () => {
  for (const colorScheme of ["light", "dark"]) {
    test(`is accessible in ${colorScheme} colours`, async () => {
      await onEveryPage({ colorScheme }, (page, path) => assertAccessible(page, path));
    });

    for (const width of WIDTHS) {
      test(`fits a window of ${width} px in ${colorScheme} colours`, async () => {
        await onEveryPage({ colorScheme, viewport: { width, height: 900 } }, async (page, path) => {
          await screenshot(page, `${fileName(path)}-${width}-${colorScheme}`);
          await assertNoSidewaysScroll(page, path);
        });
      });
    }
  }

  test("loads without errors, policy violations, missing files and other hosts", async () => {
    const faults = await onEveryPage({}, (page) => page.waitForLoadState("networkidle"));
    assertNone(faults, "the browser complained");
  });

  test("has a title of its own, one main part and one first heading", async () => {
    const titles = new Map();
    await onEveryPage({}, async (page, path) => {
      assert.equal(await page.locator("main").count(), 1, "should have one <main>");
      assert.equal(await page.locator("h1").count(), 1, "should have one <h1>");
      const address = new URL(page.url()).pathname;
      const title = await page.title();
      assert.ok(title.length > 0, "should have a title");
      const other = titles.get(title);
      assert.ok(other === undefined || other === address, `has the same title as ${other}: ${title}`);
      titles.set(title, address);
    });
  });

  test("does not move while it loads", async () => {
    await onEveryPage({ viewport: { width: 1440, height: 900 } }, async (page) => {
      await page.waitForLoadState("networkidle");
      const moved = await page.evaluate(
        () =>
          new Promise((done) => {
            let sum = 0;
            const observer = new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
            });
            observer.observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
          }),
      );
      assert.ok(moved < 0.02, `its layout shifted by ${moved}`);
    });
  });

  test("answers an unknown address with a page that leads on", async () => {
    const { context, page } = await openPage(browser);
    const answer = await page.goto("/no-such-page");
    assert.equal(answer.status(), 404);
    await assertAccessible(page, "the page of an unknown address");
    assert.ok((await page.locator("a[href^='/']").count()) > 0, "should offer a link");
    await context.close();
  });
});
