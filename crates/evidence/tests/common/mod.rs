//! A tiny folder of evidence whose answers are known.

use std::path::PathBuf;

use eccentric_evidence::Tables;
use tempfile::TempDir;

pub const STUDIES: &str = "\
study,arm,n,training_status,lab,dose_quality
twice,main,10,untrained,here,good
level,main,10,untrained,there,good
";

pub const BOUTS: &str = "\
study,arm,bout,start_h,segment,gait,grade,grade_sd,speed_mps,speed_sd,duration_min,pack_kg,rest_after_min
twice,main,1,0,1,run,-0.16,0,3,0.3,30,0,0
twice,main,2,504,1,run,-0.16,0,3,0.3,15,0,5
twice,main,2,504,2,run,-0.16,0,3,0.3,15,0,0
level,main,1,0,1,walk,0,0,1.4,0,30,0,0
";

pub const OBSERVATIONS: &str = "\
study,arm,bout,measure,muscle,time_h,time_kind,time_lo_h,time_hi_h,mean,baseline,sd,n,bound,ref,redundant,tier
twice,main,1,strength_loss_pct,quadriceps,0,at,,,22,,6,10,,,0,A
twice,main,1,strength_loss_pct,quadriceps,,range,24,72,15,,,10,,,0,B
twice,main,1,soreness_0_10,legs,,peak,24,72,5.5,,2,10,,,0,A
twice,main,2,soreness_ratio_to_bout1,legs,,peak,,,0.4,,,10,,twice:main:1,1,C
level,main,1,strength_loss_pct,quadriceps,0,at,,,30,,6,10,upper,,0,A
level,main,1,colour_of_the_shoes,legs,0,at,,,3,,,,,,0,C
elsewhere,main,1,soreness_0_10,legs,24,at,,,3,,,,,,0,C
";

pub const ORDERINGS: &str = "\
id,measure,muscle,a,relation,b,time_h,note
a,soreness,legs,twice:main:1,>,twice:main:2,,
b,strength_loss_pct,quadriceps,level:main:1,~,rest (pre-exercise level),0,
c,soreness,legs,a run in words,>,twice:main:2,,
d,soreness,legs,twice:main:2,>,twice:main:1,,
";

/// A folder in which one file may be another.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (name, text) in [
            ("studies.csv", STUDIES),
            ("bouts.csv", BOUTS),
            ("observations.csv", OBSERVATIONS),
            ("orderings.csv", ORDERINGS),
        ] {
            folder.write(name, text);
        }
        folder
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    pub fn with(name: &str, text: &str) -> Self {
        let folder = Self::new();
        folder.write(name, text);
        folder
    }

    pub fn tables(&self) -> Tables {
        Tables::read(self.0.path()).unwrap()
    }

    pub fn error(&self) -> String {
        Tables::read(self.0.path()).unwrap_err().to_string()
    }
}

/// The evidence of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tables")
}
