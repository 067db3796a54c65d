import { readFileSync, writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { COURSE, NO_REAL, REAL, SAMPLES, command, give, near, opened, same, shown } from "./common.mjs";

test("samples and the command give the same numbers", async ({ page }) => {
  await opened(page);
  await give(page, SAMPLES);
  same(await shown(page), command("forecast", "samples", "--mass", "70"));
  await page.getByLabel("Body mass, kg").fill("62");
  await page.getByLabel("Pack, kg").fill("4.5");
  await page.getByLabel("Used to before").selectOption("none");
  await expect(page.locator("body")).not.toHaveAttribute("aria-busy");
  const report = command("forecast", "samples", "--mass", "62", "--pack", "4.5", "--habit", "none");
  await expect
    .poll(async () => (await shown(page)).quadriceps.soreness)
    .toBeCloseTo(report.muscles.quadriceps.peak.soreness, 9);
  same(await shown(page), report);
  const shares = await page.locator("#drivers data").evaluateAll((all) => all.map((data) => Number(data.value)));
  const expected = report.drivers.filter(({ share }) => share >= 0.01);
  expect(shares).toHaveLength(expected.length);
  expected.forEach(({ share, file }, k) => near(shares[k], 100 * share, file));
  expect(report.advice.severe).toBe(true);
  await expect(page.locator("#advice")).toContainText(report.advice.red_flags);
  await expect(page.locator("#advice")).toContainText("easy days");
  await expect(page.locator("#figures img").first()).toHaveAttribute("alt", /Soreness/);
});

test("the answer stands first, in words", async ({ page }) => {
  await page.clock.setFixedTime(new Date("2026-06-07T09:00:00Z"));
  await opened(page);
  await expect(page.locator("#answer")).toBeHidden();
  await give(page, SAMPLES);
  await expect(page.locator("main h2:visible").first()).toHaveText("Your legs");
  const forecast = command("forecast", "samples", "--mass", "70");
  const today = command("today", "samples", "--mass", "70", "--at", "2026-06-07T09:00:00Z");
  const muscles = Object.values(forecast.muscles);
  const felt = Object.values(today.before);
  const most = (values) => Math.max(...values);
  const data = (id) => page.locator(`#${id} data`).evaluateAll((all) => all.map((one) => Number(one.value)));
  const [soreNow, sorest] = await data("how-sore");
  near(soreNow, most(felt.map(({ soreness }) => soreness)), "sore now");
  near(sorest, most(muscles.map(({ peak }) => peak.soreness)), "sorest");
  const [weakNow, weakest] = await data("how-weak");
  near(weakNow, 100 * most(felt.map(({ strength_loss }) => strength_loss)), "weak now");
  near(weakest, 100 * most(muscles.map(({ strength_loss }) => strength_loss.point[0])), "weakest");
  const over = await page.locator("#when-over time").getAttribute("datetime");
  expect(Date.parse(over)).toBe(most(muscles.map(({ clear_at }) => Date.parse(clear_at))));
  const weekday = new Date(over).toLocaleDateString("en-GB", { weekday: "short", timeZone: "Europe/Zurich" });
  await expect(page.locator("#when-over")).toContainText(`Likely ${weekday}`);
  expect(today.worthwhile).toBe(false);
  await expect(page.locator("#what-today")).toContainText("Nothing downhill: easy and flat until");
  expect(Date.parse(await page.locator("#what-today time").getAttribute("datetime"))).toBe(Date.parse(today.next));
  // Weeks later it is over, and the limit is another.
  await page.clock.setFixedTime(new Date("2026-07-07T09:00:00Z"));
  await page.reload();
  await expect(page.locator("#when-over")).toContainText(`Over since ${weekday}`);
  const later = command("today", "samples", "--mass", "70", "--at", "2026-07-07T09:00:00Z");
  near((await data("what-today"))[0], later.limit.descent_m, "descent");
});

test("real files of every kind", async ({ page }) => {
  test.skip(NO_REAL !== "", NO_REAL);
  const names = ["run_fenix6x_hilly.fit", "trail_sloatsburg.tcx", "mountain_emparis_41k.gpx", "run_trackeR.gpx.gz"];
  const files = names.map((name) => `${REAL}/${name}`);
  await opened(page);
  const undated = test.info().outputPath("undated.csv");
  writeFileSync(undated, "time_s,distance_m,elevation_m\n0,0,900\n60,180,870\n120,360,840\n");
  await give(page, [...files, `${REAL}/SOURCES.md`, undated]);
  same(await shown(page), command("forecast", ...files));
  const rows = page.locator("#runs > li");
  await expect(rows).toHaveCount(5);
  await expect(page.locator("#failures li")).toHaveCount(1);
  await expect(page.locator("#failures")).toContainText("SOURCES.md");
  await expect(page.locator("#left-out")).toContainText("undated.csv: does not say when it began");
  const points = await page.locator('li[data-run="mountain_emparis_41k.gpx"] data').last().getAttribute("value");
  near(Number(points), command("load", files[2]).activities[0].points.total, "points");
  // The same file twice is one run.
  await give(page, files[0]);
  await expect(rows).toHaveCount(5);
  await page.locator("#runs-box > summary").click();
  await page.getByRole("button", { name: "Remove undated.csv" }).click();
  await expect(rows).toHaveCount(4);
  await expect(page.locator("#left-out li")).toHaveCount(0);
});

test("bad values are said, and nothing changes", async ({ page }) => {
  await opened(page);
  await give(page, SAMPLES);
  const before = await shown(page);
  await page.evaluate(() => {
    const form = document.querySelector("#settings");
    form.noValidate = true;
    form.mass_kg.removeAttribute("min");
    form.reportValidity = () => true;
  });
  await page.getByLabel("Body mass, kg").fill("3");
  await page.getByLabel("Pack, kg").focus();
  await expect(page.locator("#alert")).toHaveText("Body mass is 3, allowed is 25 to 250 kg");
  expect(await shown(page)).toEqual(before);
  await give(page, [{ name: "empty.fit", mimeType: "", buffer: Buffer.alloc(0) }]);
  await expect(page.locator("#failures")).toContainText("empty file");
  await page.locator("#import").setInputFiles({ name: "x.json", mimeType: "", buffer: Buffer.from("{}") });
  await expect(page.locator("#alert")).toHaveText("This is no file that was exported here");
  const newer = JSON.stringify({ schema: "eccentric.page", version: 99 });
  await page.locator("#import").setInputFiles({ name: "x.json", mimeType: "", buffer: Buffer.from(newer) });
  await expect(page.locator("#alert")).toContainText("version 99");
});

test("ratings are learned from, and found again offline", async ({ page, context }) => {
  await opened(page);
  await give(page, SAMPLES);
  const before = await shown(page);
  for (const [day, soreness] of [["2026-06-07T10:00", "9"], ["2026-06-08T10:00", "8"], ["2026-06-09T09:00", "7"]]) {
    await page.locator("#soreness").fill(soreness);
    await page.getByLabel("When", { exact: true }).fill(day);
    await page.getByRole("button", { name: "Keep this rating" }).click();
    await expect(page.locator("#status")).toHaveText("Rating kept");
    await expect(page.locator("body")).not.toHaveAttribute("aria-busy");
  }
  await expect(page.locator("#ratings li")).toHaveCount(3);
  const after = await shown(page);
  expect(after.quadriceps.soreness).toBeGreaterThan(before.quadriceps.soreness + 0.5);
  // The same through the command.
  const ratings = test.info().outputPath("ratings.csv");
  writeFileSync(ratings, "# scale: nrs\ntime,soreness,muscle\n2026-06-07T08:00:00Z,9,quadriceps\n2026-06-08T08:00:00Z,8,quadriceps\n2026-06-09T07:00:00Z,7,quadriceps\n");
  const profile = test.info().outputPath("profile.json");
  const fit = command("fit", "samples", "--ratings", ratings, "--profile", profile);
  same(after, command("forecast", "samples", "--profile", profile));
  expect(await page.locator("#words li").allTextContents()).toEqual(fit.words);

  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(page.locator("#status")).toHaveText("Ready");
  expect(await shown(page)).toEqual(after);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("#status")).toHaveText("Ready");
  expect(await shown(page)).toEqual(after);
  await page.locator("#ratings").getByRole("button").first().click();
  await expect(page.locator("#ratings li")).toHaveCount(2);
  await context.setOffline(false);
});

