#!/usr/bin/env python3
"""Golden cases for every language: writes tests/golden/cases.json.

Python 3.11, standard library only, no randomness. It does not import the crate: golden_load.py and
golden_legs.py have the published equations (doc comments of src/load, src/damage, src/soreness,
src/forecast) once more. The values of the constants are read from tests/golden/parameters.json, which the
crate writes:

    ECCENTRIC_WRITE_GOLDEN=1 cargo test --test golden
    python3 tools/golden.py

The format is described in tests/golden/README.md.
"""

import json
import math
import re
import sys
from pathlib import Path

from golden_legs import (
    advanced,
    advanced_to,
    after,
    drive,
    felt,
    first_lasting,
    habit_legs,
    load_end,
    muscle_forecast,
    spread_of,
)
from golden_load import DAY_0, DRIVER_H, MUSCLES, REFERENCE_RUNNER, Doses, segment

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"


# ---------------------------------------------------------------- scenarios


def scenario(name, about, runs, runner=None, habit="none", from_h=None, options=None):
    return {
        "name": name,
        "about": about,
        "habit": habit,
        "runner": runner or REFERENCE_RUNNER,
        "runs": [{"start_ms": DAY_0 + round(h * 3.6e6), "segments": segs} for h, segs in runs],
        "from_h": from_h,
        "options": options
        or {"hours": 96.0, "step_h": 12.0, "levels": [0.5, 0.8, 0.95], "clear_below": 1.0, "clear_probability": 0.9},
    }


def in_turn(parts, start=0.0):
    """Segments one after the other from (grade, speed, seconds, further fields); a speed of None is a stop."""
    segs = []
    for grade, speed, seconds, *fields in parts:
        if speed is not None:
            segs.append(segment(grade, speed, seconds, start=start, **(fields[0] if fields else {})))
        start += seconds
    return segs


def hundred_miles():
    """26 h with stops: six laps of climb, descent, level and a stop of 15 minutes, and two hours of sleep."""
    parts = []
    for lap in range(6):
        parts += [(0.12, 1.3, 6000.0), (-0.14, 2.4 - 0.15 * lap, 4200.0), (0.01, 1.9, 3300.0), (0.0, None, 900.0)]
        if lap == 3:
            parts.append((0.0, None, 7200.0))
    return in_turn(parts)


def sprints():
    """Warm-up, eight sprints of 60 m with walking in between, the later ones slower, and jogging home."""
    parts = [(0.0, 2.6, 900.0)]
    for k in range(8):
        speed = 8.2 - 0.15 * k
        parts += [(0.0, speed, 60.0 / speed, {"cadence": 262.0 - 2.0 * k}), (0.0, 1.2, 150.0), (0.0, None, 30.0)]
    return in_turn([*parts, (0.0, 2.5, 600.0)])


def hike():
    """Up a mountain and down again in nine hours, with a steep gully and slow ground."""
    parts = [(0.02, 1.3, 2400.0), (0.24, 0.7, 9000.0, {"grade_se": 0.01}), (0.5, 0.4, 1500.0), (0.0, None, 2700.0)]
    down = [(-0.5, 0.45, 1800.0), (-0.24, 0.9, 7200.0, {"grade_se": 0.01}), (-0.1, 1.25, 5400.0), (0.0, 1.4, 2400.0)]
    return in_turn(parts + down)


def hilly():
    """100 minutes of hills; the first segment starts late, as where a watch searches for satellites."""
    waves = [(0.1 * math.sin(0.7 * k), 2.9 - 1.5 * math.sin(0.7 * k + 0.2), 200.0) for k in range(30)]
    return in_turn([(round(i, 6), round(v, 6), s) for i, v, s in waves], start=25.0)


def cut(segs, at_s):
    """Two files of one recording, cut at a time between two segments."""
    late = [{**s, "start_s": s["start_s"] - at_s} for s in segs if s["start_s"] >= at_s]
    return [s for s in segs if s["start_s"] < at_s], late


