//! As much of HTTP as a browser needs to fetch a file: one thread for each connection,
//! which it may keep, and nothing is accepted but GET and HEAD.
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A browser's request is a tenth of this.
const LONGEST_HEAD: u64 = 64 * 1024;

/// Browsers open connections ahead of need and keep them; not for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Request {
    method: String,
    /// Without what follows `?`.
    pub(crate) path: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The value of a header, named in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What is given back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Arc<[u8]>,
}

/// Answers whoever comes, in the background, as long as this program runs.
pub(crate) fn listen(
    listener: TcpListener,
    answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) {
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A browser that has gone away is no failure of ours.
            thread::spawn(move || drop(converse(&stream, &*answer)));
        }
    });
}

fn converse(stream: &TcpStream, answer: &impl Fn(&Request) -> Reply) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let Some(request) = read(&mut reader)? else { return Ok(()) };
        let is_read_only = matches!(request.method.as_str(), "GET" | "HEAD");
        let reply = if is_read_only {
            answer(&request)
        } else {
            let body = b"only GET and HEAD".as_slice().into();
            Reply { status: "405 Method Not Allowed", headers: Vec::new(), body }
        };
        // Another request may have a body, which would be taken for the next head.
        let is_last = !is_read_only
            || request.header("connection").is_some_and(|value| value == "close");
        write(stream, &reply, request.method == "HEAD", is_last)?;
        if is_last {
            return Ok(());
        }
    }
}

/// The next request; none when the browser has hung up or speaks something else.
fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut head = reader.take(LONGEST_HEAD);
    let mut line = String::new();
    head.read_line(&mut line)?;
    let mut words = line.split_ascii_whitespace();
    let (Some(method), Some(target), Some("HTTP/1.1")) =
        (words.next(), words.next(), words.next())
    else {
        return Ok(None);
    };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let (method, path) = (method.to_owned(), path.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        head.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => {
                headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
            None if line.trim_end().is_empty() && line.ends_with('\n') => {
                return Ok(Some(Request { method, path, headers }));
            }
            None => return Ok(None),
        }
    }
}

fn write(
    mut stream: &TcpStream,
    reply: &Reply,
    is_head: bool,
    is_last: bool,
) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {}\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if is_last {
        head.push_str("Connection: close\r\n");
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", reply.body.len()));
    stream.write_all(head.as_bytes())?;
    if is_head || reply.status.starts_with("304") {
        return Ok(());
    }
    stream.write_all(&reply.body)
}
