// The page: what is shown and asked. Everything that takes time is the worker's.

const $ = (id) => document.getElementById(id);
const MUSCLES = { quadriceps: "Front of the thighs", calves: "Calves", hip_extensors: "Buttocks", hamstrings: "Back of the thighs", legs: "Legs as a whole" };
const SHORT = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };

// -- the worker ---------------------------------------------------------------------------------

let worker;
let calls = new Map();
let last = 0;

function begin() {
  worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = ({ data: { id, progress, result, error, broken } }) => {
    const call = calls.get(id);
    if (progress) return call.tell?.(progress);
    calls.delete(id);
    if (error === undefined) call.resolve(result);
    else call.reject(new Error(error));
    if (broken) restart();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const call of calls.values()) call.reject(new Error("the page could not be loaded completely"));
    calls.clear();
  };
}

/** After a fault in the model, a fresh worker reads again what is kept. */
function restart() {
  worker.terminate();
  begin();
  ask("open", { width: width() });
}

function ask(task, argument, tell) {
  const id = ++last;
  return new Promise((resolve, reject) => {
    calls.set(id, { resolve, reject, tell });
    worker.postMessage({ id, task, argument, now: Date.now() });
  });
}

/** Asks, shows the view that comes back, and says what went wrong. */
async function act(task, argument, { busy, done } = {}) {
  $("alert").textContent = "";
  document.body.setAttribute("aria-busy", "true");
  if (busy) $("status").textContent = busy;
  try {
    const tell = ({ done, of }) => ($("status").textContent = `${done} of ${of} files read`);
    const answer = await ask(task, argument, tell);
    if (answer?.view) {
      show(answer.view);
      $("race-stale").hidden = $("race-result").childElementCount + $("plan-result").childElementCount === 0;
    }
    if (answer?.race !== undefined) showKept(answer.race);
    if (answer?.settings) fill(answer.settings);
    if (answer?.rateAt) $("rate").time.value = local(answer.rateAt);
    $("status").textContent = done ?? "";
    return answer;
  } catch (error) {
    $("status").textContent = "";
    $("alert").textContent = capital(error.message);
    return null;
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

// -- words --------------------------------------------------------------------------------------

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A time as a local date and time field takes it. */
function local(ms) {
  const date = new Date(ms);
  return new Date(ms - 60_000 * date.getTimezoneOffset()).toISOString().slice(0, 16);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** What a forecast says in one line. */
const line = (id, word, ...words) => element("div", { id }, element("dt", {}, word), element("dd", {}, ...words));

/** A number for people, with the exact one beside it. */
const number = (value, digits, before = "", after = "") =>
  element("data", { value }, `${before}${value.toFixed(digits)}${after}`);

function time(when, options = SHORT) {
  const date = new Date(when);
  return element("time", { datetime: date.toISOString() }, date.toLocaleString("en-GB", options));
}

const hours = (s) => `${Math.floor(s / 3600)}:${String(Math.round((s % 3600) / 60) % 60).padStart(2, "0")}`;

/** The text of a piece of markup. */
const plain = (markup) => new DOMParser().parseFromString(markup, "text/html").documentElement.textContent;

/** A figure; those who don't see it hear its description. */
function figure(svg) {
  const words = [/<title[^>]*>[^<]*/, /<desc[^>]*>[^<]*/].map((part) => plain(svg.match(part)?.[0] ?? ""));
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = element("img", { src: url, alt: words.filter(Boolean).join(". ") });
  image.onload = () => URL.revokeObjectURL(url);
  return element("figure", {}, image);
}

const width = () => Math.round(Math.max(320, Math.min(900, document.querySelector("main").clientWidth)));

// -- what is shown ------------------------------------------------------------------------------

function show({ ratings, runs, forecast, words }) {
  $("runs-box").hidden = runs.length === 0;
  $("runs-count").textContent = runs.length === 1 ? "1 run" : `${runs.length} runs`;
  $("runs").replaceChildren(...runs.toReversed().map(runRow));
  $("ratings").replaceChildren(...ratings.map(ratingLine));
  $("words").replaceChildren(...words.map((word) => element("li", {}, word)));
  $("empty").hidden = forecast !== null;
  $("ahead").hidden = $("answer").hidden = forecast === null;
  if (!forecast) return;
  showAnswer(forecast);
  showForecast(forecast);
}

/** How sore, how weak, when over, what today: in words, before all numbers. */
function showAnswer({ start, muscles, answer: { run, today } }) {
  const by = (value) => muscles.reduce((most, muscle) => (value(muscle) > value(most) ? muscle : most));
  const [sorest, weakest] = [by(({ peak }) => peak.soreness), by(({ weaker }) => weaker)];
  const felt = Object.values(today.before);
  const now = today.at > Date.parse(start);
  const [soreNow, weakNow] = ["soreness", "strength_loss"].map((what) => Math.max(...felt.map((muscle) => muscle[what])));
  const ends = muscles.map(({ clear_at }) => clear_at);
  const end = ends.includes(null) ? null : ends.toSorted().at(-1);
  const over = end !== null && Date.parse(end) <= today.at;
  const where = (muscle) => `in the ${MUSCLES[muscle].toLowerCase()}`;
  const range = sorest.interval ? [", likely ", sorest.interval.map((value) => value.toFixed(1)).join(" to ")] : [];
  $("after").replaceChildren(`After ${run ?? "your latest run"}, which ended `, time(start), ".");
  $("answers").replaceChildren(
    line("how-sore", "How sore", ...(now ? ["Now ", number(soreNow, 1), " of 10. "] : []), "At worst ", number(sorest.peak.soreness, 1), " of 10 ", where(sorest.muscle), ...range, ", ", time(sorest.peak.time), "."),
    line("how-weak", "How weak", ...(now ? ["Now ", number(100 * weakNow, 0, "", " %"), " weaker. "] : []), number(100 * weakest.weaker, 0, "", " %"), ` right after the run ${where(weakest.muscle)}.`),
    line("when-over", "When over", ...(end === null ? ["Not within 60 days."] : [over ? "Over since " : "Likely ", time(end), over ? "." : ": every muscle below 1 of 10."])),
    line("what-today", now ? "Today" : "Then", ...todayWords(today)),
  );
}

function todayWords({ limit, worthwhile, next, soreness_below, probability }) {
  const kept = ` stays below a soreness of ${soreness_below} with ${(100 * probability).toFixed(0)} %`;
  if (!worthwhile) return next ? ["Nothing downhill: easy and flat until ", time(next), "."] : ["Nothing downhill, and not within two weeks either."];
  const size = [number(limit.descent_m, 0, "", " m"), ` down on ${(-100 * limit.descent.grade).toFixed(0)} %`];
  return limit.open ? ["Soreness sets no limit: even ", ...size, `${kept}.`] : ["At most ", ...size, `: that${kept}.`];
}

/** Only where they come from elsewhere: what somebody is typing must stay. */
function fill(settings) {
  for (const [name, value] of Object.entries(settings)) $("settings")[name].value = value;
}

function runRow({ key, name, start, dated, distance_m, descent_m, points, warnings }) {
  const numbers = [number(distance_m / 1000, 1, "", " km"), ", ", number(descent_m, 0, "", " m"), " down, ", number(points, 0, "", " points")];
  const when = dated ? time(start, { dateStyle: "medium" }) : "no date";
  const heading = element("div", { class: "what" }, element("strong", {}, name), element("span", { class: "small" }, when), element("span", {}, ...numbers));
  if (warnings.length) {
    const notes = warnings.map((warning) => element("li", {}, warning));
    heading.append(element("details", { class: "small" }, element("summary", {}, "Notes"), element("ul", {}, ...notes)));
  }
  const load = element("button", { class: "quiet", "aria-label": `Profile of ${name}`, onclick: () => profile(key) }, "Profile");
  const remove = element("button", { class: "quiet", "aria-label": `Remove ${name}`, onclick: () => act("remove", key, { done: `${name} removed` }) }, "Remove");
  return element("li", { "data-run": name }, heading, element("span", { class: "buttons" }, load, remove));
}

function ratingLine({ time: when, soreness, muscle }, index) {
  const what = `${MUSCLES[muscle]}: ${soreness}`;
  const remove = element("button", { class: "quiet", "aria-label": `Remove the rating ${what}`, onclick: () => act("unrate", index) }, "Remove");
  return element("li", {}, time(when), ` ${what} `, remove);
}

function showForecast({ start, muscles, advice, left_out, drivers, figures, latest }) {
  $("from").replaceWith(Object.assign(time(start), { id: "from" }));
  const words = [advice.recovery, advice.red_flags].filter(Boolean);
  $("advice").hidden = words.length === 0;
  $("advice").classList.toggle("severe", advice.severe);
  $("advice").replaceChildren(...words.map((word) => element("p", {}, word === advice.red_flags ? element("strong", {}, word) : word)));
  const shownNow = muscles.some(({ now }) => now !== null);
  const heads = ["Muscles", ...(shownNow ? ["#Now"] : []), "#Sorest", "When", "#Weaker", "Clear"];
  const caption = "Soreness is 0 to 10; in brackets, where 80 % of ratings will lie. Weaker: right after the run.";
  $("muscles").replaceChildren(table(caption, heads, muscles.map((muscle) => muscleRow(muscle, shownNow))));
  const shown = [figures.soreness, figures.strength_loss, figures.drivers].filter(Boolean).map(figure);
  $("figures").replaceChildren(...shown, element("div", { id: "profile", tabindex: -1 }));
  if (latest) profile(latest, false);
  $("drivers").replaceChildren(...drivers.map(({ file, part, share, start }) =>
    element("li", {}, number(100 * share, 0, "", " %"), ` ${part === undefined ? file : `${file} #${part}`}, `, time(start, { dateStyle: "medium" }))));
  $("left-out").replaceChildren(...left_out.map(({ file, reason }) => element("li", {}, `${file}: ${reason}`)));
}

function muscleRow({ muscle, now, peak, interval, weaker, clear_at }, shownNow) {
  const range = interval ? ` (${interval.map((value) => value.toFixed(1)).join("–")})` : "";
  const nowCells = shownNow ? [now === null ? "–" : number(now, 1)] : [];
  const cells = [...nowCells, [number(peak.soreness, 1), range], time(peak.time), number(100 * weaker, 0, "", " %"), clear_at ? time(clear_at) : "after 60 days"];
  return { muscle, cells: [named(muscle), ...cells] };
}

/** A muscle group as people and as figures call it. */
const named = (muscle) => [MUSCLES[muscle], " ", element("span", { class: "small" }, muscle.replace("_", " "))];

async function profile(key, move = true) {
  const svg = await ask("profile", { key, width: width() }).catch(() => null);
  const box = $("profile");
  box.replaceChildren(...(svg ? [figure(svg)] : ["This run is too short for a profile."]));
  if (move) box.focus();
}

const OUTCOMES = { as_planned: "As planned", unprepared: "Unprepared", prepared: "Prepared in hills", slower_descents: "Descents 10 % slower", higher_cadence: "Cadence 5 % higher", lighter_pack: "Lighter pack" };

function showRace({ about, finish, points, back, advice, strength, peaks, outcomes, figures }) {
  const words = [advice.recovery, advice.red_flags].filter(Boolean).map((word) => element("p", {}, word));
  const when = (at) => (at ? time(at) : "not within 60 days");
  const rows = Object.entries(strength).map(([muscle, loss]) =>
    ({ muscle, cells: [named(muscle), number(100 * loss, 0, "", " %"), number(peaks[muscle].soreness, 1), time(peaks[muscle].time)] }));
  const whatIf = outcomes.map(({ name, finish_time_s, strength_loss, soreness_peak }) =>
    ({ cells: [OUTCOMES[name] ?? name, hours(finish_time_s), number(100 * strength_loss, 1, "", " %"), number(soreness_peak, 1)] }));
  $("race-result").replaceChildren(
    element("h3", {}, about.name ?? "The course"),
    element("p", {}, `${about.distance_km.toFixed(1)} km, ${about.ascent_m.toFixed(0)} m up, ${about.descent_m.toFixed(0)} m down; finish in `, element("data", { id: "finish", value: finish }, hours(finish)), ", ", number(points, 0), " points."),
    element("div", { class: `box${advice.severe ? " severe" : ""}` }, ...words),
    figure(figures.course),
    table("After the finish", ["Muscles", "#Weaker", "#Sorest", "When"], rows),
    element("p", {}, "Stairs without trouble: ", when(back.stairs_at), ". Running downhill is sensible again: ", when(back.downhill_at), "."),
    figure(figures.soreness),
    table("What if, at the same effort; strength and soreness of the front of the thighs", ["Variant", "#Finish", "#Weaker", "#Sorest"], whatIf),
  );
}

function showPlan({ sessions, race_day, red_flags, figure: svg }) {
  const rows = sessions.map(({ start, points, descent_m, example }) =>
    ({ cells: [time(start), number(descent_m, 0, "", " m"), number(points, 0), number(example.distance_m / 1000, 1, "", " km"), number(example.duration_s / 60, 0, "", " min")] }));
  $("plan-result").replaceChildren(
    element("h3", {}, "The weeks before"),
    sessions.length ? table("Descent sessions; your usual running goes on", ["Session", "#Down", "#Points", "#Downhill", "#Time"], rows) : element("p", {}, "No descent session: none buys anything, or none keeps you below a soreness of 4."),
    element("p", {}, "At the start: protected ", number(100 * race_day.protection, 0, "", " %"), ", clear with ", number(100 * race_day.p_cleared, 0, "", " %"), "."),
    figure(svg),
    element("p", { class: "small" }, `A plan of a model, no promise to prevent injury. ${red_flags}`),
  );
}

/** The race that is kept, in the form; nothing if there is none. */
function showKept(race) {
  const form = $("race");
  $("kept").hidden = race === null;
  form.course.required = race === null;
  $("course-label").textContent = race ? "Another course (GPX)" : "Course (GPX)";
  form.course.value = "";
  if (race) {
    $("kept-name").textContent = race.name;
    form.start.value = local(Date.parse(race.start));
    form.finish.value = race.finish_time_s === undefined ? "" : hours(race.finish_time_s);
    return;
  }
  form.reset();
  $("race-stale").hidden = true;
  for (const id of ["race-result", "plan-result"]) $(id).replaceChildren();
}

/** What was asked of the kept race when the page was last here. */
async function askAgain(race) {
  for (const what of race?.asked ?? []) {
    const [box, showIt] = what === "race" ? [$("race-result"), showRace] : [$("plan-result"), showPlan];
    try {
      showIt(await ask("again", { what, width: width() }));
    } catch (error) {
      box.replaceChildren(element("p", { class: "box" }, `${capital(error.message)}.`));
    }
  }
  $("race-stale").hidden = true;
}

/** Headings of columns of numbers begin with #. On a phone each row is a card: roles keep it a table there. */
function table(caption, headings, rows) {
  const columns = headings.map((heading) => (heading[0] === "#" ? { label: heading.slice(1), class: "n" } : { label: heading, class: "" }));
  const heads = columns.map(({ label, ...kind }) => element("th", { scope: "col", role: "columnheader", ...kind }, label));
  const row = ({ muscle, cells: [first, ...others] }) => element("tr", { role: "row", ...(muscle ? { "data-muscle": muscle } : {}) },
    element("th", { scope: "row", role: "rowheader" }, ...[first].flat()),
    ...others.map((content, k) => element("td", { role: "cell", class: columns[k + 1].class, "data-label": columns[k + 1].label }, ...[content].flat())));
  return element("table", { role: "table" }, element("caption", {}, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...rows.map(row)));
}

// -- what is asked ------------------------------------------------------------------------------

async function add(files) {
  if (files.length === 0) return;
  const answer = await act("add", [...files], { busy: `Reading ${files.length} files`, done: "Read" });
  const failures = answer?.failures ?? [];
  $("failures").replaceChildren(...failures.map(({ file, reason }) => element("li", {}, `${file}: ${reason}`)));
  if (answer) $("status").textContent = `${files.length - failures.length} of ${files.length} files read`;
}

function listen() {
  $("files").onchange = async ({ target }) => {
    await add(target.files);
    target.value = "";
  };
  addEventListener("dragover", (event) => {
    event.preventDefault();
    $("drop").classList.add("over");
  });
  addEventListener("dragleave", () => $("drop").classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    $("drop").classList.remove("over");
    add(event.dataTransfer.files);
  });
  $("settings").onsubmit = (event) => event.preventDefault();
  $("settings").onchange = ({ currentTarget: form }) => {
    if (!form.reportValidity()) return;
    const age = form.age_years.valueAsNumber;
    act("set", { mass_kg: form.mass_kg.valueAsNumber, pack_kg: form.pack_kg.valueAsNumber, age_years: Number.isNaN(age) ? null : age, habit: form.habit.value });
  };
  $("soreness").oninput = ({ target }) => ($("soreness-out").textContent = target.value);
  $("rate").onsubmit = (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const rating = { time: new Date(form.time.value).toISOString(), soreness: form.soreness.valueAsNumber, muscle: form.muscle.value };
    act("rate", rating, { done: "Rating kept" });
  };
  $("race").onsubmit = onRace;
  $("unrace").onclick = async () => {
    await act("unrace", null, { done: "Race removed" });
    $("race").course.focus();
  };
  $("export").onclick = save;
  $("import").onchange = async ({ target }) => {
    const answer = await act("import", target.files[0], { busy: "Importing" });
    if (answer) $("status").textContent = `${answer.imported} runs imported`;
    target.value = "";
    await askAgain(answer?.race);
  };
  $("clear").onclick = () => $("confirm").showModal();
  $("confirm").onclose = () => $("confirm").returnValue === "yes" && act("clear", null, { done: "All deleted" });
}

async function onRace(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const [h, m] = form.finish.value ? form.finish.value.split(":").map(Number) : [];
  const asked = {
    file: form.course.files[0],
    start: new Date(form.start.value).toISOString(),
    finish_time_s: h === undefined ? undefined : 3600 * h + 60 * m,
    width: width(),
  };
  const what = event.submitter?.value ?? "race";
  const answer = await act(what, asked, { busy: what === "race" ? "Running the course" : "Searching for a plan" });
  if (!answer) return;
  (what === "race" ? showRace : showPlan)(answer);
  $("race-stale").hidden = true;
  // What was computed for another course or day goes.
  const other = what === "race" ? "plan" : "race";
  if (!answer.race.asked.includes(other)) $(`${other}-result`).replaceChildren();
  $(`${what}-result`).focus();
}

async function save() {
  const blob = await act("export", null, { done: "Exported" });
  if (!blob) return;
  const url = URL.createObjectURL(blob);
  const link = element("a", { href: url, download: `eccentric-${local(Date.now()).slice(0, 10)}.json.gz` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Figures are drawn for a width; a phone that is turned gets new ones. */
function watchWidth() {
  let drawn = width();
  let timer;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (Math.abs(width() - drawn) < 40) return;
      drawn = width();
      act("resize", drawn);
    }, 300);
  });
}

begin();
listen();
watchWidth();
act("open", { width: width() }, { busy: "Loading", done: "Ready" }).then((answer) => askAgain(answer?.race));
if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js", { updateViaCache: "none" });
navigator.storage?.persist?.();
