//! The records of all cases, one a line: for whoever holds another door to them.

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use ruhu_tests::case;

fn main() -> Result<(), String> {
    for (_, case) in case::all() {
        println!("{}", case?.record);
    }
    Ok(())
}
