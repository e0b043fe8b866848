import { find, findAll } from "./page.js";

// data-confirm: ask first, in a dialog whose button says what will be done.
const sure = new WeakSet();
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  const dialog = find("#confirm");
  if (!question || !dialog || sure.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  find("p", dialog).textContent = question;
  const yes = find("[data-yes]", dialog);
  yes.textContent = submitter?.textContent.trim() || yes.dataset.yes;
  yes.onclick = () => {
    sure.add(form);
    dialog.close();
    form.requestSubmit(submitter);
  };
  dialog.showModal();
}, true);

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-submit-on=change]");
  form?.requestSubmit();
});

const FORGOTTEN = 3000; // ms
// A form that was sent is not sent again by a second press. htmx forms guard themselves.
document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, FORGOTTEN); // the answer may be a file, and the page stays
});

// data-begin: who adds something begins to type at once, in the second field where the first is filled. On a phone the keyboard would hide the form.
const wrong = find("[aria-invalid=true]") ?? find("main .form-errors");
const first = findAll("form[data-begin] :is(input:not([type=hidden]), textarea, select)").slice(0, 2).find(({ value }) => value === "");
if (wrong) wrong.focus();
else if (first && matchMedia("(pointer: fine)").matches) first.focus();

// data-own-zone: the browser knows where somebody begins.
const zone = find("select[data-own-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && [...zone.options].some(({ value }) => value === own)) zone.value = own;
