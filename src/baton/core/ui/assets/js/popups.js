// Menus and small forms are native popovers: opening, Esc and clicking away come from the browser. We only place them.
import { COMMANDS } from "./commands.js";
import { find, findAll, isTyping } from "./page.js";

const GAP = 4;
const EDGE = 8;
let latest = null; // the button that was pressed: several may open the same popover
document.addEventListener("click", (event) => { latest = event.target.closest("[popovertarget], [data-move]") ?? latest; }, true);

export function place(popover, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = popover;
  const below = at.bottom + GAP;
  const top = below + high > innerHeight - EDGE && at.top - GAP - high > EDGE ? at.top - GAP - high : below;
  const left = at.left + wide > innerWidth - EDGE ? at.right - wide : at.left;
  popover.style.setProperty("--left", `${Math.max(EDGE, left)}px`);
  popover.style.setProperty("--top", `${Math.max(EDGE, Math.min(top, innerHeight - EDGE - high))}px`);
}

document.addEventListener("toggle", ({ target, newState }) => {
  if (newState !== "open" || !target.matches?.("[popover]")) return;
  const button = latest?.isConnected ? latest : find(`[popovertarget="${target.id}"]`);
  if (button) place(target, button);
  (find("[autofocus], input:checked", target) ?? find("input:not([type=hidden]), select, textarea", target) ?? find("a, button", target))?.focus();
}, true);

// Arrows walk through a menu, digits pick the first nine of a menu or of a set of radio buttons.
document.addEventListener("keydown", (event) => {
  const open = find("[popover]:popover-open") ?? find("dialog[open]"); // the focus may still be on its way there
  if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = findAll(".menu-item", open);
  const at = items.indexOf(document.activeElement);
  if (items.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    items.at((at + (event.key === "ArrowDown" ? 1 : -1)) % items.length).focus();
  } else if (!isTyping(event.target) && COMMANDS.pick.hit(event)) {
    const choices = items.length ? items : findAll("[type=radio]", open);
    const choice = choices[event.key === "0" ? 9 : event.key - 1];
    if (!choice) return;
    choice.focus();
    choice.click();
  } else return;
  event.preventDefault();
  event.stopPropagation();
});

// A form whose answer is a file leaves the page as it was: its dialog closes once it is on its way
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-closes]")) setTimeout(() => target.closest("dialog")?.close());
});

// Dialogs of this page
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.dialog).showModal();
  }
  const closer = event.target.closest("[data-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog")?.close();
    closer.closest("[popover]")?.hidePopover();
  }
  if (event.target.matches("dialog[open]")) event.target.close(); // the veil belongs to the dialog element itself
});
