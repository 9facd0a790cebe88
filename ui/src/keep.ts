// Saving a posting without leaving the page. Without the script the button's form does the same.

function mark(button: HTMLButtonElement, saved: boolean): void {
  button.setAttribute("aria-pressed", String(saved));
  button.value = saved ? "no" : "yes";
  const words = button.querySelector("span");
  if (words) words.textContent = saved ? "Saved" : "Save";
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!(form instanceof HTMLFormElement) || form.id !== "keep" || !(button instanceof HTMLButtonElement))
    return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const saved = button.value === "yes";
  mark(button, saved);
  const body = new URLSearchParams({ saved: saved ? "yes" : "no" });
  const headers = { "HX-Request": "true" };
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers, redirect: "manual" });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    // Sent the ordinary way, which shows what is wrong.
    mark(button, !saved);
    form.action = button.formAction;
    const value = document.createElement("input");
    value.type = "hidden";
    value.name = "saved";
    value.value = saved ? "yes" : "no";
    form.append(value);
    form.submit();
  }
});
