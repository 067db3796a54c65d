// What is kept in the browser, and the one file that it goes into and comes from.

const SCHEMA = "eccentric.page";
/** Goes up when the form changes; `UPGRADES` then says how the older one is read. */
const VERSION = 3;
const UPGRADES = {
  1: (data) => ({ ...data, version: 2, race: null }),
  2: (data) => ({ ...data, version: 3, settings: { ...data.settings, age_years: null } }),
};

let database;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Writes in one transaction: all of it or nothing. */
function write(change) {
  const transaction = database.transaction(["runs", "rest"], "readwrite");
  change(transaction.objectStore("runs"), transaction.objectStore("rest"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("the browser cannot store this"));
  });
}

/** Opens the store and gives all that is in it. Runs are kept as JSON: they are many small numbers. */
export async function open() {
  const request = indexedDB.open("eccentric", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("runs");
    request.result.createObjectStore("rest");
  };
  database = await done(request);
  const transaction = database.transaction(["runs", "rest"]);
  const [stored, rest] = [transaction.objectStore("runs"), transaction.objectStore("rest")];
  const [keys, texts, settings, ratings, race] = await Promise.all(
    [stored.getAllKeys(), stored.getAll(), rest.get("settings"), rest.get("ratings"), rest.get("race")].map(done),
  );
  return {
    settings: settings ?? {},
    ratings: ratings ?? [],
    race: race ?? null,
    runs: keys.map((key, k) => [key, JSON.parse(texts[k])]),
  };
}

export const addRuns = (runs) =>
  write((stored) => runs.forEach(([key, activity]) => stored.put(JSON.stringify(activity), key)));

export const removeRun = (key) => write((stored) => stored.delete(key));

export const keep = (what, value) => write((_, rest) => rest.put(value, what));

export const clear = () =>
  write((stored, rest) => {
    stored.clear();
    rest.delete("ratings");
    rest.delete("race");
  });

export const replace = ({ settings, ratings, race }, runs) =>
  write((stored, rest) => {
    runs.forEach(([key, activity]) => stored.put(JSON.stringify(activity), key));
    rest.put(settings, "settings");
    rest.put(ratings, "ratings");
    rest.put(race, "race");
  });

/** The same file always has the same key, whatever its name. */
export async function keyOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const through = (bytes, stream) => new Response(new Blob([bytes]).stream().pipeThrough(stream));

export const isPacked = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

export const unpacked = async (bytes) =>
  new Uint8Array(await through(bytes, new DecompressionStream("gzip")).arrayBuffer());

const packed = async (bytes) => new Uint8Array(await through(bytes, new CompressionStream("gzip")).arrayBuffer());

/** Bytes as text, and back. */
const written = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Everything as one file. */
export async function exported({ settings, ratings, race, runs }) {
  const made = new Date().toISOString();
  const entries = runs.map(([key, activity]) => ({ key, activity }));
  const kept = race && { ...race, course: written(await packed(race.course)) };
  const text = JSON.stringify({ schema: SCHEMA, version: VERSION, made, settings, ratings, race: kept, runs: entries });
  return through(text, new CompressionStream("gzip")).blob();
}

/** What an exported file holds, of this version or an older one. */
export async function imported(bytes) {
  let data;
  try {
    data = JSON.parse(new TextDecoder().decode(isPacked(bytes) ? await unpacked(bytes) : bytes));
  } catch {
    throw new Error("this is no file that was exported here");
  }
  if (data?.schema !== SCHEMA) throw new Error("this is no file that was exported here");
  if (!Number.isInteger(data.version) || data.version < 1) throw new Error("the file has no version");
  if (data.version > VERSION) {
    throw new Error(`the file has version ${data.version}, this page reads up to ${VERSION}; load the page anew`);
  }
  for (let version = data.version; version < VERSION; version++) data = UPGRADES[version](data);
  return checked(data);
}

async function checked({ settings, ratings, race, runs }) {
  const wrong = (what) => new Error(`the file is damaged: ${what}`);
  if (!Array.isArray(runs)) throw wrong("no list of runs");
  if (!Array.isArray(ratings)) throw wrong("no list of ratings");
  const { mass_kg, pack_kg, age_years, habit } = settings ?? {};
  if (age_years !== null && !Number.isFinite(age_years)) throw wrong("settings");
  if (!Number.isFinite(mass_kg) || !Number.isFinite(pack_kg) || typeof habit !== "string") throw wrong("settings");
  const entries = runs.map((entry, index) => {
    if (typeof entry?.key !== "string" || !entry.activity) throw wrong(`run ${index}`);
    return [entry.key, entry.activity];
  });
  const lines = ratings.map((rating, index) => {
    const { time, soreness, muscle } = rating ?? {};
    const known = typeof time === "string" && Number.isFinite(soreness) && typeof muscle === "string";
    if (!known) throw wrong(`rating ${index}`);
    return { time, soreness, muscle };
  });
  const course = race && (await raceOf(race).catch(() => { throw wrong("the race"); }));
  return { settings: { mass_kg, pack_kg, age_years, habit }, ratings: lines, race: course ?? null, runs: entries };
}

async function raceOf({ name, course, start, finish_time_s, asked }) {
  const known = typeof name === "string" && Number.isFinite(Date.parse(start)) && Array.isArray(asked);
  if (!known || !(finish_time_s === undefined || finish_time_s > 0)) throw new Error(name);
  return { name, course: await unpacked(bytesOf(course)), start, finish_time_s, asked };
}

/** Two lists of ratings as one; of two about the same legs at the same time the later list's stays. */
export function merged(before, after) {
  const about = ({ time, muscle }) => `${time} ${muscle}`;
  const all = new Map([...before, ...after].map((rating) => [about(rating), rating]));
  return [...all.values()].sort((a, b) => (a.time < b.time ? -1 : 1));
}
