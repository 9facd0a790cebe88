use crate::testing;

#[test]
fn real_pdfs_are_read_without_a_model() {
    let Some(folder) = testing::shared("resumes/pdf") else {
        return;
    };
    for path in testing::files(&folder, ".pdf") {
        let bytes = std::fs::read(&path).unwrap();
        let imported = super::read(&bytes).unwrap();
        assert!(
            !imported.resume.basics.name.is_empty(),
            "{}",
            path.display()
        );
    }
}
