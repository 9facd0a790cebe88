//! Installing what a test needs from Debian's packages, where that is possible, and saying what to install where it is not.

use anyhow::{Context, Result, bail};

use crate::shell;

/// Whether this program runs as root.
pub fn is_root() -> bool {
    shell::output(shell::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs `packages`, which are wanted for `purpose`. Without root or apt-get the error says what to install by hand.
pub fn install(purpose: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if shell::find_program(&["apt-get"], &[]).is_none() {
        bail!(
            "{purpose} is missing; install it with your system's packages (Debian calls it: {names})"
        );
    }
    if !is_root() {
        bail!("{purpose} is missing; install it with: sudo apt-get install {names}");
    }
    println!("installing {names} for {purpose}");
    let apt = |arguments: &[&str]| {
        let mut command = shell::command("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-q", "-y"])
            .args(arguments);
        // Packages print pages that nobody reads; the error holds them when something fails.
        shell::output(&mut command)
    };
    apt(&["update"])
        .with_context(|| format!("cannot read the package lists to install {names}"))?;
    apt(&[&["install", "--no-install-recommends"], packages].concat())
        .with_context(|| format!("cannot install {names} for {purpose}"))?;
    Ok(())
}
