import { readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { COURSE, NO_REAL, REAL, opened } from "./common.mjs";

// The longest a page may be frozen and 30 files of 1 MB may take, in ms.
const FROZEN_MS = 100;
const WHOLE_MS = 3000;

/** Files of 1 MB: a recording, a real one where there are any, filled up with what a reader passes over. */
function files() {
  const gpx = readFileSync(NO_REAL ? COURSE : `${REAL}/mountain_emparis_41k.gpx`, "utf8");
  return Array.from({ length: 30 }, (_, k) => {
    // Each on a day of its own, so that all count.
    const day = new Date(Date.UTC(2026, 4, 1 + k)).toISOString().slice(0, 10);
    let text = gpx.replace(/<time>\d{4}-\d{2}-\d{2}/g, `<time>${day}`);
    text = text.padEnd(1 << 20, " ");
    const path = test.info().outputPath(`${day}.gpx`);
    writeFileSync(path, text);
    return path;
  });
}

test("30 files of 1 MB are read and forecast, and the page never freezes", async ({ page }) => {
  const given = files();
  const smallest = Math.min(...given.map((path) => statSync(path).size));
  expect(smallest).toBeGreaterThanOrEqual(1 << 20);
  await opened(page);
  // Files come from the disk, as a person gives them.
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
    }).observe({ type: "longtask" });
    const tick = () => {
      const now = performance.now();
      window.gap = Math.max(window.gap ?? 0, now - last);
      last = now;
      setTimeout(tick, 0);
    };
    tick();
    const status = document.getElementById("status");
    document.getElementById("files").addEventListener("change", () => (window.begun = performance.now()), { capture: true });
    new MutationObserver(() => {
      if (/of 30 files read$/.test(status.textContent) && !document.body.hasAttribute("aria-busy")) window.ended = performance.now();
    }).observe(status, { childList: true, subtree: true, characterData: true });
  });
  await page.locator("#files").setInputFiles(given);
  await page.waitForFunction(() => window.ended, null, { timeout: 60_000 });
  const { whole, longest } = await page.evaluate(() => ({ whole: window.ended - window.begun, longest: window.longest }));
  console.log(`30 files of ${(smallest / 2 ** 20).toFixed(2)} MB: ${whole.toFixed(0)} ms, longest task of the page ${longest.toFixed(0)} ms`);
  await expect(page.locator("#failures li")).toHaveCount(0);
  expect(longest).toBeLessThan(FROZEN_MS);
  expect(whole).toBeLessThan(WHOLE_MS);
});
