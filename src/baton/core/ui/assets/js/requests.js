// htmx and its event names are known here, in kept.js, ahead.js, panel.js, cells.js, board.js and filter.js, and nowhere else.
import htmx from "htmx.org/dist/htmx.esm.js";
import { find, findAll, words } from "./page.js";
import { isLeftAlone } from "./kept.js";
import { keepTyped } from "./typed.js";

// htmx listens a moment after the page is there. What was typed into a filter until then is heard late, not lost.
setTimeout(() => {
  for (const box of findAll("[role=search] [type=search]")) {
    if (box.value !== box.defaultValue) box.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// Who follows a link leaves: an answer that comes meanwhile would write its own address and call the page back.
const LEAVING = 1000; // ms; then we stayed after all, as with a file that was fetched
const pushing = new Set();
let leftAt = -LEAVING;
const leave = () => {
  leftAt = performance.now();
  for (const ctx of pushing) ctx.request.abort();
};
document.addEventListener("input", () => addEventListener("beforeunload", leave), { once: true });
document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.push) return;
  if (performance.now() - leftAt < LEAVING) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else pushing.add(ctx);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => pushing.delete(ctx));

// A form that is on its way is not sent a second time: htmx would, once the first answer came.
const sending = new Set();
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.request.method === "GET") return;
  if (sending.has(ctx.sourceElement)) event.preventDefault();
  ctx.request.headers["X-CSRFToken"] = document.body.dataset.csrf;
});
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET" && ctx.sourceElement.matches("form")) sending.add(ctx.sourceElement);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => sending.delete(ctx.sourceElement));

const regionOf = (ctx) => (ctx.target instanceof Element && !ctx.target.matches("dialog, tr, td") ? ctx.target : null);
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  alarm("", ctx.sourceElement);
  regionOf(ctx)?.classList.add("busy");
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => regionOf(ctx)?.classList.remove("busy"));

// A whole document where a piece was asked for: we were led elsewhere (signed out, a record that moved). Go there.
document.addEventListener("htmx:after:request", (event) => {
  const { text, response } = event.detail.ctx;
  if (response.status >= 400 || !/^\s*<!doctype html/i.test(text)) return;
  event.preventDefault();
  if (!/<body[^>]* data-user=/.test(text)) keepTyped(event.detail.ctx.request.form); // the session has ended
  if (response.raw.redirected || event.detail.ctx.request.method === "GET") location.assign(response.raw.url);
  else location.reload();
});

/** Says what went wrong where it is seen: over a dialog the page cannot be. ``again`` offers to try once more. */
function alarm(text, source, again) {
  const dialog = source?.closest?.("dialog[open]");
  if (dialog && text && !find(".alert", dialog)) {
    dialog.prepend(Object.assign(document.createElement("p"), { className: "alert hue-red", role: "alert" }));
  }
  for (const place of dialog ? findAll(".alert", dialog) : findAll("#alert")) {
    place.replaceChildren(text);
    if (!again) continue;
    place.append(" ", retryButton(again));
  }
}
function retryButton(again) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: words("Again") });
  button.addEventListener("click", again);
  return button;
}
/** A part that did not come after its page says so in its place, and is asked for again there. */
function tellPromised(source) {
  if (!source?.matches?.("[data-promised]")) return;
  const said = find("[role=status]", source);
  const again = () => {
    said.replaceChildren("…");
    source.dispatchEvent(new CustomEvent("again"));
  };
  source.firstElementChild.removeAttribute("aria-busy");
  said.replaceChildren(words("Uncounted"), " ", retryButton(again));
}
const REFUSALS = { 403: "Forbidden", 404: "Missing", 429: "Busy", 503: "Busy" };
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status } = ctx.response;
  if (status !== 409 && status !== 422) alarm(words(REFUSALS[status] ?? "Broken"), ctx.sourceElement);
  tellPromised(ctx.sourceElement);
});
document.addEventListener("htmx:error", ({ detail }) => {
  const { ctx } = detail;
  if (!ctx || ctx.response) return;
  const { sourceElement: source, request } = ctx;
  const isForm = source.matches("form");
  const retry = () => (isForm ? source.requestSubmit(request.submitter?.isConnected ? request.submitter : undefined) : source.click());
  tellPromised(source);
  alarm(words("Offline"), source, isForm || source.matches("a, button") ? retry : undefined);
});

// After a swap: the dialog opens when it was filled and closes when it was emptied; focus goes where the work is.
document.addEventListener("htmx:after:settle", ({ target, detail: { task } }) => {
  if (!(target instanceof Element)) return;
  const dialog = target.closest("dialog#dialog");
  if (dialog && !dialog.open && dialog.childElementCount) dialog.showModal();
  if (dialog?.open && !dialog.childElementCount) dialog.close();
  if (isLeftAlone(task) && !dialog) return;
  const wrong = find("[aria-invalid=true]", target) ?? find(".form-errors", target);
  const next = wrong ?? find("[data-focus]", target);
  next?.focus({ preventScroll: !wrong });
});
document.addEventListener("close", ({ target }) => {
  if (target.id !== "dialog") return;
  target.replaceChildren();
  if (document.activeElement === document.body) find(".panel [data-focus]")?.focus(); // the answer drew anew what had opened it
}, true);

// A form in the dialog whose answer holds nothing for the dialog itself is done with.
const PIECES = /<hx-partial[\s\S]*?<\/hx-partial>/g;
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const dialog = find("#dialog");
  const isDone = ctx.response?.status < 300 && !(ctx.text ?? "").replace(PIECES, "").trim();
  if (isDone && dialog?.contains(ctx.sourceElement)) dialog.close();
});

export { htmx };
