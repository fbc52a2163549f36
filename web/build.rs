//! Makes the dictionary and the standards ready, so that no phone reads and checks them.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use ruhu_core::Library;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo runs this again when core changes, and core when its data does.
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let (first, rest) = Library::builtin()?.pack();
    fs::write(out.join("first.bin"), first)?;
    fs::write(out.join("rest.bin"), rest)?;
    Ok(())
}
