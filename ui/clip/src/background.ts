// Reads the tab and sends the clip. It lives on when the popup closes, so that a clip under way is not lost.

import { type Outcome, send } from "./cadet";
import { readPage } from "./page";
import { clipOf } from "./posting";
import { stored } from "./settings";

/** Clips a tab. */
async function clip(tabId: number): Promise<Outcome> {
  const settings = await stored();
  if (!settings) return { state: "unset" };
  let page: ReturnType<typeof readPage> | undefined;
  try {
    const [read] = await chrome.scripting.executeScript({ target: { tabId }, func: readPage });
    page = read?.result;
  } catch {
    // Pages of the browser itself, its shop and saved files cannot be read.
    return { state: "unreadable" };
  }
  const made = page ? clipOf(page) : null;
  return made ? await send(settings, made) : { state: "nothing" };
}

chrome.runtime.onMessage.addListener((message, _sender, answer) => {
  const asked = message as { clip?: number };
  if (typeof asked.clip !== "number") return undefined;
  clip(asked.clip).then(answer);
  return true;
});
