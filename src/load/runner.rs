//! Who carries the load: body, pack and the lean mass that has to brake them.

use crate::bounds;
use crate::error::Result;
use crate::math::pow;
use crate::params::Parameters;

/// Body of the runner and what they carry.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Runner {
    /// Body mass in kg.
    pub mass_kg: f64,
    /// Mass carried in kg.
    #[cfg_attr(feature = "serde", serde(default))]
    pub pack_kg: f64,
    /// Fat as a fraction of body mass; the population's relation to mass if unknown.
    #[cfg_attr(feature = "serde", serde(default))]
    pub body_fat: Option<f64>,
    /// Age in years, if known. It widens what is not known of people who were rarely measured, and moves no
    /// expected value.
    #[cfg_attr(feature = "serde", serde(default))]
    pub age_years: Option<f64>,
}

/// Mass of the runner that defines the reference bout, in kg.
pub const REFERENCE_MASS_KG: f64 = 70.0;
/// Body fat of the runner that defines the reference bout.
pub const REFERENCE_BODY_FAT: f64 = 0.15;

impl Default for Runner {
    /// The runner of the reference bout: 70 kg, 15 % fat, no pack.
    fn default() -> Self {
        Self {
            mass_kg: REFERENCE_MASS_KG,
            pack_kg: 0.0,
            body_fat: Some(REFERENCE_BODY_FAT),
            age_years: None,
        }
    }
}

impl Runner {
    /// A runner of this mass without pack, body fat and age unknown.
    pub fn of_mass(mass_kg: f64) -> Self {
        Self { mass_kg, pack_kg: 0.0, body_fat: None, age_years: None }
    }

    /// Checks mass, pack, body fat and age.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] that names the quantity.
    pub fn check(&self) -> Result<()> {
        bounds::BODY_MASS.check(self.mass_kg)?;
        bounds::PACK_MASS.check(self.pack_kg)?;
        if let Some(body_fat) = self.body_fat {
            bounds::BODY_FAT.check(body_fat)?;
        }
        if let Some(age_years) = self.age_years {
            bounds::AGE.check(age_years)?;
        }
        Ok(())
    }

    /// Mass that is braked with every step, in kg.
    pub fn total_mass_kg(&self) -> f64 {
        self.mass_kg + self.pack_kg
    }

    /// Load over capacity: mass to brake per lean mass, relative to the reference runner.
    ///
    /// ```text
    /// phi = (body + pack) / lean  /  (1 / 0.85)
    /// lean = body (1 - fat), or 59.5 kg (body / 70 kg)^b with fat unknown
    /// ```
    ///
    /// Hickner 2001 (10.1152/jappl.2001.90.4.1334, tier B): the ratio of fat to lean mass explains
    /// 44 % of the strength loss after downhill running, body mass alone almost none.
    ///
    /// ```
    /// use eccentric::{load::Runner, params::Parameters};
    /// let p = Parameters::default();
    /// assert_eq!(Runner::default().load_over_capacity(&p), 1.0);
    /// let packed = Runner { pack_kg: 7.0, ..Runner::default() };
    /// assert!((packed.load_over_capacity(&p) - 1.1).abs() < 1e-12);
    /// ```
    pub fn load_over_capacity(&self, p: &Parameters) -> f64 {
        let reference_lean_kg = REFERENCE_MASS_KG * (1.0 - REFERENCE_BODY_FAT);
        let lean_kg = match self.body_fat {
            Some(fat) => self.mass_kg * (1.0 - fat),
            None => reference_lean_kg * pow(self.mass_kg / REFERENCE_MASS_KG, p.lean_mass_exponent),
        };
        self.total_mass_kg() / lean_kg * (reference_lean_kg / REFERENCE_MASS_KG)
    }
}
