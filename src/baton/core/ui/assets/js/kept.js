// A late answer takes nothing from who went on meanwhile: what they typed where it is drawn, and where they are, is kept.
import htmx from "htmx.org/dist/htmx.esm.js";
import { find, findAll, isTyping } from "./page.js";
import { controls, drawn, held, put, refocus } from "./held.js";

const APART = "[data-counts], .cell-form, b-select form, form:has(b-select)"; // see to it themselves, or begin anew
const begun = new WeakMap(); // by request: what its form held, where the focus was, what was done since
const left = new WeakSet(); // what is drawn anew while somebody is elsewhere

const pathOf = (form) => new URL(form.getAttribute("hx-post") || form.getAttribute("action") || location.href, location.href).pathname;
const nameOf = (element) => element.ariaLabel || element.textContent.trim();

/** Have they gone elsewhere since they asked, so that the focus stays there? */
export const isLeftAlone = (task) => left.has(task);

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const { form, body } = ctx.request;
  begun.set(ctx, { held: form && held(form), active: document.activeElement, version: body?.get?.("version"), looks: [] });
});

/** What was typed since the form was drawn; into the one that was sent, since then. */
function typedIn(form, ctx) {
  const { held: sent, version } = begun.get(ctx);
  const isSent = form === ctx.request.form;
  const isDone = ctx.response?.status < 300;
  const from = (isSent && sent) || drawn(form);
  const typed = [...held(form)].filter(([name, value]) => from.get(name) !== value).map(([name, value]) => {
    const was = from.get(name);
    const isMore = isSent && isDone && typeof value === "string" && was && value.startsWith(was);
    return [name, isMore ? value.slice(was.length).trimStart() : value]; // what went is gone
  });
  // Our own act made a new version; whoever else did one is not to be overwritten unseen.
  const own = form.elements.namedItem("version")?.value;
  return { form, isSent, typed, version: isDone && own === version ? null : own, path: pathOf(form) };
}

function look(task, ctx) {
  const { target } = task;
  const { activeElement: active } = document;
  const all = target.matches("form") ? [target] : findAll("form", target);
  const forms = all.filter((form) => !form.matches(APART) && (form === ctx.request.form || !form.contains(ctx.sourceElement)));
  const isHere = target.contains(active) && active !== target && !active.closest(APART);
  return {
    task,
    forms: forms.map((form) => typedIn(form, ctx)).filter(({ typed }) => typed.length),
    focus: isHere ? { active, path: active.form && pathOf(active.form), words: nameOf(active), at: active.selectionEnd ?? null } : null,
  };
}

document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
  const before = begun.get(ctx);
  if (!before) return;
  const { activeElement: active } = document;
  const { sourceElement: source } = ctx;
  const isOwn = source.contains(active) || (active === before.active && source.closest("form")?.contains(active));
  const isGone = active !== before.active || isTyping(active) || source.matches("form");
  for (const task of tasks) {
    if (active !== document.body && !isOwn && isGone) left.add(task);
    if (task.target instanceof Element) before.looks.push(look(task, ctx));
  }
});

const formAt = (path, name) => [...document.forms].find((form) => pathOf(form) === path && controls(form).has(name));

/** A value that was being edited in its place: as it was, for its answer shows what is saved. */
function reopened({ form, path, version }) {
  const prop = form.closest(".prop");
  const place = findAll(".prop > dd > a").find((link) => new URL(link.href).pathname === path)?.parentElement.parentElement;
  if (!prop || !place) return null;
  place.replaceWith(prop);
  htmx.process(prop);
  const [own, fresh] = [form.elements.namedItem("version"), find("main form [name=version]:not(.prop *)")];
  if (own && fresh && version === null) own.value = fresh.value;
  return form;
}

function putBack(one) {
  const { form: old, isSent, typed, version, path } = one;
  const form = old.isConnected ? old : formAt(path, typed[0][0]) ?? (isSent ? null : reopened(one));
  if (!form) return;
  const now = controls(form);
  const mine = typed.filter(([name, value]) => now.has(name) && put(now.get(name), value));
  const own = form.elements.namedItem("version");
  if (own && version !== null) own.value = version;
  if (mine.length) now.get(mine[0][0]).dispatchEvent(new Event("input", { bubbles: true }));
}

function goBack({ active, path, words, at }, target) {
  if (active.isConnected) return refocus(active, at);
  if (isTyping(active)) {
    const form = [...document.forms].find((one) => pathOf(one) === path && one.elements.namedItem(active.name));
    const [control] = [form?.elements.namedItem(active.name)].flatMap((found) => (found instanceof RadioNodeList ? [...found] : [found]));
    return control && refocus(control, at);
  }
  const same = findAll(active.localName, target);
  const href = active.getAttribute("href");
  const found = same.find((one) => active.id && one.id === active.id) ?? same.find((one) => href && one.getAttribute("href") === href) ?? same.find((one) => nameOf(one) === words);
  if (found) refocus(found);
}

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  for (const { task, forms, focus } of begun.get(ctx)?.looks ?? []) {
    forms.forEach(putBack);
    const isLost = document.activeElement === document.body || document.activeElement?.matches("dialog");
    if (focus && isLost && task.target?.isConnected) goBack(focus, task.target);
  }
});
