import { findAll, say, words } from "../../../core/ui/assets/js/page.js";
import { place } from "../../../core/ui/assets/js/popups.js";

// Who may be meant by the @ before the caret. The server knows the names; without this one types them whole.
const WAIT = 90; // ms
const CALLED = /(?:^|[^\p{L}\p{N}])@((?:[^\s@]+(?: [^\s@]+){0,3})?)$/u;
let box = null; // the list; there while it shows somebody
let field = null; // the text that it belongs to
let asked = null;
let timer = 0;
let missed = null; // letters after which nobody was left: more of them find nobody either

const called = (text) => CALLED.exec(text.value.slice(0, text.selectionStart))?.[1];
const options = () => findAll("[role=option]", box);

function leave() {
  clearTimeout(timer);
  asked?.abort();
  box?.remove();
  box = null;
  field?.removeAttribute("aria-activedescendant");
  field?.removeAttribute("aria-controls");
}

function select(index) {
  options().forEach((option, at) => { option.ariaSelected = String(at === index); });
  field.setAttribute("aria-activedescendant", options()[index].id);
}

function show(html) {
  leave();
  const list = Object.assign(document.createElement("div"), { className: "menu timeline-mentions", id: "mentions", role: "listbox", ariaLabel: field.dataset.label });
  list.append(...new DOMParser().parseFromString(html, "text/html").body.children);
  const { length } = list.children;
  missed = length ? null : called(field);
  if (!length) return;
  box = list;
  field.closest("dialog, main, body").append(box);
  field.setAttribute("aria-controls", box.id);
  place(box, field);
  select(0);
  say(words(length === 1 ? "FoundOne" : "Found", length));
}

async function ask(letters) {
  const { signal } = asked = new AbortController();
  const answer = await fetch(`${field.dataset.mentions}?q=${encodeURIComponent(letters)}`, { signal }).catch(() => null);
  const html = answer?.ok && !answer.redirected ? await answer.text() : "";
  if (!signal.aborted && called(field) === letters) show(html);
}

function pick(option) {
  const end = field.selectionStart;
  const name = `${option.dataset.name} `;
  field.setRangeText(name, end - called(field).length, end, "end");
  leave();
  missed = name.trim();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-mentions]")) return;
  field = target;
  const letters = called(field);
  const kind = field.form.elements.kind?.value ?? "note"; // only notes tell somebody
  if (letters === undefined) missed = null;
  if (letters === undefined || kind !== "note" || (missed !== null && letters.startsWith(missed))) return leave();
  clearTimeout(timer);
  asked?.abort();
  timer = setTimeout(() => ask(letters), WAIT);
});

// Before the page's own keys: while the list is open, Esc leaves it and not the form
document.addEventListener("keydown", (event) => {
  if (!box || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const all = options();
  const at = all.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") select((at + 1) % all.length);
  else if (event.key === "ArrowUp") select((at - 1 + all.length) % all.length);
  else if (event.key === "Enter" || event.key === "Tab") pick(all[at]);
  else if (event.key === "Escape") leave();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener("pointerdown", (event) => {
  const option = box?.contains(event.target) && event.target.closest("[role=option]");
  if (!option) return;
  event.preventDefault(); // the text keeps the focus
  pick(option);
});
document.addEventListener("focusout", ({ target }) => { if (target === field) leave(); });
