//! From a large FIT file to a forecast. Skipped where the file is not there.

#![allow(missing_docs, clippy::expect_used, clippy::print_stdout)]

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

mod work;

/// 42,709 records of twelve hours, from the folder of the crate.
const LARGE_FILE: &str = "../../shared/activities/run_fenix6x_84km_large.fit";

fn fit(c: &mut Criterion) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(LARGE_FILE);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: no file {}", path.display());
        return;
    };
    let mut group = c.benchmark_group("fit");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("read", |b| {
        b.iter(|| eccentric_files::read_bytes("run.fit", black_box(&bytes)));
    });
    group.bench_function("read to forecast", |b| {
        b.iter(|| {
            let runs = eccentric_files::read_path(black_box(&path)).expect("a good file");
            work::forecast_of(&runs).expect("a good run")
        });
    });
    group.finish();
}

criterion_group!(benches, fit);
criterion_main!(benches);
