//! Profiles of earlier releases stay loadable.

use alloc::vec::Vec;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::matrix::NUMBERS;
use super::profile::prior;
use crate::params::Parameters;

/// A covariance of the numbers that an earlier release knew; the ones that came later are as unknown as
/// they are without ratings. Numbers are only ever added at the end.
pub(super) fn covariance<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<[[f64; NUMBERS]; NUMBERS], D::Error> {
    let rows = Vec::<Vec<f64>>::deserialize(from)?;
    let known = rows.len();
    if known > NUMBERS || rows.iter().any(|row| row.len() != known) {
        return Err(Error::invalid_length(known, &"a square covariance of a person"));
    }
    let mut covariance = prior(&Parameters::default()).covariance;
    for (to, row) in covariance.iter_mut().zip(&rows) {
        to[..known].copy_from_slice(row);
    }
    Ok(covariance)
}
