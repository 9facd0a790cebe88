// The board of applications: a card is dragged to another column, or moved with Alt and an arrow key. Both choose the stage in
// the card's own form and send that, so that what happens is what happens without a script.

const THRESHOLD_PX = 6;

function columns(board: HTMLElement): HTMLElement[] {
  return [...board.querySelectorAll<HTMLElement>("[data-stage]")];
}

function moveTo(card: HTMLElement, stage: string): void {
  const form = card.querySelector<HTMLFormElement>("form.card-move");
  const select = form?.querySelector<HTMLSelectElement>("select[name=to]");
  if (!form || !select || select.value === stage) return;
  select.value = stage;
  form.requestSubmit();
}

/** The column under a point, if there is one. */
function columnAt(board: HTMLElement, x: number, y: number): HTMLElement | null {
  const under = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-stage]") ?? null;
  return under && board.contains(under) ? under : null;
}

interface Drag {
  card: HTMLElement;
  pointer: number;
  startX: number;
  startY: number;
  offsetX: number;
  offsetY: number;
  moving: boolean;
}

function begin(board: HTMLElement, event: PointerEvent): Drag | null {
  const target = event.target;
  if (!(target instanceof Element) || event.button !== 0 || event.pointerType === "touch") return null;
  // A link, a choice or a button on the card is for itself.
  if (target.closest("select, button, input")) return null;
  const card = target.closest<HTMLElement>("[data-card]");
  if (!card || !board.contains(card)) return null;
  const box = card.getBoundingClientRect();
  return {
    card,
    pointer: event.pointerId,
    startX: event.clientX,
    startY: event.clientY,
    offsetX: event.clientX - box.left,
    offsetY: event.clientY - box.top,
    moving: false,
  };
}

function follow(board: HTMLElement, drag: Drag, event: PointerEvent): void {
  const far = Math.hypot(event.clientX - drag.startX, event.clientY - drag.startY) > THRESHOLD_PX;
  if (!drag.moving && !far) return;
  drag.moving = true;
  drag.card.classList.add("is-dragged");
  drag.card.style.left = `${event.clientX - drag.offsetX}px`;
  drag.card.style.top = `${event.clientY - drag.offsetY}px`;
  const over = columnAt(board, event.clientX, event.clientY);
  for (const column of columns(board)) column.classList.toggle("is-target", column === over);
}

function end(board: HTMLElement, drag: Drag): void {
  drag.card.classList.remove("is-dragged");
  drag.card.style.removeProperty("left");
  drag.card.style.removeProperty("top");
  for (const column of columns(board)) column.classList.remove("is-target");
}

function listen(board: HTMLElement): void {
  board.classList.add("can-drag");
  let drag: Drag | null = null;
  board.addEventListener("pointerdown", (event) => {
    drag = begin(board, event);
  });
  // The browser's own dragging of links would end ours.
  board.addEventListener("dragstart", (event) => event.preventDefault());
  window.addEventListener("pointermove", (event) => {
    if (drag && event.pointerId === drag.pointer) follow(board, drag, event);
  });
  window.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { card, moving } = drag;
    const over = moving ? columnAt(board, event.clientX, event.clientY) : null;
    end(board, drag);
    drag = null;
    if (!moving) return;
    // The click that follows would open the card.
    const swallow = (click: Event) => click.preventDefault();
    window.addEventListener("click", swallow, { capture: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 100);
    const stage = over?.dataset.stage;
    if (stage) moveTo(card, stage);
  });
  for (const lost of ["pointercancel", "blur"]) {
    window.addEventListener(lost, () => {
      if (drag) end(board, drag);
      drag = null;
    });
  }
  board.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const target = event.target;
    const card = target instanceof Element ? target.closest<HTMLElement>("[data-card]") : null;
    const options = [...(card?.querySelectorAll<HTMLOptionElement>("select[name=to] option") ?? [])];
    const here = options.findIndex((option) => option.defaultSelected);
    const next = options[here + (event.key === "ArrowRight" ? 1 : -1)];
    if (!card || here < 0 || !next) return;
    event.preventDefault();
    moveTo(card, next.value);
  });
}

for (const board of document.querySelectorAll<HTMLElement>("[data-board]")) listen(board);
