//! The form in two parts, of instructions that the first engines with WebAssembly know.
use std::fs;
use std::path::{Path, PathBuf};

use walrus::ir::{Call, Instr, InstrLocId, VisitorMut, dfs_pre_order_mut};
use walrus::{
    ConstExpr, ElementItems, ExportItem, FunctionBuilder, FunctionId, GlobalId,
    ImportKind, InstrSeqBuilder, LocalId, Module, ModuleConfig, ValType,
};

use crate::step::{Failure, OrSay, Outcome, clear, fail, target, write};
use crate::wasm::{FORM, Mode};

/// What the first page of the form does without.
pub(crate) const REST: &str = "rest.wasm";

/// What fetches it.
pub(crate) const LOADER: &str = "rest.js";

/// What the rest calls the first part.
const FIRST: &str = "__wasm_split";

/// Cuts off what the first page does without; returned is what is left.
pub(crate) fn split(compiled: &Path, joined: &Path, mode: Mode) -> Outcome<PathBuf> {
    let form = fs::read(compiled).or_say("the compiled form is gone")?;
    let parts = target()?.join("web/parts");
    clear(&parts)?;
    let first = parts.join(format!("{FORM}.wasm"));
    let mut options = wasm_split_cli_support::Options::new(&form);
    options.output_dir = &parts;
    options.main_out_path = &first;
    let link = format!("./{LOADER}");
    options.link_name = &link;
    wasm_split_cli_support::transform(options).map_err(|why| {
        Failure::Step(format!(
            "the form cannot be split: {why}; do wasm_split_helpers' release and \
             wasm_split_cli_support's agree?"
        ))
    })?;
    let what = "the rest of the form was not split off: does anything call it?";
    let mut rest = ModuleConfig::new()
        .generate_name_section(mode == Mode::Dev)
        .generate_producers_section(false)
        .parse_file(parts.join("split_rest.wasm"))
        .or_say(what)?;
    forget(&mut rest, mode);
    borrow(&mut rest);
    rest.emit_wasm_file(joined.join(REST)).or_say("cannot write the rest of the form")?;
    Ok(first)
}

/// What the form calls the other part, before it is cut off.
const OTHER: &str = "__wasm_split_placeholder__";

/// Leaves both parts in one, for who cannot have them apart: what one calls of the other
/// it calls itself, and only what loads the other is still asked of the page. Cut in two
/// and put together again they would not do: what is cut moves constants to where they are
/// not aligned as their readers say, which WebAssembly forgives and JavaScript does not.
pub(crate) fn whole(compiled: &Path) -> Outcome<PathBuf> {
    let mut form = ModuleConfig::new()
        .parse_file(compiled)
        .or_say("the compiled form cannot be read")?;
    let asked = form.imports.iter().filter(|import| import.module == OTHER);
    let asked: Vec<_> = asked.map(|import| (import.id(), import.name.clone())).collect();
    for (import, name) in asked {
        let given = form.exports.iter().find_map(|export| match export.item {
            ExportItem::Function(id)
                if export.name == name.replace("00_import_", "00_export_") =>
            {
                Some((export.id(), id))
            }
            _ => None,
        });
        let Some((export, given)) = given else {
            form.imports.get_mut(import).module = format!("./{LOADER}");
            continue;
        };
        let ImportKind::Function(called) = form.imports.get(import).kind else {
            return fail(format!("{name} is no function"));
        };
        let passes = |(body, given_to): (&mut InstrSeqBuilder<'_>, &Vec<LocalId>)| {
            given_to.iter().for_each(|one| {
                body.local_get(*one);
            });
            body.call(given);
        };
        form.replace_imported_func(called, passes).or_say("the parts do not fit")?;
        form.exports.delete(export);
    }
    // Where everything lies: all of it has moved.
    let all = form.customs.iter();
    let stale: Vec<_> = all.map(|(id, one)| (id, one.name().to_owned())).collect();
    for (id, name) in stale {
        if name == "linking" || name.starts_with("reloc.") {
            form.customs.delete(id);
        }
    }
    let whole = target()?.join("web/whole").join(format!("{FORM}.wasm"));
    write(&whole, &form.emit_wasm())?;
    Ok(whole)
}

