//! Scratch.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use eccentric_evidence::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let folder = &a[1];
    let t = Tables::read(folder.as_ref()).unwrap();
    let t0 = std::time::Instant::now();
    let pr = Predictor::new(&t);
    let fixed: Vec<(&'static str, f64)> = a[3..]
        .iter()
        .map(|s| {
            let (n, v) = s.split_once('=').unwrap();
            (&*Box::leak(n.to_owned().into_boxed_str()), v.parse().unwrap())
        })
        .collect();
    let c = fit(&pr, &Options { fixed: fixed.clone(), ..Options::default() }).unwrap();
    println!("{:?} {:?}", t0.elapsed(), c.convergence);
    for (k, (p, th)) in c.priors.iter().zip(&c.theta).enumerate() {
        print!("{} {:.4} ({:.2}); ", p.name, th.exp(), c.covariance[(k, k)].sqrt());
    }
    println!("\n{:?}", c.spread);
    if a[2].contains('l') {
        println!("{:?}", c.lab_effects);
    }
    for (e, v) in EXPECTATIONS.iter().zip(&c.scenarios) {
        print!("{} {:.2} [{} {}]; ", e.name, v, e.low, e.high);
    }
    println!();
    let k = Knowledge::from(&c);
    let s = score(&t, &k).unwrap();
    for (m, v) in &s.measures {
        println!(
            "in {m} n {} rmse {:.3} labs {:.3} bias {:.2} cov {:.2}",
            v.n, v.rmse, v.rmse_labs, v.bias, v.coverage["0.8"]
        );
    }
    println!(
        "ord {} / {} {:?} skipped {}",
        s.orderings.agree,
        s.orderings.n,
        s.orderings.detail,
        s.orderings.skipped.len()
    );
    if a[2].contains('b') {
        for (b, m) in &s.baselines {
            for (n, v) in m {
                if !n.starts_with("ck_u") && !n.contains("rise") {
                    println!("{b} {n} {:.3}", v.rmse)
                }
            }
        }
    }
    let l = leave_one_lab_out(&pr, &c, &fixed).unwrap();
    println!("{:?}", t0.elapsed());
    let mut g = std::collections::BTreeMap::<&str, Vec<(f64, bool)>>::new();
    for (r, p) in pr.rows.iter().zip(&l) {
        let o = &r.observation;
        if o.redundant && !o.measure.contains("ratio") {
            continue;
        }
        g.entry(&o.measure)
            .or_default()
            .push((p.value - o.mean, p.lower80 <= o.mean && o.mean <= p.upper80));
        if o.measure.contains("ratio") {
            g.entry("ratios")
                .or_default()
                .push((p.value - o.mean, p.lower80 <= o.mean && o.mean <= p.upper80));
        }
        if a[2].contains('r') {
            println!(
                "{}:{}:{} {} {} {:?} obs {:.2} pred {:.2} [{:.2} {:.2}]",
                o.study,
                o.arm,
                o.bout,
                o.measure,
                o.muscle,
                r.when,
                o.mean,
                p.value,
                p.lower80,
                p.upper80
            );
        }
    }
    for (m, v) in g {
        println!(
            "LOLO {m} n {} rmse {:.3} cov {:.2}",
            v.len(),
            (v.iter().map(|e| e.0 * e.0).sum::<f64>() / v.len() as f64).sqrt(),
            v.iter().filter(|e| e.1).count() as f64 / v.len() as f64
        );
    }
}
