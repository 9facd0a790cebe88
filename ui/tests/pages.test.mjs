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

const DESK = { width: 1440, height: 900 };

/** What is checked on every page; each is a test of its own in each of the colours, except where they make no difference. */
const CHECKS = {
  faults: "loads without errors, policy violations, missing files and other hosts",
  moved: "does not move while it loads",
  named: "has a title of its own, one main part and one first heading",
  accessible: "is accessible",
  ...Object.fromEntries(WIDTHS.map((width) => [`fits-${width}`, `fits a window of ${width} px`])),
};
const COLOURLESS = ["faults", "moved", "named"];

/**
 * Loads every page once and makes all checks on it, since loading takes longer than most of them. Gives what failed, by
 * the name of the check.
 */
async function visitAll(colorScheme) {
  const { context, page, faults } = await openPage(browser, { colorScheme, viewport: DESK });
  const failures = Object.fromEntries(Object.keys(CHECKS).map((name) => [name, []]));
  const titles = new Map();
  for (const path of [...PAGES, ...(await pagesOfData(page))]) {
    const check = async (name, body) => {
      try {
        await body();
      } catch (error) {
        failures[name].push(`${path}: ${error.message}`);
      }
    };
    await page.setViewportSize(DESK);
    await check("faults", async () => {
      faults.length = 0;
      const answer = await page.goto(path, { waitUntil: "networkidle" });
      assert.ok(answer.ok(), `answered ${answer.status()}`);
      assertNone(faults, "the browser complained");
    });
    await check("moved", () => assertStill(page));
    await check("named", () => assertNamed(page, titles));
    await check("accessible", () => assertAccessible(page, path));
    for (const width of WIDTHS) {
      await check(`fits-${width}`, async () => {
        await page.setViewportSize({ width, height: DESK.height });
        await screenshot(page, `${fileName(path)}-${width}-${colorScheme}`);
        await assertNoSidewaysScroll(page, path);
      });
    }
  }
  await context.close();
  return failures;
}

async function assertNamed(page, titles) {
  assert.equal(await page.locator("main").count(), 1, "should have one <main>");
  assert.equal(await page.locator("h1").count(), 1, "should have one <h1>");
  const address = new URL(page.url()).pathname;
  const title = await page.title();
  assert.ok(title.length > 0, "should have a title");
  const other = titles.get(title);
  assert.ok(other === undefined || other === address, `has the same title as ${other}: ${title}`);
  titles.set(title, address);
}

/** Fails when what was shown moved since the page began to load. */
async function assertStill(page) {
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
}

describe("every page", () => {
  const outcome = {};
  before(async () => {
    const [light, dark] = await Promise.all([visitAll("light"), visitAll("dark")]);
    Object.assign(outcome, { light, dark });
  });

  for (const [name, says] of Object.entries(CHECKS)) {
    if (COLOURLESS.includes(name)) {
      test(says, () => assertNone([...outcome.light[name], ...outcome.dark[name]], "pages failed"));
    } else {
      test(`${says} in light colours`, () => assertNone(outcome.light[name], "pages failed"));
      test(`${says} in dark colours`, () => assertNone(outcome.dark[name], "pages failed"));
    }
  }

  test("answers an unknown address with a page that leads on", async () => {
    const { context, page } = await openPage(browser);
    const answer = await page.goto("/no-such-page");
    assert.equal(answer.status(), 404);
    await assertAccessible(page, "the page of an unknown address");
    assert.ok((await page.locator("a[href^='/']").count()) > 0, "should offer a link");
    await context.close();
  });
});