def rolling():
    """2 km in stretches of 20 m whose grade wanders, as cleaning gives them, error included."""
    segs, clock = [], 0.0
    for k in range(100):
        grade = round(0.12 * math.sin(0.19 * k) - 0.03 + 0.02 * math.cos(1.7 * k), 6)
        speed = round(3.0 - 4.0 * grade if grade > 0 else 3.0 - 2.0 * grade, 6)
        seconds = round(20.0 / speed, 3)
        segs.append(segment(grade, speed, seconds, start=round(clock, 3), grade_se=0.005 + 0.0001 * k))
        clock += seconds + (60.0 if k == 50 else 0.0)
    return segs


def scenarios():
    bout = [segment(-0.16, 3.0, 1800.0)]
    first, second = cut(hilly(), 2825.0)
    return [
        scenario("reference_bout", "30 min at -16 %, 3 m/s, the reference runner: 100 points", [(0.0, bout)]),
        scenario("walk_down", "an hour of walking at -12 %", [(0.0, [segment(-0.12, 1.4, 3600.0)])]),
        scenario(
            "level_run", "ten level kilometres of a 60 kg runner of unknown fat",
            [(0.0, [segment(0.0, 2.8, 10000.0 / 2.8)])],
            runner={"mass_kg": 60.0, "pack_kg": 0.0, "body_fat": None}, habit="road",
        ),
        scenario(
            "uphill", "an hour up 12 %, walking and running",
            [(0.0, [segment(0.12, 1.5, 1800.0), segment(0.12, 2.2, 1800.0)])],
        ),
        scenario(
            "pack", "a descent with 12 kg", [(0.0, [segment(-0.2, 2.6, 2400.0)])],
            runner={"mass_kg": 68.0, "pack_kg": 12.0, "body_fat": None},
        ),
        scenario(
            "fat_given", "the same descent at 82 kg and 28 % fat", [(0.0, [segment(-0.2, 2.6, 2400.0)])],
            runner={"mass_kg": 82.0, "pack_kg": 0.0, "body_fat": 0.28},
        ),
        scenario("two_bouts", "the reference bout twice, three weeks apart", [(0.0, bout), (504.0, bout)]),
        scenario(
            "trail_habit", "a steep hour of a trail runner",
            [(0.0, [segment(-0.22, 3.2, 3600.0)])], habit="trail",
            runner={"mass_kg": 64.0, "pack_kg": 1.5, "body_fat": 0.11},
        ),
        scenario(
            "long_race", "26 hours with stops: as many stretches as there can be", [(0.0, hundred_miles())],
            runner={"mass_kg": 72.0, "pack_kg": 4.0, "body_fat": None}, habit="trail", from_h=30.0,
        ),
        scenario(
            "cadence", "step rate measured: short steps, long steps, and a quick slow run",
            [(0.0, [segment(-0.1, 3.2, 1500.0, cadence=190.0), segment(-0.1, 3.2, 1500.0, start=1500.0, cadence=150.0),
                    segment(-0.1, 1.8, 600.0, start=3000.0, cadence=156.0)])],
        ),
        scenario("rolling_errors", "mixed grades with grade errors and a pause", [(0.0, rolling())], habit="recreational"),
        scenario("nothing", "a run that stood still, and nothing ahead", [(0.0, [segment(0.0, 0.0, 600.0)])]),
        scenario("no_runs", "no history at all, trail habit", [], habit="trail", from_h=0.0),
        scenario(
            "busy_fortnight", "four runs with different errors; the forecast starts days later; one run is still ahead",
            [
                (0.0, [segment(-0.08, 3.4, 3000.0, grade_se=0.01)]),
                (72.0, [segment(-0.18, 2.9, 1500.0, grade_se=0.02)]),
                (144.0, [segment(0.0, 3.0, 3600.0, grade_se=0.004)]),
                (240.0, [segment(-0.25, 2.5, 1200.0, grade_se=0.03)]),
                (400.0, [segment(-0.25, 2.5, 1200.0)]),
            ],
            habit="recreational", from_h=250.25,
            options={"hours": 72.0, "step_h": 4.5, "levels": [0.8], "clear_below": 2.5, "clear_probability": 0.7},
        ),
        scenario(
            "old_run", "runs older than three weeks are no drivers, but protect; of the oldest nothing else is left",
            [(-6000.0, bout), (0.0, bout), (600.0, [segment(-0.12, 3.0, 1800.0)])], from_h=620.0,
        ),
        scenario(
            "stairs", "an hour up and half an hour down stairs of 60 %, walking",
            [(0.0, [segment(0.6, 0.45, 3600.0), segment(-0.6, 0.6, 1800.0)])],
        ),
        scenario(
            "crawl", "a quarter of an hour down 40 % at 0.2 m/s: as far from what was measured as counts",
            [(0.0, [segment(-0.4, 0.2, 900.0)])],
        ),
        scenario("sprints", "eight sprints of 60 m", [(0.0, sprints())], habit="road"),
        scenario(
            "hike", "nine hours in the mountains with 14 kg at 63 years", [(0.0, hike())], habit="recreational",
            runner={"mass_kg": 77.0, "pack_kg": 14.0, "body_fat": None, "age_years": 63.0},
        ),
        scenario("whole_run", "100 minutes of hills", [(0.0, hilly())], habit="recreational"),
        scenario(
            "cut_run", "the same run in two files", [(0.0, first), (2825.0 / 3600.0, second)], habit="recreational",
        ),
        scenario(
            "weeks_off", "six weeks with a descent each, 13 weeks off, and a descent again",
            [(168.0 * week, bout) for week in range(6)] + [(168.0 * 18, bout)], habit="road",
        ),
    ]


