//! Scratch.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use eccentric_evidence::*;
fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let t = Tables::read(folder.as_ref()).unwrap();
    let t0 = std::time::Instant::now();
    let c = calibrate(&t, &mut |s| println!("{s}")).unwrap();
    println!("{:?} {:?}", t0.elapsed(), c.convergence);
    for (p, th) in c.priors.iter().zip(&c.theta) { println!("{} {:.4}", p.name, th.exp()); }
    println!("{:?}\n{:?}", c.spread, c.lab_effects);
    for (e, v) in EXPECTATIONS.iter().zip(&c.scenarios) { println!("{} {:.2} [{} {}]", e.name, v, e.low, e.high); }
    let pr = Predictor::new(&t);
    let v = pr.predict(&c.fitted, Shift::default()).unwrap();
    for (r, v) in pr.rows.iter().zip(v) { let o=&r.observation; println!("{}:{}:{} {} {} {:?} obs {:.2} pred {:.2}", o.study,o.arm,o.bout,o.measure,o.muscle,r.when,o.mean,v); }
}
