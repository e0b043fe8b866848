import { find, findAll, words } from "./page.js";

// A session may end while somebody types. What they sent is kept in this tab until it arrived; after they signed in
// again it stands in its form. Whoever else signs in gets nothing of it.
const PLACE = "baton-typed";
const user = document.body.dataset.user ?? "";

const pathOf = (form) => new URL(form.getAttribute("action") || form.getAttribute("hx-post") || location.href, location.href).pathname;
const isText = ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken";

/** ``isLost`` when it is known that it did not arrive. */
export function keepTyped(form, isLost = true) {
  const isPost = form && (form.method === "post" || form.hasAttribute("hx-post"));
  if (!user || !isPost || find("[type=password], [type=file]", form)) return;
  const isAside = Boolean(form.closest("dialog, .cell-form, .prop"));
  const typed = [...new FormData(form)].filter(isText);
  sessionStorage.setItem(PLACE, JSON.stringify({ user, page: location.pathname, path: pathOf(form), typed, isAside, isLost }));
}

function restore(form, typed) {
  for (const box of findAll("[type=checkbox], [type=radio]", form)) box.checked = false;
  for (const [name, value] of typed) {
    for (const control of [...form.elements].filter((one) => one.name === name)) {
      if (control.matches("[type=checkbox], [type=radio]")) control.checked ||= control.value === value;
      else if (control.matches("select[multiple]")) for (const option of control.options) option.selected ||= option.value === value;
      else control.value = value;
    }
  }
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  find("textarea, input:not([type=hidden], [type=radio], [type=checkbox])", form)?.focus();
  find("#alert")?.replaceChildren(words("Typed"));
}

function comeBack() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE));
  if (!kept) return;
  if (!user) { // the door: what was sent did not arrive
    sessionStorage.setItem(PLACE, JSON.stringify({ ...kept, isLost: true }));
    return;
  }
  if (kept.user !== user || !kept.isLost) {
    sessionStorage.removeItem(PLACE);
    return;
  }
  const form = [...document.forms].find((one) => one.method === "post" && pathOf(one) === kept.path
    && kept.typed.some(([name]) => one.elements.namedItem(name)));
  if (form) {
    sessionStorage.removeItem(PLACE);
    restore(form, kept.typed);
  } else if (kept.isAside && kept.page === location.pathname && kept.path !== location.pathname) {
    sessionStorage.setItem(PLACE, JSON.stringify({ ...kept, isAside: false }));
    location.assign(kept.path); // it stood in a dialog: its own page has it
  }
}
comeBack();

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) keepTyped(event.target, false);
});
