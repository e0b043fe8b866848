import { find, findAll } from "./page.js";

// Rows that are ticked, and the bar that says how many.
customElements.define("b-select", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => {
      if (target.matches("[data-all]")) for (const box of this.boxes()) box.checked = target.checked;
      this.count();
    });
    this.addEventListener("click", ({ target }) => {
      if (!target.closest("[data-none]")) return;
      for (const box of this.boxes()) box.checked = false;
      this.count();
    });
    this.count();
  }

  boxes() {
    return findAll("tbody [type=checkbox]", this);
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
    find("b", bar).textContent = bar.dataset.count.replace("%s", ticked);
  }
});
