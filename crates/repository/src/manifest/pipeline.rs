//! Pipelines of continuous integration.

use super::{Ecosystem, Named};

/// GitHub Actions, and the images of its services.
pub(super) fn github(text: &str) -> Vec<Named> {
    with_images("github-actions", text)
}

/// GitLab's pipelines, and the images of their jobs.
pub(super) fn gitlab(text: &str) -> Vec<Named> {
    with_images("gitlab-ci", text)
}

fn with_images(tool: &str, text: &str) -> Vec<Named> {
    let images = super::container::compose(text);
    let images = images
        .into_iter()
        .filter(|one| one.ecosystem == Ecosystem::Image);
    std::iter::once(Named::tool(tool)).chain(images).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipeline_names_its_tool_and_its_services() {
        let text = "jobs:\n  test:\n    services:\n      db:\n        image: postgres:16\n";
        let told: Vec<String> = github(text).into_iter().map(|one| one.name).collect();
        assert_eq!(told, ["github-actions", "postgres"]);
    }
}
