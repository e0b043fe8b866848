// A list's filter while it is put together: what is chosen draws its form anew, what is typed is counted.
import { find } from "./page.js";

const PAUSE = 250; // ms after the last key
let timer = 0;

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-redraws]")) return;
  const redraw = find("[data-redraw]", target.form);
  redraw.value = `change:${target.name}`; // the focus comes back to it
  target.form.requestSubmit(redraw);
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest("[data-counts]");
  if (!form || target.matches("[data-redraws]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => find("[data-count]", form)?.click(), PAUSE);
});
