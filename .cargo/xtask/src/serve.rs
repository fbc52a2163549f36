//! A small web server: the built files, with the headers a careful host would send.
use std::io::Cursor;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use crate::bundle::{self, Bundle};
use crate::names::{fingerprint, media_type};
use crate::step::{OrSay, Outcome, fail, say};
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

/// Enough for a page and its embedded frames at once.
const THREADS: usize = 6;

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
    server: Arc<Server>,
    /// The address, as a browser takes it.
    pub(crate) url: String,
    is_private: bool,
}

impl Door {
    pub(crate) fn at(place: &Place) -> Outcome<Self> {
        let host = place.host;
        let listen = |port| Server::http(SocketAddr::new(host, port));
        let server = match place.port {
            Some(port) => listen(port)
                .or_say(format!("port {port} cannot be used: give another by --port"))?,
            None => listen(PORT)
                .or_else(|_| listen(0))
                .or_say(format!("cannot listen on {host}: give another by --host"))?,
        };
        let Some(address) = server.server_addr().to_ip() else {
            return fail("the server has no address");
        };
        let shown: IpAddr =
            if host.is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { host };
        let url = format!("http://{}/", SocketAddr::new(shown, address.port()));
        Ok(Self { server: Arc::new(server), url, is_private: host.is_loopback() })
    }

    /// Serves in the background, as long as this program runs.
    pub(crate) fn open(&self, shelf: &Shelf) {
        for _ in 0..THREADS {
            let (server, shelf) = (Arc::clone(&self.server), shelf.clone());
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    let response = answer(&shelf, &request);
                    // A browser that has gone away is no failure of ours.
                    drop(request.respond(response));
                }
            });
        }
        say(format!("serving {}  (Ctrl-C ends)", self.url));
        if !self.is_private {
            say("others on this network can open it too; there browsers withhold what \
                 they keep for https and localhost: the offline worker and encryption");
        }
    }
}

const PLAIN: [(&str, &str); 1] = [("Content-Type", "text/plain")];

type Reply = Response<Cursor<Arc<[u8]>>>;

fn answer(shelf: &Shelf, request: &Request) -> Reply {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return reply(405, b"only GET and HEAD".as_slice().into(), &PLAIN);
    }
    let bundle = shelf.now();
    let path = request.url().split(['?', '#']).next().unwrap_or_default();
    let mut name = path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    if shelf.is_live {
        match name.as_str() {
            "__version" => {
                let version: Arc<[u8]> = bundle.version.as_bytes().into();
                return reply(200, version, &[("Cache-Control", "no-store")]);
            }
            "__reload.js" => {
                let headers = [("Content-Type", media_type(&name))];
                return reply(200, RELOAD.as_bytes().into(), &headers);
            }
            _ => {}
        }
    }
    let Some(file) = bundle.files.get(&name) else {
        return reply(404, b"no such file".as_slice().into(), &PLAIN);
    };
    let mut bytes = Arc::clone(&file.bytes);
    if shelf.is_live && name.ends_with(".html") {
        let page = String::from_utf8_lossy(&bytes);
        let tag = "<script type=\"module\" src=\"/__reload.js\"></script></head>";
        bytes = page.replacen("</head>", tag, 1).into_bytes().into();
    }
    let tag = format!("W/\"{}\"", fingerprint(&bytes));
    let mut headers = vec![
        ("Content-Type", media_type(&name)),
        ("Vary", "Accept-Encoding"),
        ("ETag", &tag),
        (
            "Cache-Control",
            if file.is_lasting {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            },
        ),
    ];
    if header(request, "If-None-Match") == Some(&tag) {
        return reply(304, Arc::default(), &headers);
    }
    let takes_brotli = header(request, "Accept-Encoding")
        .is_some_and(|all| all.split(',').any(|way| way.trim().starts_with("br")));
    if let Some(brotli) = file.brotli.as_ref().filter(|_| takes_brotli) {
        bytes = Arc::clone(brotli);
        headers.push(("Content-Encoding", "br"));
    }
    reply(200, bytes, &headers)
}

fn reply(status: u16, bytes: Arc<[u8]>, headers: &[(&str, &str)]) -> Reply {
    let always = [
        ("Content-Security-Policy", CONTENT_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ];
    let headers = always.iter().chain(headers);
    let headers = headers.filter_map(|(name, value)| {
        Header::from_bytes(name.as_bytes(), value.as_bytes()).ok()
    });
    let length = bytes.len();
    let status = StatusCode(status);
    Response::new(status, headers.collect(), Cursor::new(bytes), Some(length), None)
        // In one piece: a browser that knows the length can show progress.
        .with_chunked_threshold(usize::MAX)
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut headers = request.headers().iter();
    let found =
        headers.find(|header| header.field.as_str().as_str().eq_ignore_ascii_case(name));
    found.map(|header| header.value.as_str())
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