# ---------------------------------------------------------------- what is expected


def by_kind(dose):
    return {**{kind: dose.of(kind) for kind in ("damage", "hard", "protection")}, "acute": dose["acute"]}


def stored(load):
    """The load as it is stored, and what is derived from it."""
    dose = load["dose"]
    return {
        **{name: value for name, value in load.items() if name != "start_ms"},
        "stretches": [by_kind(stretch) for stretch in load["stretches"]],
        "dose": by_kind(dose),
        "end_ms": load_end(load),
    }


def replay(case, loads, from_ms, p):
    """Legs at first, before the latest run and at the start of the forecast, and what each run left in them."""
    start = loads[0]["start_ms"] if loads else DAY_0
    habit = habit_legs(case["habit"], min(start, from_ms), p)
    state, before, parts = habit, habit, {}
    for k, load in enumerate(loads):
        if load_end(load) > from_ms:
            break
        before = advanced_to(state, load["start_ms"], p)
        state, part = after(state, load, p)
        if (from_ms - load_end(load)) / 3.6e6 <= DRIVER_H:
            parts[k] = advanced_to(part, from_ms, p)
    return habit, before, advanced_to(state, from_ms, p), parts


def passing(states, load_sd, options, p):
    """Peak, and when it is clear, of one muscle group by the hour, whatever the forecast covers."""
    hourly = muscle_forecast(states, load_sd, {**options, "levels": []}, p)
    sore, clear = hourly["soreness"]["point"], hourly["clear_probability"]
    peak = sore.index(max(sore))
    hour = lambda wanted: None if (first := first_lasting(clear, wanted)) is None else float(first)
    return {
        "peak": {"h": float(peak), "soreness": sore[peak]},
        "clear_at_h": hour(0.5),
        "likely_clear_at_h": hour(options["clear_probability"]),
    }


