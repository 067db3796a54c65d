#!/usr/bin/env python3
"""Golden cases for every language: writes tests/golden/cases.json.

Python 3.11, standard library only, no randomness. It does not import the crate: golden_load.py and
golden_legs.py have the published equations (doc comments of src/load, src/damage, src/soreness,
src/forecast) once more. The values of the constants are read from tests/golden/parameters.json, which the crate writes:

    ECCENTRIC_WRITE_GOLDEN=1 cargo test --test golden
    python3 tools/golden.py

The format is described in tests/golden/README.md.
"""

import json
import math
import sys
from pathlib import Path

from golden_legs import (
    advanced,
    after,
    drive,
    first_lasting,
    habit_legs,
    load_end,
    muscle_forecast,
    soreness_of,
    spread_of,
    strength_loss_of,
)
from golden_load import DAY_0, DRIVER_H, MUSCLES, REFERENCE_RUNNER, Doses, load_over_capacity, segment

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


def hundred_miles():
    """24 h with rests: six laps of climb, descent, level and a rest of 15 minutes."""
    segs, clock = [], 0.0
    for lap in range(6):
        for grade, speed, seconds in ((0.12, 1.3, 6000.0), (-0.14, 2.4 - 0.15 * lap, 4200.0), (0.01, 1.9, 3300.0)):
            segs.append(segment(grade, speed, seconds, start=clock))
            clock += seconds
        clock += 900.0
    return segs


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
    return [
        scenario("reference_bout", "30 min at -16 %, 3 m/s, the reference runner: 100 points", [(0.0, bout)]),
        scenario("walk_down", "an hour of walking at -12 %", [(0.0, [segment(-0.12, 1.4, 3600.0)])]),
        scenario(
            "level_run", "ten level kilometres of a 60 kg runner of unknown fat",
            [(0.0, [segment(0.0, 2.8, 10000.0 / 2.8)])],
            runner={"mass_kg": 60.0, "pack_kg": 0.0, "body_fat": None}, habit="road",
        ),
        scenario("uphill", "an hour up 12 %, walking and running", [(0.0, [segment(0.12, 1.5, 1800.0), segment(0.12, 2.2, 1800.0)])]),
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
            "long_race", "24 hours with rests: many chunks, lead legs", [(0.0, hundred_miles())],
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
            "old_run", "a run older than three weeks is no driver, but still protects",
            [(0.0, bout), (600.0, [segment(-0.12, 3.0, 1800.0)])], from_h=620.0,
        ),
    ]


SAVED_AS = {
    "soreness_at_once": "at_once",
    "soreness_chain": "chain",
    "protection_pending": "pending",
    "damage_per_log_recovery": "slope_d",
    "chain_per_log_recovery": "slope_c",
    "chain_per_log_protection": "slope_r",
}


def as_saved(state):
    """The state under the short names that it is saved with."""
    short = lambda muscle: {SAVED_AS.get(name, name): value for name, value in muscle.items()}
    return {**state, "muscles": {m: short(values) for m, values in state["muscles"].items()}}


def expected(case, p):
    doses = Doses(case["runner"], p)
    loads = [doses.load(run["start_ms"], run["segments"]) for run in case["runs"]]
    start = loads[0]["start_ms"] if loads else DAY_0
    if case["from_h"] is not None:
        from_ms = DAY_0 + round(case["from_h"] * 3.6e6)
    else:
        from_ms = load_end(loads[-1])
    case["from_ms"] = from_ms
    del case["from_h"]

    habit = habit_legs(case["habit"], min(start, from_ms), p)
    state, before, parts = habit, habit, {}
    for k, load in enumerate(loads):
        if load_end(load) > from_ms:
            break
        before = advanced(state, max(load["start_ms"], state["time_ms"]), p)
        state, part = after(state, load, p)
        if (from_ms - load_end(load)) / 3.6e6 <= DRIVER_H:
            parts[k] = part
    state = advanced(state, from_ms, p)

    options = case["options"]
    steps = math.floor(options["hours"] / options["step_h"] + 1e-9)
    hours = [k * options["step_h"] for k in range(steps + 1)]
    at = lambda legs, h: advanced(legs, legs["time_ms"] + math.floor(h * 3.6e6 + 0.5), p)
    ahead = [at(state, h) for h in hours]
    # How soreness passes is followed by the hour, whatever the forecast covers.
    hourly = [at(state, float(h)) for h in range(60 * 24 + 1)]
    day_count = max(math.ceil(hours[-1] / 24.0 - 1e-9), 1)
    load_sd = spread_of(state, p)
    muscles = {}
    for m in MUSCLES:
        forecast = muscle_forecast([a["muscles"][m] for a in ahead], load_sd, options, p)
        sore = forecast["soreness"]["point"]
        passing = muscle_forecast([a["muscles"][m] for a in hourly], load_sd, options, p)
        hourly_sore = passing["soreness"]["point"]
        peak = hourly_sore.index(max(hourly_sore))
        forecast["peak"] = {"h": float(peak), "soreness": hourly_sore[peak]}
        clear = first_lasting(passing["clear_probability"], 0.5)
        likely = first_lasting(passing["clear_probability"], options["clear_probability"])
        forecast["clear_at_h"] = None if clear is None else float(clear)
        forecast["likely_clear_at_h"] = None if likely is None else float(likely)
        days = {}
        for h, s, loss in zip(hours, sore, forecast["strength_loss"]["point"]):
            number = min(math.floor(h / 24.0 + 1e-9), day_count - 1)
            day = days.setdefault(number, [0.0, 0.0])
            day[0], day[1] = max(day[0], s), max(day[1], loss)
        forecast["days"] = [{"soreness": s, "strength_loss": loss} for s, loss in days.values()]
        muscles[m] = forecast

    all_drive = sum(drive(a["muscles"][m]) for a in ahead for m in MUSCLES)
    drivers = []
    for k, part in parts.items():
        part = advanced(part, from_ms, p)
        own = sum(drive(a["muscles"][m]) for a in (at(part, h) for h in hours) for m in MUSCLES)
        drivers.append({"run": k, "share": own / all_drive if all_drive > 0.0 else 0.0})
    drivers.sort(key=lambda d: (-d["share"], d["run"]))

    for load in loads:
        damage, protection, acute = load.pop("dose")
        load["dose"] = {"damage": damage, "protection": protection, "acute": acute}
        load["end_ms"] = load_end(load)
        load["chunks"] = [{"start_s": c["start_s"], "duration_s": c["duration_s"]} for c in load["chunks"]]
        del load["start_ms"]
    legs = lambda s: {
        m: {"soreness": soreness_of(drive(v)), "strength_loss": strength_loss_of(v["fatigue"], v["damage"], p)}
        for m, v in s["muscles"].items()
    }
    return {
        "load_over_capacity": doses.phi,
        "loads": loads,
        "habit_protection": {m: habit["muscles"][m]["protection"] for m in MUSCLES},
        "state": as_saved(state),
        "load_log_sd": load_sd,
        "before_last_run": legs(before),
        "hours": hours,
        "muscles": muscles,
        "drivers": drivers,
    }


def main():
    p = json.loads((GOLDEN / "parameters.json").read_text())["parameters"]
    cases = scenarios()
    for case in cases:
        case["expected"] = expected(case, p)
    out = {
        "schema": "eccentric.golden",
        "version": 1,
        "made_by": "tools/golden.py",
        "relative_tolerance": 1.0e-9,
        "absolute_tolerance": 1.0e-12,
        "parameters": p,
        "cases": cases,
    }
    text = json.dumps(out, indent=1) + "\n"
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
