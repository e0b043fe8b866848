// Public pages work without script. This only leads to the first wrong field and stops a second press.
document.querySelector("[aria-invalid=true]")?.focus();
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});
