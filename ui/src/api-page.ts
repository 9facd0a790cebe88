// The API page: its forms send requests and show the answers. Without it the page is a reference to read.

type Field = HTMLInputElement | HTMLTextAreaElement;

function address(form: HTMLFormElement): string {
  let path = form.dataset.path ?? "/";
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll<HTMLInputElement>("input[data-in]")) {
    if (field.dataset.in === "path") path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    if (field.dataset.in === "query" && field.value !== "") query.append(field.name, field.value);
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

function headers(form: HTMLFormElement): Headers {
  const made = new Headers({ Accept: "application/json" });
  for (const field of form.querySelectorAll<HTMLInputElement>("input[data-in=header]")) {
    if (field.value !== "") made.set(field.name, field.value);
  }
  return made;
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send(form: HTMLFormElement, result: HTMLElement): Promise<void> {
  const method = form.dataset.method ?? "GET";
  const request: RequestInit = { method, headers: headers(form), cache: "no-store" };
  const body = form.querySelector<Field>("[data-in=body]");
  if (body && body.value.trim() !== "") {
    request.body = body.value;
    (request.headers as Headers).set("Content-Type", "application/json");
  }
  const url = address(form);
  const answer = await fetch(url, request);
  const text = await answer.text();
  result.textContent = `${method} ${url}\n${answer.status} ${answer.statusText}\n\n${readable(text)}`;
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-try]")) {
  const button = form.querySelector<HTMLButtonElement>("[data-try-send]");
  const result = form.querySelector<HTMLElement>("[data-try-result]");
  if (!button || !result) continue;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    result.hidden = false;
    result.textContent = "Sending";
    try {
      await send(form, result);
    } catch (cause) {
      result.textContent = `It could not be sent: ${String(cause)}`;
    }
    button.disabled = false;
  });
}

// A link to an operation opens it.
function openLinked(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

window.addEventListener("hashchange", openLinked);
openLinked();
