// The profile: writing, the keyboard, and reading a file, with and without a script.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, assertNone, launch, openPage } from "./support.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const RESUME = JSON.stringify({
  basics: { name: "Mira Holm", email: "mira.holm@example.org" },
  work: [{ company: "Northwind Trains", position: "Tester", startDate: "2024-06", highlights: ["Wrote tests"] }],
  projects: [{ name: "Miss Direction" }],
});

const file = { name: "mira.json", mimeType: "application/json", buffer: Buffer.from(RESUME) };

describe("the profile", { concurrency: false }, () => {
  test("a file is shown beside its original, and is the profile when it is taken over", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/profile/import");
    await page.getByLabel("File", { exact: true }).setInputFiles(file);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.waitForURL(/\/profile\/import\/\d+$/);
    assert.equal(await page.getByLabel("Employer", { exact: true }).inputValue(), "Northwind Trains");
    assert.match(await page.locator(".original").innerText(), /Northwind Trains/);
    assert.match(await page.locator(".note-list").innerText(), /left over/i);
    await assertAccessible(page, "an import");
    await page.getByLabel("Employer", { exact: true }).fill("Northwind Railways");
    await page.getByLabel("Put it in the place of your profile").check();
    await page.getByRole("button", { name: "Take it over" }).click();
    await page.waitForURL(/\/profile$/);
    assert.equal(await page.getByLabel("Employer", { exact: true }).inputValue(), "Northwind Railways");
    await assertAccessible(page, "the editor");
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("what is written saves itself, and the resume beside it follows", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/profile?begin=yes");
    const saved = page.waitForResponse((answer) => answer.request().method() === "POST");
    await page.getByLabel("Name", { exact: true }).first().fill("Mira Saved Holm");
    assert.equal((await saved).status(), 200);
    await page.locator("#beside", { hasText: "Mira Saved Holm" }).waitFor();
    await page.reload();
    assert.equal(await page.getByLabel("Name", { exact: true }).first().inputValue(), "Mira Saved Holm");
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("an entry is added, filled and moved with the keyboard alone", async () => {
    const { context, page, faults } = await openPage(browser);
    await page.goto("/profile?begin=yes");
    await page.getByRole("button", { name: "Add a job" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/focus=work-/);
    await page.keyboard.type("Second Street Bakery");
    const employers = page.getByLabel("Employer", { exact: true });
    assert.equal(await employers.last().inputValue(), "Second Street Bakery");
    await page.getByRole("button", { name: "Move job up" }).last().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/focus=work-\d+\.(up|down)/);
    const names = await employers.evaluateAll((fields) => fields.map((field) => field.value));
    assert.equal(names.at(-2), "Second Street Bakery");
    const here = await page.evaluate(() => document.activeElement?.id ?? "");
    assert.match(here, /^work-/, "the focus should stay with the entry");
    assertNone(faults, "the browser complained");
    await context.close();
  });

  test("undo brings back what was there, and the history shows the difference", async () => {
    const { context, page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto("/profile?begin=yes");
    const phone = page.getByLabel("Telephone");
    const before = await phone.inputValue();
    await phone.fill("+46 70 222 22 22");
    await page.getByRole("button", { name: "Save" }).first().click();
    await page.goto("/profile/history");
    assert.match(await page.locator("main").innerText(), /\+46 70 222 22 22/);
    await page.getByRole("button", { name: /Undo/ }).click();
    await page.goto("/profile?begin=yes");
    assert.equal(await phone.inputValue(), before);
    await context.close();
  });
});
