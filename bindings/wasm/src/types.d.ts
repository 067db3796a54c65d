/** Body of the runner and what they carry. */
export interface Runner {
  /** Body mass, 25 to 250 kg. */
  mass_kg: number;
  /** Mass carried, 0 to 100 kg. */
  pack_kg?: number;
  /** Fat as a fraction of body mass, 0.02 to 0.65; the usual relation to mass if unknown. */
  body_fat?: number | null;
  /** Age, 10 to 110 years: people who were rarely measured get wider intervals. */
  age_years?: number | null;
}

export type Habit = "none" | "recreational" | "road" | "trail";
export type Muscle = "quadriceps" | "calves" | "hip_extensors" | "hamstrings";
export type PerMuscle<T> = Record<Muscle, T>;
/** A `Date`, milliseconds since 1970, or RFC 3339 with an offset. */
export type Time = Date | number | string;
export type Numbers = Float64Array | Float32Array | number[];

/** What is known of a file besides its bytes. */
export interface ReadOptions {
  /** Name for messages and figures. */
  name?: string;
  /** Grade of runs without any elevation, negative downhill. */
  grade?: number;
  /** When a run began that does not say so itself. */
  start?: Time;
}

/** Columns of one recording, named as in CSV; NaN is a missing value. */
export interface Columns {
  time_s: Numbers;
  distance_m?: Numbers;
  speed_m_s?: Numbers;
  elevation_m?: Numbers;
  cadence_steps_min?: Numbers;
}

/** Stretches of steady movement, as on a treadmill. */
export interface SegmentColumns {
  duration_s: Numbers;
  speed_m_s: Numbers;
  /** Rise over horizontal distance, negative downhill. */
  grade: Numbers;
  grade_se?: Numbers;
  start_s?: Numbers;
  /** NaN where it was not measured. */
  step_rate_hz?: Numbers;
  /** 1 running, 0 walking; told from speed and step rate if not given. */
  running?: Numbers;
}

export interface SegmentOptions {
  name?: string;
  start?: Time;
}

export interface Segment {
  start_s: number;
  duration_s: number;
  speed_m_s: number;
  grade: number;
  grade_se: number;
  gait: "running" | "walking";
  step_rate_hz: number | null;
}

export interface Quality {
  elevation_source: string;
  elevation_noise_m: number;
  smoothing_window_m: number;
  gap_s: number;
  standing_s: number;
  elevation_spikes: number;
  grade_limited_m: number;
  flags: string[];
}

/** A run as read and cleaned, before anybody carries it. It holds no places. */
export interface Activity {
  file: string;
  part: number | null;
  /** Whether it is known when it began. */
  dated: boolean;
  device: string | null;
  warnings: string[];
  activity: {
    start: number;
    sport: "running" | "walking" | "on_foot";
    duration_s: number;
    distance_m: number;
    ascent_m: number;
    descent_m: number;
    segments: Segment[];
    elevation_m: number[];
    quality: Quality;
  };
}

/** A run with its load on a runner. */
export interface Run {
  file: string;
  part: number | null;
  dated: boolean;
  duration_s: number;
  /** Null, as the next three, of a run from `loadFromBytes`. */
  moving_s: number | null;
  distance_m: number | null;
  ascent_m: number | null;
  descent_m: number | null;
  descents: unknown;
  quality: Quality;
  warnings: string[];
  load: {
    start: number;
    /** From start to end, stops included. */
    duration_s: number;
    negative_work_j: number;
    /** 100 are those of the quadriceps after 30 minutes at -16 % and 3 m/s. */
    points: PerMuscle<number>;
    /** Of all muscle groups together: 100 are theirs after the same 30 minutes. */
    points_total: number;
    /** Standard error: of the grades, and from the distance of the run from what was measured. */
    points_se: number;
    /** Easy level running without a pack that leaves the same work in the muscles. */
    equivalent_flat_km: number;
    /** The doses of six stretches of equal time, or of more, so that each has 20 minutes at most up to 13 hours. */
    stretches: {
      damage: PerMuscle<number>;
      /** The part of the damage that comes from hard steps. */
      hard: PerMuscle<number>;
      /** What protects against the next bout. */
      protection: PerMuscle<number>;
      acute: number;
    }[];
  };
}