test("export, delete, import", async ({ page }) => {
  await opened(page);
  await give(page, SAMPLES);
  await page.getByLabel("Body mass, kg").fill("81.5");
  await page.getByLabel("Age").fill("71");
  await page.getByLabel("When", { exact: true }).fill("2026-06-07T10:00");
  await page.getByRole("button", { name: "Keep this rating" }).click();
  await expect(page.locator("#ratings li")).toHaveCount(1);
  const before = await shown(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = test.info().outputPath("data.json.gz");
  await (await download).saveAs(file);
  await page.getByRole("button", { name: "Delete all" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.locator("#empty")).toBeVisible();
  await page.getByLabel("Body mass, kg").fill("70");
  await page.locator("#import").setInputFiles(file);
  await expect(page.locator("#status")).toHaveText("7 runs imported");
  expect(await shown(page)).toEqual(before);
  await expect(page.getByLabel("Body mass, kg")).toHaveValue("81.5");
  await expect(page.getByLabel("Age")).toHaveValue("71");
  // No place leaves with it.
  const { gunzipSync } = await import("node:zlib");
  const text = gunzipSync(readFileSync(file)).toString();
  expect(JSON.parse(text).version).toBe(3);
  expect(text).not.toMatch(/"(lat|lon|latitude|longitude|position\w*)"/);
});

test("a file of the first version stays loadable", async ({ page }) => {
  await opened(page);
  await page.locator("#import").setInputFiles(new URL("page-v1.json", import.meta.url).pathname);
  await expect(page.locator("#status")).toHaveText("1 runs imported");
  await expect(page.locator("#runs > li")).toHaveCount(1);
  await expect(page.locator("#ratings li")).toHaveCount(1);
  // It holds the run as it was read: its load is computed anew.
  expect(Number(await page.locator("#runs > li data").last().getAttribute("value"))).toBeGreaterThan(80);
  await expect(page.getByLabel("Body mass, kg")).toHaveValue("64.5");
  await expect(page.getByLabel("Age")).toHaveValue("");
});

test("age widens the intervals as with the command", async ({ page }) => {
  await opened(page);
  await give(page, SAMPLES);
  const before = await shown(page);
  await page.getByLabel("Age").fill("80");
  await page.getByLabel("Pack, kg").focus();
  const report = command("forecast", "samples", "--mass", "70", "--age", "80");
  const { peak, soreness } = report.muscles.quadriceps;
  const k = soreness.point.indexOf(peak.soreness);
  const range = ["lower", "upper"].map((end) => soreness.intervals[0][end][k].toFixed(1)).join("–");
  await expect(page.locator('tr[data-muscle="quadriceps"] [data-label="Sorest"]')).toContainText(`(${range})`);
  expect((await shown(page)).quadriceps.soreness).toBe(before.quadriceps.soreness);
  same(await shown(page), report);
  await page.reload();
  await expect(page.getByLabel("Age")).toHaveValue("80");
});

test("a race and the weeks before it", async ({ page }) => {
  await page.clock.setFixedTime(new Date("2026-06-10T08:00:00Z"));
  await opened(page);
  await give(page, SAMPLES);
  await page.getByLabel("Course (GPX)").setInputFiles(COURSE);
  await page.getByLabel("Start", { exact: true }).fill("2026-07-18T04:00");
  await page.getByLabel(/^Finish in/).fill("3:15");
  await page.getByRole("button", { name: "What it does to my legs" }).click();
  await expect(page.locator("#finish")).toHaveText("3:15", { timeout: 60_000 });
  const report = command("race", COURSE, "samples", "--start", "2026-07-18T04:00", "--time", "3:15");
  const losses = await page.locator("#race-result tr[data-muscle]").evaluateAll((rows) =>
    rows.map((row) => [row.dataset.muscle, ...[...row.querySelectorAll("data")].map((data) => Number(data.value))]),
  );
  for (const [muscle, weaker, sorest] of losses) {
    near(weaker, 100 * report.strength_loss.muscles[muscle].point.at(-1), muscle);
    near(sorest, report.soreness[muscle].peak.soreness, muscle);
  }
  await expect(page.locator("#race-result")).toContainText("Stairs without trouble");
  await page.getByRole("button", { name: "Plan the weeks before" }).click();
  await expect(page.locator("#plan-result")).toContainText("At the start: protected", { timeout: 60_000 });
  const planned = command("plan", COURSE, "samples", "--race", "2026-07-18T04:00", "--from", "2026-06-10T10:00", "--time", "3:15", "--no-save");
  const sessions = await page.locator("#plan-result tbody time").evaluateAll((all) => all.map(({ dateTime }) => Date.parse(dateTime)));
  expect(sessions).toEqual(planned.sessions.map(({ start }) => Date.parse(start)));

  // Both are there again, without the file; and from an exported file too.
  const [raced, weeks] = [await page.locator("#race-result").innerText(), await page.locator("#plan-result").innerText()];
  const again = async () => {
    await expect(page.locator("#kept-name")).toHaveText("mountain_run.gpx");
    await expect(page.getByLabel("Start", { exact: true })).toHaveValue("2026-07-18T04:00");
    await expect(page.getByLabel(/^Finish in/)).toHaveValue("3:15");
    await expect(page.locator("#plan-result")).toContainText("At the start: protected", { timeout: 60_000 });
    expect(await page.locator("#race-result").innerText()).toBe(raced);
    expect(await page.locator("#plan-result").innerText()).toBe(weeks);
  };
  await page.reload();
  await again();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = test.info().outputPath("data.json.gz");
  await (await download).saveAs(file);
  await page.getByRole("button", { name: "Delete all" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.locator("#race-result")).toBeEmpty();
  await expect(page.locator("#kept")).toBeHidden();
  await page.locator("#import").setInputFiles(file);
  await again();
  // Other legs make other results: the page says so.
  await page.getByLabel("Body mass, kg").fill("81");
  await page.getByLabel("Pack, kg").focus();
  await expect(page.locator("#race-stale")).toBeVisible();
  await page.getByRole("button", { name: "What it does to my legs" }).click();
  await expect(page.locator("#race-stale")).toBeHidden({ timeout: 60_000 });
  expect(await page.locator("#race-result").innerText()).not.toBe(raced);
  await page.getByRole("button", { name: "Remove this race" }).click();
  await expect(page.locator("#kept")).toBeHidden();
  await page.reload();
  await expect(page.locator("#status")).toHaveText("Ready");
  await expect(page.locator("#kept")).toBeHidden();
  await expect(page.locator("#race-result")).toBeEmpty();
});

test("axe finds nothing serious, in light and in dark", async ({ browser }) => {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await opened(page);
    await give(page, SAMPLES);
    await expect(page.locator("#profile img")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes[0].html}`)).toEqual([]);
    await context.close();
  }
});

test("by keyboard alone", async ({ page }) => {
  await opened(page);
  await give(page, SAMPLES);
  const reached = new Set();
  await page.locator("body").press("Tab");
  for (let k = 0; k < 60; k++) {
    reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.name || document.activeElement.textContent.trim()));
    await page.keyboard.press("Tab");
  }
  for (const what of ["files", "mass_kg", "pack_kg", "age_years", "habit", "soreness", "muscle", "time", "course", "export", "import", "clear"]) {
    expect(reached, what).toContain(what);
  }
  await page.locator("#soreness").focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("#soreness-out")).toHaveText("4");
});

test("nothing leaves the device", async ({ page, baseURL }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await opened(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const loaded = asked.length;
  await give(page, SAMPLES);
  await page.getByRole("button", { name: "Keep this rating" }).click();
  await expect(page.locator("#ratings li")).toHaveCount(1);
  const other = asked.filter((url) => !url.startsWith(baseURL) && !url.startsWith("blob:"));
  expect(other).toEqual([]);
  expect(asked.slice(loaded).filter((url) => !url.startsWith("blob:"))).toEqual([]);
});

for (const [kind, viewport] of [["phone", { width: 360, height: 780 }], ["desktop", { width: 1280, height: 900 }]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`screenshot: ${kind}, ${colorScheme}`, async ({ browser }) => {
      const page = await browser.newPage({ viewport, colorScheme });
      await page.clock.setFixedTime(new Date("2026-06-07T09:00:00Z"));
      await opened(page);
      await give(page, SAMPLES);
      await page.locator("#runs-box > summary").click();
      await page.getByLabel("Course (GPX)").setInputFiles(COURSE);
      await page.getByLabel("Start", { exact: true }).fill("2026-07-18T06:00");
      await page.getByRole("button", { name: "What it does to my legs" }).click();
      await expect(page.locator("#race-result h3")).toBeVisible({ timeout: 60_000 });
      await page.getByRole("button", { name: "Plan the weeks before" }).click();
      await expect(page.locator("#plan-result h3")).toBeVisible({ timeout: 60_000 });
      // Nothing lies beyond the side, neither of the page nor in a box of its own.
      const beyond = await page.evaluate(() => {
        const wide = (node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "visible";
        const boxes = [...document.querySelectorAll("main *:not(.hidden):not(thead):not(input)")].filter(wide);
        return [document.documentElement.scrollWidth > innerWidth && "page", ...boxes.map(({ tagName, id }) => tagName + id)].filter(Boolean);
      });
      expect(beyond).toEqual([]);
      for (const button of await page.locator("button:visible").all()) {
        const { x, width } = await button.boundingBox();
        expect(x >= 0 && x + width <= viewport.width).toBe(true);
      }
      await page.screenshot({ path: `out/${kind}-${colorScheme}.png`, fullPage: true });
      await page.close();
    });
  }
}
