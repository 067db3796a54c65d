#!/usr/bin/env python3
"""Sample recordings: writes samples/mountain_run.gpx and six earlier runs in samples/week/.

Python 3.11, standard library only. Every number comes from a seed, so the same script always writes
the same bytes; `--check` compares them with the files that are there and fails on any difference.

    python3 tools/make_samples.py            # write
    python3 tools/make_samples.py --check    # compare

Nobody ran these runs: the tracks lie on the uninhabited interior of the Kerguelen Islands, and the
terrain is invented. What is realistic is what matters to the model: speed follows the grade (energy
uphill, footing downhill) with short stops, the barometer has white noise of 0.3 m, a drift of a few
metres and steps of 0.2 m, positions wander by two metres, cadence counts one leg as Garmin does.
The first file states the true distance, climb and descent of its terrain in <desc>.
"""

import json
import math
import random
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
EARTH_RADIUS_M = 6_371_008.8
START_LAT, START_LON = -49.35, 69.20
CREATOR = "eccentric sample maker with Barometer"


# Terrain ---------------------------------------------------------------------------------------


@dataclass
class Terrain:
    """Elevation at every metre, and the plan of the trail in metres east and north."""

    elevation_m: list
    east_m: list
    north_m: list

    @property
    def length_m(self):
        return len(self.elevation_m) - 1

    def climb_m(self):
        """True climb and descent: every metre counts, nothing is smoothed."""
        steps = [b - a for a, b in zip(self.elevation_m, self.elevation_m[1:])]
        return sum(s for s in steps if s > 0), -sum(s for s in steps if s < 0)

    def descent_m(self, turn_m):
        """True descent without turns of the profile that are smaller than `turn_m`."""
        descent, falling = 0.0, False
        top = bottom = self.elevation_m[0]
        for e in self.elevation_m:
            if falling:
                bottom = min(bottom, e)
                if e - bottom >= turn_m:
                    descent, falling, top = descent + top - bottom, False, e
            else:
                top = max(top, e)
                if top - e >= turn_m:
                    falling, bottom = True, e
        return descent + (top - bottom if falling else 0.0)

    def at(self, values, distance_m):
        k = min(int(distance_m), self.length_m - 1)
        return values[k] + (distance_m - k) * (values[k + 1] - values[k])

    def grade(self, distance_m):
        """Over 10 m: what the runner's legs and eyes react to."""
        a, b = max(distance_m - 5, 0), min(distance_m + 5, self.length_m)
        return (self.at(self.elevation_m, b) - self.at(self.elevation_m, a)) / (b - a)


def smoothed(values, half):
    """Running mean over 2 half + 1 values, ends held."""
    padded = [values[0]] * half + values + [values[-1]] * half
    total = sum(padded[: 2 * half + 1])
    result = [total / (2 * half + 1)]
    for old, new in zip(padded, padded[2 * half + 1 :]):
        total += new - old
        result.append(total / (2 * half + 1))
    return result


def terrain(seed, corners, roll_m, descent_m=None, turning=1.0):
    """Straight slopes between corners (km, m), rounded, with rolls of this height; heights are
    scaled until the true descent is `descent_m`."""
    rng = random.Random(seed)
    length_m = round(1000 * corners[-1][0])
    slope, height = [], 0
    for metre in range(length_m + 1):
        km = metre / 1000
        while height + 2 < len(corners) and km > corners[height + 1][0]:
            height += 1
        (km_a, a), (km_b, b) = corners[height], corners[height + 1]
        slope.append(a + (km - km_a) / (km_b - km_a) * (b - a))
    slope = smoothed(smoothed(slope, 60), 60)
    rolls = [(w, rng.uniform(0.6, 1.0), rng.uniform(0, math.tau)) for w in (137, 233, 409, 811)]
    elevation = [
        e + roll_m * sum(h * math.sin(math.tau * m / w + phase) for w, h, phase in rolls) / 2
        for m, e in enumerate(slope)
    ]
    land = Terrain(elevation, [0.0], [0.0])
    for _ in range(20 if descent_m else 0):
        factor = descent_m / land.climb_m()[1]
        base = land.elevation_m[0]
        land.elevation_m = [base + factor * (e - base) for e in land.elevation_m]
    # Heading: wide arcs, and bends that tighten on steep ground.
    arcs = [(w, rng.uniform(0.4, 0.7), rng.uniform(0, math.tau)) for w in (6100, 2300, 870)]
    heading = rng.uniform(0, math.tau)
    for metre in range(length_m):
        steep = min(abs(land.grade(metre)) / 0.15, 1.0)
        angle = heading + turning * (
            sum(a * math.sin(math.tau * metre / w + phase) for w, a, phase in arcs)
            + 0.9 * steep * math.sin(math.tau * metre / 180)
        )
        land.east_m.append(land.east_m[-1] + math.sin(angle))
        land.north_m.append(land.north_m[-1] + math.cos(angle))
    return land


# Running ---------------------------------------------------------------------------------------


