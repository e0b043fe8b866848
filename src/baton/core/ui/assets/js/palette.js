import { find, findAll } from "./page.js";
import { label } from "./keys.js";

// Jumps to what the page offers: the places of the sidebar and everything that has a key. With data-src the server adds records.
const WAIT = 90; // ms

customElements.define("b-palette", class extends HTMLElement {
  connectedCallback() {
    this.dialog = find("dialog", this);
    this.input = find("input", this);
    this.list = find("[role=listbox]", this);
    find("[data-opens-palette]")?.addEventListener("click", () => this.open());
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.walk(event));
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      this.open();
    });
  }

  open() {
    this.input.value = "";
    this.show();
    this.dialog.showModal();
    this.input.focus();
  }

  show() {
    const sought = this.input.value.trim().toLowerCase();
    const places = findAll(".side-link, .main [data-key], .side [data-palette]");
    const found = places.filter((place) => label(place).toLowerCase().includes(sought));
    this.list.replaceChildren(...found.slice(0, 12).map((place, index) => this.option(place, index)));
    find(".palette-empty", this).hidden = found.length > 0 || Boolean(this.dataset.src);
    this.select(0);
    clearTimeout(this.timer);
    if (this.dataset.src && sought) this.timer = setTimeout(() => this.ask(sought), WAIT);
  }

  async ask(sought) {
    const answer = await fetch(`${this.dataset.src}?q=${encodeURIComponent(sought)}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || this.input.value.trim().toLowerCase() !== sought) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.list.append(...findAll("[role=option]", parsed.body).map((option) => document.adoptNode(option)));
    find(".palette-empty", this).hidden = this.list.childElementCount > 0;
    this.select(0);
  }

  option(place, index) {
    const option = document.createElement("div");
    Object.assign(option, { role: "option", id: `go-${index}` });
    const icon = find(".icon", place)?.cloneNode(true);
    if (icon) option.append(icon);
    option.append(Object.assign(document.createElement("span"), { textContent: label(place) }));
    if (place.dataset.key) option.append(Object.assign(document.createElement("kbd"), { textContent: place.dataset.key }));
    option.chosen = () => place.click();
    return option;
  }

  options() {
    return findAll("[role=option]", this.list);
  }

  select(index) {
    const options = this.options();
    options.forEach((option, at) => { option.ariaSelected = String(at === index); });
    const chosen = options[index];
    if (!chosen) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  walk(event) {
    const options = this.options();
    const at = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "ArrowDown") this.select((at + 1) % options.length);
    else if (event.key === "ArrowUp") this.select((at - 1 + options.length) % options.length);
    else if (event.key === "Enter") this.choose(options[at]);
    else return;
    event.preventDefault();
  }

  choose(option) {
    if (!option) return;
    this.dialog.close();
    if (option.chosen) option.chosen();
    else location.assign(option.dataset.href ?? find("a", option).href);
  }
});
