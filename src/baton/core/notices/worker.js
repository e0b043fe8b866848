// Shows pushes, and opens what they are about. It keeps no page and answers no request.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* a service that wakes us without words */ }
  event.waitUntil(self.registration.showNotification(told.title || "Baton", {
    body: told.body || "",
    tag: told.tag || "baton",
    icon: "/static/ui/icon-192.png",
    data: { url: told.url || "/inbox/" },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin);
  if (url.origin !== self.location.origin) return;
  // A window of its own: in one that is open somebody may be typing.
  event.waitUntil(self.clients.openWindow(url.href));
});