def wander(rng, count, tau_s, sd):
    """Smooth random wander: white noise through two equal filters, scaled to this deviation."""
    keep, first, second, values = math.exp(-1 / tau_s), 0.0, 0.0, []
    for k in range(count + round(6 * tau_s)):
        first = keep * first + (1 - keep) * rng.gauss(0, 1)
        second = keep * second + (1 - keep) * first
        values.append(second)
    values = values[-count:]
    rms = math.sqrt(sum(v * v for v in values) / count)
    return [sd * v / rms for v in values]


def speed_m_s(grade, power_w_kg):
    """Uphill and on the level the cost of running sets the speed (Minetti 2002,
    10.1152/japplphysiol.01177.2001), downhill the footing."""
    i = max(-0.45, min(grade, 0.45))
    cost = ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
    return min(power_w_kg / cost, 4.1 * math.exp(2.2 * min(i, 0.0)))


@dataclass
class Second:
    time_s: int
    distance_m: float
    speed_m_s: float


def run(seed, land, moving_s, stops=()):
    """Runs over the terrain second by second; the power is found that takes `moving_s`."""
    rng = random.Random(seed)
    mood = [math.exp(w) for w in wander(rng, 4 * moving_s, 15, 0.06)]

    def attempt(power_w_kg):
        seconds, distance, waits = [Second(0, 0.0, 0.0)], 0.0, list(stops)
        while distance < land.length_m and len(seconds) < 3 * moving_s:
            if waits and distance >= waits[0][0]:
                for _ in range(waits.pop(0)[1]):
                    seconds.append(Second(len(seconds), distance, 0.0))
            tired = 1 - 0.08 * distance / land.length_m
            speed = mood[len(seconds)] * speed_m_s(land.grade(distance), power_w_kg * tired)
            distance = min(distance + speed, land.length_m)
            seconds.append(Second(len(seconds), distance, speed))
        return seconds

    low, high = 2.0, 30.0
    whole_s = moving_s + sum(wait for _, wait in stops)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if len(attempt(middle)) - 1 > whole_s else (low, middle)
    return attempt(high)


@dataclass
class Record:
    time: datetime
    time_s: int
    distance_m: float
    elevation_m: float
    strides_min: int
    lat: float
    lon: float


def record(seed, land, seconds, start, every_s, noise_m=0.3, drift_m=2.0):
    """What a watch with a barometer writes: one sample every few seconds, the last one included."""
    rng = random.Random(seed)
    count = len(seconds)
    drift = wander(rng, count, 1200, drift_m)
    east, north = wander(rng, count, 40, 2.0), wander(rng, count, 40, 2.0)
    records = []
    for k, second in enumerate(seconds):
        noise, wobble = rng.gauss(0, noise_m), rng.gauss(0, 1)
        if k % every_s and k != count - 1:
            continue
        at, v = second.distance_m, second.speed_m_s
        elevation = land.at(land.elevation_m, at) + drift[k] + noise
        steps = 132.5 + 10.75 * v if v > 1.9 else 64 + 36 * v
        strides = round(steps / 2 + wobble) if v > 0 else 0
        y = (land.at(land.north_m, at) + north[k]) / EARTH_RADIUS_M
        x = (land.at(land.east_m, at) + east[k]) / EARTH_RADIUS_M
        records.append(
            Record(
                start + timedelta(seconds=k),
                k,
                at,
                round(elevation / 0.2) * 0.2,
                strides,
                START_LAT + math.degrees(y),
                START_LON + math.degrees(x / math.cos(math.radians(START_LAT))),
            )
        )
    return records


