/** Body of the runner and what they carry. */
export interface Runner {
  /** Body mass, 30 to 250 kg. */
  mass_kg: number;
  /** Mass carried in kg. */
  pack_kg?: number;
  /** Fat as a fraction of body mass; the usual relation to mass if unknown. */
  body_fat?: number | null;
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
  moving_s: number;
  distance_m: number;
  ascent_m: number;
  descent_m: number;
  descents: unknown;
  quality: Quality;
  warnings: string[];
  load: {
    start: number;
    negative_work_j: number;
    points: PerMuscle<number>;
    points_total: number;
    points_se: number;
    equivalent_flat_km: number;
    chunks: unknown[];
    [more: string]: unknown;
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
    moving_s: number;
    distance_m: number;
    ascent_m: number;
    descent_m: number;
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

interface Athlete {
  habit?: Habit;
  profile?: SavedProfile | null;
  runner?: Runner;
}

/** Grade and speed to train on; those of the last 90 days if not given. */
export interface Descent {
  grade?: number;
  speed_m_s?: number;
}

export interface TodayOptions extends Athlete {
  until?: Time;
  soreness_below?: number;
  probability?: number;
  descent?: Descent;
}

/** What `eccentric today --json` prints. */
export interface TodayReport {
  schema: "eccentric.today";
  version: 1;
  start: string;
  until: string;
  soreness_below: number;
  probability: number;
  before: PerMuscle<Felt>;
  limit: {
    points: number;
    descent_m: number;
    distance_m: number;
    duration_s: number;
    open: boolean;
    descent: { grade: number; speed_m_s: number };
    descent_from: "usual" | "given" | "default";
  };
  tightest: { time: string; muscle: Muscle; probability: number; soreness: number };
  worthwhile: boolean;
  next: string | null;
  advice: Advice;
}

export interface RaceOptions extends Athlete {
  /** Time to finish in; that of the middle of the field if not given. */
  finish_time_s?: number;
  /** Hours to forecast after the finish. */
  hours?: number;
  levels?: number[];
  clear_below?: number;
  /** Most places along the course in the report. */
  places?: number;
  /** For figures: seconds east of UTC, all year; local time as `Date` has it if not given. */
  utc_offset_s?: number;
  width?: number;
}

export interface Race {
  /** What `eccentric race --json` prints. */
  report: {
    schema: "eccentric.race";
    version: 1;
    course: {
      name: string | null;
      distance_km: number;
      ascent_m: number;
      descent_m: number;
      smoothing_window_m: number;
      grade_limited_m: number;
      points_without_elevation: number;
    };
    start: string;
    finish: string;
    finish_time_s: number;
    power_w_kg: number | null;
    points: number;
    points_se: number;
    distance_km: number[];
    elevation_m: number[];
    elapsed_s: number[];
    speed_m_s: number[];
    points_so_far: number[];
    strength_loss: Series & { muscles: PerMuscle<Series> };
    descent_slowing: number[];
    lead_legs_km: PerMuscle<number | null>;
    soreness: PerMuscle<MuscleReport>;
    back: { stairs_at: string | null; downhill_at: string | null };
    outcomes: {
      name: string;
      pack_less_kg?: number;
      finish_time_s: number;
      points: number;
      strength_loss: number;
      lead_legs_km: number | null;
      soreness_peak: number;
    }[];
    advice: Advice;
  };
  /** SVGs: the course coloured by load, the days after, and all figures of the command. */
  figures: { course: string; soreness: string; all: string };
}

export interface PlanTimes {
  race: Time;
  /** First day of the plan. */
  from: Time;
}

export interface PlanOptions extends Athlete {
  finish_time_s?: number;
  /** Hour of the day at which sessions start. */
  hour?: number;
  /** Days without a session, as 2026-05-01. */
  blocked?: string[];
  /** Days before the race without the usual running. */
  rest_days?: number;
  descent?: Descent;
  soreness_below?: number;
  probability?: number;
  clear_below?: number;
  clear_probability?: number;
  week_points?: number;
  build_up?: number;
  /** The plan before, to tell what changed. */
  before?: SavedPlan | null;
  /** Whose days and hours: seconds east of UTC, all year; local time as `Date` has it, with its clock changes, if not given. */
  utc_offset_s?: number;
  width?: number;
}

export interface SavedPlan {
  schema: "eccentric.planned";
  version: number;
  [more: string]: unknown;
}

export interface PlannedSession {
  date: string;
  start: string;
  points: number;
  descent_m: number;
  example: { grade: number; speed_m_s: number; distance_m: number; duration_s: number };
}

export interface Plan {
  /** What `eccentric plan --json` prints. */
  report: {
    schema: "eccentric.plan";
    version: 1;
    race: { name: string; start: string; points: number };
    sessions: PlannedSession[];
    race_day: {
      protection: number;
      soreness: number;
      p_cleared: number;
      strength_loss_at_finish: number;
      strength_loss_80: [number, number];
      beyond: unknown;
    };
    days: { date: string; soreness: number; protection: number }[];
    alternatives: { name: string; sessions: PlannedSession[]; plan_as_good: number; [more: string]: unknown }[];
    red_flags: string;
    [more: string]: unknown;
  };
  planned: SavedPlan;
  figure: string;
}
