"""Whether the numbers that tests/ahead.c read through the C interface are those of the command's reports, bit by bit.

    ahead.py FOLDER KEPT < what ahead printed

FOLDER holds the reports of the command: race.json, every.json (the race at every place), plan.json, later.json and
first.json (what it kept of the plan). KEPT is what ahead kept."""

import json
import math
import sys
from datetime import datetime

MUSCLES = ["quadriceps", "calves", "hip_extensors", "hamstrings"]
folder, kept = sys.argv[1:]
found = {}
for line in sys.stdin:
    name, *values = line.split()
    found[name] = [float(value) for value in values]
compared = 0


def read(path):
    with open(path) as file:
        return json.load(file)


def same(name, *expected):
    global compared
    expected = [math.nan if value is None else float(value) for value in expected]
    values = found.pop(name)
    assert len(values) == len(expected), f"{name}: {len(values)} values, expected {len(expected)}"
    for k, (value, wanted) in enumerate(zip(values, expected)):
        assert value == wanted or (value != value and wanted != wanted), f"{name} {k}: {value!r}, expected {wanted!r}"
    compared += len(values)


def ms(text):
    if text is None:
        return float(-(2**63))
    return round(1000 * datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


race, course = read(f"{folder}/every.json"), read(f"{folder}/race.json")["course"]
same("extent", *(course[key] for key in ("distance_km", "ascent_m", "descent_m", "grade_limited_m")))
same("finish_ms", ms(race["finish"]))
same("finish_time_s", race["finish_time_s"])
same("power_w_kg", race["power_w_kg"])
same("points_total", race["points"])
same("points_se", race["points_se"])
same("descent_slowing", race["descent_slowing"][-1])
same("lead_legs_km", *(race["lead_legs_km"][muscle] for muscle in MUSCLES))
same("stairs_ms", ms(race["back"]["stairs_at"]))
same("downhill_ms", ms(race["back"]["downhill_at"]))
losses = [race["strength_loss"]["muscles"][muscle] for muscle in MUSCLES]
same("strength_loss", *(loss["point"][-1] for loss in losses))
for end in ("lower", "upper"):
    same(f"strength_loss_{end}", *(loss["intervals"][0][end][-1] for loss in losses))
for k, key in enumerate(["distance_km", "elevation_m", "elapsed_s", "speed_m_s", "points_so_far", "descent_slowing"]):
    same(f"along_{k}", *race[key])
for k, (muscle, loss) in enumerate(zip(MUSCLES, losses)):
    same(f"loss_{k}", *loss["point"])
    for level, interval in enumerate(loss["intervals"]):
        for end in ("lower", "upper"):
            same(f"loss_{k}_{level}_{end}", *interval[end])
    same(f"soreness_{k}", *race["soreness"][muscle]["soreness"]["point"])
    same(f"clear_ms_{k}", ms(race["soreness"][muscle]["clear_at"]))

plan = read(f"{folder}/plan.json")
for k, session in enumerate(plan["sessions"]):
    example = session["example"]
    rest = [example[key] for key in ("distance_m", "duration_s", "grade", "speed_m_s")]
    same(f"session_{k}", ms(session["start"]), session["points"], session["descent_m"], *rest)
best, without = plan["race_day"], plan["alternatives"][0]
assert without["name"] == "nothing", without["name"]
same(
    "gain",
    plan["race"]["points"],
    best["strength_loss_at_finish"],
    *best["strength_loss_80"],
    without["race_day"]["strength_loss_at_finish"],
    without["plan_as_good"],
    best["protection"],
    without["race_day"]["protection"],
    plan["on_the_way"]["probability"],
    best["p_cleared"],
)
assert plan["sessions"] and not found, f"not compared: {list(found)}"
assert read(kept) == read(f"{folder}/first.json"), "what is kept of the plan differs"
since = read(f"{folder}/later.json")["since_last_plan"]
assert since["past"] or since["changed"], "the later plan says nothing of the one before"
print(f"{compared} numbers of a race and a plan, bits equal to the command's")
