import { COMMANDS } from "./commands.js";
import { find, findAll } from "./page.js";
import { place } from "./popups.js";
import { htmx } from "./requests.js";
import { draggable } from "./drag.js";

// Moving a card: by its menu, by keys, by dragging. All three send one form: POST stage to the card's address.
customElements.define("b-board", class extends HTMLElement {
  connectedCallback() {
    this.menu = find("[popover]", this);
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (button) {
        event.preventDefault();
        this.ask(button);
      }
      const choice = event.target.closest("[data-stage-choice]");
      if (choice) {
        this.menu.hidePopover();
        this.move(this.asked, choice.dataset.stageChoice);
      }
    });
    draggable(this, (card, column) => this.move(card, column.dataset.stage));
    this.addEventListener("htmx:after:settle", () => { this.pending = null; });
    // A form (why lost?) that is left without an answer puts the card back.
    find("#dialog")?.addEventListener("close", () => this.restore());
    document.addEventListener("htmx:response:error", () => this.restore());
    document.addEventListener("htmx:error", () => this.restore());
  }

  columns() {
    return findAll("[data-stage]", this);
  }

  ask(button) {
    if (!button) return; // not theirs to move
    this.asked = button.closest("[data-card]");
    this.menu.showPopover();
    place(this.menu, button);
    find(".menu-item", this.menu).focus();
  }

  async move(card, stage) {
    const from = card.closest("[data-stage]");
    const to = this.columns().find((column) => column.dataset.stage === stage);
    if (!to || to === from || !card.dataset.moveUrl) return;
    this.pending = { card, parent: card.parentElement, before: card.nextElementSibling };
    find(".cards", to).prepend(card); // at once; the server's answer corrects it
    find(".card-title", card).focus();
    const { id } = card;
    await htmx.ajax("POST", card.dataset.moveUrl, {
      values: { stage }, source: this, target: find(".board", this), swap: "innerMorph",
    });
    if (find("#dialog[open]")) return;
    document.getElementById(id)?.querySelector(".card-title")?.focus();
  }

  restore() {
    if (!this.pending) return;
    const { card, parent, before } = this.pending;
    this.pending = null;
    if (!card.isConnected || !parent.isConnected) return;
    parent.insertBefore(card, before?.isConnected ? before : null);
    find(".card-title", card).focus();
  }

  key(event) {
    const card = event.target.closest?.("[data-card]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = this.columns();
    const at = columns.indexOf(card.closest("[data-stage]"));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    let next = null;
    if (event.key === "ArrowDown") next = card.nextElementSibling;
    else if (event.key === "ArrowUp") next = card.previousElementSibling;
    else if (COMMANDS.step.hit(event)) this.move(card, columns[at + step]?.dataset.stage);
    else if (step) next = find("[data-card]", columns[at + step] ?? card);
    else if (COMMANDS.move.hit(event)) this.ask(find("[data-move]", card));
    else return;
    event.preventDefault();
    event.stopPropagation();
    find(".card-title", next ?? card)?.focus();
  }
});
