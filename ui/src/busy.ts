// Shows that something is under way: a hairline at the top, which appears only when it takes longer than a moment.

let pending = 0;

function show(): void {
  document.documentElement.classList.toggle("is-busy", pending > 0);
}

document.addEventListener("htmx:before:request", () => {
  pending += 1;
  show();
});

for (const end of ["htmx:after:request", "htmx:error"]) {
  document.addEventListener(end, () => {
    pending = Math.max(0, pending - 1);
    show();
  });
}

// A form that is sent leaves the page; until then it is not sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.method !== "post") return;
  pending += 1;
  show();
  if ("busy" in form.dataset) {
    // After this event, since a disabled button sends nothing.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
    });
  }
});

// Coming back to a page that the browser kept.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  pending = 0;
  show();
  for (const button of document.querySelectorAll<HTMLButtonElement>("form[data-busy] button"))
    button.disabled = false;
});
