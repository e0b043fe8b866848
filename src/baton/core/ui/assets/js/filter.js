// A list's filter while it is put together: what is chosen draws its form anew, what is typed is counted.
import { find, findAll } from "./page.js";

const PAUSE = 250; // ms after the last key
const TYPED = "input:not([type=checkbox], [type=hidden]), textarea, select:not([data-redraws])";
let timer = 0;

/** The controls by name, those of a pair also by which of them it is. */
function controls(form) {
  const found = new Map();
  for (const control of findAll(TYPED, form)) found.set(found.has(control.name) ? `${control.name} 2` : control.name, control);
  return found;
}
let sent = null; // what the form held when it was sent to be drawn anew
let meanwhile = null; // what was typed until it came back, and where

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-redraws]") || !target.form?.isConnected) return;
  const redraw = find("[data-redraw]", target.form);
  redraw.value = `change:${target.name}`;
  sent = new Map([...controls(target.form)].map(([name, control]) => [name, control.value]));
  target.form.requestSubmit(redraw);
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest("[data-counts]");
  if (!form || target.matches("[data-redraws]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => { if (form.isConnected) find("[data-count]", form).click(); }, PAUSE);
});

// A slow answer takes nothing from who went on typing: it is put back, the focus too.
document.addEventListener("htmx:before:swap", ({ target }) => {
  meanwhile = null;
  if (!sent || !target.matches?.("[data-counts]")) return;
  const active = document.activeElement;
  meanwhile = {
    name: active?.form === target && active.name !== "do" ? active.name : "",
    at: active?.selectionEnd ?? null,
    typed: [...controls(target)].filter(([name, control]) => sent.get(name) !== control.value),
  };
  sent = null;
});

document.addEventListener("htmx:after:settle", ({ target }) => {
  const form = target instanceof Element && find("[data-counts]", target);
  if (!form || !meanwhile) return;
  const now = controls(form);
  const kept = meanwhile.typed.filter(([name]) => now.has(name));
  for (const [name, { value }] of kept) now.get(name).value = value;
  const active = meanwhile.name && form.elements.namedItem(meanwhile.name);
  if (active instanceof Element) active.focus();
  if (active && meanwhile.at !== null && active.matches?.("input:not([type=date]), textarea")) active.setSelectionRange(meanwhile.at, meanwhile.at);
  if (kept.length) now.get(kept[0][0]).dispatchEvent(new Event("input", { bubbles: true }));
  meanwhile = null;
});
