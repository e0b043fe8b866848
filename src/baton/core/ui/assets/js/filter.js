// A list's filter while it is put together: what is chosen draws the rest of its row anew, what is typed is counted.
import { find } from "./page.js";
import { controls, held, put, redraw as asDrawn, refocus } from "./held.js";

const PAUSE = 250; // ms after the last key
const FORM = "[data-counts]";
let timer = 0;
let asked = null; // the request that draws the form anew, and what was in it and where the focus was when it was sent
let meanwhile = null; // what was done until its answer came

/** The select stays as it is, so that further letters go on choosing in it; only what depends on it changes. */
function redraw(select) {
  const button = find("[data-redraw]", select.form);
  button.value = `change:${select.name}`;
  button.click();
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-redraws]") || !target.form?.isConnected) return;
  if (!asked?.isWhole) redraw(target); // else once its answer is there: this one would call it off
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest(FORM);
  if (!form || target.matches("[data-redraws]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => { if (form.isConnected) find("[data-count]", form).click(); }, PAUSE);
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const { sourceElement: source } = ctx;
  if (!source.matches(`${FORM}, [data-redraw]`)) return;
  const form = source.closest(FORM);
  asked = { ctx, form, isWhole: source === form, held: held(form), active: document.activeElement };
  // What stands behind a condition that goes gets its name: what is put in there meanwhile has none to be found by.
  asked.isShifted = asked.isWhole && Boolean(ctx.request.submitter?.value.startsWith("remove:"));
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => { if (asked?.ctx === ctx) asked = meanwhile = null; });

/** Where the focus is to be; who went on before the comparison was there meant it, not the button in its place. */
function goal(active, form) {
  if (active?.form !== form) return null;
  const line = active.closest(".filter-line");
  const field = line ? find("[name$='-field']", line).name : "";
  const isEarly = active.name === "do" && Boolean(line) && !find("[name$='-op']", line);
  if (isEarly) return { names: [field.replace("-field", "-op")] };
  return active.name === "do" ? null : { names: [active.name, field], at: active.selectionEnd ?? null };
}

// A slow answer takes nothing from who went on: what they put in is put back, the focus too.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (asked?.ctx !== ctx) return;
  const { form, active } = asked;
  const isElsewhere = !asked.isWhole || document.activeElement !== active;
  meanwhile = {
    focus: isElsewhere && !asked.isShifted ? goal(document.activeElement, form) : null,
    put: new Map([...held(form)].filter(([name, value]) => !asked.isShifted && asked.held.get(name) !== value)),
  };
});

/** As it was put in meanwhile, else as it was drawn. */
function putBack(control, value) {
  const isMine = value !== undefined && put(control, value);
  if (!isMine && control.matches("select")) asDrawn(control);
  return isMine;
}

function goBack(form, { names, at = null }) {
  const [found] = names.map((name) => name && form.elements.namedItem(name)).filter(Boolean);
  const control = found instanceof RadioNodeList ? found[0] : found;
  if (control && document.activeElement.name !== control.name) refocus(control, at);
}

document.addEventListener("htmx:after:settle", ({ target }) => {
  const form = target instanceof Element && meanwhile && (target.matches(FORM) ? target : find(FORM, target));
  if (!form) return;
  const { focus, put } = meanwhile;
  meanwhile = null;
  const mine = [...controls(form)].filter(([name, control]) => putBack(control, put.get(name))).map(([, control]) => control);
  if (focus) goBack(form, focus);
  const chosen = mine.find((control) => control.matches("[data-redraws]"));
  if (chosen) redraw(chosen);
  else mine[0]?.dispatchEvent(new Event("input", { bubbles: true }));
});
