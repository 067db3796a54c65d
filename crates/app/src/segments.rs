//! Runs whose grade and speed were set or computed elsewhere.

use std::path::PathBuf;

use eccentric::activity::{Activity, ElevationSource, Flag, Quality, Segment, Sport};
use eccentric::{Result, Timestamp};

use crate::runs::ReadRun;

impl ReadRun {
    /// A run from segments that follow each other; those that all start at zero as in
    /// [`eccentric::load::DoseModel::load`]. `file` names it in messages; a run without a start is undated.
    ///
    /// # Errors
    /// [`eccentric::Error::OutOfRange`] with the position of the segment.
    ///
    /// ```
    /// use eccentric::activity::Segment;
    /// use eccentric_app::ReadRun;
    /// let run = ReadRun::of_segments("hill".into(), None, vec![Segment::steady(-0.16, 3.0, 1800.0)])?;
    /// assert!((run.activity.descent_m - 853.1).abs() < 0.1);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn of_segments(
        file: PathBuf,
        start: Option<Timestamp>,
        segments: Vec<Segment>,
    ) -> Result<Self> {
        let mut elevation_m = Vec::with_capacity(segments.len());
        let (mut at_m, mut distance_m, mut ascent_m, mut descent_m) = (0.0, 0.0, 0.0, 0.0);
        let mut end_s = 0.0_f64;
        for (index, segment) in segments.iter().enumerate() {
            segment.check_at(index)?;
            elevation_m.push(at_m);
            let rise_m = segment.rise_m();
            at_m += rise_m;
            ascent_m += rise_m.max(0.0);
            descent_m += (-rise_m).max(0.0);
            distance_m += segment.horizontal_m();
            end_s = segment.start_s.max(end_s) + segment.duration_s;
        }
        let elevation_source = ElevationSource::Set;
        let quality =
            Quality { elevation_source, flags: vec![Flag::GradeSet], ..Quality::default() };
        Ok(Self {
            file,
            part: None,
            dated: start.is_some(),
            device: None,
            warnings: Vec::new(),
            activity: Activity {
                start: start.unwrap_or_default(),
                sport: Sport::OnFoot,
                duration_s: end_s,
                distance_m,
                ascent_m,
                descent_m,
                segments,
                elevation_m,
                quality,
            },
        })
    }
}
