//! Naming a JSON file that is no JSON Resume.

use serde_json::{Map, Value};

/// Formats that are known by their keys: all of these, and the name with what to do.
const FORMATS: [(&[&str], &str); 9] = [
    (
        &["basics", "sections", "metadata"],
        "a file of Reactive Resume: choose its export as JSON Resume, or as PDF",
    ),
    (
        &["workExpList"],
        "the resume.json of visiky's resume generator: export the resume there as PDF",
    ),
    (
        &["titleNameMap"],
        "the resume.json of visiky's resume generator: export the resume there as PDF",
    ),
    (
        &["employment", "info"],
        "a FRESH resume: convert it with a tool for FRESH, such as HackMyResume, to JSON Resume",
    ),
    (
        &["SkillsPassport"],
        "Europass JSON: export the Europass document as XML or PDF",
    ),
    (
        &["cv", "design"],
        "the input of RenderCV: bring the PDF or the Markdown that it makes",
    ),
    (
        &["dependencies", "version"],
        "the description of an npm package",
    ),
    (
        &["resumeState"],
        "a saved state of a resume editor in the browser: export the resume there as JSON Resume or PDF",
    ),
    (
        &["firstName", "positions"],
        "profile data of LinkedIn: bring the ZIP of LinkedIn's own data export",
    ),
];

/// Why a JSON object without any section of JSON Resume is refused: what it is, where that is known, and what to do.
pub fn refusal(root: &Map<String, Value>) -> String {
    if let Some(name) = named(root) {
        return format!("this is {name}");
    }
    if root.contains_key("basic") {
        return "`basic` is no section of JSON Resume: it is called `basics`. Rename it in the file and choose the file again".into();
    }
    let keys: Vec<String> = root.keys().take(5).map(|key| format!("`{key}`")).collect();
    let holds = if keys.is_empty() {
        "it is empty".to_owned()
    } else {
        format!("it holds {}", keys.join(", "))
    };
    format!(
        "this JSON is no JSON Resume: {holds}, and none of `basics`, `work`, `education`, `skills` and the other sections. \
         Export the resume as JSON Resume, or bring its PDF"
    )
}

/// The name of a known format that only looks like JSON Resume, or not even that.
pub fn named(root: &Map<String, Value>) -> Option<&'static str> {
    let known = FORMATS
        .iter()
        .find(|(keys, _)| keys.iter().all(|key| root.contains_key(*key)));
    known.map(|(_, name)| *name)
}
