// The side panel: what was fetched into it belongs to one card or row, which is marked; closing gives the focus back.
import { find, findAll, say, words } from "./page.js";

const unmark = () => { for (const marked of findAll("[data-shown]")) delete marked.dataset.shown; };

document.addEventListener("htmx:after:settle", ({ target, detail }) => {
  if (target.id !== "panel") return;
  unmark();
  const opener = detail.task?.sourceElement?.closest("[data-card], tr, li");
  if (opener && !target.contains(opener)) opener.dataset.shown = "";
});

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-closes-panel]");
  if (!close || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const opener = find("[data-shown] a, .board-card.current a");
  find("#panel").replaceChildren();
  history.pushState({}, "", close.href);
  unmark();
  opener?.focus();
  say(words("Closed"));
});
