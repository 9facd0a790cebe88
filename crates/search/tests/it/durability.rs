//! Directories: what survives, and what is said when something did not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use search::{Document, Error, Field, Index, Opened, Options, Schema};

use crate::support::{found, schema, search};

fn ready(opened: Result<Opened, Error>) -> Index {
    match opened.unwrap() {
        Opened::Ready(index) => index,
        Opened::NeedsRebuild { reason } => panic!("{reason}"),
    }
}

fn refused(opened: Result<Opened, Error>) -> String {
    match opened.unwrap() {
        Opened::NeedsRebuild { reason } => reason,
        Opened::Ready(index) => panic!("{index:?}"),
    }
}

fn open(directory: &Path) -> Result<Opened, Error> {
    Index::open(directory, schema(), Options::default())
}

/// A directory with an index of two commits: document 1 at position 10, document 2 at position 20.
fn filled() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let index = ready(open(directory.path()));
    assert_eq!(index.position(), None);
    for id in [1, 2] {
        index
            .put([Document::new(id).with("body", "word").with("maker", "Ada")])
            .unwrap();
        index.commit(id * 10).unwrap();
    }
    directory
}

fn file_ending(directory: &Path, ending: &str) -> PathBuf {
    let mut files = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .find(|path| path.to_string_lossy().ends_with(ending))
        .unwrap()
}

#[test]
fn a_reopened_index_has_its_content_and_position() {
    let directory = filled();
    let index = ready(open(directory.path()));
    assert_eq!(
        (index.position(), found(&index, "word")),
        (Some(20), vec![1, 2])
    );
    assert_eq!(index.damaged_files().unwrap(), Vec::<String>::new());
}

#[test]
fn uncommitted_changes_are_lost_and_nothing_else() {
    let directory = filled();
    let index = ready(open(directory.path()));
    index.put([Document::new(3).with("body", "word")]).unwrap();
    drop(index);
    let index = ready(open(directory.path()));
    assert_eq!(
        (index.position(), found(&index, "word")),
        (Some(20), vec![1, 2])
    );
}

#[test]
fn a_killed_writer_leaves_position_and_content_consistent() {
    const DIRECTORY: &str = "SEARCH_TEST_KILLED_DIRECTORY";
    #[expect(
        clippy::disallowed_methods,
        reason = "the test runs itself as the process that is killed"
    )]
    if let Ok(directory) = std::env::var(DIRECTORY) {
        let index = ready(open(Path::new(&directory)));
        for id in index.position().unwrap_or(0) + 1.. {
            index.put([Document::new(id).with("body", "word")]).unwrap();
            index.commit(id).unwrap();
        }
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let mut last = 0;
    for _ in 0..3 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "durability::a_killed_writer_leaves_position_and_content_consistent",
            ])
            .env(DIRECTORY, directory.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        wait_for_commits(directory.path(), last + 5, &mut writer);
        writer.kill().unwrap();
        writer.wait().unwrap();
        let index = ready(open(directory.path()));
        let position = index.position().unwrap();
        assert!(position >= last + 5);
        assert_eq!(search(&index, "word").total, position);
        assert_eq!(index.damaged_files().unwrap(), Vec::<String>::new());
        last = position;
    }
}

/// Waits until another process has committed that far.
fn wait_for_commits(directory: &Path, position: u64, writer: &mut Child) {
    loop {
        assert_eq!(
            writer.try_wait().unwrap(),
            None,
            "the writer ended by itself"
        );
        match Index::open_reader(directory, schema()).unwrap() {
            Opened::Ready(index) if index.position() >= Some(position) => return,
            Opened::Ready(_) => {}
            Opened::NeedsRebuild { reason } => assert!(reason.contains("no index yet"), "{reason}"),
        }
        std::thread::yield_now();
    }
}

