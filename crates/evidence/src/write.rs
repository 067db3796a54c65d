//! Writes what a validation found.

use std::path::Path;

use crate::error::EvidenceError;
use crate::figures::figures;
use crate::markdown::document;
use crate::validate::Validation;

/// Writes `validation.md` and `figures/validation-*.svg` into a folder of documents. The first
/// validation is the main one; ablations are drawn from the first that has them.
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
    write(docs.join("validation.md"), document(validations))
}
