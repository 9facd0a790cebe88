//! Builds the bundle of the user interface, which the program embeds, from `ui/`.
//!
//! Needs Node.js with npm, and the network only when the packages of the lock file are not there yet. Nothing runs when
//! nothing changed. Two cargo processes that build at once take turns.

use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The oldest major version of Node.js that the bundler runs on.
const OLDEST_NODE: u32 = 20;
/// What the bundle is made from, in `ui/`.
const INPUTS: [&str; 6] = [
    "src",
    "clip",
    "css",
    "build.mjs",
    "package.json",
    "package-lock.json",
];
/// Left by whoever installed all packages; this program installs those of the bundle only.
const INSTALLED: [&str; 2] = [
    "node_modules/.installed-lock",
    "node_modules/.installed-bundle-lock",
];
/// Names the files of the bundle; written last.
const MANIFEST: &str = "dist/manifest.json";
/// Says from which inputs the bundle was built.
const BUILT: &str = "node_modules/.built-inputs";

fn main() -> Result<(), Box<dyn Error>> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../ui")
        .canonicalize()?;
    for input in INPUTS.iter().chain(&[MANIFEST]) {
        println!("cargo::rerun-if-changed={}", ui.join(input).display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    let _turn = take_turn(&ui)?;
    install(&ui)?;
    bundle(&ui)
}

/// Waits until no other process builds this folder's bundle.
fn take_turn(ui: &Path) -> Result<File, Box<dyn Error>> {
    let name = format!(
        "cadet-ui-{:016x}.lock",
        digest([ui.as_os_str().as_encoded_bytes()])
    );
    let path = std::env::temp_dir().join(name);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = file.map_err(|cause| format!("cannot open {}: {cause}", path.display()))?;
    file.lock()?;
    Ok(file)
}

/// Installs the packages exactly as the lock file says, unless they are there.
fn install(ui: &Path) -> Result<(), Box<dyn Error>> {
    let lock = fs::read_to_string(ui.join("package-lock.json"))?;
    let is_current =
        |stamp: &'static str| fs::read_to_string(ui.join(stamp)).is_ok_and(|text| text == lock);
    if INSTALLED.into_iter().any(is_current) {
        return Ok(());
    }
    check_node()?;
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args([
        "ci",
        "--omit=dev",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    run(
        &mut npm,
        ui,
        "npm cannot install the packages of ui/, which needs the network once",
    )?;
    fs::write(ui.join(INSTALLED[1]), lock)?;
    Ok(())
}

/// Builds the bundle, unless it is there and from the same inputs.
fn bundle(ui: &Path) -> Result<(), Box<dyn Error>> {
    let files = input_files(ui)?;
    let inputs = format!("{:016x}", inputs_digest(&files)?);
    let is_current = fs::read_to_string(ui.join(BUILT)).is_ok_and(|built| built == inputs);
    if !is_current || !ui.join(MANIFEST).exists() {
        check_node()?;
        run(
            Command::new("node").arg("build.mjs"),
            ui,
            "the user interface cannot be bundled",
        )?;
        fs::write(ui.join(BUILT), inputs)?;
    }
    date_back(&ui.join(MANIFEST), &files)
}

/// Dates a file that was made from `files` like the newest of them: what is newer than the start of this program would be
/// taken for a change by the next cargo, which then would compile all of Cadet again.
fn date_back(made: &Path, files: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for file in files {
        newest = newest.max(fs::metadata(file)?.modified()?);
    }
    File::options()
        .write(true)
        .open(made)?
        .set_modified(newest)?;
    Ok(())
}

fn check_node() -> Result<(), Box<dyn Error>> {
    let told = Command::new("node").arg("--version").output();
    let version = match &told {
        Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        Err(_) => return Err(format!("Node.js is missing. Cadet's user interface is built with it: install version {OLDEST_NODE} or newer, with npm, and build again.").into()),
    };
    let major = version.trim_start_matches('v').split('.').next();
    if major
        .and_then(|text| text.parse().ok())
        .is_none_or(|major: u32| major < OLDEST_NODE)
    {
        return Err(format!("Node.js {version} is too old to build Cadet's user interface. Install version {OLDEST_NODE} or newer, with npm, and build again.").into());
    }
    Ok(())
}

fn run(command: &mut Command, ui: &Path, failure: &str) -> Result<(), Box<dyn Error>> {
    let output = command.current_dir(ui).output();
    let output =
        output.map_err(|cause| format!("{failure}: {command:?} does not start: {cause}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{failure} ({}):\n{}", output.status, said.trim()).into())
}

fn input_files(ui: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&ui.join(input), &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn inputs_digest(files: &[PathBuf]) -> Result<u64, Box<dyn Error>> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(file)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

fn digest<T: Hash>(of: T) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
