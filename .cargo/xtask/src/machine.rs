//! What the machine has, and what its own package manager can bring.
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::step::{OrSay, Outcome, answer, fail, run, say, target};

/// A program on the search path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Installs packages of a Debian machine; elsewhere `otherwise` says what to do.
pub(crate) fn install(packages: &[&str], why: &str, otherwise: &str) -> Outcome<()> {
    let names = packages.join(" ");
    is_debian(why, otherwise)?;
    let root = answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if !root && answer(Command::new("sudo").args(["-n", "true"])).is_none() {
        return fail(format!(
            "{why}: run `sudo apt-get install {names}` once, or {otherwise}"
        ));
    }
    say(format!("apt-get install {names}: {why}"));
    let apt = |words: &[&str]| {
        let mut apt = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            apt.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq").args(words);
        apt
    };
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    // A fresh machine has no list of packages, an old one an outdated list.
    run(&mut apt(&["update"]), "is the network there?")?;
    run(&mut apt(&install), &format!("is the network there? Otherwise {otherwise}"))
}

fn is_debian(why: &str, otherwise: &str) -> Outcome<()> {
    if find("apt-get").is_some() {
        return Ok(());
    }
    fail(format!("{why}, and this is not a Debian machine: {otherwise}"))
}

/// A browser of the Chromium family.
pub(crate) fn browser() -> Outcome<PathBuf> {
    if let Some(chosen) = env::var_os("RUHU_CHROMIUM").map(PathBuf::from) {
        return if chosen.is_file() {
            Ok(chosen)
        } else {
            fail(format!("RUHU_CHROMIUM names {}, which is not there", chosen.display()))
        };
    }
    let known = || {
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
            .into_iter()
            .find_map(find)
            .or_else(|| {
                let mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
                Some(PathBuf::from(mac)).filter(|file| file.is_file())
            })
    };
    let advice = "install Chromium or Chrome, or set RUHU_CHROMIUM to one";
    if known().is_none() {
        install(&["chromium"], "the journeys need a browser", advice)?;
    }
    known().map_or_else(|| fail(format!("no browser found: {advice}")), Ok)
}

/// A Chinese font, without which a browser measures and shows boxes.
pub(crate) fn chinese_font() -> Outcome<()> {
    // Other systems bring one.
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    let listed = answer(Command::new("fc-list").args([":lang=zh", "file"]));
    let lies = ["opentype/noto", "truetype/wqy"]
        .iter()
        .any(|folder| Path::new("/usr/share/fonts").join(folder).is_dir());
    if listed.map_or(lies, |fonts| !fonts.is_empty()) {
        return Ok(());
    }
    install(
        &["fonts-noto-cjk"],
        "the journeys need a Chinese font",
        "install one, such as Noto Sans CJK",
    )
}

/// The ordinary `age` program, which must open our files, and a terminal for it to ask at.
pub(crate) fn age() -> Outcome<()> {
    if ["age", "age-keygen", "script"].iter().all(|program| find(program).is_some()) {
        return Ok(());
    }
    install(
        &["age", "bsdutils"],
        "hand-over files are opened by the `age` program",
        "install age (github.com/FiloSottile/age) and `script` of util-linux",
    )
}

/// Apache and nginx, to which records are sent. Neither may begin to serve by itself on a
/// machine that only builds: `apache2-bin` is Apache without its service, and nginx, whose
/// package starts one, is only unpacked.
pub(crate) fn servers() -> Outcome<()> {
    let why = "records are sent to a real Apache and a real nginx";
    let otherwise =
        "install Apache's httpd with mod_dav, and nginx, as `apache2` and `nginx`";
    let is_there = |server: &str, place: &Path| {
        find(server).is_some()
            || [Path::new("/usr/sbin"), place]
                .iter()
                .any(|one| one.join(server).is_file())
    };
    let unpacked = target()?.join("servers");
    let programs = unpacked.join("usr/sbin");
    // It brings the libraries of the other as well.
    if !is_there("apache2", &programs) {
        install(&["apache2-bin"], why, otherwise)?;
    }
    // Older releases have the program in the second one.
    for package in ["nginx", "nginx-light"] {
        if is_there("nginx", &programs) {
            return Ok(());
        }
        unpack(package, &unpacked, why, otherwise)?;
    }
    if is_there("nginx", &programs) {
        Ok(())
    } else {
        fail(format!("{why}: {otherwise}"))
    }
}

/// Unpacks a Debian package in a folder, and installs nothing.
fn unpack(package: &str, folder: &Path, why: &str, otherwise: &str) -> Outcome<()> {
    is_debian(why, otherwise)?;
    say(format!("apt-get download {package}: {why}"));
    let what = format!("cannot unpack in {}", folder.display());
    fs::create_dir_all(folder).or_say(&what)?;
    let mut apt = Command::new("apt-get");
    apt.current_dir(folder).args(["-qq", "download", package]);
    run(&mut apt, &format!("run `apt-get update` once as root, or {otherwise}"))?;
    for entry in fs::read_dir(folder).or_say(&what)? {
        let file = entry.or_say(&what)?.path();
        if file.extension().is_some_and(|kind| kind == "deb") {
            let mut dpkg = Command::new("dpkg-deb");
            run(dpkg.arg("--extract").arg(&file).arg(folder), otherwise)?;
            fs::remove_file(&file).or_say(&what)?;
        }
    }
    Ok(())
}

/// Node with npm, which drive the browser and the check of the shipped wasm.
pub(crate) fn node() -> Outcome<()> {
    if find("node").is_some() && find("npm").is_some() {
        return Ok(());
    }
    // Some makers' nodejs brings npm along and refuses the separate package.
    let packages: &[&str] =
        if find("node").is_some() { &["npm"] } else { &["nodejs", "npm"] };
    install(
        packages,
        "the browser tests run on Node",
        "install Node 18 or later with npm",
    )
}
