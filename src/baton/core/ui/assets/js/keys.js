import { find, findAll, isTyping } from "./page.js";

// data-key="a" or data-key="g p". Single keys rest while somebody types, and can be switched off under "?".
const PAUSE = 1000; // ms between the keys of a sequence
const SWITCH = "baton-keys";
let begun = "";
let timer = 0;

const scope = () => find("dialog[open]") ?? find("[popover]:popover-open") ?? document;
const isOff = () => localStorage.getItem(SWITCH) === "off";

function press(key) {
  const tried = begun ? `${begun} ${key}` : key;
  clearTimeout(timer);
  const holders = findAll("[data-key]", scope()).filter((element) => element.checkVisibility());
  const holder = holders.find((element) => element.dataset.key === tried);
  begun = !holder && holders.some((element) => element.dataset.key.startsWith(`${tried} `)) ? tried : "";
  if (begun) timer = setTimeout(() => { begun = ""; }, PAUSE);
  if (!holder) return Boolean(begun);
  if (isTyping(holder)) holder.focus();
  else holder.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented) return;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    target.form?.requestSubmit();
    return;
  }
  if (key === "Escape" && isTyping(target) && target.form) find("[data-cancel]", target.form)?.click();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || isOff()) return;
  if (key === "Escape" && !find("dialog[open], [popover]:popover-open")) find("[data-closes-panel]")?.click();
  else if (key.length === 1 && press(key === "?" ? key : key.toLowerCase())) event.preventDefault();
});

/** What an element is called, without its key and its count. */
function label(element) {
  if (element.ariaLabel || element.title) return element.ariaLabel || element.title;
  const copy = element.cloneNode(true);
  for (const extra of findAll("kbd, .n", copy)) extra.remove();
  return copy.textContent.trim();
}

customElements.define("b-keys", class extends HTMLElement {
  connectedCallback() {
    const dialog = find("dialog", this);
    const switcher = find("[type=checkbox]", this);
    switcher.checked = !isOff();
    switcher.addEventListener("change", () => localStorage.setItem(SWITCH, switcher.checked ? "on" : "off"));
    find("[data-key='?']", this).addEventListener("click", () => {
      const known = new Map(findAll("[data-key]").map((element) => [element.dataset.key, label(element)]));
      find("ul", dialog).replaceChildren(...[...known].map(([keys, does]) => {
        const line = document.createElement("li");
        line.append(does, " ", ...keys.split(" ").map((key) => Object.assign(document.createElement("kbd"), { textContent: key })));
        return line;
      }));
      dialog.showModal();
    });
  }
});

export { label };
