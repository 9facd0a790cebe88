//! In which language a file is written, by its name or by the interpreter that its first line names.
//!
//! The table holds what servers and their surroundings are written in. It is facts of the languages' own documentation, so it is
//! kept here rather than taken from a detector that also needs the text of every file.

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its name, as its makers write it.
    pub name: &'static str,
    /// Endings of names, without the dot.
    extensions: &'static [&'static str],
    /// Whole names of files.
    names: &'static [&'static str],
    /// Programs that a first line `#!` names.
    interpreters: &'static [&'static str],
}

const fn language(name: &'static str, extensions: &'static [&'static str]) -> Language {
    Language {
        name,
        extensions,
        names: &[],
        interpreters: &[],
    }
}

impl Language {
    const fn named(self, names: &'static [&'static str]) -> Self {
        Self { names, ..self }
    }

    const fn run_by(self, interpreters: &'static [&'static str]) -> Self {
        Self {
            interpreters,
            ..self
        }
    }
}

/// All languages that are told apart.
const LANGUAGES: &[Language] = &[
    language("Assembly", &["asm", "s", "nasm"]),
    language("Awk", &["awk"]).run_by(&["awk", "gawk"]),
    language("Bash", &["sh", "bash", "zsh", "ksh", "bats"]).run_by(&["sh", "bash", "zsh", "dash"]),
    language("C", &["c", "h"]),
    language("C#", &["cs", "csx", "cshtml", "razor"]),
    language("C++", &["cpp", "cc", "cxx", "hpp", "hh", "hxx", "ino"]),
    language("CMake", &["cmake"]).named(&["CMakeLists.txt"]),
    language("COBOL", &["cob", "cbl", "cpy"]),
    language("CSS", &["css", "scss", "sass", "less"]),
    language("Clojure", &["clj", "cljs", "cljc", "edn"]),
    language("Crystal", &["cr"]),
    language("Dart", &["dart"]),
    language("Dockerfile", &["dockerfile"]).named(&["Dockerfile", "Containerfile"]),
    language("Elixir", &["ex", "exs", "heex"]).run_by(&["elixir"]),
    language("Elm", &["elm"]),
    language("Erlang", &["erl", "hrl"]).run_by(&["escript"]),
    language("F#", &["fs", "fsx", "fsi"]),
    language("Fortran", &["f90", "f95", "f03", "f"]),
    language("Go", &["go"]),
    language("GraphQL", &["graphql", "gql"]),
    language("Groovy", &["groovy", "gvy", "gradle"])
        .named(&["Jenkinsfile"])
        .run_by(&["groovy"]),
    language("HTML", &["html", "htm", "xhtml"]),
    language("Haskell", &["hs", "lhs"]).run_by(&["runhaskell"]),
    language("JavaScript", &["js", "mjs", "cjs", "jsx"]).run_by(&["node", "nodejs"]),
    language("Java", &["java", "jsp"]),
    language("Julia", &["jl"]).run_by(&["julia"]),
    language("Jupyter Notebook", &["ipynb"]),
    language("Kotlin", &["kt", "kts"]).run_by(&["kotlin"]),
    language("Lisp", &["lisp", "lsp", "cl"]),
    language("Lua", &["lua"]).run_by(&["lua", "luajit"]),
    language("MATLAB", &["m"]),
    language("Makefile", &["mk", "mak"]).named(&["Makefile", "GNUmakefile", "makefile"]),
    language("Nim", &["nim"]),
    language("Nix", &["nix"]),
    language("OCaml", &["ml", "mli"]).run_by(&["ocaml"]),
    language("Objective-C", &["mm"]),
    language("PHP", &["php", "phtml", "php5"]).run_by(&["php"]),
    language("PL/SQL", &["pls", "plsql", "pkb", "pks"]),
    language("Pascal", &["pas", "dpr"]),
    language("Perl", &["pl", "pm", "t"]).run_by(&["perl"]),
    language("PowerShell", &["ps1", "psm1", "psd1"]).run_by(&["pwsh"]),
    language("Protocol Buffers", &["proto"]),
    language("Python", &["py", "pyi", "pyw", "pyx"])
        .named(&["SConstruct"])
        .run_by(&["python", "python2", "python3"]),
    language("R", &["r", "rmd"]).run_by(&["rscript"]),
    language("Ruby", &["rb", "rake", "gemspec", "erb", "ru"])
        .named(&["Rakefile", "Gemfile", "Vagrantfile"])
        .run_by(&["ruby"]),
    language("Rust", &["rs"]),
    language("SQL", &["sql", "psql", "ddl"]),
    language("Scala", &["scala", "sc", "sbt"]).run_by(&["scala"]),
    language("Scheme", &["scm", "ss", "rkt"]),
    language("Solidity", &["sol"]),
    language("Svelte", &["svelte"]),
    language("Swift", &["swift"]).run_by(&["swift"]),
    language("Terraform", &["tf", "tfvars", "hcl"]),
    language("Thrift", &["thrift"]),
    language("TypeScript", &["ts", "tsx", "mts", "cts"]).run_by(&["ts-node", "deno", "bun"]),
    language("VHDL", &["vhd", "vhdl"]),
    language("Verilog", &["v", "sv"]),
    language("Visual Basic", &["vb", "vbs"]),
    language("Vue", &["vue"]),
    language("Zig", &["zig"]),
];

