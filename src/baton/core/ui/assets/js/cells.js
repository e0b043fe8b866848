import { find, findAll, isTyping } from "./page.js";

// Cells of a list that are edited in place: a pencil fetches the form into the cell, and its answer the value back.
const PEN = ".cell-pen";
const FORM = ".cell-form";
let next = null; // where Tab goes on once the cell is saved

const stops = (row) => findAll(`.first a, ${PEN}`, row);
const changed = (form) => [...form.elements].some((one) => (one.matches("select")
  ? [...one.options].some((option) => option.selected !== option.defaultSelected)
  : one.name === "value" && one.value !== one.defaultValue));

/** Saves what was typed; leaves a field that holds what it held. */
function finish(form) {
  if (changed(form)) form.requestSubmit();
  else find("[data-cancel]", form)?.click();
}

/** The cell behind or before this one, in its row or the next. */
function beside(cell, step) {
  const pens = findAll(PEN, cell.closest("tbody"));
  const cells = findAll("td", cell.closest("tbody"));
  const place = cells.indexOf(cell);
  const rest = pens.filter((pen) => Math.sign(cells.indexOf(pen.closest("td")) - place) === step);
  return (step > 0 ? rest[0] : rest.at(-1))?.closest("td") ?? null;
}

function typed(event, form) {
  const { key, target } = event;
  if ("asks" in form.dataset) return;
  if (key === "Enter" && target.matches("select")) form.requestSubmit();
  else if (key === "Tab") {
    next = beside(form.closest("td"), event.shiftKey ? -1 : 1);
    if (next) form.dataset.gone = "";
    finish(form);
  } else return;
  event.preventDefault();
}

/** To the first link of the next row, or of the one before; from elsewhere to the first or the last. */
export function walk(step) {
  const rows = findAll(".list-table tbody tr").filter((row) => stops(row).length);
  const here = rows.indexOf(document.activeElement.closest?.("tr"));
  const goal = here < 0 ? rows.at(step > 0 ? 0 : -1) : rows[here + step];
  if (goal) stops(goal)[0].focus();
  return rows.length > 0;
}

/** Ticks the row that has the focus. */
export function tick() {
  const box = find("[type=checkbox]", document.activeElement.closest?.(".list-table tbody tr") ?? document.createElement("tr"));
  box?.click();
  return Boolean(box);
}

/** To what can be done with the ticked rows. */
export function toActs() {
  const act = find(".selection:not([hidden]) > .button");
  act?.focus();
  return Boolean(act);
}

function moved(event) {
  const { key, target } = event;
  const row = target.closest("tr");
  const places = stops(row);
  const place = places.indexOf(target);
  const rows = findAll("tr", row.parentElement);
  const row2 = rows[rows.indexOf(row) + { ArrowUp: -1, ArrowDown: 1 }[key]];
  if (key === "F2") find(PEN, target.closest("td") ?? row)?.click();
  else if (place >= 0 && key in { ArrowRight: 1, ArrowLeft: 1 }) places[place + (key === "ArrowRight" ? 1 : -1)]?.focus();
  else if (place >= 0 && row2) (stops(row2)[place] ?? stops(row2)[0])?.focus();
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const form = target.closest?.(FORM);
  if (form) typed(event, form);
  else if (target.closest?.(".list-table tbody") && !isTyping(target)) moved(event);
});

document.addEventListener("dblclick", ({ target }) => {
  const pen = find(PEN, target.closest(".list-table td") ?? document.createElement("td"));
  if (!pen) return;
  getSelection().removeAllRanges();
  pen.click();
});

// Who goes elsewhere has done with the cell. What was refused, or what asks for a choice, waits.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const form = target.closest?.(FORM);
  if (!form || form.contains(relatedTarget) || "asks" in form.dataset || next) return;
  setTimeout(() => {
    if (form.isConnected && document.hasFocus() && !form.contains(document.activeElement)) finish(form);
  });
});

// The list is not drawn anew under somebody who edits one of its cells: that waits until they have done.
let waits = null;
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  const isOpen = (form) => !form.contains(ctx.sourceElement) && changed(form) && form.contains(document.activeElement);
  if (!tasks.some(({ target }) => target instanceof Element && findAll(FORM, target).some(isOpen))) return;
  event.preventDefault();
  waits = ctx.sourceElement;
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (!waits?.isConnected || waits === ctx.sourceElement || find(`.list-table ${FORM}`)) return;
  if (waits.matches("form")) waits.requestSubmit();
  else waits.click();
  waits = null;
});

document.addEventListener("htmx:after:settle", ({ target }) => {
  const cell = target instanceof Element ? target.closest(".list-table td") : null;
  if (!cell || !next) return;
  const goal = next;
  next = null;
  if (!find(FORM, cell)) find(PEN, goal)?.click();
});
