// Everything that computes or stores, away from the page: it must not freeze.
import init, * as model from "./pkg/eccentric.js";
import * as store from "./store.js";

const LONGEST_DAYS = 14;
const DAY_MS = 86_400_000;

/** What the page shows: settings, ratings, the race, and every run as it was read, with its load under these settings. */
const athlete = { settings: { mass_kg: 70, pack_kg: 0, age_years: null, habit: "road" }, ratings: [], race: null, runs: new Map() };
let width = 760;
/** The page's clock, when it asked. */
let now = 0;

async function start() {
  const response = await fetch(new URL("./pkg/eccentric_bg.wasm.gz", import.meta.url));
  if (!response.ok) throw new Error(`the model cannot be loaded: ${response.status}`);
  // Some servers unpack what ends in .gz on the way.
  const bytes = new Uint8Array(await response.arrayBuffer());
  await init({ module_or_path: store.isPacked(bytes) ? await store.unpacked(bytes) : bytes });
}

function runner() {
  const { mass_kg, pack_kg, age_years } = athlete.settings;
  return { mass_kg, pack_kg, age_years };
}

function carried(activity) {
  return { activity, run: model.load(activity, runner()) };
}

/** Runs in order of time. */
function inOrder() {
  return [...athlete.runs].sort(([, a], [, b]) => a.run.load.start - b.run.load.start);
}

const runs = () => inOrder().map(([, { run }]) => run);

const name = (run) => (run.part === null ? run.file : `${run.file} #${run.part}`);

function listed([key, { run }]) {
  const { distance_m, descent_m, dated, warnings, load } = run;
  const { start, points_total } = load;
  return { key, name: name(run), start, dated, distance_m, descent_m, points: points_total, warnings };
}

/** What is learned from the ratings; nothing without any. */
function learned() {
  const { ratings, settings } = athlete;
  if (ratings.length === 0 || athlete.runs.size === 0) return null;
  const lines = ratings.map((rating) => ({ ...rating, scale: "nrs" }));
  return model.fit(runs(), lines, { habit: settings.habit });
}

/** Everything that the page shows, computed anew. */
function view() {
  const { settings, ratings } = athlete;
  const shown = { ratings, runs: inOrder().map(listed), forecast: null, words: [] };
  if (athlete.runs.size === 0) return shown;
  const fit = learned();
  const options = { habit: settings.habit, profile: fit?.profile ?? null, width };
  const report = model.forecast(runs(), options);
  const figures = model.forecastFigures(runs(), options);
  const [key, latest] = inOrder().findLast(([, { run }]) => counts(report, run)) ?? [null, null];
  const answer = { run: latest && name(latest.run), today: limit(options, report.start) };
  return { ...shown, words: fit?.report.words ?? [], forecast: { ...summary(report), answer, figures, latest: key } };
}

/** How the legs are now and how much downhill they bear; from the end of the latest run if that is still ahead. */
function limit({ habit, profile }, start) {
  const at = Math.max(now, Date.parse(start));
  const { before, limit, worthwhile, next, soreness_below, probability } = model.today(runs(), at, { habit, profile, runner: runner() });
  return { at, before, limit, worthwhile, next, soreness_below, probability };
}

const counts = (report, run) =>
  report.runs.some((kept) => kept.file === run.file && (kept.part ?? null) === run.part);

function summary(report) {
  const muscles = Object.entries(report.muscles).map(([muscle, ahead]) => {
    const peakAt = ahead.soreness.point.indexOf(ahead.peak.soreness);
    const { lower, upper } = ahead.soreness.intervals[0];
    return {
      muscle,
      now: nowOf(ahead),
      peak: ahead.peak,
      interval: peakAt < 0 ? null : [lower[peakAt], upper[peakAt]],
      weaker: ahead.strength_loss.point[0],
      clear_at: ahead.clear_at,
    };
  });
  const { start, advice, left_out } = report;
  const drivers = report.drivers.filter((driver) => driver.share >= 0.01);
  return { start, muscles, advice, left_out, drivers };
}

/** Soreness at this hour, if the forecast reaches it. */
function nowOf({ times, soreness }) {
  const next = times.findIndex((time) => Date.parse(time) >= now);
  return next > 0 ? soreness.point[next] : null;
}

/** Where a rating is likely to be about: now, or a day after the latest run. */
function rateAt() {
  const latest = runs().at(-1);
  if (!latest) return now;
  const end = latest.load.start + 1000 * latest.duration_s;
  const fresh = now >= end && now - end < LONGEST_DAYS * DAY_MS;
  return fresh ? now : end + DAY_MS;
}

