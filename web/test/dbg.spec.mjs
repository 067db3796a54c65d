import { test } from "@playwright/test";
import { SAMPLES, REAL, give, opened } from "./common.mjs";
test("dbg", async ({ page }) => {
  page.on("console", (m) => console.log("console", m.text()));
  page.on("pageerror", (m) => console.log("pageerror", m.message));
  await opened(page);
  await give(page, SAMPLES);
  await page.getByRole("button", { name: "Keep this rating" }).click();
  await page.waitForTimeout(1500);
  console.log("alert", await page.locator("#alert").textContent(), "status", await page.locator("#status").textContent());
  const names = ["run_fenix6x_hilly.fit", "trail_sloatsburg.tcx", "mountain_emparis_41k.gpx", "run_trackeR.gpx.gz"];
  await give(page, [...names.map((name) => `${REAL}/${name}`), `${REAL}/SOURCES.md`, `${REAL}/notime_cerknicko.gpx`]);
  console.log(await page.locator("#failures").textContent());
});
