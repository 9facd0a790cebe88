// The settings page: keeps the address and the token, asks the browser for the permission to reach it, and tries both.

import { addressOf, check, patternOf } from "./cadet";
import { store, stored } from "./settings";

const form = document.querySelector("#form") as HTMLFormElement;
const place = document.querySelector("#state") as HTMLElement;
const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;

function say(text: string, bad = false): void {
  const element = document.createElement("p");
  element.textContent = text;
  element.className = bad ? "bad" : "title";
  place.replaceChildren(element);
}

async function save(): Promise<void> {
  const address = addressOf(field("address").value);
  const token = field("token").value.trim();
  if (!address) {
    say("That is no address. It should look like http://127.0.0.1:7878.", true);
    field("address").focus();
    return;
  }
  // Must come first: browsers ask only while the click counts.
  const allowed = await chrome.permissions.request({ origins: [patternOf(address)] });
  await store({ address, token });
  if (!allowed) {
    say(
      "Saved, but without the permission to reach that address nothing can be sent. Save again and allow it.",
      true,
    );
    return;
  }
  say("Trying …");
  const outcome = await check({ address, token });
  if (outcome.state === "unauthorised") {
    say(`Saved, but Cadet does not take the token. ${outcome.detail}`, true);
  } else if (outcome.state === "unreachable") {
    say(`Saved, but Cadet cannot be reached at ${address}. Is it running?`, true);
  } else {
    say("Saved. Cadet is there and takes the token.");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void save();
});

void stored().then((settings) => {
  if (!settings) return;
  field("address").value = settings.address;
  field("token").value = settings.token;
});
