import { find, findAll } from "./page.js";

// Rows that are ticked, and the bar that says how many.
customElements.define("b-select", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => {
      if (target.matches("[data-all]")) for (const box of this.boxes()) box.checked = target.checked;
      if (target.matches("tbody *, [data-all]") && this.whole) this.whole.checked = false;
      this.count();
    });
    this.addEventListener("click", ({ target }) => {
      if (!target.closest("[data-none]")) return;
      for (const box of [...this.boxes(), this.whole]) if (box) box.checked = false;
      this.count();
    });
    // Enter would press the first button of the whole bar, and that is of another act.
    this.addEventListener("keydown", (event) => {
      const own = event.key === "Enter" && event.target.matches(".popup input") && find("button:not([type=button])", event.target.closest(".popup"));
      if (!own) return;
      event.preventDefault();
      own.click();
    });
    this.count();
  }

  boxes() {
    return findAll("tbody [type=checkbox]:not(.cell-form *)", this);
  }

  /** All that match, not only those of this page. */
  get whole() {
    return find(".selection [name=all]", this);
  }

  count() {
    const boxes = this.boxes();
    const ticked = boxes.filter((box) => box.checked).length;
    const all = find("[data-all]", this);
    if (all) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    const bar = find(".selection", this);
    if (!bar) return;
    bar.hidden = ticked === 0;
    const { whole } = this;
    if (whole) whole.parentElement.hidden = ticked < boxes.length;
    find("b", bar).textContent = whole?.checked ? whole.dataset.words : bar.dataset.count.replace("%s", ticked);
  }
});
