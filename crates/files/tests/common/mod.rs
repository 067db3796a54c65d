//! Small files made up for the tests.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use eccentric_files::{ReadActivity, ReadError, Warning, read_bytes};

pub fn one(name: &str, bytes: &[u8]) -> ReadActivity {
    let mut runs = read_bytes(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(runs.len(), 1, "{name}");
    runs.remove(0)
}

pub fn refused(name: &str, bytes: &[u8]) -> ReadError {
    match read_bytes(name, bytes) {
        Ok(runs) => panic!("{name} must be refused, gave {} runs", runs.len()),
        Err(error) => error,
    }
}

pub fn has(run: &ReadActivity, what: impl Fn(&Warning) -> bool) -> bool {
    run.warnings.iter().any(what)
}

pub fn last_m(run: &ReadActivity) -> f64 {
    run.recording.samples.last().unwrap().distance_m
}

/// One field of a FIT message: number, base type, little-endian bytes.
pub type FitField = (u8, u8, Vec<u8>);

pub fn fit_u8(number: u8, value: u8) -> FitField {
    (number, 0x02, vec![value])
}

pub fn fit_u16(number: u8, value: u16) -> FitField {
    (number, 0x84, value.to_le_bytes().to_vec())
}

pub fn fit_u32(number: u8, value: u32) -> FitField {
    (number, 0x86, value.to_le_bytes().to_vec())
}

pub fn fit_i32(number: u8, value: i32) -> FitField {
    (number, 0x85, value.to_le_bytes().to_vec())
}

/// FIT time of the first record in these files.
pub const T0: u32 = 1_000_000_000;

/// Writes FIT files: every message carries its own definition.
#[derive(Default, Clone)]
pub struct Fit {
    body: Vec<u8>,
}

impl Fit {
    pub fn message(self, number: u16, fields: &[FitField]) -> Self {
        self.with_developer(number, fields, &[])
    }

    /// Developer fields are number and value, all of developer 0.
    pub fn with_developer(
        mut self,
        number: u16,
        fields: &[FitField],
        developer: &[(u8, Vec<u8>)],
    ) -> Self {
        let flag = if developer.is_empty() { 0 } else { 0x20 };
        self.body.extend([0x40 | flag, 0, 0]);
        self.body.extend(number.to_le_bytes());
        self.body.push(fields.len() as u8);
        for (number, base_type, bytes) in fields {
            self.body.extend([*number, bytes.len() as u8, *base_type]);
        }
        if !developer.is_empty() {
            self.body.push(developer.len() as u8);
            for (number, bytes) in developer {
                self.body.extend([*number, bytes.len() as u8, 0]);
            }
        }
        self.body.push(0);
        self.body.extend(fields.iter().flat_map(|field| &field.2));
        self.body.extend(developer.iter().flat_map(|field| &field.1));
        self
    }

    pub fn file_id(self, maker: u16, product: u16) -> Self {
        self.message(0, &[fit_u8(0, 4), fit_u16(1, maker), fit_u16(2, product)])
    }

    pub fn session(self, start_s: u32, sport: u8, sub_sport: u8) -> Self {
        let start = fit_u32(2, T0 + start_s);
        self.message(18, &[fit_u32(253, T0), start, fit_u8(5, sport), fit_u8(6, sub_sport)])
    }

    pub fn timer(self, at_s: u32, event_type: u8) -> Self {
        self.message(21, &[fit_u32(253, T0 + at_s), fit_u8(0, 0), fit_u8(1, event_type)])
    }

    /// A record at 3 m/s, one metre down every ten seconds from 1000 m, 85 strides a minute.
    pub fn record(self, at_s: u32) -> Self {
        let distance = fit_u32(5, at_s * 300);
        let altitude = fit_u32(78, (1500 * 5) - at_s / 2);
        self.message(20, &[fit_u32(253, T0 + at_s), distance, altitude, fit_u8(4, 85)])
    }

    pub fn records(self, seconds: std::ops::Range<u32>) -> Self {
        seconds.fold(self, Self::record)
    }

    /// The file with its header and checksums.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = vec![14, 0x20, 0x34, 0x08];
        file.extend((self.body.len() as u32).to_le_bytes());
        file.extend(b".FIT");
        // An empty header checksum, as older devices write it.
        file.extend([0, 0]);
        file.extend(&self.body);
        let crc = crc16(&file);
        file.extend(crc.to_le_bytes());
        file
    }
}

/// CRC-16/ARC bit by bit, another way than the crate computes it.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 }
        })
    })
}

/// A GPX track; `points` is the inside of its segment.
pub fn gpx(kind: &str, points: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><gpx version="1.1" creator="test"><trk><type>{kind}</type><trkseg>{points}</trkseg></trk></gpx>"#
    )
}

/// A GPX point `north_m` north of 46 N at second `at_s`, with more elements inside.
pub fn trkpt(at_s: u32, north_m: f64, elevation: f64, inside: &str) -> String {
    let (hour, minute, second) = (8 + at_s / 3600, at_s / 60 % 60, at_s % 60);
    let latitude = 46.0 + north_m / 111_195.08;
    format!(
        r#"<trkpt lat="{latitude:.8}" lon="8"><ele>{elevation}</ele><time>2026-05-01T{hour:02}:{minute:02}:{second:02}Z</time>{inside}</trkpt>"#
    )
}

/// A run of 3 m/s with a point every 5 s.
pub fn gpx_run(kind: &str, points: u32) -> String {
    let point = |i: u32| trkpt(i * 5, f64::from(i) * 15.0, 900.0 - f64::from(i), "");
    gpx(kind, &(0..points).map(point).collect::<String>())
}

pub fn tcx(sport: &str, tracks: &str) -> String {
    format!(
        r#"<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="{sport}"><Lap>{tracks}</Lap><Creator><Name>Forerunner 945</Name></Creator></Activity></Activities></TrainingCenterDatabase>"#
    )
}

pub fn trackpoint(at_s: u32, distance_m: u32, inside: &str) -> String {
    format!(
        "<Trackpoint><Time>2026-05-01T08:{:02}:{:02}Z</Time><DistanceMeters>{distance_m}</DistanceMeters>{inside}</Trackpoint>",
        at_s / 60,
        at_s % 60
    )
}
