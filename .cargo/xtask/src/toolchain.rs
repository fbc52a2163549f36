//! Which compiler makes the WebAssembly, and with which standard library.
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine;
use crate::step::{Failure, Outcome, answer, cargo, fail, root, say};
use crate::sysroot;
use crate::wasm::Mode;

/// Debian keeps its compiler here, rustup or not.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
/// Debian's compiler with WebAssembly support, its library's source, and a linker.
const DEBIAN_PACKAGES: [&str; 2] = ["rustc-web", "rust-web-src"];

/// The oldest set of instructions: any engine that has WebAssembly runs it. What the
/// compiler takes by itself asks for Chrome 96, which many a phone does not have.
pub(crate) const OLD_ENGINES: &str = "-Ctarget-cpu=mvp";

/// A crash stops the form at once and says nothing, for nobody in a village reads it: what
/// would be said, and where, is a tenth of the download.
pub(crate) const QUIET: [&str; 4] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// A compiler that can make our WebAssembly.
#[derive(Debug)]
pub(crate) struct Toolchain {
    rustc: Rustc,
    flags: Vec<String>,
    /// Whether the flags ask for what a released compiler does not promise yet.
    is_quiet: bool,
}

impl Toolchain {
    /// Cargo, told to build for WebAssembly with this compiler.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = self.rustc.cargo();
        let hidden = [hide(&root()), hide(&crates())];
        let flags = [self.flags.as_slice(), &hidden].concat();
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        if self.is_quiet {
            // Lets a released compiler be told to be quiet; `-Zallow-features=` among the
            // flags keeps the crates of the form from using anything unfinished.
            cargo.env("RUSTC_BOOTSTRAP", "1");
        }
        cargo
    }
}

/// Finds a compiler for this kind of build, and prepares what it lacks.
pub(crate) fn prepare(mode: Mode) -> Outcome<Toolchain> {
    let active = Rustc::at(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()).into());
    if let Some(chosen) = env::var_os("RUHU_RUSTC") {
        return match Rustc::at(PathBuf::from(&chosen)) {
            Some(rustc) if rustc.has_source() => with_own_library(rustc),
            _ => fail(format!(
                "RUHU_RUSTC is {}, which does not run or has no rust-src beside it",
                chosen.display()
            )),
        };
    }
    if let Some(rustc) =
        active.clone().filter(|rustc| mode == Mode::Dev && rustc.has_wasm())
    {
        say("the WebAssembly library of your own toolchain serves for --dev; \
             what is shipped is built for older engines");
        return Ok(Toolchain { rustc, flags: Vec::new(), is_quiet: false });
    }
    let debian = || Rustc::at(DEBIAN_RUSTC.into()).filter(Rustc::has_source);
    if let Some(rustc) = active.filter(Rustc::has_source).or_else(debian) {
        return with_own_library(rustc);
    }
    machine::install(
        &DEBIAN_PACKAGES,
        "old phones need the standard library rebuilt, which needs its source",
        "add the source to your own toolchain: `rustup component add rust-src`",
    )?;
    match debian() {
        Some(rustc) => with_own_library(rustc),
        None => fail(
            "Debian's rustc-web came without the source of its library: \
             add it to your own toolchain with `rustup component add rust-src`",
        ),
    }
}

fn with_own_library(rustc: Rustc) -> Outcome<Toolchain> {
    let rustc = rustc.with_linker()?;
    let library = sysroot::prepare(&rustc)?;
    let mut flags = QUIET.map(str::to_owned).to_vec();
    flags.extend([
        "-Zallow-features=".to_owned(),
        OLD_ENGINES.to_owned(),
        format!("--sysroot={}", library.display()),
    ]);
    Ok(Toolchain { rustc, flags, is_quiet: true })
}

/// One compiler on this machine.
#[derive(Clone, Debug)]
pub(crate) struct Rustc {
    program: PathBuf,
    /// What it says of itself: release, commit, host, LLVM.
    pub(crate) version: String,
    /// The folder it is at home in.
    pub(crate) home: PathBuf,
    linker: Option<PathBuf>,
}

impl Rustc {
    fn at(program: PathBuf) -> Option<Self> {
        let version = answer(Command::new(&program).arg("-vV"))?;
        let home = answer(Command::new(&program).args(["--print", "sysroot"]))?.into();
        Some(Self { program, version, home, linker: None })
    }

    /// Where the source of the standard library lies, if it is installed.
    pub(crate) fn source(&self) -> PathBuf {
        self.home.join("lib/rustlib/src/rust")
    }

    fn has_source(&self) -> bool {
        self.source().join("library/Cargo.lock").is_file()
    }

    fn has_wasm(&self) -> bool {
        self.home.join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir()
    }

    /// One line of what the compiler says of itself.
    pub(crate) fn says(&self, key: &str) -> Option<&str> {
        self.version.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
    }

    /// A toolchain of rustup brings its linker; Debian's is a package beside it.
    fn with_linker(mut self) -> Outcome<Self> {
        let host = self.says("host").unwrap_or_default();
        if self.home.join("lib/rustlib").join(host).join("bin/rust-lld").is_file() {
            return Ok(self);
        }
        let llvm = self.says("LLVM version").and_then(|all| all.split('.').next());
        let Some(llvm) = llvm else {
            return Err(Failure::Step("the compiler does not name its LLVM".to_owned()));
        };
        let linker = PathBuf::from(format!("/usr/lib/llvm-{llvm}/bin/wasm-ld"));
        if !linker.is_file() {
            let why = "the compiler needs a linker for WebAssembly";
            machine::install(&[&format!("lld-{llvm}")], why, "install lld")?;
        }
        self.linker = Some(linker).filter(|linker| linker.is_file());
        match (&self.linker, machine::find("wasm-ld")) {
            (None, None) => fail("no wasm-ld was found: install lld"),
            (None, found) => Ok(Self { linker: found, ..self }),
            (Some(_), _) => Ok(self),
        }
    }

    /// Cargo, told to use this compiler.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = cargo();
        cargo.env("RUSTC", &self.program);
        // `cargo xtask` points the loader at the libraries of another compiler, and the
        // person's own flags are for native code.
        for name in ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "RUSTFLAGS"] {
            cargo.env_remove(name);
        }
        if let Some(linker) = &self.linker {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        cargo
    }
}

/// Where downloaded crates lie: their paths are cut out of what we ship.
pub(crate) fn crates() -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
        Some(Path::new(&home).join(".cargo"))
    });
    home.unwrap_or_default().join("registry/src")
}

/// The flag that cuts a folder of this machine out of the messages in the wasm.
pub(crate) fn hide(folder: &Path) -> String {
    format!("--remap-path-prefix={}=", folder.display())
}