/** What `eccentric load --json` prints. */
export interface LoadReport {
  schema: "eccentric.load";
  version: 1;
  activities: {
    file: string;
    part?: number;
    start: string;
    duration_s: number;
    moving_s: number | null;
    distance_m: number | null;
    ascent_m: number | null;
    descent_m: number | null;
    negative_work_j: number;
    points: PerMuscle<number> & { total: number };
    points_se: number;
    equivalent_flat_km: number;
    quality: Quality & { warnings: string[] };
  }[];
}

export interface ForecastOptions {
  /** What the legs were used to before the first run; road if not given. */
  habit?: Habit;
  /** What `fit` has learned. */
  profile?: SavedProfile | null;
  /** Start of the forecast; the end of the latest run if not given. */
  at?: Time;
  hours?: number;
  step_h?: number;
  /** Levels of the intervals, above 0 and below 1. */
  levels?: number[];
  clear_below?: number;
  clear_probability?: number;
  /** For figures: seconds east of UTC, all year; local time as `Date` has it if not given. */
  utc_offset_s?: number;
  /** For figures: pixels, 320 to 2000. */
  width?: number;
}

export interface FigureOptions {
  /** Seconds east of UTC, all year; local time as `Date` has it if not given. */
  utc_offset_s?: number;
  width?: number;
}

export interface Series {
  point: number[];
  intervals: { level: number; lower: number[]; upper: number[] }[];
}

export interface Felt {
  soreness: number;
  strength_loss: number;
}

export interface MuscleReport {
  times: string[];
  soreness: Series;
  strength_loss: Series;
  clear_probability: number[];
  peak: { time: string; soreness: number };
  clear_at: string | null;
  clear: {
    below: number;
    probability: number | null;
    likely_at: string | null;
    likely_probability: number;
  };
  before: Felt;
  days: { start: string; soreness: number; strength_loss: number }[];
}

export interface Advice {
  severe: boolean;
  recovery: string | null;
  red_flags: string | null;
}

/** What `eccentric forecast --json` prints. */
export interface ForecastReport {
  schema: "eccentric.forecast";
  version: 1;
  start: string;
  muscles: PerMuscle<MuscleReport>;
  advice: Advice;
  drivers: {
    file: string;
    part?: number;
    start: string;
    share: number;
    share_by_day: PerMuscle<number[]>;
  }[];
  runs: { file: string; part?: number; start: string; points: number; quality: Quality & { warnings: string[] } }[];
  left_out: { file: string; reason: string }[];
}

/** SVGs with a title and a description. */
export interface ForecastFigures {
  soreness: string;
  strength_loss: string;
  drivers: string | null;
}

/** A line of `ratings.csv`. */
export interface Rating {
  time: string;
  soreness?: number;
  muscle?: Muscle | "legs";
  scale?: string;
  strength_loss_percent?: number;
  jump_loss_percent?: number;
  could_not_walk_downstairs?: string;
  other_cause?: string;
}

export interface FitOptions {
  habit?: Habit;
  /** Scale of all ratings, such as "nrs", over any that they name. */
  scale?: string;
  /** Where times without an offset are local, in seconds east of UTC; here, as `Date` has it, if not given. */
  utc_offset_s?: number;
}

/** What was learned, as it is stored. */
export interface SavedProfile {
  schema: "eccentric.profile";
  version: number;
  [more: string]: unknown;
}

export interface Fit {
  /** What `eccentric fit --json` prints. */
  report: {
    schema: "eccentric.fit";
    version: 1;
    runs: number;
    ratings: number;
    other_cause: number;
    numbers: { name: string; value: number; sd: number; trust: string }[];
    termination: string;
    iterations: number;
    reversed_gain: number;
    words: string[];
    profile: null;
  };
  profile: SavedProfile;
}

/** The legs at a time, as an app stores them. */
export interface State {
  schema: "eccentric.state";
  version: number;
  [more: string]: unknown;
}

export interface StateOptions {
  habit?: Habit;
  profile?: SavedProfile | null;
}

export interface MuscleForecast {
  soreness: Series;
  strength_loss: Series;
  clear_probability: number[];
  peak: { time: number; soreness: number };
  clear: { below: number; at: number | null; probability: number | null; likely_at: number | null };
  days: { start: number; soreness: number; strength_loss: number }[];
}

/** Times are in ms since 1970. */
export interface Forecast {
  times: number[];
  muscles: PerMuscle<MuscleForecast>;
}

export interface Outlook {
  state: Record<string, unknown>;
  before: PerMuscle<Felt>;
  forecast: Forecast;
  drivers: { run: number; share: number; share_by_day: PerMuscle<number[]> }[];
}
