//! Work spread over threads that leaves in the order in which it came, in bounded memory.

use std::io::{self, Write};
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::lines::Line;
use crate::{Outcome, Stop};

/// How many bytes of lines are worked off at a time: small enough to be spread evenly, large
/// enough that handing them over costs nothing.
const BATCH: usize = 128 * 1024;
/// How many batches each thread has waiting.
const WAITING: usize = 2;

/// What comes of a line.
#[derive(Debug)]
pub(crate) struct Made {
    /// For the standard output.
    pub(crate) line: String,
    /// For the standard error, where it was refused.
    pub(crate) refused: Option<String>,
}

/// What comes of a batch.
#[derive(Debug, Default)]
struct Batch {
    out: String,
    told: String,
}

type Job = (Vec<Line>, SyncSender<Batch>);

/// Works lines off and writes what comes of each, in their order.
///
/// # Errors
/// Where reading or writing fails, and where a worker cannot begin.
pub(crate) fn run<W: FnMut(&Line) -> Made>(
    lines: impl Iterator<Item = io::Result<Line>>,
    jobs: usize,
    begin: impl Fn() -> Result<W, Stop> + Sync,
    out: &mut (dyn Write + Send),
    told: &mut (dyn Write + Send),
) -> Result<Outcome, Stop> {
    let waiting = jobs.saturating_mul(WAITING);
    let (give, taken) = sync_channel::<Job>(waiting);
    let (promise, promised) = sync_channel::<Receiver<Batch>>(waiting);
    // Held by the workers alone: when the last of them ends, nothing waits to be taken.
    let taken = Arc::new(Mutex::new(taken));
    let begin = &begin;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs)
            .map(|_| {
                let taken = Arc::clone(&taken);
                scope.spawn(move || work(&taken, begin()?))
            })
            .collect();
        drop(taken);
        let writer = scope.spawn(move || write(&promised, out, told));
        let read = hand_out(lines, &give, &promise);
        drop((give, promise));
        for worker in workers {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        }
        let written = writer.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        read.map(|()| written)
    })
}

/// Gives batches to whoever is free, and their results to the writer in the same order.
fn hand_out(
    mut lines: impl Iterator<Item = io::Result<Line>>,
    give: &SyncSender<Job>,
    promise: &SyncSender<Receiver<Batch>>,
) -> Result<(), Stop> {
    loop {
        let (mut batch, mut size) = (Vec::new(), 0_usize);
        let mut failed = None;
        while size < BATCH {
            match lines.next() {
                Some(Ok(line)) => {
                    size = size.saturating_add(line.size());
                    batch.push(line);
                }
                Some(Err(error)) => {
                    failed = Some(error);
                    break;
                }
                None => break,
            }
        }
        let is_last = size < BATCH;
        let (made, making) = sync_channel(1);
        // Where nobody takes any more, whoever ended says why.
        let is_over = promise.send(making).is_err() || give.send((batch, made)).is_err();
        match failed {
            Some(error) => return Err(error.into()),
            None if is_last || is_over => return Ok(()),
            None => {}
        }
    }
}

fn work(
    taken: &Mutex<Receiver<Job>>,
    mut judge: impl FnMut(&Line) -> Made,
) -> Result<(), Stop> {
    loop {
        let job = taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((lines, made)) = job else { return Ok(()) };
        let mut batch = Batch::default();
        for line in &lines {
            let Made { line: text, refused } = judge(line);
            batch.out.push_str(&text);
            batch.out.push('\n');
            if let Some(why) = refused {
                let Line { file, number, .. } = line;
                batch.told.push_str(&format!("{file}:{number}: {why}\n"));
            }
        }
        if made.send(batch).is_err() {
            return Ok(());
        }
    }
}

fn write(
    promised: &Receiver<Receiver<Batch>>,
    out: &mut dyn Write,
    told: &mut dyn Write,
) -> Result<Outcome, Stop> {
    let mut outcome = Outcome::Fine;
    for batch in promised {
        // A worker that could not begin has said so.
        let Ok(batch) = batch.recv() else { break };
        out.write_all(batch.out.as_bytes())?;
        if !batch.told.is_empty() {
            outcome = Outcome::Refused;
            out.flush()?;
            tell(told, &batch.told)?;
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// Tells of what was refused; where nobody listens the work goes on, and its end tells.
pub(crate) fn tell(told: &mut dyn Write, text: &str) -> io::Result<()> {
    match told.write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::lines::Wrong;

    /// Notes how much had been read when something was written first.
    struct Noted<'a> {
        read: &'a AtomicUsize,
        first: Option<usize>,
    }

    impl Write for Noted<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.first.get_or_insert(self.read.load(Ordering::SeqCst));
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_refused_waits_no_longer_than_what_is_judged() {
        let read = AtomicUsize::new(0);
        let all = 50_000;
        let lines = (0..all).map(|number| {
            read.store(number, Ordering::SeqCst);
            let wrong = Some(Wrong::new("table", "no".to_owned()));
            Ok(Line { file: "-".into(), number: 1, bytes: Vec::new(), wrong })
        });
        let judge = |_: &Line| Made { line: String::new(), refused: None };
        let mut out = Noted { read: &read, first: None };
        let made = run(lines, 1, || Ok(judge), &mut out, &mut io::sink()).unwrap();
        assert_eq!(made, Outcome::Fine);
        assert!(out.first.unwrap() < all / 2, "{:?}", out.first);
    }
}