def drivers_of(parts, ahead, hours, day_of, p):
    """Share of each run in the drive of soreness, over all hours and groups, and in each group on each day."""

    def by_day(states):
        sums = {m: {day: 0.0 for day in day_of} for m in MUSCLES}
        for day, legs in zip(day_of, states):
            for m in MUSCLES:
                sums[m][day] += drive(legs["muscles"][m])
        return {m: list(days.values()) for m, days in sums.items()}

    share = lambda own, all_: own / all_ if all_ > 0.0 else 0.0
    whole = by_day(ahead)
    in_all = lambda days: sum(map(sum, days.values()))
    drivers = []
    for k, part in parts.items():
        own = by_day([advanced(part, h, p) for h in hours])
        daily = {m: [share(a, b) for a, b in zip(own[m], whole[m])] for m in MUSCLES}
        drivers.append({"run": k, "share": share(in_all(own), in_all(whole)), "share_by_day": daily})
    return sorted(drivers, key=lambda d: (-d["share"], d["run"]))


def expected(case, p):
    doses = Doses(case["runner"], p)
    loads = [doses.load(run["start_ms"], run["segments"]) for run in case["runs"]]
    from_h = case.pop("from_h")
    from_ms = load_end(loads[-1]) if from_h is None else DAY_0 + round(from_h * 3.6e6)
    case["from_ms"] = from_ms
    habit, before, state, parts = replay(case, loads, from_ms, p)

    options = case["options"]
    steps = math.floor(options["hours"] / options["step_h"] + 1e-9)
    hours = [k * options["step_h"] for k in range(steps + 1)]
    last_day = max(math.ceil(hours[-1] / 24.0 - 1e-9), 1) - 1
    day_of = [min(math.floor(h / 24.0 + 1e-9), last_day) for h in hours]
    ahead = [advanced(state, h, p) for h in hours]
    hourly = [advanced(state, float(h), p) for h in range(60 * 24 + 1)]
    load_sd = spread_of(state, p)
    muscles = {}
    for m in MUSCLES:
        forecast = muscle_forecast([a["muscles"][m] for a in ahead], load_sd, options, p)
        days = {}
        for day, sore, loss in zip(day_of, forecast["soreness"]["point"], forecast["strength_loss"]["point"]):
            most = days.setdefault(day, {"soreness": 0.0, "strength_loss": 0.0})
            most["soreness"], most["strength_loss"] = max(most["soreness"], sore), max(most["strength_loss"], loss)
        passed = passing([a["muscles"][m] for a in hourly], load_sd, options, p)
        muscles[m] = {**forecast, **passed, "days": list(days.values())}

    return {
        "load_over_capacity": doses.phi,
        "loads": [stored(load) for load in loads],
        "habit_protection": {m: habit["muscles"][m]["protection"] for m in MUSCLES},
        "state": state,
        "load_log_sd": load_sd,
        "before_last_run": {m: felt(before["muscles"][m], p) for m in MUSCLES},
        "hours": hours,
        "muscles": muscles,
        "drivers": drivers_of(parts, ahead, hours, day_of, p),
    }


def main():
    constants = json.loads((GOLDEN / "parameters.json").read_text())
    p = constants["parameters"]
    cases = scenarios()
    for case in cases:
        case["expected"] = expected(case, {**constants["fixed"], **p})
    out = {
        "schema": "eccentric.golden",
        "version": 2,
        "made_by": "tools/golden.py",
        "relative_tolerance": 1.0e-9,
        "absolute_tolerance": 1.0e-12,
        **{name: constants[name] for name in ("parameters", "fixed")},
        "cases": cases,
    }
    # lists of numbers on one line
    one_line = lambda found: " ".join(found.group().split()).replace("[ ", "[").replace(" ]", "]")
    text = re.sub(r"\[[-+.\deE,\s]+\]", one_line, json.dumps(out, indent=1)) + "\n"
    path = GOLDEN / "cases.json"
    if "--check" in sys.argv[1:]:
        if path.read_text() != text:
            sys.exit(f"{path} is not what this script makes; run: python3 tools/golden.py")
        print(f"{len(cases)} cases are as this script makes them")
        return
    path.write_text(text)
    print(f"{len(cases)} cases written to {path}")


if __name__ == "__main__":
    main()
