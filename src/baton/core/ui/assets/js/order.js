import { COMMANDS } from "./commands.js";
import { find, findAll, say, words } from "./page.js";

const THRESHOLD = 6; // px
// One's own order of pins: dragged by mouse, or moved by Alt and the arrows. On touch there are buttons.
customElements.define("b-order", class extends HTMLElement {
  connectedCallback() {
    let held = null;
    let from = 0;
    let isDragged = false;
    const swallow = (event) => { if (isDragged) event.preventDefault(); };
    const end = () => {
      if (isDragged) {
        held.classList.remove("lifted");
        this.send(held);
        setTimeout(() => { isDragged = false; }); // the click that ends a drag opens nothing
      }
      held = null;
    };
    this.addEventListener("dragstart", (event) => event.preventDefault());
    this.addEventListener("click", swallow, true);
    this.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button || event.target.closest("button")) return;
      held = event.target.closest("[data-pin]");
      from = event.clientY;
    });
    this.addEventListener("pointermove", (event) => {
      if (!held || (!isDragged && Math.abs(event.clientY - from) < THRESHOLD)) return;
      if (!isDragged) this.setPointerCapture(event.pointerId);
      isDragged = true;
      held.classList.add("lifted");
      const over = this.pins().find((pin) => pin.getBoundingClientRect().bottom > event.clientY) ?? this.pins().at(-1);
      this.put(held, this.pins().indexOf(over));
    });
    this.addEventListener("pointerup", end);
    this.addEventListener("pointercancel", end);
    this.addEventListener("keydown", (event) => {
      const pin = event.target.closest("[data-pin]");
      if (!pin || !COMMANDS.order.hit(event)) return;
      event.preventDefault();
      this.put(pin, Math.max(0, this.pins().indexOf(pin) + (event.key === "ArrowUp" ? -1 : 1)));
      find("a", pin).focus();
      this.send(pin);
    });
  }

  pins() {
    return findAll("[data-pin]", this);
  }

  put(pin, index) {
    const others = this.pins().filter((one) => one !== pin);
    if (others[index]) others[index].before(pin);
    else others.at(-1)?.after(pin);
  }

  async send(pin) {
    const to = this.pins().indexOf(pin);
    const body = new URLSearchParams({ name: pin.dataset.pin, to });
    const headers = { "X-CSRFToken": document.body.dataset.csrf, "HX-Request": "true" };
    const answer = await fetch(this.dataset.url, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
    say(answer?.ok ? `${find("a", pin).textContent.trim()}: ${to + 1}` : words("Offline"));
    if (!answer?.ok) find("#alert").textContent = words("Offline");
  }
});
