//! Go modules, and what a cluster is told to run.

use super::{Ecosystem, Named};

/// The modules that `go.mod` requires, those only needed by others left out.
pub(super) fn go_mod(text: &str) -> Vec<Named> {
    let mut named = vec![Named::tool("go-modules")];
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("require (") {
            inside = true;
        } else if line == ")" {
            inside = false;
        } else if let Some(rest) = line.strip_prefix("require ").or(inside.then_some(line)) {
            let module = rest.split_whitespace().next();
            let direct = module.filter(|_| !rest.contains("// indirect"));
            let direct = direct.filter(|module| !module.starts_with("//"));
            named.extend(direct.map(|module| Named::new(Ecosystem::Go, module)));
        }
    }
    named
}

/// Whether YAML files of this path's folder are usually told to a cluster.
pub(super) fn is_cluster_folder(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| {
        matches!(
            folder.to_lowercase().as_str(),
            "k8s" | "kubernetes" | "manifests" | "deploy" | "deployment" | "helm" | "charts"
        )
    })
}

/// Kubernetes, if the file speaks to it.
pub(super) fn cluster(text: &str) -> Vec<Named> {
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    if has("apiVersion:") && has("kind:") {
        vec![Named::tool("kubernetes")]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direct_modules_are_named() {
        let text = "module example.org/shop\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.9.1\nrequire (\n\tgithub.com/jackc/pgx/v5 v5.5.0\n\tgolang.org/x/sys v0.1.0 // indirect\n)\n";
        let told: Vec<String> = go_mod(text).into_iter().map(|one| one.name).collect();
        assert_eq!(
            told,
            [
                "go-modules",
                "github.com/gin-gonic/gin",
                "github.com/jackc/pgx/v5"
            ]
        );
    }

    #[test]
    fn only_what_speaks_to_a_cluster_names_it() {
        assert!(is_cluster_folder("ops/k8s/web.yaml"));
        assert_eq!(cluster("apiVersion: v1\nkind: Service\n").len(), 1);
        assert!(cluster("name: x\n").is_empty());
    }
}
