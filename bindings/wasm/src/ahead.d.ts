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
      /** Part of the soreness of the quadriceps after 30 minutes at -16 % and 3 m/s that protection takes away. */
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
