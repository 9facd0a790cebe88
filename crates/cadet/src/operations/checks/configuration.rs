//! Check of the configuration: values that work, but not as one would want.

use crate::config::Config;
use crate::operations::model::Check;
use crate::state::Ctx;

/// What is odd in the configuration.
pub(super) fn settings(ctx: &Ctx) -> Check {
    const NAME: &str = "configuration";
    let odd = oddities(&ctx.config);
    if odd.is_empty() {
        return Check::ok(NAME, "Nothing odd in it.");
    }
    let (seen, advice): (Vec<_>, Vec<_>) = odd.into_iter().unzip();
    Check::warning(NAME, seen.join(" "), advice.join(" "))
}

/// What is odd, each with what to do. Pure.
fn oddities(config: &Config) -> Vec<(&'static str, &'static str)> {
    let server = &config.server;
    let public = server.public_url.as_deref().unwrap_or_default();
    let mut odd = Vec::new();
    if server.multi_user && public.is_empty() {
        odd.push((
            "Cadet serves many, but server.public_url is not set.",
            "Set it to the address that people use, as links in mails and invitations need it.",
        ));
    }
    if server.multi_user && public.starts_with("http://") {
        odd.push((
            "Passwords travel unencrypted: server.public_url begins with http://.",
            "Put a reverse proxy with TLS in front and set the address to https://.",
        ));
    }
    if server.multi_user && config.fetch.allow_private.iter().any(|host| host == "*") {
        odd.push((
            "fetch.allow_private is \"*\", so that every user reaches this network's private addresses.",
            "Name the hosts that are meant.",
        ));
    }
    if !server.multi_user && !server.bind.ip().is_loopback() {
        odd.push((
            "Cadet for one person listens beyond this machine.",
            "Bind 127.0.0.1, or serve many with --multi-user.",
        ));
    }
    if config.work.concurrency == 0 {
        odd.push((
            "work.concurrency is 0, so no job is ever done.",
            "Set it to 1 or more.",
        ));
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::oddities;
    use crate::config::Config;

    #[test]
    fn the_defaults_are_not_odd() {
        assert_eq!(oddities(&Config::default()), []);
    }

    #[test]
    fn a_server_for_many_without_address_or_with_open_private_networks_is_odd() {
        let mut config = Config::default();
        config.server.multi_user = true;
        config.fetch.allow_private = vec!["*".into()];
        let told: Vec<&str> = oddities(&config)
            .into_iter()
            .map(|(seen, _)| seen)
            .collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("server.public_url"));
        assert!(told[1].contains("fetch.allow_private"));
    }

    #[test]
    fn a_server_for_many_over_plain_http_is_odd() {
        let mut config = Config::default();
        config.server.multi_user = true;
        config.server.public_url = Some("http://cadet.example.org".into());
        assert!(oddities(&config)[0].0.contains("unencrypted"));
    }

    #[test]
    fn a_cadet_for_one_that_listens_to_the_world_is_odd() {
        let mut config = Config::default();
        config.server.bind = ([0, 0, 0, 0], 7878).into();
        assert!(oddities(&config)[0].0.contains("beyond this machine"));
    }
}