/// Takes out what serves only who builds.
pub(crate) fn forget(module: &mut Module, mode: Mode) {
    if mode == Mode::Ship {
        // Says which instructions were allowed; the check of the shipped file must see
        // which ones are used.
        module.customs.remove_raw("target_features");
    }
    // Places held free in the table for the rest of the form, by an instruction that old
    // engines lack: a table is empty where nothing is said.
    let held: Vec<_> = module.elements.iter().filter(|one| is_empty(one)).collect();
    let held: Vec<_> = held.into_iter().map(walrus::Element::id).collect();
    for id in held {
        module.elements.delete(id);
    }
}

fn is_empty(element: &walrus::Element) -> bool {
    match &element.items {
        ElementItems::Functions(functions) => functions.is_empty(),
        ElementItems::Expressions(_, all) => {
            all.iter().all(|one| matches!(one, ConstExpr::RefNull(_)))
        }
    }
}

/// What a number is asked for by, and set by: the first engines let no two modules share
/// one that changes, which the top of the stack does.
fn doors(name: &str) -> [String; 2] {
    ["of", "to"].map(|what| format!("{name}_{what}"))
}

/// Lends the numbers that change by functions, in place of themselves.
pub(crate) fn lend(first: &mut Module) {
    let shared: Vec<_> = first
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Global(id) if first.globals.get(id).mutable => {
                Some((export.id(), export.name.clone(), id))
            }
            _ => None,
        })
        .collect();
    for (export, name, global) in shared {
        first.exports.delete(export);
        let [of, to] = doors(&name);
        let mut get = FunctionBuilder::new(&mut first.types, &[], &[ValType::I32]);
        get.func_body().global_get(global);
        let get = get.finish(Vec::new(), &mut first.funcs);
        first.exports.add(&of, get);
        let mut set = FunctionBuilder::new(&mut first.types, &[ValType::I32], &[]);
        let value = first.locals.add(ValType::I32);
        set.func_body().local_get(value).global_set(global);
        let set = set.finish(vec![value], &mut first.funcs);
        first.exports.add(&to, set);
    }
}

/// Borrows them the same way.
fn borrow(rest: &mut Module) {
    let shared: Vec<_> = rest
        .imports
        .iter()
        .filter_map(|import| match import.kind {
            ImportKind::Global(id) if rest.globals.get(id).mutable => {
                Some((import.id(), import.name.clone(), id))
            }
            _ => None,
        })
        .collect();
    for (import, name, global) in shared {
        let [of, to] = doors(&name);
        let getter = rest.types.add(&[], &[ValType::I32]);
        let setter = rest.types.add(&[ValType::I32], &[]);
        let (get, _) = rest.add_import_func(FIRST, &of, getter);
        let (set, _) = rest.add_import_func(FIRST, &to, setter);
        let mut asks = Asks { global, get, set };
        for (_, function) in rest.funcs.iter_local_mut() {
            let entry = function.entry_block();
            dfs_pre_order_mut(&mut asks, function, entry);
        }
        rest.imports.delete(import);
        rest.globals.delete(global);
    }
}

/// Puts calls where a number was used.
struct Asks {
    global: GlobalId,
    get: FunctionId,
    set: FunctionId,
}

impl VisitorMut for Asks {
    fn visit_instr_mut(&mut self, instr: &mut Instr, _: &mut InstrLocId) {
        match instr {
            Instr::GlobalGet(used) if used.global == self.global => {
                *instr = Call { func: self.get }.into();
            }
            Instr::GlobalSet(used) if used.global == self.global => {
                *instr = Call { func: self.set }.into();
            }
            _ => {}
        }
    }
}
