//! Draws from the posterior.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;

use nuts_rs::rand::rngs::ChaCha8Rng;
use nuts_rs::rand::{Rng, SeedableRng};
use nuts_rs::{
    Chain, CpuLogpFunc, CpuMath, CpuMathError, HasDims, LogpError, LowRankNutsSettings, Settings,
};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::posterior::{NUMBERS, Posterior};

/// People of whom a chain starts from one.
const STARTS: usize = 200;

/// How much is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Chains, each from a start of its own drawn from the prior.
    pub chains: u64,
    /// Draws of a chain that tune the sampler and are thrown away.
    pub tuning: u64,
    /// Draws of a chain that are kept.
    pub draws: u64,
    /// The same seed draws the same.
    pub seed: u64,
}

/// What was drawn.
#[derive(Debug)]
pub struct Draws {
    /// The numbers of a person, by chain.
    pub chains: Vec<Vec<[f64; NUMBERS]>>,
    /// Draws whose path left the energy's level: a density that the steps are too coarse for.
    pub divergences: usize,
    /// How often density and gradient were asked for.
    pub gradients: u64,
}

struct Density<'a>(&'a Posterior<'a>);

#[derive(Debug)]
struct Unreasonable(eccentric::Error);

impl fmt::Display for Unreasonable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Unreasonable {}

impl LogpError for Unreasonable {
    /// A trial step so far out that the legs cannot be: the path ends there.
    fn is_recoverable(&self) -> bool {
        true
    }
}

impl HasDims for Density<'_> {
    fn dim_sizes(&self) -> HashMap<String, u64> {
        HashMap::from([("unconstrained_parameter".to_owned(), NUMBERS as u64)])
    }
}

impl CpuLogpFunc for Density<'_> {
    type LogpError = Unreasonable;
    type FlowParameters = ();
    type ExpandedVector = Vec<f64>;

    fn dim(&self) -> usize {
        NUMBERS
    }

    fn logp(&mut self, position: &[f64], gradient: &mut [f64]) -> Result<f64, Unreasonable> {
        self.0.with_gradient(&point(position), gradient).map_err(Unreasonable)
    }

    fn expand_vector<R: Rng + ?Sized>(
        &mut self,
        _random: &mut R,
        position: &[f64],
    ) -> Result<Vec<f64>, CpuMathError> {
        Ok(position.to_vec())
    }
}

fn point(position: &[f64]) -> [f64; NUMBERS] {
    std::array::from_fn(|i| position[i])
}

/// Draws people from a posterior with the no-U-turn sampler.
///
/// # Errors
/// What `nuts-rs` reports, such as a start with no density.
pub fn sample(
    posterior: &Posterior<'_>,
    plan: &Plan,
) -> Result<Draws, Box<dyn Error + Send + Sync>> {
    let settings = LowRankNutsSettings {
        num_tune: plan.tuning,
        num_draws: plan.draws,
        ..LowRankNutsSettings::default()
    };
    let mut draws = Draws { chains: Vec::new(), divergences: 0, gradients: 0 };
    for number in 0..plan.chains {
        let mut random = ChaCha8Rng::seed_from_u64(plan.seed.wrapping_mul(1000) + number);
        let math = CpuMath::new(Density(posterior));
        let mut chain = settings.new_chain(number, math, &mut random)?;
        chain.set_position(&start(posterior, &mut random))?;
        let mut kept = Vec::with_capacity(plan.draws as usize);
        for k in 0..plan.tuning + plan.draws {
            let (position, progress) = chain.draw()?;
            draws.gradients += progress.num_gradients;
            if k >= plan.tuning {
                draws.divergences += usize::from(progress.diverging);
                kept.push(posterior.person(&point(&position)).numbers());
            }
        }
        draws.chains.push(kept);
    }
    Ok(draws)
}

/// A person out of many of the population, each as probable as the ratings make it: far from them all
/// ratings look like outliers, and a chain would stay there.
fn start(posterior: &Posterior<'_>, random: &mut ChaCha8Rng) -> [f64; NUMBERS] {
    let standard = Normal::standard();
    let mut uniform = || ((random.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
    let mut best = ([0.0; NUMBERS], f64::NEG_INFINITY);
    for _ in 0..STARTS {
        let z: [f64; NUMBERS] = std::array::from_fn(|_| standard.inverse_cdf(uniform()));
        // The largest of logarithms with Gumbel noise is a draw in proportion to what they are of.
        let gumbel = -(-uniform().ln()).ln();
        let Ok(log) = posterior.log_density(&z) else { continue };
        let log = log + 0.5 * z.iter().map(|z| z * z).sum::<f64>() + gumbel;
        if log > best.1 {
            best = (z, log);
        }
    }
    best.0
}
