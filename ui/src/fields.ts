// Small helps with fields, chosen by attribute.

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-auto-submit]")) form.requestSubmit();

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Press Ctrl+C";
    }
  });
  field.after(button);
}

// The browser knows its time zone; whoever still has the first setting is offered it.
for (const field of document.querySelectorAll<HTMLInputElement>("input[data-time-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || zone === field.value) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-small button-quiet";
  button.textContent = `Use ${zone}`;
  button.addEventListener("click", () => {
    field.value = zone;
    button.remove();
  });
  field.after(button);
}
