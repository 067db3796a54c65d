//! One descent: scratch
use eccentric::{activity::Segment, damage::*, load::{DoseModel, Runner}, forecast::*, params::Parameters, Timestamp};
fn main() {
    let p = Parameters::default();
    let m = DoseModel::new(&p, &Runner::default()).unwrap();
    let run = m.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 1800.0)]).unwrap();
    let legs = Habit::None.legs(run.start,&p).unwrap().after(&run, &p).unwrap();
    let f = forecast(&legs, &Spread::population(0.05,&p).unwrap(), &ForecastOptions::default(), &p).unwrap();
    let q=&f.muscles.quadriceps;
    println!("{:?} {:?} L0 {}", q.peak, q.clear, q.strength_loss.point[0]);
    for (g,v) in [(0.0,1.4),(0.0,2.8),(-0.12,4.5)] { let l=m.load(run.start,&[Segment::steady(g,v,1000.0/v)]).unwrap(); println!("{g} {v} {:?} {} {}", l.points, l.points_total, l.equivalent_flat_km); }
}
