// Keys that come before the form that they are meant for: no commands, they go into it once it is there.
import { isTyping } from "./page.js";

const PLACES = "dialog, td, .prop";
const awaited = new Set();
let typed = "";

/** Whoever has sent a cell by Tab is on the way to the next one. */
const isGone = (target) => Boolean(target.closest(".cell-form[data-gone]"));
const isOwn = ({ key, target }) => (isTyping(target) && !isGone(target)) || (key === " " && target.matches("button, input, summary"));

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const isAsked = ctx.request.method === "GET" || isGone(ctx.sourceElement);
  if (isAsked && ctx.target instanceof Element && ctx.target.matches(PLACES)) awaited.add(ctx);
});

document.addEventListener("keydown", (event) => {
  const { key } = event;
  if (!awaited.size || event.ctrlKey || event.metaKey || event.altKey || isOwn(event)) return;
  if (key === "Backspace") typed = typed.slice(0, -1);
  else if (key.length === 1) typed += key;
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

function write(control, text) {
  if (control.matches("select")) {
    const meant = [...control.options].find((option) => option.text.toLowerCase().startsWith(text.toLowerCase()));
    if (!meant) return;
    control.value = meant.value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (control.selectionStart === null) control.value = text; // a number, a day
  else control.setRangeText(text, control.selectionStart, control.selectionEnd, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  ctx.sourceElement.closest("[data-gone]")?.removeAttribute("data-gone");
  if (!awaited.delete(ctx) || awaited.size) return;
  const [text, control] = [typed, document.activeElement];
  typed = "";
  if (text && ctx.response?.status < 400 && isTyping(control) && !isGone(control)) write(control, text);
});