const tasks = {
  async open(options) {
    width = options.width;
    await start();
    const kept = await store.open();
    Object.assign(athlete.settings, kept.settings);
    athlete.ratings = kept.ratings;
    athlete.race = kept.race;
    for (const [key, activity] of kept.runs) athlete.runs.set(key, carried(activity));
    return { view: view(), rateAt: rateAt(), settings: athlete.settings, race: keptRace() };
  },

  async add(files, tell) {
    const failures = [];
    let done = 0;
    for (const file of files) {
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const key = await store.keyOf(bytes);
        const found = model.read(bytes, { name: file.name });
        const read = found.map((activity) => [`${key}-${activity.part ?? 0}`, carried(activity)]);
        await store.addRuns(read.map(([key, { activity }]) => [key, activity]));
        for (const [key, entry] of read) athlete.runs.set(key, entry);
      } catch (error) {
        failures.push({ file: file.name, reason: error.message });
      }
      tell({ done: ++done, of: files.length });
    }
    return { view: view(), rateAt: rateAt(), failures };
  },

  async set(settings) {
    const before = athlete.settings;
    athlete.settings = settings;
    try {
      for (const [key, { activity }] of athlete.runs) athlete.runs.set(key, carried(activity));
      if (athlete.runs.size === 0) model.load(model.fromSegments({ duration_s: [60], speed_m_s: [3], grade: [0] }), runner());
    } catch (error) {
      athlete.settings = before;
      for (const [key, { activity }] of athlete.runs) athlete.runs.set(key, carried(activity));
      throw error;
    }
    await store.keep("settings", settings);
    return { view: view() };
  },

  async remove(key) {
    await store.removeRun(key);
    athlete.runs.delete(key);
    return { view: view(), rateAt: rateAt() };
  },

  async rate(rating) {
    const before = athlete.ratings;
    const same = (kept) => kept.time === rating.time && kept.muscle === rating.muscle;
    athlete.ratings = [...before.filter((kept) => !same(kept)), rating].sort((a, b) => (a.time < b.time ? -1 : 1));
    return kept(before);
  },

  async unrate(index) {
    const before = athlete.ratings;
    athlete.ratings = before.filter((_, k) => k !== index);
    return kept(before);
  },

  profile({ key, width }) {
    const { activity } = athlete.runs.get(key);
    return model.profileFigure(activity, runner(), { width });
  },

  async race(asked) {
    const race = await raceAsked(asked, "race");
    const { report, figures } = model.race(race.course, runs(), race.start, raceOptions(race, asked.width));
    const strength = Object.fromEntries(
      Object.entries(report.strength_loss.muscles).map(([muscle, series]) => [muscle, series.point.at(-1)]),
    );
    const peaks = Object.fromEntries(Object.entries(report.soreness).map(([muscle, { peak }]) => [muscle, peak]));
    const { course: about, finish_time_s: finish, points, back, advice, lead_legs_km, outcomes } = report;
    await keepRace(race);
    return { race: keptRace(), about, finish, points, back, advice, lead_legs_km, outcomes, strength, peaks, figures };
  },

  async plan(asked) {
    const race = await raceAsked(asked, "plan");
    const times = { race: race.start, from: now };
    const { report, figure } = model.plan(race.course, runs(), times, raceOptions(race, asked.width));
    await keepRace(race);
    const { sessions, race_day, red_flags } = report;
    return { race: keptRace(), sessions, race_day, red_flags, figure };
  },

  /** The race that is kept, asked again. */
  again: ({ what, width }) => tasks[what]({ ...athlete.race, width }),

  async unrace() {
    await keepRace(null);
    return { race: null };
  },

  resize(to) {
    width = to;
    return { view: view() };
  },

  export: () => store.exported({ ...athlete, runs: [...athlete.runs].map(([key, { activity }]) => [key, activity]) }),

  async import(file) {
    const found = await store.imported(new Uint8Array(await file.arrayBuffer()));
    const before = { settings: athlete.settings, ratings: athlete.ratings, race: athlete.race, runs: athlete.runs };
    try {
      athlete.settings = found.settings;
      athlete.ratings = store.merged(before.ratings, found.ratings);
      athlete.race = found.race ?? before.race;
      const entries = [...before.runs].map(([key, { activity }]) => [key, activity]);
      athlete.runs = new Map([...entries, ...found.runs].map(([key, activity]) => [key, carried(activity)]));
      const answer = { view: view(), rateAt: rateAt(), imported: found.runs.length, settings: found.settings, race: keptRace() };
      await store.replace(athlete, found.runs);
      return answer;
    } catch (error) {
      Object.assign(athlete, before);
      throw error;
    }
  },

  async clear() {
    await store.clear();
    Object.assign(athlete, { ratings: [], race: null, runs: new Map() });
    return { view: view(), rateAt: now, race: null };
  },
};

/** What was asked of a race; without a file, of the course that is kept. */
async function raceAsked({ file, start, finish_time_s }, what) {
  const before = athlete.race;
  if (!file && !before) throw new Error("a course is needed: choose its GPX file");
  const { name, course } = file ? { name: file.name, course: new Uint8Array(await file.arrayBuffer()) } : before;
  const same = !file && before.start === start && before.finish_time_s === finish_time_s;
  const asked = same ? [...before.asked.filter((other) => other !== what), what] : [what];
  return { name, course, start, finish_time_s, asked };
}

async function keepRace(race) {
  await store.keep("race", race);
  athlete.race = race;
}

/** The race without its course, which the page has no use for. */
const keptRace = () => athlete.race && { ...athlete.race, course: undefined };

function raceOptions({ finish_time_s }, width) {
  const { habit } = athlete.settings;
  const profile = learned()?.profile ?? null;
  return { habit, profile, runner: runner(), finish_time_s, width };
}

/** Keeps ratings that can be learned from; others are taken back. */
async function kept(before) {
  try {
    const answer = { view: view() };
    await store.keep("ratings", athlete.ratings);
    return answer;
  } catch (error) {
    athlete.ratings = before;
    throw error;
  }
}

// One task after the other: each sees what the one before has done.
let queue = Promise.resolve();
onmessage = ({ data: { id, task, argument, now: asked } }) => {
  queue = queue.then(async () => {
    now = asked;
    try {
      const tell = (progress) => postMessage({ id, progress });
      postMessage({ id, result: await tasks[task](argument, tell) });
    } catch (error) {
      const broken = error instanceof WebAssembly.RuntimeError;
      postMessage({ id, error: broken ? "internal error of the model; please report it" : error.message, broken });
    }
  });
};
