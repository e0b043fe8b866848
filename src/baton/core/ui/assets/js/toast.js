import { find, say } from "./page.js";

const SHOWN = 6000; // ms; it waits while somebody points at it or has the focus in it

customElements.define("b-toast", class extends HTMLElement {
  connectedCallback() {
    say(find("p", this).textContent.trim());
    for (const event of ["pointerenter", "focusin"]) this.addEventListener(event, () => clearTimeout(this.timer));
    for (const event of ["pointerleave", "focusout"]) this.addEventListener(event, () => this.wait());
    find("[data-dismiss]", this).addEventListener("click", () => this.remove());
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remove(), SHOWN);
  }
});
