"""The golden cases as plain words and numbers, one after the other, for tests/golden.c.

    golden.py cases.json bits.json > cases.txt

Numbers are hexadecimal, so that a C program reads the same bits."""

import json
import sys

MUSCLES = ["quadriceps", "calves", "hip_extensors", "hamstrings"]
HABITS = ["none", "recreational", "road", "trail"]
GAITS = ["walking", "running"]


def number(value):
    return "nan" if value is None else float(value).hex()


def row(*values):
    print(*values)


def numbers(values):
    row(len(values), *map(number, values))


def run(load, expected):
    row(load["start_ms"], len(load["segments"]))
    for s in load["segments"]:
        fields = ["start_s", "duration_s", "speed_m_s", "grade", "grade_se", "step_rate_hz"]
        row(*(number(s[field]) for field in fields), GAITS.index(s["gait"]))
    points = [expected["points"][muscle] for muscle in MUSCLES]
    rest = [expected[key] for key in ("negative_work_j", "points_total", "points_se", "equivalent_flat_km")]
    row(*map(number, points + rest), expected["end_ms"])


def muscle(ahead):
    for quantity in (ahead["soreness"], ahead["strength_loss"]):
        numbers(quantity["point"])
        for interval in quantity["intervals"]:
            numbers(interval["lower"])
            numbers(interval["upper"])
    numbers(ahead["clear_probability"])
    times = [ahead["peak"]["h"], ahead["clear_at_h"], ahead["likely_clear_at_h"]]
    row(number(ahead["peak"]["soreness"]), *map(number, times))


golden, bits = (json.load(open(path)) for path in sys.argv[1:3])
row(number(golden["relative_tolerance"]), number(golden["absolute_tolerance"]), len(golden["cases"]))
for case in golden["cases"]:
    expected, options, runner = case["expected"], case["options"], case["runner"]
    row(case["name"], bits["bits"][case["name"]], HABITS.index(case["habit"]))
    row(*(number(runner.get(key)) for key in ("mass_kg", "pack_kg", "body_fat", "age_years")))
    row(*(number(options[key]) for key in ("hours", "step_h", "clear_below", "clear_probability")))
    numbers(options["levels"])
    row(case["from_ms"], len(case["runs"]))
    for load, expectation in zip(case["runs"], expected["loads"], strict=True):
        run(load, expectation)
    numbers(expected["hours"])
    for name in MUSCLES:
        muscle(expected["muscles"][name])
