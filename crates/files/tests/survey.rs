#[test]
fn survey() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/activities");
    let mut names: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let t = std::time::Instant::now();
        let r = eccentric_files::read_path(&path);
        let ms = t.elapsed().as_millis();
        println!("== {} {ms} ms", path.file_name().unwrap().to_string_lossy());
        match r {
            Ok(runs) => for run in runs {
                let s = &run.recording.samples;
                let last = s.last().unwrap();
                let mut cad: Vec<f64> = s.iter().filter_map(|s| s.cadence_steps_min).filter(|c| *c > 0.0).collect();
                cad.sort_by(f64::total_cmp);
                println!("   part {:?} {:?} {:?} n {} km {:.2} t {} cad {:?} ({}) pauses {} {:.0}s dev {:?} start {}", run.part, run.recording.sport, run.recording.elevation_source, s.len(), last.distance_m/1000.0, last.time_s, cad.get(cad.len()/2), cad.len(), run.recording.pauses.len(), run.recording.pauses.iter().map(|p| p.end_s-p.start_s).sum::<f64>(), run.device, run.recording.start.unix_ms());
                for w in &run.warnings { println!("      {w}"); }
            },
            Err(e) => println!("   ERR {e}"),
        }
    }
}
