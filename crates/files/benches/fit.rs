//! From a large FIT file to a forecast. Skipped where the file is not there.

#![allow(missing_docs, clippy::expect_used, clippy::print_stdout)]

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

mod work;

fn fit(c: &mut Criterion) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(work::LARGE_FILE);
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
        b.iter(|| work::forecast_of(black_box(&path)).expect("a good file"));
    });
    group.finish();
}

criterion_group!(benches, fit);
criterion_main!(benches);
