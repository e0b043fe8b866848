import { find, words } from "./page.js";

// Ticks down what the server said: data-left working seconds, of data-allowed; stands still after data-runs seconds (the day ends).
// From LONG on the server's words stay: they tell days.
const LONG = 48 * 3600;
const HUES = ["hue-blue", "hue-amber", "hue-red"];

export function span(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  return minutes < 60 ? words("Minutes", minutes) : words("Hours", Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0"));
}

const clocks = new Set();
setInterval(() => { for (const clock of clocks) clock.tick(); }, 1000);

customElements.define("b-clock", class extends HTMLElement {
  connectedCallback() {
    if (!("left" in this.dataset)) return;
    this.began = performance.now();
    clocks.add(this);
  }

  disconnectedCallback() {
    clocks.delete(this);
  }

  tick() {
    const passed = Math.min((performance.now() - this.began) / 1000, Number(this.dataset.runs || Infinity));
    const left = Number(this.dataset.left) - passed;
    const place = find("[data-words]", this);
    const isLate = left < 0;
    if (place.dataset.words === "exact" && Math.abs(left) < 3600) {
      const seconds = Math.floor(Math.abs(left));
      place.textContent = `${isLate ? "−" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    } else if (Math.abs(left) < LONG) place.textContent = words(isLate ? "Late" : "Left", span(left));
    this.colour(left, Number(this.dataset.allowed));
  }

  colour(left, allowed) {
    if (!allowed) return;
    const hue = left < 0 ? 2 : left < allowed / 3 ? 1 : 0;
    const face = this.firstElementChild;
    face.classList.remove(...HUES);
    face.classList.add(HUES[hue]);
    const share = Math.round(Math.min(1, 1 - left / allowed) * 100);
    find("circle + circle", this)?.setAttribute("stroke-dasharray", `${share} 100`);
  }
});
