// Pushes on this device: asks the browser, and hands on what it gives. Without script the list of devices stays.
import { find } from "../../ui/assets/js/page.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

customElements.define("b-push", class extends HTMLElement {
  async connectedCallback() {
    this.button = find("button", this);
    this.note = find("[role=status]", this);
    if (!("serviceWorker" in navigator && "PushManager" in window)) return this.tell(this.dataset.unable);
    await navigator.serviceWorker.register("/worker.js");
    this.dataset.ready = "";
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.turnOn());
  }

  tell(said) { this.note.textContent = said; }

  async turnOn() {
    if (await Notification.requestPermission() !== "granted") return this.tell(this.dataset.refused);
    try {
      const worker = await navigator.serviceWorker.ready;
      const known = await worker.pushManager.getSubscription();
      if (known && text(known.options.applicationServerKey) !== this.dataset.key) await known.unsubscribe();
      const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(this.dataset.key) });
      const sent = new URLSearchParams({ endpoint: made.endpoint, p256dh: text(made.getKey("p256dh")), auth: text(made.getKey("auth")) });
      const answer = await fetch(this.dataset.url, { method: "POST", body: sent, headers: { "X-CSRFToken": document.body.dataset.csrf } });
      if (answer.ok) return location.reload();
      this.tell((await answer.json()).told);
    } catch { this.tell(this.dataset.failed); }
  }
});
