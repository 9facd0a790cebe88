// The popup: clips at once and says how it went. Its one action has the focus, so that Enter does it.

import type { Outcome } from "./cadet";

const place = document.querySelector("#state") as HTMLElement;

function paragraph(text: string, kind = ""): HTMLElement {
  const element = document.createElement("p");
  element.textContent = text;
  element.className = kind;
  return element;
}

function link(text: string, address: string): HTMLElement {
  const element = document.createElement("a");
  element.textContent = text;
  element.href = address;
  element.target = "_blank";
  element.rel = "noreferrer";
  element.className = "button";
  return element;
}

function button(text: string, action: () => void): HTMLElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", action);
  return element;
}

const settings = () => button("Open the settings", () => void chrome.runtime.openOptionsPage());
const again = () => button("Try again", () => void run());

/** What is shown for an outcome; the last part is what can be done about it. */
function parts(outcome: Outcome): HTMLElement[] {
  switch (outcome.state) {
    case "saved": {
      const company = outcome.company ? ` (${outcome.company})` : "";
      const saved = outcome.new ? "Saved" : "Saved before, now up to date";
      return [paragraph(`${saved}: ${outcome.title}${company}`, "title"), link("Open in Cadet", outcome.url)];
    }
    case "nothing":
      return [
        paragraph("No posting was found on this page.", "bad"),
        paragraph("Select the posting's text, then try again."),
        again(),
      ];
    case "unset":
      return [paragraph("Tell the extension where your Cadet is."), settings()];
    case "unauthorised":
      return [
        paragraph("Cadet does not take the token.", "bad"),
        paragraph(outcome.detail || "Make a clip token in Cadet under Settings."),
        settings(),
      ];
    case "refused":
      return [paragraph("Cadet did not take the clip.", "bad"), paragraph(outcome.detail), again()];
    case "unreachable":
      return [
        paragraph(`Cadet cannot be reached at ${outcome.address}.`, "bad"),
        paragraph("Is it running? Is the address right, and did you allow the extension to reach it?"),
        again(),
        paragraph(""),
        settings(),
      ];
    case "unreadable":
      return [
        paragraph("This page cannot be read by extensions.", "bad"),
        paragraph("Open the posting in a tab of its own, then try again."),
        again(),
      ];
  }
}

async function run(): Promise<void> {
  place.replaceChildren(paragraph("Reading the page …"));
  const tabId = await target();
  const outcome: Outcome =
    tabId === undefined
      ? { state: "unreadable" }
      : await chrome.runtime.sendMessage<Outcome>({ clip: tabId });
  place.replaceChildren(...parts(outcome));
  place.dataset.state = outcome.state;
  (place.querySelector("a, button") as HTMLElement | null)?.focus();
}

/** The tab to clip: the active one, or the one that the address names, for browsers that open popups as tabs. */
async function target(): Promise<number | undefined> {
  const named = Number(new URLSearchParams(location.search).get("tab") ?? Number.NaN);
  if (Number.isInteger(named)) return named;
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

void run();