/// The longest first line that is looked at, in bytes.
const FIRST_LINE: usize = 120;

/// The language of a file, by its path and, where the name says nothing, by its first line.
pub fn language_of(path: &str, content: &[u8]) -> Option<&'static Language> {
    let name = path.rsplit('/').next().unwrap_or(path);
    by_name(name).or_else(|| by_first_line(content))
}

/// The language that a file's name tells, if it does.
pub(crate) fn by_name(name: &str) -> Option<&'static Language> {
    // `Dockerfile.dev` is still one.
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let whole = |language: &&Language| {
        language.names.contains(&name) || (stem == "Dockerfile" && language.names.contains(&stem))
    };
    if let Some(found) = LANGUAGES.iter().find(whole) {
        return Some(found);
    }
    let extension = name.rsplit_once('.')?.1.to_lowercase();
    LANGUAGES
        .iter()
        .find(|language| language.extensions.contains(&extension.as_str()))
}

/// Whether only the content can tell the language: the name has no ending.
pub(crate) fn needs_content(name: &str) -> bool {
    !name.contains('.')
}

fn by_first_line(content: &[u8]) -> Option<&'static Language> {
    let head = &content[..content.len().min(FIRST_LINE)];
    let line = head.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?.strip_prefix("#!")?;
    let mut words = line.split_whitespace();
    let mut program = base(words.next()?);
    if program == "env" {
        program = words
            .map(base)
            .find(|word| !word.starts_with('-') && !word.contains('='))?;
    }
    let program = program.to_lowercase();
    let unversioned = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let runs = |language: &&Language| {
        language.interpreters.contains(&program.as_str())
            || language.interpreters.contains(&unversioned)
    };
    LANGUAGES.iter().find(runs)
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(path: &str, content: &str) -> Option<&'static str> {
        language_of(path, content.as_bytes()).map(|language| language.name)
    }

    #[test]
    fn names_and_endings_tell_the_language() {
        assert_eq!(name("src/App.java", ""), Some("Java"));
        assert_eq!(name("deploy/Dockerfile.dev", ""), Some("Dockerfile"));
        assert_eq!(name("Makefile", ""), Some("Makefile"));
        assert_eq!(name("db/V1__init.SQL", ""), Some("SQL"));
        assert_eq!(name("README", ""), None);
        assert_eq!(name("picture.png", ""), None);
    }

    #[test]
    fn a_first_line_tells_what_the_name_does_not() {
        assert_eq!(
            name("bin/run", "#!/usr/bin/env -S python3.12 -u\n"),
            Some("Python")
        );
        assert_eq!(name("bin/run", "#!/bin/sh\n"), Some("Bash"));
        assert_eq!(name("bin/run", "#!\n"), None);
        assert_eq!(name("bin/run", "#! /opt/unheard-of\n"), None);
    }

    #[test]
    fn no_ending_stands_for_two_languages() {
        let mut seen = std::collections::HashSet::new();
        for language in LANGUAGES {
            for extension in language.extensions {
                assert!(seen.insert(extension), "{extension} stands twice");
            }
        }
    }
}
