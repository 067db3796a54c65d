//! Fewer points, same shape.

/// Indices that keep the outline of a curve: of each bucket along x the first, lowest, highest
/// and last point. At most `4 * buckets` indices, in order; all of them if there are no more.
pub(crate) fn outline(xs: &[f64], ys: &[f64], buckets: usize) -> Vec<usize> {
    let n = xs.len().min(ys.len());
    let buckets = buckets.max(1);
    if n <= 4 * buckets {
        return (0..n).collect();
    }
    let (start, end) = (xs[0] / 2.0, xs[n - 1] / 2.0);
    let span = end - start;
    let bucket = |i: usize| {
        let f = if span > 0.0 { (xs[i] / 2.0 - start) / span } else { i as f64 / n as f64 };
        ((f * buckets as f64) as usize).min(buckets - 1)
    };
    let mut out = Vec::with_capacity(4 * buckets);
    let mut i = 0;
    while i < n {
        let b = bucket(i);
        let (first, mut low, mut high, mut last) = (i, i, i, i);
        while i < n && bucket(i) == b {
            if ys[i] < ys[low] {
                low = i;
            }
            if ys[i] > ys[high] {
                high = i;
            }
            last = i;
            i += 1;
        }
        let mut kept = [first, low, high, last];
        kept.sort_unstable();
        for k in kept {
            if out.last() != Some(&k) {
                out.push(k);
            }
        }
    }
    out
}

/// About `want` evenly spaced indices of `n`, first and last included.
pub(crate) fn every(n: usize, want: usize) -> Vec<usize> {
    if n <= want.max(2) {
        return (0..n).collect();
    }
    let last = want.max(2) - 1;
    (0..=last).map(|k| (k as u128 * (n as u128 - 1) / last as u128) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outline_keeps_ends_and_extremes() {
        let xs: Vec<f64> = (0..10_000).map(f64::from).collect();
        let mut ys: Vec<f64> = xs.iter().map(|x| (x / 300.0).sin()).collect();
        ys[4321] = 9.0;
        ys[7001] = -9.0;
        let kept = outline(&xs, &ys, 200);
        assert!(kept.len() <= 800 && kept.windows(2).all(|w| w[0] < w[1]));
        for i in [0, 4321, 7001, 9999] {
            assert!(kept.contains(&i), "{i}");
        }
        assert_eq!(outline(&[1.0; 9], &[0.0; 9], 1).len(), 2);
        assert_eq!(every(10, 4), [0, 3, 6, 9]);
    }
}
