// Drags cards by pointer: 6 px with a mouse; on touch only after a long press, so that scrolling never drags.
const THRESHOLD = 6; // px
const PRESS = 180; // ms

export function draggable(board, drop) {
  let drag = null;

  const lift = () => {
    const at = drag.card.getBoundingClientRect();
    drag.offset = { x: drag.x - at.left, y: drag.y - at.top };
    drag.ghost = drag.card.cloneNode(true);
    drag.ghost.removeAttribute("id");
    drag.ghost.classList.add("ghost");
    drag.ghost.style.width = `${at.width}px`;
    document.body.append(drag.ghost);
    drag.card.classList.add("lifted");
  };
  const follow = (event) => {
    drag.ghost.style.left = `${event.clientX - drag.offset.x}px`;
    drag.ghost.style.top = `${event.clientY - drag.offset.y}px`;
    const column = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-stage]") ?? null;
    if (column === drag.column) return;
    drag.column?.classList.remove("over");
    drag.column = column;
    column?.classList.add("over");
  };
  const end = (isDropped) => {
    if (!drag) return;
    clearTimeout(drag.timer);
    const { card, column, ghost } = drag;
    ghost?.remove();
    card.classList.remove("lifted");
    column?.classList.remove("over");
    drag = null;
    if (isDropped && ghost && column) drop(card, column);
  };

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-move-url]");
    if (!card || event.button !== 0 || event.target.closest("[data-move]")) return;
    drag = { card, x: event.clientX, y: event.clientY, isTouch: event.pointerType === "touch", ghost: null, column: null };
    if (drag.isTouch) drag.timer = setTimeout(() => { if (drag) lift(); }, PRESS);
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > THRESHOLD;
    if (!drag.ghost && far && drag.isTouch) return end(false); // it was a scroll
    if (!drag.ghost && far) lift();
    if (drag.ghost) follow(event);
  });
  document.addEventListener("pointerup", () => end(true));
  document.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(false); });
  board.addEventListener("touchmove", (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
  board.addEventListener("dragstart", (event) => event.preventDefault()); // the link in the card is not to be dragged
  // The click that ends a drag opens nothing. It does not always come (dropped elsewhere): then it is not waited for.
  const swallow = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  board.addEventListener("pointerup", () => {
    if (!drag?.ghost) return;
    board.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => board.removeEventListener("click", swallow, { capture: true }), 50);
  });
}
