//! Why single studies and comparisons are missed, as far as their own data say.

/// Study or comparison, and why it is missed.
const REASONS: &[(&str, &str)] = &[
    (
        "assumpcao2020",
        "loses 36 % where two other groups of the same lab lose 16-25 % after the same run, with a spread of 26 points: the lab's own scatter",
    ),
    (
        "giovanelli2021",
        "fifteen minutes at -25 %, speed derived from an assumed VO2max; steeper than every other run of the tables, and a trail runner's protection is taken from an assumed week",
    ),
    (
        "garnier2018",
        "slope and level were printed pooled (15 +- 12 % for both) and the speeds are assumed; contradicts chichester2015 at equal cost",
    ),
    (
        "delima2021",
        "two genotypes of one muscle protein on the same dose; the model has no genotype, so one arm lies above and one below",
    ),
    (
        "hickner2001",
        "fat and lean groups differ by ten points; the printed body composition gives one of them, another trial found no such effect",
    ),
    ("chen2007", "the hours of the smallest printed loss are assumed (days 3-5)"),
    ("chichester2015", "40 level minutes lose 2 % here, 45 to 60 lose 11-15 % elsewhere"),
    (
        "maeo2017dw",
        "soreness of 8 of 10 after 40 min of downhill walking is the highest of the tables; the only descent with a rating at its peak, so no other lab tells how the scale was used",
    ),
    (
        "bontemps2025",
        "the slope is not printed (15 +- 5 % assumed) and the ratings were taken at once, where the model carries over soreness of the session three days before",
    ),
    (
        "takayama2017",
        "the scale's maximum is assumed; quadriceps and hip extensors are sorer than the model says",
    ),
    (
        "millet2011",
        "creatine kinase of 13,600 U/L after 37 h of racing lies outside of what any downhill run of an hour can calibrate",
    ),
    (
        "delcoso2013",
        "creatine kinase right after a race rises within the hour; the curve of the model is that of treadmill runs, 24-72 h",
    ),
    (
        "martineznavarro2026",
        "creatine kinase half an hour after the run is the level at rest; the groups' rest is not printed",
    ),
    ("smith2007", "second-hand; not stated whether ratio of activity or of rise"),
    (
        "saugy2013",
        "after 330 km runners had lost less than half-way in other races; sleep, poles and the protection of finishers are not in the tables, and the model's calves lose too much in mountain races",
    ),
    (
        "hill2020",
        "people of 72 years lose 23 % after 30 LEVEL minutes: age and balance, which the model doesn't have",
    ),
    (
        "olderwalk2011",
        "people of 67 years lose 15 % after half an hour of walking at -10 %: age, which the model doesn't have",
    ),
    (
        "crystal2013",
        "torque rose above baseline within three days: the test drifted; soreness at once is pain, not delayed soreness",
    ),
    (
        "giandolini2016",
        "calves lose more than quadriceps on a trail, less on a treadmill: fore-foot braking, which the shares don't know; speed assumed",
    ),
    (
        "marathonmen2021",
        "scale and time are not printed; the ratings of another marathon are twice as high",
    ),
    ("hoffman2007", "course and time assumed; pain of the whole body"),
    ("easthope2010", "climb and time are not printed: dose nearly unknown"),
    (
        "oosthuyse2017",
        "20 min at -10 % and 2.5 m/s: creatine kinase is back within 48 h, faster than after larger doses; the model has one curve for all doses",
    ),
    (
        "byrnes1985",
        "the speed is not printed; the hour of the peak is the last of three samples (6, 18, 42 h)",
    ),
    (
        "d03",
        "no difference at nine weeks in a small group; Cleary 2002 found protection at nine weeks. The model has lost half of it by then",
    ),
    (
        "d16",
        "a pack of 25 kg on the level against -8 %: equal losses with spreads of 11 and 17 points; the model lets the descent cost more",
    ),
    (
        "d20",
        "contradicts d18 (downhill loses more at equal cost); printed pooled over the conditions, speeds assumed",
    ),
    (
        "d23",
        "both arms have the same row in the shared tables: the habit is only in the notes. With a habit of its own (our tables) it agrees",
    ),
    ("d38", "level intervals without any loss, against 11-22 % after other level runs"),
    ("x01", "women and men after the same dose: the model has no sex"),
    ("x07", "calves above quadriceps on a trail contradicts d09 (treadmill)"),
    ("x13", "young and older runners of one race: the model has no age"),
    (
        "x18",
        "four short walks on the days after a run: the comparison is of the bout before and the mean over a week that holds the walks of one arm only",
    ),
    (
        "sprint12x30",
        "accelerations and braking of 30 m sprints are not in a mean speed; eccentric torque, hour not printed",
    ),
    (
        "hillwalk100",
        "climb, speed and hour of the rating are assumed; the model's calves get too sore on long descents",
    ),
    (
        "maeo2017dr",
        "calves lost half of what quadriceps lost on a treadmill, and as much on a trail (giandolini2016): one set of shares can't be both",
    ),
    ("reust1991", "one mean of creatine kinase without a value before the walk, ten people"),
    (
        "lemire2020",
        "hip extensors at once after high-intensity level running: fatigue is common to all muscle groups in the model",
    ),
    ("t01", "calves hurt more than thighs on stairs; the model's shares on stairs make them equal"),
    (
        "u01",
        "steps of 10, 30, 50 and 70 min of walking down a week apart hurt nobody; the model's third and fourth steps go beyond the tolerance",
    ),
    ("d09", "calves against quadriceps on a treadmill, which contradicts x07 (trail)"),
    (
        "t02",
        "hamstrings a day after a half marathon: a part of the loss lies below the tolerance and passes like damage",
    ),
];

/// Why a study or comparison is missed, if its data say so.
pub(crate) fn reason(name: &str) -> &'static str {
    let found = REASONS.iter().find(|r| r.0 == name);
    found.map_or("no reason found in its data", |r| r.1)
}
