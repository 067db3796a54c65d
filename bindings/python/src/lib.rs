//! The native half of the Python package `eccentric`: values of the model behind handles, arrays in, arrays
//! out. What users see, with its documentation, is the Python half in `python/eccentric`.
//!
//! Every handle has `fields()` (what its Python class shows), `report()` (the versioned JSON of the command
//! as a dictionary), `to_json()` and `from_json()` (what is stored and pickled).

mod activity;
mod arrays;
mod athlete;
mod errors;
mod evidence;
mod forecast;
mod load;
mod person;
mod plan;
mod race;
mod state;
mod today;

use pyo3::prelude::*;

#[pymodule]
mod _native {
    #[pymodule_export]
    use super::activity::{Activity, read_bytes, read_path};
    #[pymodule_export]
    use super::errors::{EccentricError, EvidenceError, ReadError};
    #[pymodule_export]
    use super::evidence::score;
    #[pymodule_export]
    use super::forecast::{Outlook, forecast};
    #[pymodule_export]
    use super::load::{Load, points_per_km};
    #[pymodule_export]
    use super::person::{Profile, fit};
    #[pymodule_export]
    use super::plan::{Plan, plan};
    #[pymodule_export]
    use super::race::{Course, Race, race};
    #[pymodule_export]
    use super::state::State;
    #[pymodule_export]
    use super::today::{Today, today};

    #[pymodule_init]
    fn init(module: &super::Bound<'_, super::PyModule>) -> super::PyResult<()> {
        use super::PyModuleMethods;
        module.add("BUILD_UP", eccentric::params::fixed::BUILD_UP)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
