// Public pages work without script. This only leads to the first wrong field and stops a second press.
document.querySelector("[aria-invalid=true]")?.focus();
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});
// Saying yes or no leaves the page as it is, with all that was typed into it.
const banner = document.querySelector("form.banner");
banner?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(banner, event.submitter));
  const answered = await fetch(banner.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => null);
  if (answered?.type === "opaqueredirect") banner.remove();
  else delete banner.dataset.sent; // press once more
});
// Hours are shown on the visitor's own clock, where the address names none yet; without script they choose it.
const hours = document.querySelector("form[data-zone-of-visitor]");
const here = new URL(location);
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const offered = [...(hours?.elements.zone.options ?? [])].map((option) => option.value);
if (!here.searchParams.has("zone") && offered.includes(timeZone) && hours.elements.zone.value !== timeZone) {
  here.searchParams.set("zone", timeZone);
  location.replace(here);
}
