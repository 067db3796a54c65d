import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { performance } from "node:perf_hooks";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as eccentric from "eccentric";

const ROOT = given("ECCENTRIC_ROOT");
const COMMAND = given("ECCENTRIC");
/** The folder of real recordings beside the checkout. */
const REAL = fileURLToPath(new URL("../shared/activities/", `file://${ROOT}/`));
/** What a test that needs them says where they are missing. */
const skip = existsSync(REAL) ? false : `no real recordings: ${REAL} is missing`;
const COURSE = `${ROOT}/samples/mountain_run.gpx`;
const SAMPLES = ["mountain_run.gpx", ...readdirSync(`${ROOT}/samples/week`).map((name) => `week/${name}`)];
const RUNNER = { mass_kg: 62, pack_kg: 4.5 };

function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with bindings/wasm/test/run.sh`);
  return value;
}

/** What the command prints for the same. */
const command = (...words) => commandIn("UTC", ...words);

function commandIn(zone, ...words) {
  const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] };
  const env = { ...process.env, TZ: zone, ECCENTRIC_CACHE: "" };
  return JSON.parse(execFileSync(COMMAND, [...words, "--json"], { ...options, env }));
}

const readAll = (files) =>
  files.flatMap((file) => eccentric.read(readFileSync(file), { name: file })).map((activity) => eccentric.load(activity, RUNNER));

const samples = () => readAll(SAMPLES.map((name) => `${ROOT}/samples/${name}`));

/** As far as numbers may differ: the model's own functions are one library, those of its libraries are each system's. */
const RELATIVE = 1e-9;

/** The same words, and the same numbers but for rounding; where the files lie is not looked at. */
function same(found, expected, place = "report") {
  if (typeof expected === "number") {
    const allowed = RELATIVE * Math.abs(expected) + 1e-12;
    assert.ok(Math.abs(found - expected) <= allowed, `${place}: ${found}, expected ${expected}`);
  } else if (expected !== null && typeof expected === "object") {
    assert.deepEqual(Object.keys(found), Object.keys(expected), place);
    for (const [key, value] of Object.entries(expected)) {
      if (key === "file") assert.equal(found.file.split("/").at(-1), value.split("/").at(-1));
      else same(found[key], value, `${place}.${key}`);
    }
  } else assert.equal(found, expected, place);
}

test("loads and forecast are those of the command", () => {
  const runs = samples();
  same(eccentric.loadReport(runs), command("load", "samples", "--mass", "62", "--pack", "4.5"));
  const report = command("forecast", "samples", "--mass", "62", "--pack", "4.5", "--habit", "none", "--level", "0.5", "--level", "0.95");
  same(eccentric.forecast(runs, { habit: "none", levels: [0.5, 0.95] }), report);
  assert.equal(report.advice.severe, true);
});

test("every real file is read as the command reads it, or refused with its words", { skip }, () => {
  let read = 0;
  for (const name of readdirSync(REAL).filter((name) => /\.(fit|gpx|tcx|gz)$/.test(name))) {
    const file = `${REAL}/${name}`;
    let runs;
    try {
      runs = readAll([file]);
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError), `${name}: ${error}`);
      assert.throws(() => command("load", file), name);
      continue;
    }
    same(eccentric.loadReport(runs), command("load", file, "--mass", "62", "--pack", "4.5"));
    read++;
  }
  assert.ok(read >= 20, `${read}`);
});

test("today, race and plan are those of the command", () => {
  const runs = samples();
  const at = "2026-06-20T17:00:00Z";
  const body = ["--mass", "62", "--pack", "4.5"];
  same(eccentric.today(runs, at, { runner: RUNNER }), command("today", "samples", "--at", at, ...body));
  const [course, start] = [readFileSync(COURSE), "2026-08-28T05:00:00Z"];
  const { report, figures } = eccentric.race(course, runs, start, { runner: RUNNER, finish_time_s: 10800 });
  same(report, command("race", COURSE, "samples", "--start", start, "--time", "3:00", ...body));
  assert.match(figures.course, /^<svg/);
  const times = { race: "2026-07-18T05:00:00Z", from: new Date("2026-06-20T08:00:00Z") };
  const planned = eccentric.plan(course, runs, times, { runner: RUNNER });
  const words = ["--race", times.race, "--from", times.from.toISOString(), "--no-save", ...body];
  same(planned.report, command("plan", COURSE, "samples", ...words));
  const again = eccentric.plan(course, runs, times, { runner: RUNNER, before: planned.planned });
  assert.deepEqual(again.report.since_last_plan.changed, []);
});

/** What a call gives where the clocks are those of a zone: Node takes them up at once. */
function within(zone, call) {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    return call();
  } finally {
    process.env.TZ = before;
  }
}

test("over a clock change sessions stay at their hour, and days are those of the command", () => {
  const runs = samples();
  const course = readFileSync(COURSE);
  const zone = "Europe/Berlin";
  const hour = (time) => new Date(time).toLocaleTimeString("en-GB", { timeZone: zone });
  for (const [from, race] of [["2026-03-08T08:00:00Z", "2026-04-18T05:00:00Z"], ["2026-10-04T08:00:00Z", "2026-11-14T05:00:00Z"]]) {
    const blocked = ["2026-03-29", "2026-10-26"];
    const { report } = within(zone, () => eccentric.plan(course, runs, { race, from }, { runner: RUNNER, blocked }));
    const words = ["--race", race, "--from", from, "--no-save", "--mass", "62", "--pack", "4.5"];
    const days = blocked.flatMap((day) => ["--block", day]);
    same(report, commandIn(zone, "plan", COURSE, "samples", ...words, ...days));
    const { sessions } = report;
    assert.deepEqual([...new Set(sessions.map(({ start }) => hour(start)))], ["17:00:00"]);
    const offsets = new Set(sessions.map(({ date, start }) => Date.parse(`${date}T17:00:00Z`) - Date.parse(start)));
    assert.equal(offsets.size, 2, "sessions on both sides of the change");
    // A fixed offset has no clock change, whatever the host's zone is.
    const fixed = within(zone, () => eccentric.plan(course, runs, { race, from }, { runner: RUNNER, utc_offset_s: 3600 })).report;
    assert.ok(fixed.sessions.every(({ start }) => start.endsWith("T16:00:00Z")));
  }
  // Both sides in one figure: 80 h from Saturday noon.
  const bout = eccentric.fromSegments({ duration_s: [1800], speed_m_s: [3], grade: [-0.16] }, { start: "2026-03-28T11:00:00Z" });
  const carried = [eccentric.load(bout, RUNNER)];
  const { soreness } = within(zone, () => eccentric.forecastFigures(carried, { hours: 80 }));
  assert.match(soreness, /UTC\+1, then UTC\+2/);
  assert.match(within(zone, () => eccentric.forecastFigures(carried, { hours: 80, utc_offset_s: 3600 })).soreness, /\(UTC\+1\)/);
  // Times without an offset are local where the host is.
  const rating = [{ time: "2026-06-07T10:00:00", soreness: 9, scale: "nrs" }];
  const there = within(zone, () => eccentric.fit(runs, rating).profile);
  assert.deepEqual(there, eccentric.fit(runs, [{ ...rating[0], time: "2026-06-07T08:00:00Z" }]).profile);
  assert.deepEqual(eccentric.fit(runs, rating, { utc_offset_s: 7200 }).profile, there);
});

test("golden cases", () => {
  const golden = JSON.parse(readFileSync(`${ROOT}/tests/golden/cases.json`, "utf8"));
  let compared = 0;
  const close = (found, expected, place) => {
    if (typeof expected === "number") {
      const allowed = golden.relative_tolerance * Math.abs(expected) + golden.absolute_tolerance;
      assert.ok(Math.abs(found - expected) <= allowed, `${place}: ${found}, expected ${expected}`);
      compared++;
    } else if (expected !== null && typeof expected === "object") {
      for (const [key, value] of Object.entries(expected)) close(found?.[key], value, `${place}.${key}`);
    } else assert.equal(found ?? null, expected, place);
  };
  for (const { name, habit, runner, runs, from_ms, options, expected } of golden.cases) {
    const carried = runs.map(({ start_ms, segments }) => {
      const column = (field) => Float64Array.from(segments, (segment) => segment[field] ?? NaN);
      const fields = ["duration_s", "speed_m_s", "grade", "grade_se", "start_s", "step_rate_hz"];
      const columns = Object.fromEntries(fields.map((field) => [field, column(field)]));
      columns.running = segments.map(({ gait }) => (gait === "running" ? 1 : 0));
      return eccentric.load(eccentric.fromSegments(columns, { start: start_ms }), runner);
    });
    for (const [k, load] of expected.loads.entries()) {
      const { relative_se, dose, end_ms, ...fields } = load;
      close(carried[k].load, fields, `${name}.loads[${k}]`);
    }
    const { state, before, forecast, drivers } = eccentric.outlook(carried, { habit, at: from_ms, ...options });
    const { time_ms, ...legs } = expected.state;
    close(state, legs, `${name}.state`);
    close(before, expected.before_last_run, `${name}.before`);
    const hours = (time) => (time === null ? null : (time - from_ms) / 3_600_000);
    close(forecast.times.map(hours), expected.hours, `${name}.hours`);
    for (const [muscle, { peak, clear_at_h, likely_clear_at_h, days, ...series }] of Object.entries(expected.muscles)) {
      const found = forecast.muscles[muscle];
      close(found, series, `${name}.${muscle}`);
      close(hours(found.peak.time), peak.h, `${name}.${muscle}.peak`);
      close(hours(found.clear.at), clear_at_h, `${name}.${muscle}.clear`);
      close(hours(found.clear.likely_at), likely_clear_at_h, `${name}.${muscle}.likely`);
    }
    close(drivers, expected.drivers.map(({ run, share }) => ({ run, share })), `${name}.drivers`);
  }
  assert.ok(compared > 5000, `${compared}`);
});

test("a state that is stored goes on as the history does", () => {
  const runs = samples().sort((a, b) => a.load.start - b.load.start);
  let state = eccentric.rested(runs[0].load.start, { habit: "road" });
  for (const run of runs) state = eccentric.after(JSON.parse(JSON.stringify(state)), run);
  const at = runs.at(-1).load.start + 86_400_000;
  const ahead = eccentric.forecastFrom(state, { at });
  const whole = eccentric.outlook(runs, { at });
  const [a, b] = [ahead, whole.forecast].map(({ muscles }) => muscles.calves.peak.soreness);
  assert.ok(Math.abs(a - b) < 1e-9 * b, `${a} ${b}`);
});

test("ratings teach; the profile is stored and used", () => {
  const runs = samples();
  const rating = (time, soreness) => ({ time, soreness, muscle: "quadriceps", scale: "nrs" });
  const ratings = [rating("2026-06-07T08:00:00Z", 9), rating("2026-06-08T08:00:00Z", 8)];
  const { report, profile } = eccentric.fit(runs, ratings);
  assert.equal(report.ratings, 2);
  const table = "# scale: nrs\ntime,soreness,muscle\n2026-06-07T08:00:00Z,9,quadriceps\n2026-06-08T08:00:00Z,8,quadriceps\n";
  assert.deepEqual(eccentric.fit(runs, Buffer.from(table)).profile, profile);
  const stored = JSON.parse(JSON.stringify(profile));
  const [before, after] = [{}, { profile: stored }].map((options) => eccentric.forecast(runs, options));
  assert.ok(after.muscles.quadriceps.peak.soreness > before.muscles.quadriceps.peak.soreness);
});

test("columns are a file's run", () => {
  const table = "# start: 2026-05-01T08:00:00Z\ntime_s,distance_m,elevation_m\n0,0,900\n60,180,870\n120,360,840\n";
  const [file] = eccentric.read(Buffer.from(table), { name: "run" });
  const columns = { time_s: new Float64Array([0, 60, 120]), distance_m: [0, 180, 360], elevation_m: new Float32Array([900, 870, 840]) };
  const run = eccentric.fromColumns(columns, { name: "run", start: new Date("2026-05-01T08:00:00Z") });
  assert.deepEqual(run.activity, file.activity);
  const bout = eccentric.fromSegments({ duration_s: [1800], speed_m_s: [3], grade: [-0.16] });
  const { load } = eccentric.load(bout, { mass_kg: 70, body_fat: 0.15 });
  assert.ok(Math.abs(load.points_total - 100) < 1e-9);
});

test("a load is kept in few bytes", () => {
  const [run] = samples();
  const stored = eccentric.loadToBytes(run);
  assert.ok(stored instanceof Uint8Array && stored.length < 984, `${stored.length}`);
  const back = eccentric.loadFromBytes(stored, "kept");
  assert.equal(back.file, "kept");
  assert.equal(back.distance_m, null);
  assert.ok(Math.abs(back.load.points_total / run.load.points_total - 1) < 1e-6);
  const [a, b] = [run, back].map((one) => eccentric.forecast([one]).muscles.quadriceps.peak.soreness);
  assert.ok(Math.abs(a / b - 1) < 1e-3, `${a} ${b}`);
  assert.throws(() => eccentric.loadFromBytes(stored.slice(1)), /bytes are no load/);
  assert.throws(() => eccentric.loadFromBytes(new Uint8Array()), /0 bytes are no load: cut off/);
});

test("age widens what is not known and moves nothing", () => {
  const [young, old] = [30, 80].map((age_years) => eccentric.load(eccentric.read(readFileSync(COURSE))[0], { ...RUNNER, age_years }));
  assert.equal(young.load.points_total, old.load.points_total);
  assert.ok(old.load.points_se > young.load.points_se);
  const report = command("load", COURSE, "--mass", "62", "--pack", "4.5", "--age", "80");
  same(old.load.points_se, report.activities[0].points_se);
});

test("figures", () => {
  const [activity] = eccentric.read(readFileSync(`${ROOT}/samples/mountain_run.gpx`), { name: "mountain" });
  assert.match(eccentric.profileFigure(activity, RUNNER, { width: 390 }), /^<svg[^>]*width="390"/);
  const figures = eccentric.forecastFigures([eccentric.load(activity)], { utc_offset_s: 7200 });
  for (const svg of Object.values(figures)) assert.match(svg, /^<svg.*<desc/s);
});

test("what can't be used is an Error that says why, and nothing breaks", () => {
  const [run] = samples();
  const [activity] = eccentric.read(readFileSync(`${ROOT}/samples/mountain_run.gpx`));
  const bad = [
    [() => eccentric.read(), /^file is of type undefined, allowed is a Uint8Array/],
    [() => eccentric.read("run.fit"), /^file is of type string/],
    [() => eccentric.read({ length: 1e12 }), /^file is of type Object/],
    [() => eccentric.read(new Uint8Array()), /empty file/],
    [() => eccentric.read(readFileSync(`${ROOT}/README.md`)), /known are FIT, TCX, GPX/],
    [() => eccentric.read(new Uint8Array(600 << 20)), /has 629145600 bytes, allowed are 536870912/],
    [() => eccentric.read(gzipSync(Buffer.alloc(513 << 20))), /too many bytes/],
    [() => eccentric.read(new Uint8Array(8), { nam: "x" }), /^options: unknown field `nam`|^options.nam: unknown field/],
    [() => eccentric.read(new Uint8Array(8), { start: new Date(NaN) }), /^options.start is an invalid date/],
    [() => eccentric.read(new Uint8Array(8), { grade: "steep" }), /^options.grade: invalid type: string "steep"/],
    [() => eccentric.fromColumns({ time_s: [0, NaN], distance_m: [0, 1] }), /time in row 1 is NaN/],
    [() => eccentric.fromColumns({ time_s: ["a"], distance_m: [0] }), /^time_s\[0\] is of type string/],
    [() => eccentric.fromColumns({ time_s: new Float64Array(3_000_000) }), /3000000 numbers, allowed are 2000000/],
    [() => eccentric.fromColumns({ time_s: [0, 1], distance_m: [0] }), /1/],
    [() => eccentric.fromColumns({}), /needed are time_s/],
    [() => eccentric.fromSegments({ duration_s: [60], speed_m_s: [3], grade: [NaN] }), /grade.*NaN/],
    [() => eccentric.fromSegments({ duration_s: [], speed_m_s: [], grade: [] }), /empty/],
    [() => eccentric.fromSegments({ duration_s: [60], speed_m_s: [3] }), /segments.grade is missing/],
    [() => eccentric.load(null), /^activity is of type null/],
    [() => eccentric.load({ ...activity, activity: { ...activity.activity, segments: 3 } }), /^activity.activity.segments: invalid type/],
    [() => eccentric.load(activity, { mass_kg: NaN }), /^runner.mass_kg is NaN, allowed is a finite number/],
    [() => eccentric.load(activity, { mass_kg: 3 }), /body mass is 3, allowed is 25 to 250 kg/],
    [() => eccentric.load(activity, { mass_kg: 70, age_years: 5 }), /age is 5, allowed is 10 to 110 years/],
    [() => eccentric.load(activity, 70), /^runner: invalid type/],
    [() => eccentric.forecast([]), /no run, so there is nothing to forecast from/],
    [() => eccentric.forecast(run), /^runs/],
    [() => eccentric.forecast([{}]), /^runs\[0\].*missing field/],
    [() => eccentric.forecast([run], { hours: 1e9 }), /forecast length is 1000000000, allowed is/],
    [() => eccentric.forecast([run], { levels: [0.5, 2] }), /2/],
    [() => eccentric.forecast([run], { habit: "couch" }), /unknown variant `couch`/],
    [() => eccentric.forecast([run], { at: "yesterday" }), /"yesterday" is no time/],
    [() => eccentric.forecast([run], { profile: { schema: "eccentric.profile", version: 99, data: {} } }), /version/],
    [() => eccentric.forecast([run], { profile: { schema: "eccentric.profile", version: 1, data: {} } }), /version 1 is of release 0.1/],
    [() => eccentric.advancedTo({ schema: "eccentric.state", version: 1, data: {} }, 0), /version 1 is of release 0.1/],
    [() => eccentric.fit([run], [{ time: "2026-06-07T08:00:00Z", soreness: 11, scale: "nrs" }]), /11/],
    [() => eccentric.fit([run], 7), /^ratings is of type number/],
    [() => eccentric.fit([run], [], { scale: "feelings" }), /"feelings", allowed are nrs/],
    [() => eccentric.after({}, run), /^state/],
    [() => eccentric.race(new Uint8Array(3), [run], 0), /./],
    [() => eccentric.today([run], undefined), /^at/],
    [() => eccentric.plan(readFileSync(COURSE), [run], { race: 0, from: 1 }), /leaves no day/],
    [() => eccentric.profileFigure(activity, RUNNER, { utc_offset_s: 1e7 }), /utc_offset_s/],
  ];
  for (const [call, words] of bad) {
    assert.throws(call, (error) => {
      assert.ok(error instanceof Error && !(error instanceof WebAssembly.RuntimeError), `${call}: ${error}`);
      assert.match(error.message, words, `${call}`);
      return true;
    });
  }
  const cyclic = { ...activity };
  cyclic.self = cyclic;
  assert.throws(() => eccentric.load(cyclic), /activity is no plain data/);
  assert.equal(eccentric.forecast([run]).schema, "eccentric.forecast");
});

test("damaged files don't break the module", { skip }, () => {
  const bytes = readFileSync(`${REAL}/run_forerunner55_error.fit`);
  for (let k = 0; k < 300; k++) {
    const damaged = Uint8Array.from(bytes.subarray(0, 20_000));
    damaged[(k * 7919) % damaged.length] ^= 1 << k % 8;
    try {
      eccentric.read(damaged);
    } catch (error) {
      assert.ok(!(error instanceof WebAssembly.RuntimeError), `${k}: ${error}`);
    }
  }
  assert.equal(eccentric.forecast(samples()).schema, "eccentric.forecast");
});

test("speed", { skip }, () => {
  const bytes = readFileSync(`${REAL}/run_fenix6x_84km_large.fit`);
  const timed = (call) => {
    const times = [];
    for (let k = 0; k < 5; k++) {
      const start = performance.now();
      call();
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  const runs = samples();
  const [read, forecast] = [timed(() => eccentric.read(bytes)), timed(() => eccentric.forecast(runs))];
  console.log(`FIT of 42,709 records read in ${read.toFixed(0)} ms; forecast from ${runs.length} runs in ${forecast.toFixed(1)} ms`);
});
