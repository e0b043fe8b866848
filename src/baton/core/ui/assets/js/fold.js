import { find } from "./page.js";

// A group of the sidebar folds at once; the server remembers it for its user.
document.addEventListener("click", (event) => {
  const head = event.target.closest?.("[data-fold]");
  if (!head?.form) return;
  event.preventDefault();
  const isOpen = head.ariaExpanded === "true";
  const body = new URLSearchParams({ [isOpen ? "fold" : "open"]: head.value });
  head.ariaExpanded = String(!isOpen);
  const headers = { "X-CSRFToken": document.body.dataset.csrf, "HX-Request": "true" };
  fetch(head.form.action, { method: "POST", body, headers, keepalive: true }).catch(() => {}); // unheard, it lasts for this page
});

// Where one is stands in sight: in the sidebar, and among more tabs than a phone is wide.
find(".side > :not(.side-foot) [aria-current]")?.scrollIntoView({ block: "nearest" });
find(".top .tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
