//! Both ways with the ordinary `age` program, as an office uses it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use ruhu_safe::{open_by, open_with, recipient, seal_by, seal_to};

use super::{contents, pair};

/// A folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What a program prints when it is given these bytes.
fn run(program: &str, words: &[&str], given: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|why| {
            panic!("`{program}` does not start ({why}): install Debian's package `age`")
        });
    let mut stdin = child.stdin.take().unwrap();
    let given = given.to_vec();
    // It may print before it has read all.
    let writer = std::thread::spawn(move || stdin.write_all(&given));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {words:?}: {said}");
    output.stdout
}

#[test]
fn what_we_seal_the_program_opens() {
    let (key, public) = pair();
    let file = folder("we-seal").join("key.txt");
    fs::write(&file, key).unwrap();
    for bytes in contents() {
        let sealed = seal_to(&public, &bytes).unwrap();
        let opened = run("age", &["-d", "-i", file.to_str().unwrap()], &sealed);
        assert_eq!(opened, bytes, "{}", bytes.len());
    }
}

#[test]
fn what_the_program_seals_by_its_own_keys_we_open() {
    let key = String::from_utf8(run("age-keygen", &[], b"")).unwrap();
    let line = key.lines().find(|line| line.starts_with("# public key: ")).unwrap();
    let public = recipient(line.trim_start_matches("# public key: ")).unwrap();
    for bytes in contents() {
        let sealed = run("age", &["-r", &public], &bytes);
        assert_eq!(open_with(&key, &sealed).unwrap(), bytes, "{}", bytes.len());
    }
}

/// Runs `age` at a terminal, where it asks for passphrases.
fn at_a_terminal(words: &str, typed: &str) {
    let command = format!("age {words}");
    run("script", &["-qec", &command, "/dev/null"], typed.as_bytes());
}

#[test]
fn a_passphrase_opens_on_either_side_what_the_other_sealed() {
    let passphrase = "correct horse";
    let folder = folder("passphrase");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (ours, theirs, out) = (path("ours.age"), path("theirs.age"), path("out.json"));
    fs::write(&ours, seal_by(passphrase, b"{\"by\":1}").unwrap()).unwrap();
    at_a_terminal(&format!("-d -o {out} {ours}"), "correct horse\n");
    assert_eq!(fs::read(&out).unwrap(), b"{\"by\":1}");

    let twice = "correct horse\ncorrect horse\n";
    at_a_terminal(&format!("-p -o {theirs} {out}"), twice);
    let sealed = fs::read(&theirs).unwrap();
    assert_eq!(open_by(passphrase, &sealed).unwrap(), b"{\"by\":1}");
}
