//! Scratch.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use eccentric_evidence::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let t = Tables::read(a[1].as_ref()).unwrap();
    let t0 = std::time::Instant::now();
    let v =
        validate(&a[1], &t, a[2] == "a", &mut |s| println!("{:.1?} {s}", t0.elapsed())).unwrap();
    for (m, v) in &v.report.measures {
        println!(
            "{m} n {} rmse {:.3} labs {:.3} bias {:.2} cov {:.2}",
            v.n, v.rmse, v.rmse_labs, v.bias, v.coverage["0.8"]
        );
    }
    for g in &v.against {
        println!(
            "{} {} n {} {:.2} {:.2} [{:.2} {:.2}]",
            g.measure, g.baseline, g.n, g.model, g.other, g.difference95.0, g.difference95.1
        )
    }
    println!("{:?}", v.report.orderings);
}
