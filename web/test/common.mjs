// What all tests of the page use: real files, and the command to compare with.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The folder of real recordings beside the checkout, and what a test that needs them says where it is missing. */
export const REAL = fileURLToPath(new URL("../../../shared/activities", import.meta.url));
export const NO_REAL = existsSync(REAL) ? "" : `no real recordings: ${REAL} is missing`;
export const COURSE = `${ROOT}samples/mountain_run.gpx`;
export const SAMPLES = [
  ...["2026-05-17-easy.csv", "2026-05-20-easy.tcx", "2026-05-24-rolling.json", "2026-05-28-easy.csv"],
  ...["2026-05-31-easy.tcx", "2026-06-03-hills.gpx"],
]
  .map((name) => `${ROOT}samples/week/${name}`)
  .concat(`${ROOT}samples/mountain_run.gpx`);

const COMMAND = process.env.ECCENTRIC;
if (!COMMAND) throw new Error("ECCENTRIC is not set: start the tests with tools/test_web.sh");

/** What the command says of the same files. */
export function command(...words) {
  const run = execFileSync(COMMAND, [...words, "--json"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1 << 28,
    env: { ...process.env, TZ: "Europe/Zurich", ECCENTRIC_CACHE: "" },
  });
  return JSON.parse(run);
}

export async function opened(page) {
  await page.goto("./");
  await expect(page.locator("#status")).toHaveText("Ready");
}

export async function give(page, files) {
  await page.locator("#files").setInputFiles(files);
  await expect(page.locator("#status")).toHaveText(/of \d+ files read$/, { timeout: 60_000 });
  await expect(page.locator("body")).not.toHaveAttribute("aria-busy");
}

/** The numbers of the forecast as they stand on the page. */
export async function shown(page) {
  const rows = await page.locator("#muscles tbody tr").evaluateAll((rows) =>
    rows.map((row) => {
      const cell = (label) => row.querySelector(`[data-label="${label}"]`);
      const [sorest, when, weaker, clear] = ["Sorest", "When", "Weaker", "Clear"].map(cell);
      const peak = sorest.querySelector("data");
      return {
        muscle: row.dataset.muscle,
        text: peak.textContent,
        soreness: Number(peak.value),
        at: when.querySelector("time").dateTime,
        weaker: Number(weaker.querySelector("data").value),
        clear_at: clear.querySelector("time")?.dateTime ?? null,
      };
    }),
  );
  return Object.fromEntries(rows.map((row) => [row.muscle, row]));
}

/** Rounding apart, numbers are those of the command. */
export function near(found, expected, what) {
  expect(Math.abs(found - expected), `${what}: ${found}, ${expected}`).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
}

/** The page says what the command says. */
export function same(found, report) {
  expect(Object.keys(found).sort()).toEqual(Object.keys(report.muscles).sort());
  for (const [muscle, ahead] of Object.entries(report.muscles)) {
    const row = found[muscle];
    near(row.soreness, ahead.peak.soreness, muscle);
    expect(row.text, muscle).toBe(ahead.peak.soreness.toFixed(1));
    expect(Date.parse(row.at), muscle).toBe(Date.parse(ahead.peak.time));
    near(row.weaker, 100 * ahead.strength_loss.point[0], muscle);
    expect(Date.parse(row.clear_at ?? 0), muscle).toBe(Date.parse(ahead.clear_at ?? 0));
  }
}