#[test]
fn only_one_process_writes_while_others_read() {
    let directory = filled();
    let writer = ready(open(directory.path()));
    assert!(matches!(open(directory.path()), Err(Error::Locked(_))));
    assert!(matches!(
        Index::recreate(directory.path(), schema(), Options::default()),
        Err(Error::Locked(_))
    ));
    let reader = ready(Index::open_reader(directory.path(), schema()));
    writer.put([Document::new(3).with("body", "word")]).unwrap();
    writer.commit(30).unwrap();
    assert_eq!(found(&reader, "word"), [1, 2]);
    reader.reload().unwrap();
    assert_eq!(
        (found(&reader, "word"), reader.position()),
        (vec![1, 2, 3], Some(30))
    );
    assert!(matches!(
        reader.put([Document::new(4)]),
        Err(Error::ReadOnly)
    ));
    assert!(matches!(reader.commit(40), Err(Error::ReadOnly)));
}

#[test]
fn a_reader_needs_an_index() {
    let directory = tempfile::tempdir().unwrap();
    assert!(
        refused(Index::open_reader(&directory.path().join("none"), schema()))
            .contains("no index yet")
    );
}

#[test]
fn another_schema_asks_for_a_rebuild() {
    let directory = filled();
    let fields = schema()
        .fields()
        .iter()
        .cloned()
        .chain([Field::integer("weight")])
        .collect::<Vec<_>>();
    let wider = Schema::new(fields).unwrap();
    let reason = refused(Index::open(
        directory.path(),
        wider.clone(),
        Options::default(),
    ));
    assert!(reason.contains("weight: integer"), "{reason}");
    let index = Index::recreate(directory.path(), wider, Options::default()).unwrap();
    assert_eq!((index.document_count(), index.position()), (0, None));
    drop(index);
    assert!(refused(open(directory.path())).contains("no longer declared"));
}

#[test]
fn another_boost_needs_no_rebuild() {
    let directory = filled();
    let plain = schema();
    let boosted = plain.fields().iter().map(|field| match field {
        Field::Text { name, .. } => Field::text(name, 9.0),
        field => field.clone(),
    });
    let boosted = Schema::new(boosted.collect::<Vec<_>>()).unwrap();
    assert_eq!(
        ready(Index::open(directory.path(), boosted, Options::default())).document_count(),
        2
    );
}

#[test]
fn damage_asks_for_a_rebuild_and_a_rebuild_mends_it() {
    for (ending, content) in [
        ("meta.json", Some(&b"{"[..])),
        ("layout.json", Some(b"[]")),
        ("layout.json", None),
        (".fast", None),
        (".fast", Some(b"")),
        (".fast", Some(b"not a column file, and of no use as one")),
        (".term", Some(b"short")),
        (".idx", None),
    ] {
        let directory = filled();
        let file = file_ending(directory.path(), ending);
        match content {
            Some(content) => fs::write(&file, content).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let reason = refused(open(directory.path()));
        assert!(!reason.is_empty(), "{ending}");
        let index = Index::recreate(directory.path(), schema(), Options::default()).unwrap();
        index.put([Document::new(7).with("body", "word")]).unwrap();
        index.commit(70).unwrap();
        assert_eq!(found(&index, "word"), [7], "{ending}");
    }
}

#[test]
fn flipped_bytes_are_found_by_the_check() {
    let directory = filled();
    let file = file_ending(directory.path(), ".idx");
    let mut bytes = fs::read(&file).unwrap();
    bytes[0] ^= 0xff;
    fs::write(&file, bytes).unwrap();
    let index = ready(Index::open_reader(directory.path(), schema()));
    assert_eq!(index.damaged_files().unwrap().len(), 1);
}

#[test]
fn foreign_files_are_reported_and_never_touched() {
    let directory = tempfile::tempdir().unwrap();
    let letter = directory.path().join("letter.txt");
    fs::write(&letter, "dear").unwrap();
    assert!(refused(open(directory.path())).contains("letter.txt"));
    drop(Index::recreate(directory.path(), schema(), Options::default()).unwrap());
    assert_eq!(fs::read_to_string(&letter).unwrap(), "dear");
    assert_eq!(ready(open(directory.path())).document_count(), 0);
    assert!(refused(open(&letter)).contains("is a file"));
}

#[test]
fn schemas_are_checked() {
    let text = || Field::text("body", 1.0);
    for fields in [
        vec![],
        vec![Field::integer("n")],
        vec![text(), text()],
        vec![text(), Field::integer("_id")],
    ] {
        assert!(matches!(Schema::new(fields), Err(Error::Schema(_))));
    }
}
