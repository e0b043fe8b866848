import { find } from "./page.js";

const WAIT = 800; // ms without a key
const AGAIN = 5000; // ms, where the net is gone

// What is typed into the form is kept on the server until it is sent.
customElements.define("b-draft", class extends HTMLElement {
  connectedCallback() {
    this.form = find("form", this);
    this.addEventListener("input", () => this.wait(WAIT));
    this.addEventListener("change", () => this.wait(WAIT));
    this.addEventListener("submit", () => this.stop());
    this.leave = () => { if (this.timer) this.keep(); };
    addEventListener("pagehide", this.leave);
  }

  disconnectedCallback() {
    this.stop();
    removeEventListener("pagehide", this.leave);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.asking?.abort();
  }

  wait(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), time);
  }

  async keep() {
    this.stop();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const asked = { method: "POST", body: new URLSearchParams(new FormData(this.form)), headers: { "X-CSRFToken": document.body.dataset.csrf }, keepalive: true, redirect: "manual", signal };
    const answer = await fetch(this.dataset.url, asked).catch(() => null);
    if (signal.aborted) return;
    find("[data-draft]", this).textContent = answer?.ok ? this.dataset.kept : this.dataset.lost;
    if (!answer) this.wait(AGAIN);
  }
});
