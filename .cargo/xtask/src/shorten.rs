//! Scripts as a phone needs them: one file where there were many, without comments, with
//! short names.
use std::collections::BTreeSet;

use oxc_allocator::Allocator;
use oxc_ast::ast::{ImportDeclaration, ImportDeclarationSpecifier, Statement};
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_mangler::Mangler;
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::{GetSpan, SourceType};

use crate::step::{Outcome, fail};

/// The same script, shorter. Names that other files or the page use stay as they are, and
/// so do the comments that bundlers obey.
pub(crate) fn script(name: &str, text: &str) -> Outcome<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::mjs()).parse();
    let checked =
        SemanticBuilder::new().with_check_syntax_error(true).build(&parsed.program);
    if let Some(first) = parsed.diagnostics.into_iter().chain(checked.diagnostics).next()
    {
        return fail(format!("`{name}` is no script: {first}"));
    }
    let short = Mangler::new().build(&parsed.program);
    let comments = CommentOptions { annotation: true, ..CommentOptions::disabled() };
    let writer = Codegen::new()
        .with_options(CodegenOptions { comments, ..CodegenOptions::minify() })
        .with_scoping(Some(short.scoping))
        .with_private_member_mappings(Some(short.class_private_mappings));
    Ok(writer.build(&parsed.program).code)
}

/// A page or its styles without comments, none of which may stand in a text of theirs.
pub(crate) fn without_comments(text: &str, [open, close]: [&str; 2]) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        short.push_str(before);
        rest = after.split_once(close).map_or("", |(_, behind)| behind.trim_start());
    }
    short.push_str(rest);
    short
}

/// A script and what it imports from the folder of its own name, as one: a phone far from
/// a mast waits for every file. Its parts import and export by plain names.
pub(crate) fn joined<'a>(
    name: &str,
    read: &impl Fn(&str) -> Option<&'a str>,
) -> Outcome<String> {
    let mut joined = Joined { folder: name.replace(".js", "/"), ..Joined::default() };
    joined.take(name, read)?;
    Ok(joined.text)
}

#[derive(Default)]
struct Joined {
    /// Where the parts lie.
    folder: String,
    taken: BTreeSet<String>,
    text: String,
}

impl Joined {
    fn take<'a>(
        &mut self,
        name: &str,
        read: &impl Fn(&str) -> Option<&'a str>,
    ) -> Outcome<()> {
        if !self.taken.insert(name.to_owned()) {
            return Ok(());
        }
        let Some(text) = read(name) else { return fail(format!("there is no `{name}`")) };
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, text, SourceType::mjs()).parse();
        if let Some(first) = parsed.diagnostics.into_iter().next() {
            return fail(format!("`{name}` is no script: {first}"));
        }
        let is_part = name.starts_with(&self.folder);
        let mut cuts = Vec::new();
        for statement in &parsed.program.body {
            let whole = statement.span();
            match statement {
                Statement::ImportDeclaration(import) => {
                    let from = import.source.value.as_str();
                    let from =
                        from.split_once("{{").and_then(|(_, rest)| rest.split_once("}}"));
                    let Some((part, _)) =
                        from.filter(|(part, _)| part.starts_with(&self.folder))
                    else {
                        continue;
                    };
                    if !is_plain(import) {
                        return fail(format!(
                            "`{name}` imports `{part}` under another name"
                        ));
                    }
                    self.take(part, read)?;
                    cuts.push(whole.start..whole.end);
                }
                Statement::ExportDeclaration(export) if is_part => {
                    cuts.push(whole.start..export.declaration.span().start);
                }
                Statement::ExportDefaultDeclaration(_)
                | Statement::ExportAllDeclaration(_)
                | Statement::ExportNamedDeclaration(_)
                | Statement::ExportFromDeclaration(_)
                    if is_part =>
                {
                    return fail(format!(
                        "`{name}` exports something apart from where it is made: write \
                         `export` before it"
                    ));
                }
                _ => {}
            }
        }
        let mut from = 0;
        for cut in cuts {
            let [start, end] =
                [cut.start, cut.end].map(|at| usize::try_from(at).unwrap_or(0));
            self.text.push_str(text.get(from..start).unwrap_or_default());
            from = end;
        }
        self.text.push_str(text.get(from..).unwrap_or_default());
        self.text.push('\n');
        Ok(())
    }
}

fn is_plain(import: &ImportDeclaration<'_>) -> bool {
    let mut all = import.specifiers.iter().flatten();
    all.all(|one| match one {
        ImportDeclarationSpecifier::ImportSpecifier(one) => {
            one.imported.name() == one.local.name
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_use_keeps_its_name() {
        let text =
            "// Why.\nexport function open(visit) { return self.caches[visit.key]; }";
        let short = script("a.js", text).unwrap_or_default();
        for kept in ["open", "self", "caches", "key"] {
            assert!(short.contains(kept), "{short}");
        }
        assert!(!short.contains("Why") && !short.contains("visit"), "{short}");
    }

    #[test]
    fn bundlers_are_still_told_what_they_need_not_read() {
        let text = "/* Why. */ a = (at) => import(/* @vite-ignore */ /* webpackIgnore: true */ at);";
        let short = script("a.js", text).unwrap_or_default();
        assert!(
            short.contains("@vite-ignore") && short.contains("webpackIgnore"),
            "{short}"
        );
        assert!(!short.contains("Why"), "{short}");
    }

    #[test]
    fn comments_are_left_out_and_nothing_else() {
        let page = "<p>1</p>\n<!-- Why. -->\n<p>2</p><!-- And -->";
        assert_eq!(without_comments(page, ["<!--", "-->"]), "<p>1</p>\n<p>2</p>");
        let style = "/* One. */\na { b: c; }\n/* Two. */\n";
        assert_eq!(without_comments(style, ["/*", "*/"]), "a { b: c; }\n");
    }

    #[test]
    fn what_is_no_script_is_refused_by_name() {
        assert!(script("a.js", "export function (").is_err());
        assert!(script("a.js", "const a = 1; const a = 2;").is_err());
    }

    #[test]
    fn parts_come_before_those_that_need_them_and_once() {
        let read = |name: &str| match name {
            "a.js" => Some(
                "import { b } from \"./{{a/b.js}}\";\nimport { c } from \"./{{a/c.js}}\";\nimport { d } from \"./{{d.js}}\";\nexport const a = b + c + d;",
            ),
            "a/b.js" => Some("import { c } from \"../{{a/c.js}}\";\nexport const b = c;"),
            "a/c.js" => Some("export const c = 1;"),
            _ => None,
        };
        let text = joined("a.js", &read).unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let wanted = [
            "const c = 1;",
            "const b = c;",
            "import { d } from \"./{{d.js}}\";",
            "export const a = b + c + d;",
        ];
        assert_eq!(lines, wanted);
    }

    #[test]
    fn a_part_under_another_name_is_refused() {
        for import in ["import * as b", "import { b as c }", "import b"] {
            let text = format!("{import} from \"./{{{{a/b.js}}}}\";");
            let read = |name: &str| match name {
                "a.js" => Some(text.as_str()),
                "a/b.js" => Some("export const b = 1;"),
                _ => None,
            };
            assert!(joined("a.js", &read).is_err(), "{import}");
        }
    }
}
