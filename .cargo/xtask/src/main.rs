//! The project's own commands: `cargo xtask serve`, `build`, `test`, `bench`.

mod bench;
mod bundle;
mod durability;
mod http;
mod machine;
mod names;
mod npm;
mod package;
mod parts;
mod serve;
mod shorten;
mod step;
mod sysroot;
mod test;
mod toolchain;
mod twin;
mod wasm;
mod watch;
mod weigh;

use std::env;
use std::net::Ipv4Addr;
use std::process::ExitCode;

use serve::Place;
use step::{Failure, Outcome};
use test::Parts;

const HELP: &str = "\
cargo xtask <command>

  serve [--dev] [--port N] [--host ADDRESS]
                 prepare what is missing, build the form, show it in a browser;
                 --dev builds fast and follows every change in core, web and www
  build          the same files, only written to dist/
  package        the core and the form as an npm package, in target/package/
  test [--fast] [core|web|package|journeys|durability]
                 format, lints, tests, the web build, the package in real projects, then
                 journeys in a browser and 200 runs of the durability suite;
                 --fast leaves the browser out, a name picks one part
  durability [--runs N] [--seed S] [--run K] [--faults kill,close,…]
             [--browser firefox|webkit] [--sabotage drop|late]
                 random visits with random faults: what was called saved is there;
                 --run repeats one of them alone
  bench          the measurements of tests/bench and of the page

RUHU_RUSTC=/path/to/rustc builds the WebAssembly with that compiler.
RUHU_CHROMIUM=/path/to/chromium runs the journeys in that browser.
";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Call(why)) => {
            step::complain(format!("{why}\n\n{HELP}"));
            ExitCode::from(2)
        }
        Err(Failure::Step(why)) => {
            step::complain(format!("\n✗ {why}"));
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome<()> {
    match words {
        [] | ["help" | "--help" | "-h"] => {
            step::put(HELP);
            Ok(())
        }
        ["serve", rest @ ..] => {
            let (place, dev) = serve_options(rest)?;
            if dev { watch::follow(&place) } else { serve::forever(&place) }
        }
        ["build"] => bundle::build(wasm::Mode::Ship).map(drop),
        ["package"] => package::build().map(drop),
        ["test", rest @ ..] => test::all_of(test_options(rest)?),
        ["durability", rest @ ..] => durability::as_told(rest),
        ["bench"] => bench::all(),
        [other, ..] => Err(Failure::Call(format!("`{other}` is not called this way"))),
    }
}

fn serve_options(mut rest: &[&str]) -> Outcome<(Place, bool)> {
    let mut place = Place::default();
    let mut dev = false;
    loop {
        rest = match rest {
            [] => return Ok((place, dev)),
            ["--dev", more @ ..] => {
                dev = true;
                more
            }
            ["--port", port, more @ ..] => {
                place.port = Some(port.parse().map_err(|_| {
                    Failure::Call(format!("`{port}` is not a port: give 1 to 65535"))
                })?);
                more
            }
            ["--host", host, more @ ..] => {
                place.host = match *host {
                    "localhost" => Ipv4Addr::LOCALHOST.into(),
                    host => host.parse().map_err(|_| {
                        Failure::Call(format!("`{host}` is not an address to listen on"))
                    })?,
                };
                more
            }
            [other, ..] => {
                return Err(Failure::Call(format!("serve does not know `{other}`")));
            }
        }
    }
}

fn test_options(rest: &[&str]) -> Outcome<Parts> {
    let mut parts = Parts::ALL;
    for word in rest {
        parts = match *word {
            "--fast" => {
                Parts { package: false, journeys: false, durability: false, ..parts }
            }
            "core" => Parts { core: true, ..Parts::NONE },
            "web" => Parts { web: true, ..Parts::NONE },
            "package" => Parts { package: true, ..Parts::NONE },
            "journeys" => Parts { journeys: true, ..Parts::NONE },
            "durability" => Parts { durability: true, ..Parts::NONE },
            other => {
                return Err(Failure::Call(format!("test does not know `{other}`")));
            }
        }
    }
    Ok(parts)
}
