// From a resume in a file to an offer, as a newcomer would walk it: import, correct, prove, match, write, apply, follow.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { assertAccessible, assertNone, launch, openPage } from "./support.mjs";

/** A resume as somebody would print it from a word processor; the browser makes the PDF, so that the reader sees another's work. */
const RESUME = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mira Oltmann</title>
<style>body{font:11pt sans-serif;margin:2cm}h1{margin:0}h2{font-size:13pt;border-bottom:1px solid}h3{font-size:11pt;margin-bottom:0}p{margin:0}</style></head><body>
<h1>Mira Oltmann</h1><p>mira.oltmann@example.org · +49 30 5550 1234 · Berlin, Germany</p>
<h2>Experience</h2>
<h3>Backend Intern, Hafenkontor GmbH</h3><p>Apr 2025 – Sep 2025</p>
<ul><li>Built a REST API in Java with Spring Boot for 3 internal teams</li><li>Moved 12 reports from spreadsheets to PostgreSQL</li></ul>
<h2>Education</h2>
<h3>Technische Hochschule Spreeufer</h3><p>Bachelor of Science, Computer Science</p><p>2023 – 2027</p>
<h2>Skills</h2><p>Java, Spring Boot, PostgreSQL, Git, Docker</p></body></html>`;

const MAIL = "mira.oltmann@example.org";

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "cadet-apply-"));
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A repository with two commits of Mira's and one of somebody else's. */
function repository() {
  const at = join(folder, "harbour");
  const git = (...args) => execFileSync("git", ["-C", at, ...args], { stdio: "pipe" });
  execFileSync("git", ["init", "--quiet", "--initial-branch=main", at]);
  const commit = (name, email, file, text) => {
    writeFileSync(join(at, file), text);
    git("add", ".");
    git("-c", `user.name=${name}`, "-c", `user.email=${email}`, "commit", "--quiet", "-m", `Add ${file}`);
  };
  const pom = "<project><dependencies><dependency><groupId>org.springframework.boot</groupId>"
    + "<artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>\n";
  commit("Mira Oltmann", MAIL, "pom.xml", pom);
  const lines = Array.from({ length: 120 }, (_, n) => `  int berth${n}() { return ${n}; }`).join("\n");
  commit("Mira Oltmann", MAIL, "Harbour.java", `class Harbour {\n${lines}\n}\n`);
  commit("Ole Brandt", "ole@example.org", "README.md", "# Harbour\n");
  return at;
}

/** Prints the resume as a PDF with the browser. */
async function printed() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent(RESUME);
  const pdf = await page.pdf({ format: "A4" });
  await context.close();
  return { name: "mira.pdf", mimeType: "application/pdf", buffer: pdf };
}

describe("the road to an offer", () => {
  test("from a PDF resume to a Sankey of applications", async () => {
    const { context, page, faults } = await openPage(browser);
    page.setDefaultTimeout(30_000);
    const press = (name) => page.getByRole("button", { name }).first().click();

    // Import, correct, take over.
    await page.goto("/profile/import");
    await page.getByLabel("File").setInputFiles(await printed());
    await press("Read it");
    await page.getByRole("button", { name: "Take it over" }).waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).first().inputValue(), "Mira Oltmann");
    assert.match(await page.locator("main").innerText(), /Hafenkontor/);
    await page.getByLabel(/^Title/).first().fill("Computer science student");
    await assertAccessible(page, "an import");
    await press("Take it over");
    await page.waitForURL(/\/profile(\?|$)/);

    // Evidence from a repository.
    await page.goto("/evidence");
    await page.getByLabel("Folder of a Git repository").fill(repository());
    await page.getByLabel("Your addresses in its commits").fill(MAIL);
    await press("Scan");
    await page.getByText("2 of 3 commits are yours").waitFor();
    await page.goto("/evidence");
    assert.match(await page.locator("main").innerText(), /Java/);

    // A posting of the demonstration, compared with it.
    await page.goto("/postings?q=java+backend&internship=true");
    await page.locator("main a[href^='/postings/']").first().click();
    await page.getByRole("heading", { name: "How it fits you" }).waitFor();
    assert.match(await page.locator(".match-score").innerText(), /\d+ %/);
    const posting = new URL(page.url()).pathname;

    // A resume and a letter for it; the PDF is one.
    for (const kind of ["resume", "letter"]) {
      await page.goto(posting);
      await page.getByLabel("Make a").selectOption(kind);
      await press("Make it");
      await page.waitForURL(/\/documents\/\d+/);
    }
    await page.goto(posting);
    await page.getByRole("link", { name: /^Resume/ }).first().click();
    await page.getByText("Two readers find every field, in order.").waitFor();
    const pdf = await page.getByRole("link", { name: "Open the PDF by itself" }).getAttribute("href");
    const answer = await page.request.get(pdf);
    assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");

    // Apply, and an interview with its time.
    await page.goto(posting);
    await press("Track this");
    await page.waitForURL(/\/applications\/\d+/);
    const application = new URL(page.url()).pathname;
    const move = async (stage) => {
      await page.goto(application);
      await page.getByLabel("Stage", { exact: true }).selectOption(stage);
      await press("Move");
      await page.waitForLoadState();
    };
    await move("applied");
    await page.goto(application);
    assert.match(await page.locator("section[aria-labelledby='files']").innerText(), /\.pdf/);
    await move("interview");
    await page.goto(application);
    await page.getByText("Add a round", { exact: true }).click();
    await page.locator("#new-starts").fill("2031-03-05T10:00");
    await page.locator("#new-zone").fill("Europe/Berlin");
    await page.locator("form:has(#new-starts)").getByRole("button", { name: "Keep the round" }).click();
    await page.getByText("5 March 2031").or(page.getByText("2031-03-05")).first().waitFor();

    // A client subscribes to the calendar.
    await page.goto("/applications/calendar");
    await press(/Give it (an|a new) address/);
    const feed = await page.getByLabel("Address of the calendar").inputValue();
    const calendar = await (await page.request.get(new URL(feed).pathname)).text();
    assert.match(calendar, /^BEGIN:VCALENDAR\r\n/);
    assert.match(calendar, /DTSTART(;TZID=Europe\/Berlin:20310305T100000|:20310305T090000Z)/);
    assert.match(calendar, /BEGIN:VALARM/);

    // The thank-you note, as a document and as a mail that waits for a look.
    await page.goto(posting);
    await page.getByLabel("Make a").selectOption("thanks");
    await press("Make it");
    await page.waitForURL(/\/documents\/\d+/);
    await page.goto(`/mail/new?application=${application.split("/").pop()}`);
    await page.getByLabel("To", { exact: true }).fill("Ida Brook <ida.brook@example.com>");
    await page.getByLabel("Subject").fill("Thank you");
    await page.getByLabel("Text").fill("Thank you for the conversation.");
    await press("Keep, and look at it");
    await page.getByRole("heading", { name: "Exactly what will go" }).waitFor();

    // An offer here, a rejection elsewhere.
    await move("offer");
    await page.goto(application);
    await page.getByLabel("Pay", { exact: true }).fill("20");
    await page.getByLabel("Currency").fill("EUR");
    await press("Keep the offer");
    await page.waitForLoadState();
    await page.goto("/applications/offers");
    assert.match(await page.locator("main").innerText(), /20\.00/);
    await page.goto("/applications/new");
    await page.getByLabel("Company").fill("Nordlicht Werke");
    await page.getByLabel("Position").fill("Backend intern");
    await page.locator("main form").getByRole("button").last().click();
    await page.waitForURL(/\/applications\/\d+/);
    const other = new URL(page.url()).pathname;
    for (const stage of ["applied", "rejected"]) {
      await page.goto(other);
      await page.getByLabel("Stage", { exact: true }).selectOption(stage);
      await press("Move");
      await page.waitForLoadState();
    }
    await page.goto(other);
    await page.getByText("They said no.").waitFor();

    // Where all went.
    await page.goto("/applications/statistics");
    await page.locator("section[aria-labelledby='flows'] svg").waitFor();
    await assertAccessible(page, "the statistics");
    assertNone(faults, "the browser complained");
    await context.close();
  });
});
