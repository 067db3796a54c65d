//! Writes what a validation found.

use std::path::Path;

use crate::error::EvidenceError;
use crate::figures::figures;
use crate::markdown::document;
use crate::validate::Validation;

/// Start of the part of `validation.md` that is about something else than the tables.
const KEPT_FROM: &str = "<!-- From here on kept";

/// Writes `validation.md` and `figures/validation-*.svg` into a folder of documents. The first
/// validation is the main one; ablations are drawn from the first that has them. In an earlier
/// `validation.md`, everything from a comment "From here on kept" on stays as it is.
///
/// # Errors
/// [`EvidenceError::NoRows`] without a validation, [`EvidenceError::Io`] if a file can't be written,
/// [`EvidenceError::Figure`] if a figure can't be drawn.
pub fn write_validation(validations: &[Validation], docs: &Path) -> Result<(), EvidenceError> {
    let main = validations.first().ok_or(EvidenceError::NoRows)?;
    let ablated = validations.iter().find(|v| !v.ablations.is_empty()).unwrap_or(main);
    let folder = docs.join("figures");
    std::fs::create_dir_all(&folder)
        .map_err(|source| EvidenceError::Io { file: folder.clone(), source })?;
    let write = |file: std::path::PathBuf, text: String| {
        std::fs::write(&file, text).map_err(|source| EvidenceError::Io { file, source })
    };
    for (name, svg) in figures(main, ablated)? {
        write(folder.join(name), svg)?;
    }
    let file = docs.join("validation.md");
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    write(file, keeping(&before, document(validations)))
}

/// A document with what stands in the earlier one about something else.
fn keeping(before: &str, document: String) -> String {
    match before.find(KEPT_FROM) {
        Some(from) => format!("{document}\n{}", &before[from..]),
        None => document,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_something_else_stays() {
        let before = format!("old\n\n{KEPT_FROM} -->\n# The person\n");
        let after = keeping(&before, "new\n".to_owned());
        assert_eq!(after, format!("new\n\n{KEPT_FROM} -->\n# The person\n"));
        assert_eq!(keeping(&after, "new\n".to_owned()), after);
        assert_eq!(keeping("", "new\n".to_owned()), "new\n");
    }
}
