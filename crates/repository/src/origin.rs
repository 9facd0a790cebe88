//! Where a repository's remote can be seen on the web.

/// The page of a remote: `git@host:owner/name.git` and `https://user:secret@host/owner/name.git` become
/// `https://host/owner/name`. None for folders and for addresses that name no host.
pub(crate) fn page_of(address: &str) -> Option<String> {
    let address = address.trim();
    if address.len() > 2_000
        || address
            .chars()
            .any(|c| c.is_control() || c == ' ' || c == '"')
    {
        return None;
    }
    let (host, path) = match address.split_once("://") {
        Some(("https" | "http" | "ssh" | "git" | "git+ssh", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        // The short form of ssh; a drive's letter is no host.
        None => address
            .split_once(':')
            .filter(|(host, _)| host.len() > 1 && !host.contains('/'))?,
    };
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_host = host.contains('.')
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    (is_host && !path.is_empty()).then(|| format!("https://{}/{path}", host.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn every_form_of_a_remote_becomes_its_page() {
        for address in [
            "git@code.example.org:ada/shop.git",
            "ssh://git@code.example.org:2222/ada/shop.git",
            "https://ada:secret@code.example.org/ada/shop.git",
            "https://Code.Example.org/ada/shop/",
        ] {
            assert_eq!(
                page_of(address).as_deref(),
                Some("https://code.example.org/ada/shop"),
                "{address}"
            );
        }
    }

    #[test]
    fn folders_and_odd_addresses_have_no_page() {
        for address in [
            "/srv/git/shop.git",
            "../shop",
            "C:\\git\\shop",
            "file:///srv/git/shop",
            "https://localhost/x",
            "https://code.example.org/",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(page_of(address), None, "{address}");
        }
    }
}
