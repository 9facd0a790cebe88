// Keys: one letter each, none while somebody types. The same list makes the dialog that `?` opens.

const PAUSE_MS = 1200;

const PLACES: Record<string, [string, string]> = {
  f: ["Find", "/postings"],
  a: ["Alerts", "/alerts"],
  s: ["Sources", "/sources"],
  k: ["Skills", "/skills"],
  m: ["Market", "/market"],
  y: ["your profile", "/profile"],
};

/** Whether the event is for a field, or for the browser. */
function isForOthers(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.metaKey || event.ctrlKey || event.altKey)
    return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("dialog")) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-list] [data-item]")];
}

function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-item]") ?? null;
}

function move(step: 1 | -1): void {
  const all = items();
  const here = current();
  const at = here ? all.indexOf(here) + step : step > 0 ? 0 : all.length - 1;
  const next = all[at];
  if (next) {
    next.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  } else if (step > 0) {
    document.querySelector<HTMLElement>("#more a")?.focus();
  }
}

function search(): boolean {
  const field = document.querySelector<HTMLInputElement>("input[type=search]");
  field?.focus();
  field?.select();
  return field !== null;
}

function save(): boolean {
  const button = (current() ?? document.querySelector(".posting-head"))?.querySelector<HTMLButtonElement>(
    ".keep",
  );
  button?.click();
  return button != null;
}

const KEYS: [string, string][] = [
  ["/", "search"],
  ["j", "down a list"],
  ["k", "up a list"],
  ["Enter", "open what is chosen"],
  ["s", "save it, or let it go"],
  ["?", "these keys"],
];

function rows(): [string[], string][] {
  const places = document.querySelector<HTMLElement>("[data-places]")?.dataset.places?.split(" ") ?? [];
  const reachable = Object.entries(PLACES).filter(([, [, path]]) => places.includes(path));
  return [
    ...KEYS.map(([key, words]): [string[], string] => [[key], words]),
    ...reachable.map(([key, [name]]): [string[], string] => [["g", key], `go to ${name}`]),
  ];
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function help(): void {
  const list = element("dl");
  list.className = "keys";
  for (const [keys, words] of rows()) {
    const shown = keys.flatMap((key, at) =>
      at === 0 ? [element("kbd", key)] : [" then ", element("kbd", key)],
    );
    list.append(element("dt", ...shown), element("dd", words));
  }
  const title = element("h2", "Keys");
  title.id = "keys-title";
  const more = element("a", "How to search");
  more.href = "/help";
  const close = element("button", "Close");
  close.autofocus = true;
  const form = element("form", close, " ", more);
  form.method = "dialog";
  form.className = "toolbar";
  const dialog = element("dialog", title, list, form);
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** When `g` was pressed, until the next key. */
let going = Number.NEGATIVE_INFINITY;

function press(event: KeyboardEvent): boolean {
  const wentOn = event.timeStamp - going < PAUSE_MS;
  going = Number.NEGATIVE_INFINITY;
  const place = wentOn ? PLACES[event.key] : undefined;
  if (place) {
    location.assign(place[1]);
    return true;
  }
  switch (event.key) {
    case "/":
      return search();
    case "j":
      move(1);
      return true;
    case "k":
      move(-1);
      return true;
    case "s":
      return save();
    case "?":
      help();
      return true;
    case "g":
      going = event.timeStamp;
      return true;
    default:
      return false;
  }
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Escape" && target instanceof HTMLInputElement) {
    target.blur();
    return;
  }
  if (!isForOthers(event) && press(event)) event.preventDefault();
});
