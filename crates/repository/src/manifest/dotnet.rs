//! Project files of .NET.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Ecosystem, Named};

/// Events of one file at most.
const MOST_EVENTS: usize = 20_000;

/// The packages, and the kit that the project is built with: `sdk:Microsoft.NET.Sdk.Web`.
pub(super) fn project(text: &str) -> Vec<Named> {
    let mut named = vec![Named::tool("dotnet")];
    let mut reader = Reader::from_str(text);
    for _ in 0..MOST_EVENTS {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let name = match start.local_name().as_ref() {
                    "PackageReference" => attribute(&start, "Include"),
                    "Project" => attribute(&start, "Sdk").map(|kit| format!("sdk:{kit}")),
                    _ => None,
                };
                named.extend(name.map(|name| Named::new(Ecosystem::DotNet, name)));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    named
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_and_the_kit_are_named() {
        let text = r#"<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Npgsql" Version="8" /></ItemGroup></Project>"#;
        let told: Vec<String> = project(text).into_iter().map(|one| one.name).collect();
        assert_eq!(told, ["dotnet", "sdk:Microsoft.NET.Sdk.Web", "Npgsql"]);
    }
}
