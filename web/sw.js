// Offline: all files of the page are kept when it is first loaded, and come from there from then on.
// `pkg/files.js` lists them with a hash of all, so that a new release is a new cache.
importScripts("pkg/files.js");
const CACHE = `eccentric-${self.RELEASE}`;

self.addEventListener("install", (event) => {
  const fresh = self.FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("eccentric-") && name !== CACHE;
  const swept = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(swept.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const kept = caches.open(CACHE).then((cache) => cache.match(event.request, { ignoreSearch: true }));
  event.respondWith(kept.then((response) => response ?? fetch(event.request)));
});
