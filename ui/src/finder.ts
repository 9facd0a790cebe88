// The list of postings: links that change only the results, and fields that follow them.

import htmx from "htmx.org";

const finder = (): HTMLElement | null => document.getElementById("finder");

document.addEventListener("click", (event) => {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return;
  const link =
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-finder]") : null;
  if (!link || !finder()) return;
  event.preventDefault();
  const words = document.querySelector<HTMLInputElement>("#q");
  if (words) words.value = new URL(link.href).searchParams.get("q") ?? "";
  void htmx.ajax("GET", link.getAttribute("href") ?? "/postings", { target: "#finder", swap: "outerMorph" });
});

// What a person has clicked stays clicked for the browser, whatever the new page says; so the fields are told.
document.addEventListener("htmx:after:swap", () => {
  for (const field of finder()?.querySelectorAll<HTMLInputElement | HTMLSelectElement>(".refine") ?? []) {
    if (field instanceof HTMLInputElement) {
      field.checked = field.defaultChecked;
    } else {
      const chosen = [...field.options].findIndex((option) => option.defaultSelected);
      field.selectedIndex = Math.max(0, chosen);
    }
  }
  const back = document.querySelector<HTMLInputElement>("#keep input[name=back]");
  if (back && finder()) back.value = location.pathname + location.search;
});

// Typing makes one step in the browser's history, not one for each letter.
let typedBefore = false;
document.addEventListener("htmx:before:history:update", (event) => {
  const history = (event as CustomEvent<{ history?: { type: string } }>).detail.history;
  const types = document.activeElement?.id === "q";
  if (history && types && typedBefore) history.type = "replace";
  typedBefore = types;
});
