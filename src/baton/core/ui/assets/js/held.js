// What the controls of a form hold, by name: boxes also by their value, of several of a name each by its place.
const isBox = (control) => control.matches("[type=checkbox], [type=radio]");
export const valueOf = (control) => (isBox(control) ? control.checked : control.value);

export function controls(form) {
  const found = new Map();
  for (const control of form.elements) {
    if (!control.name || !control.matches("input:not([type=hidden], [type=file]), textarea, select")) continue;
    const name = isBox(control) ? `${control.name} ${control.value}` : control.name;
    found.set(found.has(name) ? `${name} 2` : name, control);
  }
  return found;
}

const drawnIn = (select) => [...select.options].find((option) => option.defaultSelected) ?? select.options[0];
const drawnOf = (control) => (isBox(control) ? control.defaultChecked : control.matches("select") ? drawnIn(control)?.value : control.defaultValue);
const each = (form, read) => new Map([...controls(form)].map(([name, control]) => [name, read(control)]));
export const held = (form) => each(form, valueOf);
export const drawn = (form) => each(form, drawnOf);

/** Whether it could be put in: a select offers what it offers. */
export function put(control, value) {
  if (isBox(control)) control.checked = value;
  else if (control.value !== value) {
    if (control.matches("select") && ![...control.options].some((option) => option.value === value)) return false;
    control.value = value;
  }
  return true;
}

/** A select that stayed in its place would go on showing what it showed. */
export function redraw(select) {
  select.value = drawnIn(select)?.value;
}

export function refocus(control, at = null) {
  control.focus({ preventScroll: true });
  if (at !== null && control.selectionEnd !== null) control.setSelectionRange?.(at, at);
}
