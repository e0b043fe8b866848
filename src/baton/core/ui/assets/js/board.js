import { COMMANDS } from "./commands.js";
import { find, findAll, isTyping, say, words } from "./page.js";
import { place } from "./popups.js";
import { htmx } from "./requests.js";
import { draggable } from "./drag.js";

// Moving a card: by its menu, by keys, by dragging. All three send one form: POST stage to the card's address.
/** Whether it stays where it is; whoever tried to move it reads that. */
function refused(card) {
  if (card.dataset.moveUrl) return false;
  find("#alert").replaceChildren(words("NotYours"));
  return true;
}

customElements.define("b-board", class extends HTMLElement {
  sent = Promise.resolve(); // one move after the other: the answer to the first brings what the second one needs

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
    this.addEventListener("focusout", ({ relatedTarget }) => { if (this.held && !this.held.card.contains(relatedTarget)) this.putBack(); });
    draggable(this, (card, column) => this.move(card, column.dataset.stage));
    this.addEventListener("htmx:after:settle", ({ detail }) => {
      if (detail.task?.sourceElement?.closest(".more-cards")) this.keepCounts(); // no answer to a move
      else this.pending = null;
    });
    // A form (why lost?) that is left without an answer puts the card back.
    find("#dialog")?.addEventListener("close", () => this.restore());
    document.addEventListener("htmx:response:error", () => this.restore());
    document.addEventListener("htmx:error", () => this.restore());
  }

  columns() {
    return findAll("[data-stage]", this);
  }

  column(stage) {
    return this.columns().find((column) => column.dataset.stage === stage);
  }

  /** The address says how many cards are shown, so that coming back, and every answer to a move, shows as many. */
  keepCounts() {
    const here = new URL(location);
    here.searchParams.delete("more");
    for (const column of this.columns()) {
      const count = findAll("[data-card]", column).length;
      if (count > this.dataset.cards) here.searchParams.append("more", `${column.dataset.stage}:${count}`);
    }
    history.replaceState(history.state, "", here);
  }

  ask(button) {
    if (!button) return; // not theirs to move
    this.asked = button.closest("[data-card]");
    this.menu.showPopover();
    place(this.menu, button);
    find(".menu-item", this.menu).focus();
  }

  move(card, stage) {
    const { id } = card;
    this.sent = this.sent.then(() => this.send(document.getElementById(id), stage));
    return this.sent;
  }

  async send(card, stage) {
    const to = this.column(stage);
    if (!card || !to || to === card.closest("[data-stage]") || refused(card)) return;
    const { id } = card;
    this.pending = { card, parent: card.parentElement, before: card.nextElementSibling };
    find(".cards", to).prepend(card); // at once; the server's answer corrects it
    find(".card-title", card).focus();
    await htmx.ajax("POST", card.dataset.moveUrl, {
      values: { stage }, source: this, target: find(".board", this), swap: "innerMorph",
    });
    if (find("#dialog[open]") || isTyping(document.activeElement)) return;
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

  // Picked up by Space: the arrows carry it from column to column, Space or Enter drops it, Esc puts it back.
  pickUp(card) {
    if (refused(card)) return;
    this.held = { card, parent: card.parentElement, before: card.nextElementSibling };
    card.classList.add("held");
    say(words("PickedUp", find(".card-title", card).textContent.trim()));
  }

  carry(step) {
    const columns = this.columns();
    const { card } = this.held;
    const to = columns[columns.indexOf(card.closest("[data-stage]")) + step];
    if (!to) return;
    const { held } = this;
    this.held = null; // the focus leaves for a moment
    find(".cards", to).prepend(card);
    find(".card-title", card).focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.held = held;
    say(words("Over", find("h2", to).textContent.trim()));
  }

  putBack() {
    const { card, parent, before } = this.held;
    this.held = null;
    card.classList.remove("held");
    if (parent.isConnected) parent.insertBefore(card, before?.isConnected ? before : null);
    return card;
  }

  drop() {
    const { stage } = this.held.card.closest("[data-stage]").dataset;
    const card = this.putBack();
    find(".card-title", card).focus();
    if (stage === card.closest("[data-stage]").dataset.stage) say(words("PutBack"));
    else this.move(card, stage);
  }

  carrying(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) this.carry(step);
    else if (event.key === " " || event.key === "Enter") this.drop();
    else if (event.key === "Escape") {
      find(".card-title", this.putBack()).focus();
      say(words("PutBack"));
    } else return event.key !== "Tab";
    return true;
  }

  key(event) {
    const card = event.target.closest?.("[data-card]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.held ? !this.carrying(event) : !this.walking(event, card)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  walking(event, card) {
    const columns = this.columns();
    const at = columns.indexOf(card.closest("[data-stage]"));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    let next = null;
    if (event.key === "ArrowDown") next = card.nextElementSibling;
    else if (event.key === "ArrowUp") next = card.previousElementSibling;
    else if (COMMANDS.step.hit(event)) this.move(card, columns[at + step]?.dataset.stage);
    else if (step) next = find("[data-card]", columns[at + step] ?? card);
    else if (COMMANDS.move.hit(event)) this.ask(find("[data-move]", card));
    else if (COMMANDS.lift.hit(event) && event.target.matches(".card-title")) this.pickUp(card);
    else return false;
    find("a", next ?? card)?.focus();
    return true;
  }
});
