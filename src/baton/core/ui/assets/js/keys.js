import { tick, toActs, walk } from "./cells.js";
import { COMMANDS } from "./commands.js";
import { find, findAll, isTyping, words } from "./page.js";

// data-key="a" or data-key="g p". Single keys rest while somebody types, and can be switched off under "?".
const PAUSE = 1000; // ms between the keys of a sequence
const ROWS = { j: () => walk(1), k: () => walk(-1), x: tick, b: toActs }; // of lists, where no button has them
const SWITCH = "baton-keys";
let begun = "";
let timer = 0;

const scope = () => find("dialog[open]") ?? find("[popover]:popover-open") ?? document;
const isOff = () => localStorage.getItem(SWITCH) === "off";

function press(key) {
  const tried = begun ? `${begun} ${key}` : key;
  clearTimeout(timer);
  // A place in a folded group of the sidebar keeps its keys.
  const holders = findAll("[data-key]", scope()).filter((element) => element.checkVisibility() || element.matches(".side ul[id] *"));
  const holder = holders.find((element) => element.dataset.key === tried) ?? (tried === "n" && scope() === document && find(COMMANDS.make.where));
  begun = !holder && holders.some((element) => element.dataset.key.startsWith(`${tried} `)) ? tried : "";
  if (begun) timer = setTimeout(() => { begun = ""; }, PAUSE);
  if (!holder) return Boolean(begun) || (tried in ROWS && scope() === document && ROWS[tried]());
  if (isTyping(holder)) holder.focus();
  else holder.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented) return;
  if (COMMANDS.send.hit(event)) {
    target.form?.requestSubmit();
    return;
  }
  if (COMMANDS.leave.hit(event) && isTyping(target) && target.form) find("[data-cancel]", target.form)?.click();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || isOff()) return;
  if (COMMANDS.leave.hit(event) && !find("dialog[open], [popover]:popover-open")) find("[data-closes-panel]")?.click();
  else if (key.length === 1 && press(key === "?" ? key : key.toLowerCase())) event.preventDefault();
});

/** What an element is called, without its key and its count. */
function label(element) {
  if (element.ariaLabel || element.title) return element.ariaLabel || element.title;
  if (element.labels?.length) return element.labels[0].textContent.trim();
  const copy = element.cloneNode(true);
  for (const extra of findAll("kbd, .n", copy)) extra.remove();
  return copy.textContent.trim();
}

/** All that a key does on this page: what has one, and the commands that work here. */
function lines() {
  const known = new Map(findAll("[data-key]").map((element) => [element.dataset.key, [label(element), element.dataset.key.split(" ")]]));
  for (const [name, { shown, where }] of Object.entries(COMMANDS)) {
    if (find(where)) known.set(`command ${name}`, [words(`Key${name}`), shown]);
  }
  return [...known.values()].map(([does, keys]) => {
    const line = document.createElement("li");
    const signs = document.createElement("span");
    signs.append(...keys.map((key) => Object.assign(document.createElement("kbd"), { textContent: key })));
    line.append(does, " ", signs);
    return line;
  });
}

customElements.define("b-keys", class extends HTMLElement {
  connectedCallback() {
    const dialog = find("dialog", this);
    const switcher = find("[type=checkbox]", this);
    switcher.checked = !isOff();
    switcher.addEventListener("change", () => localStorage.setItem(SWITCH, switcher.checked ? "on" : "off"));
    find("[data-key='?']", this).addEventListener("click", () => {
      find("ul", dialog).replaceChildren(...lines());
      dialog.showModal();
    });
  }
});

export { label };
