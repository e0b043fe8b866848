import { find, say, words } from "./page.js";

customElements.define("b-copy", class extends HTMLElement {
  connectedCallback() {
    const button = find("button", this);
    button.hidden = !navigator.clipboard; // only on https and on this very machine
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text);
      say(words("Copied"));
    });
  }
});
