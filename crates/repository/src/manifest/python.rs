//! Python's `pyproject.toml`, `requirements*.txt` and `Pipfile`.

use toml::{Table, Value};

use super::{Ecosystem, Named};

/// A requirement such as `Django[argon2]>=5 ; python_version > "3"` as its normalised name.
fn name_of(requirement: &str) -> Option<Named> {
    let name: String = requirement
        .trim()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "._-".contains(*c))
        .collect();
    let normal = name.to_lowercase().replace(['_', '.'], "-");
    (!normal.is_empty() && normal != "python").then(|| Named::new(Ecosystem::Python, normal))
}

/// One requirement a line; options, addresses and comments are none.
pub(super) fn requirements(text: &str) -> Vec<Named> {
    let lines = text.lines().map(str::trim);
    let requirement =
        |line: &&str| !line.starts_with(['-', '#', '.', '/']) && !line.contains("://");
    let mut named = vec![Named::tool("pip")];
    named.extend(lines.filter(requirement).filter_map(name_of));
    named
}

/// Dependencies of a project, of Poetry, and of groups.
pub(super) fn pyproject(text: &str) -> Vec<Named> {
    let Ok(root) = text.parse::<Table>() else {
        return Vec::new();
    };
    let mut named = Vec::new();
    let project = table(&root, &["project"]);
    if let Some(project) = project {
        named.extend(list(project.get("dependencies")).filter_map(name_of));
        let optional = table(project, &["optional-dependencies"]);
        named.extend(groups(optional));
    }
    named.extend(
        groups(table(&root, &["dependency-groups"]))
            .into_iter()
            .map(|one| one.for_development(true)),
    );
    let Some(poetry) = table(&root, &["tool", "poetry"]) else {
        return named;
    };
    named.push(Named::tool("poetry"));
    let keys = |table: Option<&Table>, development: bool| {
        let names = table.into_iter().flat_map(Table::keys);
        names
            .filter_map(|name| name_of(name))
            .map(|one| one.for_development(development))
            .collect::<Vec<_>>()
    };
    named.extend(keys(table(poetry, &["dependencies"]), false));
    named.extend(keys(table(poetry, &["dev-dependencies"]), true));
    for group in table(poetry, &["group"])
        .into_iter()
        .flat_map(Table::values)
    {
        let of_group = group
            .as_table()
            .and_then(|group| table(group, &["dependencies"]));
        named.extend(keys(of_group, true));
    }
    named
}

/// The packages of a `Pipfile`.
pub(super) fn pipfile(text: &str) -> Vec<Named> {
    let Ok(root) = text.parse::<Table>() else {
        return Vec::new();
    };
    let of = |section: &str, development: bool| {
        let names = table(&root, &[section]).into_iter().flat_map(Table::keys);
        names
            .filter_map(|name| name_of(name))
            .map(|one| one.for_development(development))
            .collect::<Vec<_>>()
    };
    let mut named = of("packages", false);
    named.extend(of("dev-packages", true));
    named
}

fn table<'t>(root: &'t Table, path: &[&str]) -> Option<&'t Table> {
    let mut at = root;
    for key in path {
        at = at.get(*key)?.as_table()?;
    }
    Some(at)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = value.and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// The requirements of a table of lists.
fn groups(table: Option<&Table>) -> Vec<Named> {
    let lists = table.into_iter().flat_map(Table::values);
    lists
        .flat_map(|value| list(Some(value)))
        .filter_map(name_of)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(named: Vec<Named>) -> Vec<String> {
        named.into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn requirements_are_normalised_and_options_passed_over() {
        let text = "-r base.txt\nDjango[argon2]>=5\n# x\npsycopg2_binary==2.9 ; python_version > '3'\ngit+https://example.org/x.git\n\n";
        assert_eq!(
            names(requirements(text)),
            ["pip", "django", "psycopg2-binary"]
        );
    }

    #[test]
    fn projects_of_both_forms_are_read() {
        let text = "[project]\ndependencies = [\"fastapi>=0.110\", \"SQLAlchemy\"]\n[project.optional-dependencies]\ntest = [\"pytest\"]";
        assert_eq!(names(pyproject(text)), ["fastapi", "sqlalchemy", "pytest"]);
        let text = "[tool.poetry.dependencies]\npython = \"^3.12\"\nflask = \"*\"\n[tool.poetry.group.dev.dependencies]\npytest = \"*\"";
        assert_eq!(names(pyproject(text)), ["poetry", "flask", "pytest"]);
        assert!(pyproject("= =").is_empty());
    }
}
