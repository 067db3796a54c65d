// Does not run: shows that the types say what the package takes and gives.
import { readFileSync } from "node:fs";
import { after, fit, forecast, fromColumns, load, plan, race, read, rested, today, type Run } from "eccentric";

const runs: Run[] = read(readFileSync("run.fit"), { name: "run.fit" }).map((activity) => load(activity, { mass_kg: 62, age_years: 44 }));
const peak: number = forecast(runs, { habit: "trail", levels: [0.5, 0.8] }).muscles.quadriceps.peak.soreness;
const activity = fromColumns({ time_s: new Float64Array(3), distance_m: [0, 1, 2] }, { start: new Date() });
const learned = fit(runs, [{ time: "2026-05-02T10:00:00Z", soreness: 4, scale: "nrs" }]);
forecast([load(activity)], { profile: learned.profile });
after(rested(Date.now()), runs[0]!);
const points: number = today(runs, new Date(), { runner: { mass_kg: 60 } }).limit.points + peak;
const course = readFileSync("course.gpx");
const finish: string = race(course, runs, "2026-08-28T18:00:00Z").report.finish;
const days: string[] = plan(course, runs, { race: finish, from: Date.now() }).report.sessions.map(({ date }) => date);
console.log(points, days);

// @ts-expect-error a habit that is none
forecast(runs, { habit: "couch" });
// @ts-expect-error a runner without a mass
load(activity, {});
// @ts-expect-error a path is no file
read("run.fit");
