export const find = (selector, root = document) => root.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Words come from the server, so that they are translated: data-words-… on <html>. */
export const words = (name, ...values) => (document.documentElement.dataset[`words${name}`] ?? "").replace(/%s/g, () => values.shift());

/** Read out by screen readers, seen by nobody. Emptied first, or the same sentence would not be read twice. */
export function say(text) {
  const live = find("#live");
  if (!live) return;
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

/** Is somebody writing, so that single keys belong to the text? */
export const isTyping = (target) => target instanceof Element
  && target.matches("input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]");

export const remember = (name, value) => {
  document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`;
};
