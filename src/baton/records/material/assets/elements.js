import { say, words } from "../../../core/ui/assets/js/page.js";

// What is sent is copied by the same press; the form goes on its way as ever.
customElements.define("b-sends", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (!navigator.clipboard || !event.target.closest("button")) return;
      navigator.clipboard.writeText(this.dataset.text).then(() => say(words("Copied")), () => {});
    });
  }
});
