// Opens the form without a network. The build writes the list of what it keeps; a new list
// makes a new version, which waits until a page asks for it or no page is open any more.
const VERSION = "{{version}}";
const FILES = {{files}};

const HERE = new URL("./", location).href;
const OURS = `ruhu ${HERE} `;
const CACHE = OURS + VERSION;
const PAGE = "index.html";
// A name that changes with the content: whatever has it is the same in every version.
const LASTING = /\.[0-9a-f]{10}\.\w+$/;
// Kept in a cache whose time is over: the pages that were open then.
const LEFT = `${HERE}?left`;

// Some servers send /index.html elsewhere; the folder is where the page was opened.
const address = (name) => HERE + (name === PAGE ? "" : name);

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

async function kept(url, names) {
  for (const cacheName of names) {
    const found = await caches.match(url, { cacheName });
    if (found) return found;
  }
}

// One file after the other, for the page may want the network too; each is checked against
// its digest, so that neither a log-in page nor half an upload is ever taken for the form.
async function fill() {
  const cache = await caches.open(CACHE);
  for (const [name, integrity] of Object.entries(FILES)) {
    const url = address(name);
    if (await cache.match(url)) continue;
    const lasts = LASTING.test(name);
    const how = { integrity, cache: lasts ? "default" : "no-cache" };
    const answer = (lasts && await kept(url, await ours())) || await fetch(url, how);
    // A page that was sent elsewhere could not be opened from here.
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status} ${url}`);
    await cache.put(url, answer);
  }
}

async function begin() {
  try {
    await fill();
    await (await caches.open(CACHE)).delete(LEFT);
  } catch (why) {
    await caches.delete(CACHE);
    throw why;
  }
}

// Older caches go when the pages that were open at the change are closed: until then such
// a page may fetch a language or the reader of its own version.
async function tidy() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.filter(({ url }) => url.startsWith(HERE)).map(({ id }) => id);
  const names = await ours();
  // They stand in the order in which they were made; behind ours may be one in the making.
  for (const cacheName of names.slice(0, Math.max(0, names.indexOf(CACHE)))) {
    const noted = await caches.match(LEFT, { cacheName });
    const left = noted ? await noted.json() : open;
    if (!left.some((id) => open.includes(id))) {
      await caches.delete(cacheName);
    } else if (!noted) {
      await (await caches.open(cacheName)).put(LEFT, new Response(JSON.stringify(open)));
    }
  }
}

addEventListener("install", (event) => event.waitUntil(begin()));

addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));

addEventListener("message", (event) => {
  if (event.data === "take over") return skipWaiting();
  // A page asks whether all is there, and whether it is of this version itself. What the
  // phone has thrown away is fetched again.
  const [port] = event.ports;
  const knows = event.data.slice(HERE.length) in FILES;
  const tell = (whole) => port.postMessage({ whole, knows });
  event.waitUntil(fill().then(tidy).then(() => tell(true), () => tell(false)));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(HERE)) return;
  const [name, query] = url.slice(HERE.length).split("#")[0].split("?");
  // Whatever else stands below this folder, another page too, is not ours to answer.
  const isPage = mode === "navigate" && (name === "" || name === PAGE);
  if (!isPage && (query !== undefined || !(name in FILES || LASTING.test(name)))) return;
  const at = address(isPage ? PAGE : name);
  const found = kept(at, [CACHE]).then(async (own) => {
    return own ?? (LASTING.test(name) ? kept(at, await ours()) : undefined);
  });
  event.respondWith(found.then((answer) => answer ?? fetch(event.request)));
});
