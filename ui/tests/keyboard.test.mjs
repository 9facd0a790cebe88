// The list without a mouse: the shortcuts that the help page names, and that they leave typing alone.

import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, describe, test } from "node:test";
import { launch, openPage, saveButton } from "./support.mjs";

let browser;
let opened;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  opened = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await opened.page.goto("/postings");
  await opened.page.locator("main a[href^='/postings/']").first().waitFor();
});
afterEach(() => opened.context.close());

/** Where the link of the focused or selected row leads. */
function selected(page) {
  return page.evaluate(() => {
    const row = document.querySelector("main :is([aria-selected='true'], [aria-current='true'], [data-selected])") ?? document.activeElement;
    const link = row?.matches("a") ? row : row?.querySelector("a[href^='/postings/']");
    return link?.getAttribute("href") ?? null;
  });
}

describe("the keyboard", () => {
  test("/ goes to the search, and types nothing into it", async () => {
    const { page } = opened;
    await page.keyboard.press("/");
    const search = page.getByRole("searchbox");
    assert.ok(await search.evaluate((field) => field === document.activeElement), "the search should have the focus");
    assert.equal(await search.inputValue(), "");
  });

  test("j and k move through the rows, and Enter opens the one that is selected", async () => {
    const { page } = opened;
    await page.keyboard.press("j");
    const first = await selected(page);
    await page.keyboard.press("j");
    const second = await selected(page);
    assert.ok(first && second && first !== second, `two rows should be selected in turn, not ${first} and ${second}`);
    await page.keyboard.press("k");
    assert.equal(await selected(page), first);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === new URL(first, url).pathname);
  });

  test("s saves the selected posting, and lets it go again", async () => {
    const { page } = opened;
    await page.keyboard.press("j");
    const link = await selected(page);
    for (const saved of [true, false]) {
      const answer = page.waitForResponse((response) => response.request().method() === "POST");
      await page.keyboard.press("s");
      assert.ok((await answer).status() < 400, "saving should succeed");
      await page.goto(link);
      // The second time the key is pressed on the posting's own page.
      await saveButton(page, saved).waitFor();
    }
  });

  test("? shows the shortcuts, and Escape puts them away and the focus back", async () => {
    const { page } = opened;
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /search/i);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });

  test("letters typed into the search are text, not shortcuts", async () => {
    const { page } = opened;
    const before = page.url();
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("jks?");
    assert.equal(await page.getByRole("searchbox").inputValue(), "jks?");
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.equal(new URL(page.url()).pathname, new URL(before).pathname);
  });

  test("Tab reaches a link past the navigation first, and every stop can be seen", async () => {
    const { page } = opened;
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement?.getAttribute("href"));
    assert.match(first ?? "", /^#/, "the first stop should skip to the content");
    for (let stop = 0; stop < 25; stop += 1) {
      await page.keyboard.press("Tab");
      const shown = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return true;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
        return box.width > 0 && box.height > 0 && marked ? true : element.outerHTML.slice(0, 120);
      });
      assert.equal(shown, true, `stop ${stop} cannot be seen: ${shown}`);
    }
  });
});
