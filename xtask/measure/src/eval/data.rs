//! Where the labelled data is, and its files by their documented names.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The folder with the labelled data.
pub struct Data {
    folder: Option<PathBuf>,
}

impl Data {
    /// The folder that was named, else the first `shared/data` beside the repository or above it.
    pub fn find(named: Option<&Path>) -> Result<Self> {
        let folder = match named {
            Some(folder) if !folder.is_dir() => {
                bail!(
                    "{} is not a folder; --data names one with labelled data",
                    folder.display()
                )
            }
            Some(folder) => Some(folder.to_path_buf()),
            None => Path::new(env!("CARGO_MANIFEST_DIR"))
                .ancestors()
                .map(|above| above.join("shared/data"))
                .find(|folder| folder.is_dir()),
        };
        Ok(Self { folder })
    }

    /// The folder in words.
    pub fn describe(&self) -> String {
        self.folder.as_ref().map_or_else(
            || "none found beside the repository; --data names a folder".to_owned(),
            |folder| folder.display().to_string(),
        )
    }

    /// The files at `place` below the folder or its `postings`, sorted. The last part of `place` may hold one `*`.
    pub fn files(&self, place: &str) -> Result<Vec<PathBuf>> {
        let Some(folder) = &self.folder else {
            return Ok(Vec::new());
        };
        let (below, name) = place.rsplit_once('/').unwrap_or(("", place));
        let (head, tail) = name.split_once('*').unwrap_or((name, ""));
        let is_wanted = |file: &str| {
            if name.contains('*') {
                file.len() >= name.len() - 1 && file.starts_with(head) && file.ends_with(tail)
            } else {
                file == name
            }
        };
        let mut files = Vec::new();
        for parent in [folder.join(below), folder.join("postings").join(below)] {
            if !parent.is_dir() {
                continue;
            }
            let entries = std::fs::read_dir(&parent)
                .with_context(|| format!("cannot list {}", parent.display()))?;
            for entry in entries {
                let entry = entry?;
                if is_wanted(&entry.file_name().to_string_lossy()) && entry.path().is_file() {
                    files.push(entry.path());
                }
            }
        }
        files.sort();
        Ok(files)
    }
}

/// A file's text.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// A file's name without its folder, to tell figures of several files apart.
pub fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_documented_name_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let postings = folder.path().join("postings");
        std::fs::create_dir_all(postings.join("skills")).unwrap();
        for file in [
            "titles_labelled_1.jsonl",
            "titles_labelled.jsonl",
            "titles_weak.jsonl",
            "skills/dev.json",
        ] {
            std::fs::write(postings.join(file), "").unwrap();
        }
        let data = Data::find(Some(folder.path())).unwrap();
        let names = |place: &str| -> Vec<String> {
            data.files(place).unwrap().iter().map(|p| name(p)).collect()
        };
        assert_eq!(
            names("titles_labelled*.jsonl"),
            ["titles_labelled.jsonl", "titles_labelled_1.jsonl"]
        );
        assert_eq!(names("skills/dev.json"), ["dev.json"]);
        assert!(names("absent.json").is_empty());
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_that_names_it() {
        let error = Data::find(Some(Path::new("/nowhere/at/all")))
            .err()
            .unwrap();
        assert!(error.to_string().contains("/nowhere/at/all"));
    }
}
