//! A small web server: the built files, with the headers a careful host would send.
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use crate::bundle::{self, Bundle};
use crate::http::{self, Reply, Request};
use crate::names::media_type;
use crate::step::{OrSay, Outcome, say};
use crate::wasm::Mode;

/// Strict enough for any portal: what works here works there. It grants WebAssembly and
/// nothing inline, and nothing from or to another place.
const CONTENT_POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
    require-trusted-types-for 'script'";

/// Where to listen.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) host: IpAddr,
    pub(crate) port: Option<u16>,
}

impl Default for Place {
    fn default() -> Self {
        Self { host: Ipv4Addr::LOCALHOST.into(), port: None }
    }
}

/// The usual port; another is taken when somebody is there already.
const PORT: u16 = 8010;

/// What is being served; exchanged whole when a build is done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shelf {
    bundle: Arc<RwLock<Arc<Bundle>>>,
    /// Pages ask for news and reload themselves.
    is_live: bool,
}

impl Shelf {
    pub(crate) fn new(bundle: Bundle, is_live: bool) -> Self {
        Self { bundle: Arc::new(RwLock::new(Arc::new(bundle))), is_live }
    }

    pub(crate) fn replace(&self, bundle: Bundle) {
        *self.bundle.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(bundle);
    }

    fn now(&self) -> Arc<Bundle> {
        self.bundle.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Builds what is shipped and serves it until the person stops us.
pub(crate) fn forever(place: &Place) -> Outcome<()> {
    let door = Door::at(place)?;
    door.open(&Shelf::new(bundle::build(Mode::Ship)?, false));
    loop {
        thread::park();
    }
}

/// A place to listen that is ours; taken before a long build, so that a clash shows early.
pub(crate) struct Door {
    listener: TcpListener,
    /// The address, as a browser takes it.
    pub(crate) url: String,
    is_private: bool,
}

impl Door {
    pub(crate) fn at(place: &Place) -> Outcome<Self> {
        let host = place.host;
        let listen = |port| TcpListener::bind(SocketAddr::new(host, port));
        let listener = match place.port {
            Some(port) => listen(port)
                .or_say(format!("port {port} cannot be used: give another by --port"))?,
            None => listen(PORT)
                .or_else(|_| listen(0))
                .or_say(format!("cannot listen on {host}: give another by --host"))?,
        };
        let address = listener.local_addr().or_say("the server has no address")?;
        let shown: IpAddr =
            if host.is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { host };
        let url = format!("http://{}/", SocketAddr::new(shown, address.port()));
        Ok(Self { listener, url, is_private: host.is_loopback() })
    }

    /// Serves in the background, as long as this program runs.
    pub(crate) fn open(self, shelf: &Shelf) {
        let shelf = shelf.clone();
        http::listen(self.listener, move |request| answer(&shelf, request));
        say(format!("serving {}  (Ctrl-C ends)", self.url));
        if !self.is_private {
            say("others on this network can open it too; there browsers withhold what \
                 they keep for https and localhost: the offline worker and encryption");
        }
    }
}

fn answer(shelf: &Shelf, request: &Request) -> Reply {
    let bundle = shelf.now();
    let mut name = request.path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    if shelf.is_live {
        let fresh =
            |body: &str| reply("200 OK", &name, "no-store", body.as_bytes().into());
        match name.as_str() {
            "__version" => return fresh(&bundle.version),
            "__reload.js" => return fresh(RELOAD),
            "sw.js" => return fresh(LEAVE),
            name if name.starts_with("offline.") => return fresh(NO_WORKER),
            _ => {}
        }
    }
    let Some(file) = bundle.files.get(&name) else {
        let body = b"no such file".as_slice().into();
        return reply("404 Not Found", ".txt", "no-store", body);
    };
    let keep =
        if file.is_lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut reply = reply("200 OK", &name, keep, Arc::clone(&file.bytes));
    reply.headers.push(("Vary", "Accept-Encoding".to_owned()));
    // Weak, for it stands for the compressed form as well.
    let tag = format!("W/\"{}\"", file.fingerprint);
    if request.header("if-none-match") == Some(&tag) {
        reply.status = "304 Not Modified";
    }
    reply.headers.push(("ETag", tag));
    if shelf.is_live && name.ends_with(".html") {
        let page = String::from_utf8_lossy(&reply.body);
        let script = "<script type=\"module\" src=\"/__reload.js\"></script></head>";
        reply.body = page.replacen("</head>", script, 1).into_bytes().into();
    }
    let takes_brotli = request
        .header("accept-encoding")
        .is_some_and(|all| all.split(',').any(|way| way.trim().starts_with("br")));
    if let Some(brotli) = file.brotli.as_ref().filter(|_| takes_brotli) {
        reply.body = Arc::clone(brotli);
        reply.headers.push(("Content-Encoding", "br".to_owned()));
    }
    reply
}

fn reply(status: &'static str, name: &str, keep: &str, body: Arc<[u8]>) -> Reply {
    let headers = vec![
        ("Content-Type", media_type(name).to_owned()),
        ("Cache-Control", keep.to_owned()),
        ("Content-Security-Policy", CONTENT_POLICY.to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
    ];
    Reply { status, headers, body }
}

/// Only in pages served by `--dev`; a script of our own origin, so the policy stands.
const RELOAD: &str = "\
const version = () => fetch('/__version').then((answer) => answer.text());
let seen;
setInterval(async () => {
  const now = await version().catch(() => seen);
  if (seen !== undefined && now !== seen) location.reload();
  seen = now;
}, 500);
";

/// A page under `--dev` takes no worker: it would show what was built before.
const NO_WORKER: &str = "export function begin() {}\n";

/// One that was left here by `serve` without `--dev` goes as soon as it asks for news.
const LEAVE: &str = "\
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  const names = await caches.keys();
  const ours = names.filter((name) => name.startsWith(`ruhu ${registration.scope} `));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await registration.unregister();
  for (const page of await clients.matchAll()) page.navigate(page.url);
})()));
";
