import { remember, say, words } from "./page.js";

// Wraps the form that asks the server for the other theme; with script it is there at once.
customElements.define("b-theme", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      const root = document.documentElement;
      const isDark = root.dataset.theme === "dark" || (root.dataset.theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
      root.dataset.theme = isDark ? "light" : "dark";
      remember("baton_theme", root.dataset.theme);
      say(words(isDark ? "Light" : "Dark"));
    });
  }
});
