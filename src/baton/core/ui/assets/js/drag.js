// Drags cards by pointer: 6 px with a mouse; on touch only after a long press, so that scrolling never drags.
const THRESHOLD = 6; // px
const PRESS = 180; // ms
const EDGE = 48; // px from the rim where what lies under the card scrolls
const PACE = 14; // px a frame, at the very rim

/** How far to scroll in one direction: more the nearer the pointer is to the rim. */
function pull(at, from, to) {
  if (at < from + EDGE) return -Math.min(1, (from + EDGE - at) / EDGE) * PACE;
  if (at > to - EDGE) return Math.min(1, (at - to + EDGE) / EDGE) * PACE;
  return 0;
}

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
    board.classList.add("dragging");
    follow();
    requestAnimationFrame(scroll);
  };
  const follow = () => {
    drag.ghost.style.left = `${drag.x - drag.offset.x}px`;
    drag.ghost.style.top = `${drag.y - drag.offset.y}px`;
    const column = document.elementFromPoint(drag.x, drag.y)?.closest("[data-stage]") ?? null;
    if (column === drag.column) return;
    drag.column?.classList.remove("over");
    drag.column = column;
    column?.classList.add("over");
  };
  const scroll = () => {
    if (!drag?.ghost) return;
    const area = board.querySelector(".board");
    const rim = area.getBoundingClientRect();
    area.scrollLeft += pull(drag.x, rim.left, rim.right);
    const cards = drag.column?.querySelector(".cards");
    if (cards) {
      const { top, bottom } = cards.getBoundingClientRect();
      cards.scrollTop += pull(drag.y, top, bottom);
    }
    follow();
    requestAnimationFrame(scroll);
  };
  const end = (isDropped) => {
    if (!drag) return;
    clearTimeout(drag.timer);
    const { card, column, ghost } = drag;
    ghost?.remove();
    card.classList.remove("lifted");
    column?.classList.remove("over");
    board.classList.remove("dragging");
    drag = null;
    if (isDropped && ghost && column) drop(card, column);
  };

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-move-url]");
    if (!card || drag || event.button !== 0 || event.target.closest("[data-move]")) return;
    const { clientX: x, clientY: y, pointerId } = event;
    drag = { card, x, y, pointerId, from: { x, y }, isTouch: event.pointerType === "touch", ghost: null, column: null };
    if (drag.isTouch) drag.timer = setTimeout(() => { if (drag) lift(); }, PRESS);
  });
  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointerId) return;
    const far = Math.hypot(event.clientX - drag.from.x, event.clientY - drag.from.y) > THRESHOLD;
    if (!drag.ghost && far && drag.isTouch) return end(false); // it was a scroll
    [drag.x, drag.y] = [event.clientX, event.clientY];
    if (!drag.ghost && far) {
      [drag.x, drag.y] = [drag.from.x, drag.from.y];
      lift();
      [drag.x, drag.y] = [event.clientX, event.clientY];
    }
    if (drag.ghost) follow();
  });
  document.addEventListener("pointerup", (event) => { if (event.pointerId === drag?.pointerId) end(true); });
  document.addEventListener("pointercancel", (event) => { if (event.pointerId === drag?.pointerId) end(false); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(false); });
  board.addEventListener("touchmove", (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
  board.addEventListener("contextmenu", (event) => { if (drag?.isTouch) event.preventDefault(); }); // a long press is no right click
  board.addEventListener("dragstart", (event) => event.preventDefault()); // the link in the card is not to be dragged
  // The click that ends a drag opens nothing. It does not always come (dropped elsewhere): then it is not waited for.
  const swallow = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  board.addEventListener("pointerup", () => {
    if (!drag?.ghost) return;
    board.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => board.removeEventListener("click", swallow, { capture: true }), 50);
  });
}
