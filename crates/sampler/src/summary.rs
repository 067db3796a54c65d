//! What draws say, and whether they say enough.

use crate::posterior::NUMBERS;

/// Of one number of a person.
#[derive(Debug, Clone, Copy)]
pub struct Summary {
    /// Mean of all draws.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// Standard deviation of all draws against that inside the halves of the chains: 1 where all of them
    /// tell the same.
    pub r_hat: f64,
    /// Independent draws that would know the mean as well.
    pub ess: f64,
    /// Independent draws that would know the variance as well.
    pub ess_square: f64,
}

/// Of each number, by chain.
pub fn summary(chains: &[Vec<[f64; NUMBERS]>]) -> [Summary; NUMBERS] {
    std::array::from_fn(|i| {
        let halves: Vec<Vec<f64>> = chains
            .iter()
            .flat_map(|chain| chain.chunks_exact((chain.len() / 2).max(1)).take(2))
            .map(|half| half.iter().map(|draw| draw[i]).collect())
            .collect();
        let (mean, variance) = moments(&halves.concat());
        let square = |x: &f64| (x - mean).powi(2);
        let squares: Vec<Vec<f64>> =
            halves.iter().map(|half| half.iter().map(square).collect()).collect();
        let (r_hat, ess) = mixing(&halves);
        Summary { mean, sd: variance.sqrt(), r_hat, ess, ess_square: mixing(&squares).1 }
    })
}

fn moments(x: &[f64]) -> (f64, f64) {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    let square = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    (mean, square / (x.len() as f64 - 1.0))
}

/// R-hat and effective sample size of chains of the same length: the autocorrelation over all chains,
/// summed in pairs while the pairs are positive and don't grow.
fn mixing(chains: &[Vec<f64>]) -> (f64, f64) {
    let (m, n) = (chains.len() as f64, chains[0].len());
    let each: Vec<(f64, f64)> = chains.iter().map(|chain| moments(chain)).collect();
    let within = each.iter().map(|(_, variance)| variance).sum::<f64>() / m;
    let means: Vec<f64> = each.iter().map(|(mean, _)| *mean).collect();
    let between = if chains.len() > 1 { moments(&means).1 } else { 0.0 };
    let total = within * (n as f64 - 1.0) / n as f64 + between;
    let correlation = |lag: usize| {
        let products = chains.iter().zip(&each).map(|(chain, (mean, _))| {
            let pairs = chain.iter().zip(&chain[lag..]);
            pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n as f64
        });
        1.0 - (within - products.sum::<f64>() / m) / total
    };
    let (mut sum, mut last) = (0.0, f64::INFINITY);
    for lag in (0..n - 1).step_by(2) {
        let pair = (correlation(lag) + correlation(lag + 1)).min(last);
        if pair <= 0.0 {
            break;
        }
        sum += pair;
        last = pair;
    }
    let draws = m * n as f64;
    let time = (2.0 * sum - 1.0).max(1.0 / draws.log10());
    ((total / within).sqrt(), draws / time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A first-order autoregression has (1 - a) / (1 + a) independent draws for each.
    #[test]
    fn correlated_draws_count_less() {
        let mut state = 7_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        for (a, shift) in [(0.0, 0.0), (0.6, 0.0), (-0.3, 0.0), (0.0, 0.2)] {
            // Chains that differ stay correlated however long the lag.
            let draws = if shift == 0.0 { 20_000 } else { 1_000 };
            let chains: Vec<Vec<[f64; NUMBERS]>> = (0..4)
                .map(|chain| {
                    let mut x = 0.0;
                    let mut next = || {
                        x = a * x + uniform();
                        x + shift * f64::from(chain)
                    };
                    (0..draws).map(|_| [next(); NUMBERS]).collect()
                })
                .collect();
            let s = summary(&chains)[0];
            if shift == 0.0 {
                let expected = 80_000.0 * (1.0 - a) / (1.0 + a);
                assert!((s.ess / expected - 1.0).abs() < 0.1, "{a}: {} {expected}", s.ess);
                assert!((s.r_hat - 1.0).abs() < 1e-3);
                assert!((s.sd * (12.0 * (1.0 - a * a)).sqrt() - 1.0).abs() < 0.02);
            } else {
                assert!(s.r_hat > 1.1 && s.ess < 20.0, "{} {}", s.r_hat, s.ess);
            }
        }
    }
}