# Formats ---------------------------------------------------------------------------------------


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def gpx(records, name, about):
    points = "\n".join(
        f'<trkpt lat="{r.lat:.6f}" lon="{r.lon:.6f}"><ele>{r.elevation_m:.1f}</ele>'
        f"<time>{stamp(r.time)}</time><extensions><g:TrackPointExtension><g:cad>{r.strides_min}"
        "</g:cad></g:TrackPointExtension></extensions></trkpt>"
        for r in records
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="{CREATOR}" xmlns="http://www.topografix.com/GPX/1/1" xmlns:g="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
<metadata><desc>{about}</desc><time>{stamp(records[0].time)}</time></metadata>
<trk><name>{name}</name><type>running</type><trkseg>
{points}
</trkseg></trk>
</gpx>
"""


def tcx(records, name):
    points = "\n".join(
        f"<Trackpoint><Time>{stamp(r.time)}</Time><AltitudeMeters>{r.elevation_m:.1f}"
        f"</AltitudeMeters><DistanceMeters>{r.distance_m:.1f}</DistanceMeters><Extensions>"
        f"<a:TPX><a:RunCadence>{r.strides_min}</a:RunCadence></a:TPX></Extensions></Trackpoint>"
        for r in records
    )
    start, last = stamp(records[0].time), records[-1]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:a="http://www.garmin.com/xmlschemas/ActivityExtension/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Activities><Activity Sport="Running"><Id>{start}</Id>
<Lap StartTime="{start}"><TotalTimeSeconds>{last.time_s}</TotalTimeSeconds><DistanceMeters>{last.distance_m:.1f}</DistanceMeters><Calories>0</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>
{points}
</Track></Lap>
<Notes>{name}</Notes><Creator xsi:type="Device_t"><Name>{CREATOR}</Name></Creator></Activity></Activities>
</TrainingCenterDatabase>
"""


def csv(records, name):
    rows = "\n".join(
        f"{r.time_s},{r.distance_m:.1f},{r.elevation_m:.1f},{2 * r.strides_min}" for r in records
    )
    header = "time_s,distance_m,elevation_m,cadence_steps_min"
    return f"# {name}\n# start: {stamp(records[0].time)}\n{header}\n{rows}\n"


def strava_json(records, name):
    streams = {
        "time": [r.time_s for r in records],
        "distance": [round(r.distance_m, 1) for r in records],
        "altitude": [round(r.elevation_m, 1) for r in records],
        "cadence": [r.strides_min for r in records],
    }
    whole = {
        "name": name,
        "sport_type": "Run",
        "start_date": stamp(records[0].time),
        "streams": {kind: {"data": data} for kind, data in streams.items()},
    }
    return json.dumps(whole, separators=(",", ":")) + "\n"


def true_values(land):
    up, down = land.climb_m()
    return (
        "Made by tools/make_samples.py; nobody ran here. True values of the terrain: "
        f"{land.length_m / 1000:.1f} km, {up:.0f} m up, {down:.0f} m down "
        f"({land.descent_m(turn_m=3):.0f} m without turns below 3 m)."
    )


# The runs --------------------------------------------------------------------------------------


def at(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=timezone.utc)


def mountain_run():
    """21 km over two summits: 1,500 m up, 1,500 m down, 2 h 45 min with three stops."""
    corners = [
        (0, 320), (1.2, 342), (4.3, 820), (4.9, 795), (6.9, 1138), (7.3, 1142), (9.5, 665),
        (10.3, 632), (10.9, 652), (13.0, 1052), (13.7, 1070), (14.2, 1022), (17.4, 476),
        (18.3, 490), (20.3, 332), (21.1, 320),
    ]  # fmt: skip
    land = terrain(1, corners, roll_m=1.5, descent_m=1500)
    stops = [(4900, 35), (7150, 60), (10400, 110), (13600, 40)]
    seconds = run(2, land, 9900 - sum(wait for _, wait in stops), stops)
    about = (
        f"{true_values(land)} {seconds[-1].time_s} s with {len(stops)} stops. "
        "Barometer noise 0.3 m (white) on a drift of 2 m."
    )
    records = record(3, land, seconds, at(6, 6, 7, 10), every_s=3)
    return gpx(records, "Mountain run over two summits", about)


def level(seed, km, roll_m=1.0):
    return terrain(seed, [(0, 60), (km / 2, 66), (km, 60)], roll_m)


def earlier_runs():
    """Six runs in the three weeks before: five easy ones, one in the hills."""

    def one(seed, land, minutes, start, every_s):
        return record(seed + 2, land, run(seed + 1, land, round(60 * minutes)), start, every_s)

    hills = [
        (0, 60), (1.5, 70), (4.0, 265), (4.4, 268), (6.6, 95), (7.2, 98), (9.4, 262),
        (9.8, 264), (12.2, 70), (13.5, 60),
    ]  # fmt: skip
    rolling = [(0, 60), (2, 95), (4, 62), (6, 105), (8, 70), (10, 100), (12, 60)]
    hilly = terrain(31, hills, roll_m=1.0, descent_m=420)
    return {
        "2026-05-17-easy.csv": csv(one(11, level(11, 10), 58, at(5, 17, 7, 30), 5), "Easy 10 km"),
        "2026-05-20-easy.tcx": tcx(one(21, level(21, 8), 46, at(5, 20, 16), 10), "Easy 8 km"),
        "2026-05-24-rolling.json": strava_json(
            one(31, terrain(31, rolling, 1.0), 69, at(5, 24, 7, 45), 5), "Rolling 12 km"
        ),
        "2026-05-28-easy.csv": csv(one(41, level(41, 9), 51, at(5, 28, 16, 15), 5), "Easy 9 km"),
        "2026-05-31-easy.tcx": tcx(one(51, level(51, 8), 45, at(5, 31, 7, 30), 10), "Easy 8 km"),
        "2026-06-03-hills.gpx": gpx(
            one(61, hilly, 87, at(6, 3, 15, 30), 10), "Hills above the fjord", true_values(hilly)
        ),
    }


def main():
    files = {"mountain_run.gpx": mountain_run()}
    files |= {f"week/{name}": text for name, text in earlier_runs().items()}
    if "--check" in sys.argv[1:]:
        there = {p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*") if p.is_file()}
        wrong = [name for name in files if name not in there]
        wrong += [n for n in files if n in there and (SAMPLES / n).read_text() != files[n]]
        if wrong:
            sys.exit(f"differ from what tools/make_samples.py makes: {', '.join(sorted(wrong))}")
        print(f"{len(files)} samples are what the script makes")
        return
    for name, text in files.items():
        path = SAMPLES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(SAMPLES.parent)}  {len(text) // 1000} kB")


if __name__ == "__main__":
    main()
