import { find, findAll, words } from "./page.js";
import { COMMANDS } from "./commands.js";
import { label } from "./keys.js";

// A combobox over a listbox that the server fills; what has a key on this page is added. Options are links and forms.
const WAIT = 90; // ms
const MOST = 5; // of this page

customElements.define("b-palette", class extends HTMLElement {
  connectedCallback() {
    this.dialog = find("dialog", this);
    this.input = find("input", this);
    this.found = find(".palette-found", this);
    this.status = find("[role=status]", this);
    find("[data-opens-palette]")?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open();
    });
    this.input.addEventListener("input", () => this.seek(WAIT));
    this.input.addEventListener("keydown", (event) => this.walk(event));
    this.found.addEventListener("click", (event) => this.leave(event));
    this.dialog.addEventListener("close", () => this.rest());
    document.addEventListener("keydown", (event) => {
      if (!COMMANDS.search.hit(event)) return;
      event.preventDefault();
      this.open();
    });
  }

  open() {
    if (this.dialog.open) return this.input.select();
    this.input.value = "";
    this.show("");
    this.seek(0);
    this.dialog.showModal();
    this.input.focus();
  }

  rest() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.isDue = this.goes = false;
  }

  seek(wait) {
    this.rest();
    this.isDue = true;
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    const { signal } = this.asked = new AbortController();
    const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    try {
      const answer = await fetch(`${this.dataset.src}?q=${encodeURIComponent(this.input.value)}`, { headers, signal });
      if (answer.redirected) return location.assign(answer.url); // signed out meanwhile
      const html = answer.ok ? await answer.text() : "";
      this.show(html, answer.ok ? "" : words("Broken"));
    } catch (error) {
      if (!signal.aborted) this.show("", words("Offline"));
    }
  }

  show(html, trouble) {
    const isMeant = this.goes;
    this.isDue = this.goes = false;
    this.found.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    if (trouble) this.found.append(Object.assign(document.createElement("p"), { className: "palette-empty", textContent: trouble }));
    const list = find("[role=listbox]", this.found);
    if (list) this.addHere(list);
    const { length } = this.options();
    this.input.ariaExpanded = String(length > 0);
    const missed = find(".palette-empty", this.found)?.textContent.trim();
    this.status.textContent = missed ?? (list ? words(length === 1 ? "FoundOne" : "Found", length) : "");
    this.select(0);
    if (isMeant && !missed) this.options()[0]?.click();
  }

  addHere(list) {
    const sought = this.input.value.trim().toLowerCase();
    const offered = new Set(findAll(".go > span", list).map((name) => name.textContent.trim()));
    const holders = findAll(".main [data-key], .panel [data-key]").filter((holder) => {
      const name = holder.checkVisibility() ? label(holder) : "";
      return name && !offered.has(name) && name.toLowerCase().includes(sought);
    });
    if (!holders.length) return;
    if ("missed" in list.dataset) { // by the server, not by this page
      list.replaceChildren();
      find(".palette-empty", this.found).remove();
    }
    const group = document.createElement("div");
    const heading = Object.assign(document.createElement("div"), { className: "go-heading", id: "go-here", role: "presentation", textContent: this.dataset.here });
    Object.assign(group, { className: "go-group", role: "group" }).setAttribute("aria-labelledby", heading.id);
    group.append(heading, ...holders.slice(0, MOST).map((holder, index) => this.option(holder, index)));
    list.insertBefore(group, find("[data-group=action], [data-group=place]", list));
  }

  option(holder, index) {
    const option = Object.assign(document.createElement("div"), { className: "go", role: "option", id: `go-here-${index}` });
    const icon = find(".icon", holder)?.cloneNode(true);
    if (icon) option.append(icon);
    option.append(Object.assign(document.createElement("span"), { className: "cut", textContent: label(holder) }));
    option.append(Object.assign(document.createElement("kbd"), { textContent: holder.dataset.key }));
    option.holder = holder;
    return option;
  }

  options() {
    return findAll("[role=option]", this.found);
  }

  select(index) {
    const options = this.options();
    options.forEach((option, at) => { option.ariaSelected = String(at === index); });
    const chosen = options[index];
    if (!chosen) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", chosen.id);
    (index ? chosen : this.found).scrollIntoView({ block: "nearest" });
  }

  walk(event) {
    if (event.isComposing) return;
    const options = this.options();
    const at = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "ArrowDown") this.select((at + 1) % options.length);
    else if (event.key === "ArrowUp") this.select((at - 1 + options.length) % options.length);
    else if (event.key !== "Enter") return;
    else if (this.isDue) this.goes = true; // typed faster than the answer: what comes first there is meant
    else options[at]?.click();
    event.preventDefault();
  }

  leave(event) {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    const back = option.form?.elements.next;
    if (back) back.value = location.pathname + location.search;
    this.dialog.close();
    option.holder?.click();
  }
});
