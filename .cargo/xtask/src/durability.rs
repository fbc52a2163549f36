//! `cargo xtask durability`: random visits with random faults; what the screen had called
//! saved must be there when the form is opened again.
use std::path::PathBuf;
use std::process::Command;

use crate::bundle::{self, Bundle};
use crate::serve::{Door, Place, Shelf};
use crate::step::{Outcome, cargo, root, run, say, target};
use crate::wasm::Mode;
use crate::{machine, npm};

/// The driver of Firefox, as its maker gives it to crates.io.
const GECKODRIVER: &str = "geckodriver@0.37.1";

/// Builds the form and runs the suite as these words say.
pub(crate) fn as_told(words: &[&str]) -> Outcome<()> {
    on(bundle::build(Mode::Ship)?, words)
}

/// Runs the suite on a build.
pub(crate) fn on(bundle: Bundle, words: &[&str]) -> Outcome<()> {
    let folder = root().join("tests/durability");
    let mut node = Command::new("node");
    match words.windows(2).find(|pair| pair.first() == Some(&"--browser")) {
        Some([_, "firefox"]) => {
            node.env("RUHU_GECKODRIVER", firefox()?);
        }
        Some([_, "webkit"]) => webkit()?,
        _ => {
            node.env("RUHU_CHROMIUM", machine::browser()?);
        }
    }
    npm::install(&folder, "the durability suite drives browsers")?;
    let door = Door::at(&Place { port: Some(0), ..Place::default() })?;
    let url = door.url.clone();
    door.open(&Shelf::new(bundle, false));
    say("durability: random visits with random faults");
    node.current_dir(root()).arg(folder.join("run.js")).args(words);
    run(node.env("RUHU_URL", url), "each red run says above how to see it again")
}

/// Firefox and its driver.
fn firefox() -> Outcome<PathBuf> {
    if machine::find("firefox-esr").or_else(|| machine::find("firefox")).is_none() {
        machine::install(
            &["firefox-esr"],
            "the suite was asked to run in Firefox",
            "install Firefox",
        )?;
    }
    if let Some(driver) = machine::find("geckodriver") {
        return Ok(driver);
    }
    let tools = target()?.join("tools");
    let driver = tools.join("bin/geckodriver");
    if !driver.is_file() {
        say("cargo install geckodriver: WebDriver for Firefox");
        let mut install = cargo();
        install
            .args(["install", GECKODRIVER, "--locked", "--debug", "--root"])
            .arg(tools);
        run(&mut install, "is the network there?")?;
    }
    Ok(driver)
}

/// `WebKitGTK` with its driver, and a screen that nobody sees.
fn webkit() -> Outcome<()> {
    if machine::find("WebKitWebDriver").is_some() && machine::find("Xvfb").is_some() {
        return Ok(());
    }
    machine::install(
        &["webkit2gtk-driver", "xvfb"],
        "the suite was asked to run in WebKit",
        "install WebKitWebDriver with MiniBrowser, and Xvfb",
    )
}
