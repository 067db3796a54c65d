#!/usr/bin/env python3
"""Golden cases for every language: writes tests/golden/cases.json.

Python 3.11, standard library only, no randomness. It does not import the crate: it computes the
published equations (doc comments of src/load, src/damage, src/soreness, src/forecast) once more,
so that a mistake in the Rust has to be made twice to go unseen. The values of the constants are
read from tests/golden/parameters.json, which the crate writes:

    ECCENTRIC_WRITE_GOLDEN=1 cargo test --test golden
    python3 tools/golden.py

The format is described in tests/golden/README.md.
"""

import json
import sys
import math
from pathlib import Path
from statistics import NormalDist

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"

MUSCLES = ("quadriceps", "calves", "hip_extensors", "hamstrings")
GRAVITY = 9.80665
CHUNK_S = 1800.0
ERROR_RANGE_M = 500.0
NO_DRIVE = 1.0e-12
DRIVER_H = 21 * 24.0
DAY_0 = 1_700_000_000_000  # unix time in ms of hour 0 of every scenario

HABITS = {  # (grade, speed in m/s, km in a week)
    "none": [],
    "recreational": [(0.0, 2.8, 14.0), (-0.03, 2.8, 2.0), (0.03, 2.8, 2.0)],
    "road": [(0.0, 3.1, 30.0), (-0.03, 3.1, 5.0), (0.03, 3.1, 5.0)],
    "trail": [(0.0, 3.0, 17.0), (-0.10, 3.0, 5.5), (0.10, 2.0, 7.0), (-0.18, 2.8, 1.5)],
}
REFERENCE_RUNNER = {"mass_kg": 70.0, "pack_kg": 0.0, "body_fat": 0.15}


# ---------------------------------------------------------------- stage 1: segments


def segment(grade, speed, seconds, start=0.0, grade_se=0.0, cadence=None, gait=None):
    """One stretch of steady movement; gait told from cadence and speed if not given."""
    if gait is None:
        quick = cadence is not None and cadence >= 140.0
        gait = "running" if quick or speed > 2.0 else "walking"
    return {
        "start_s": start,
        "duration_s": seconds,
        "speed_m_s": speed,
        "grade": grade,
        "grade_se": grade_se,
        "gait": gait,
        "step_rate_hz": None if cadence is None else cadence / 60.0,
    }


# ---------------------------------------------------------------- stage 2: load


def slope_work(i, gait, p):
    """Negative and positive work in J/kg/m."""
    run = gait == "running"
    w0 = p["run_work_level_j_kg_m" if run else "walk_work_level_j_kg_m"]
    i0 = p["run_work_grade" if run else "walk_work_grade"]
    gravity = -GRAVITY * i / math.sqrt(1.0 + i * i)
    # the product of both works is W0^2 exp(-(i/i0)^2), their difference is G; hypot, because the
    # naive difference of two large numbers loses digits uphill
    product = w0 * w0 * math.exp(-((i / i0) ** 2))
    larger = abs(gravity) / 2.0 + math.hypot(gravity / 2.0, math.sqrt(product))
    smaller = product / larger
    return (larger, smaller) if gravity >= 0.0 else (smaller, larger)


def muscle_work(i, gait, p):
    """Negative and dissipated work of each group in J/kg/m."""
    negative, positive = slope_work(i, gait, p)
    s = max(0.0, min(-i, p["share_max_grade"]))
    kind = "run" if gait == "running" else "walk"
    share = {
        m: p[f"{kind}_share_{short}"] + p[f"{kind}_share_{short}_slope"] * s
        for m, short in (("quadriceps", "quadriceps"), ("calves", "calves"), ("hip_extensors", "hip"))
    }
    back = min(1.0, positive / negative)
    absorbed = {m: share[m] * negative for m in share}
    left = {m: absorbed[m] * (1.0 - p["elastic_return"] * back) for m in share}
    absorbed["hamstrings"] = left["hamstrings"] = p[f"{kind}_swing_work_j_kg_m"]
    return absorbed, left


def metabolic_cost(i, gait):
    """Minetti 2002, J/kg/m, constant beyond 45 %."""
    i = max(-0.45, min(0.45, i))
    if gait == "running":
        return 155.4 * i**5 - 30.4 * i**4 - 43.3 * i**3 + 46.3 * i**2 + 19.5 * i + 3.6
    return 280.5 * i**5 - 58.7 * i**4 - 76.8 * i**3 + 51.9 * i**2 + 19.6 * i + 2.5


def step_rate(seg, p):
    if seg["step_rate_hz"] is not None:
        return seg["step_rate_hz"]
    if seg["gait"] == "running":
        return (p["run_step_rate_min"] + p["run_step_rate_per_speed"] * seg["speed_m_s"]) / 60.0
    return p["walk_step_rate_root_speed"] * math.sqrt(seg["speed_m_s"])


def load_over_capacity(runner, p):
    body = runner["mass_kg"]
    if runner["body_fat"] is None:
        lean = 59.5 * (body / 70.0) ** p["lean_mass_exponent"]
    else:
        lean = body * (1.0 - runner["body_fat"])
    return (body + runner["pack_kg"]) / lean * 0.85


def raw_rate(seg, phi, p):
    """Dose per second of a segment, before the reference bout is made 1."""
    v = seg["speed_m_s"]
    damage = dict.fromkeys(MUSCLES, 0.0)
    protection = dict.fromkeys(MUSCLES, 0.0)
    if v > 0.0:
        f = step_rate(seg, p)
        gate = 1.0 / (1.0 + (p["braking_speed_m_s"] / v) ** p["braking_speed_steepness"])
        for m, work in muscle_work(seg["grade"], seg["gait"], p)[1].items():
            step = work * v / f * phi  # J/kg left in the fibres by one step
            damage[m] = f * step ** p["dose_exponent"] * gate
            protection[m] = f * step ** p["protection_exponent"] * gate
    acute = metabolic_cost(seg["grade"], seg["gait"]) * v * phi
    return damage, protection, acute


class Doses:
    """Doses of one runner in units of the reference bout."""

    def __init__(self, runner, p):
        self.p = p
        self.runner = runner
        self.phi = load_over_capacity(runner, p)
        bout = segment(-0.16, 3.0, 1800.0)
        damage, protection, acute = raw_rate(bout, 1.0, p)
        self.unit = (
            {m: 1800.0 * damage[m] for m in MUSCLES},
            {m: 1800.0 * protection[m] for m in MUSCLES},
            1800.0 * acute,
        )
        absorbed, _ = muscle_work(-0.16, "running", p)
        total = sum(absorbed.values())
        self.weight = {m: absorbed[m] / total for m in MUSCLES}

    def rate(self, seg):
        damage, protection, acute = raw_rate(seg, self.phi, self.p)
        return (
            {m: damage[m] / self.unit[0][m] for m in MUSCLES},
            {m: protection[m] / self.unit[1][m] for m in MUSCLES},
            acute / self.unit[2],
        )

    def total(self, per_muscle):
        return sum(self.weight[m] * per_muscle[m] for m in MUSCLES)

    def load(self, start_ms, segments):
        chunks = []
        work = 0.0
        variance = stretch = stretch_m = 0.0
        for seg in segments:
            rate = self.rate(seg)
            seconds = seg["duration_s"]
            add_to_chunks(chunks, seg, scaled(rate, seconds))
            negative, _ = slope_work(seg["grade"], seg["gait"], self.p)
            work += negative * seg["speed_m_s"] * seconds * (self.runner["mass_kg"] + self.runner["pack_kg"])
            stretch += self.points_per_grade(seg) * seg["grade_se"]
            stretch_m += seg["speed_m_s"] * seconds
            if stretch_m >= ERROR_RANGE_M:
                variance += stretch**2
                stretch = stretch_m = 0.0
        dose = summed(chunks)
        points = {m: 100.0 * dose[0][m] for m in MUSCLES}
        total = self.total(points)
        km = segment(0.0, 2.8, 1000.0 / 2.8)
        easy = 100.0 * self.total(self.rate(km)[0]) * km["duration_s"]
        se = math.sqrt(variance + stretch**2)
        return {
            "start_ms": start_ms,
            "negative_work_j": work,
            "points": points,
            "points_total": total,
            "points_se": se,
            "relative_se": se / total if total > 0.0 else 0.0,
            "equivalent_flat_km": total / easy,
            "dose": dose,
            "chunks": chunks,
        }

    def points_per_grade(self, seg):
        if seg["grade_se"] == 0.0:
            return 0.0
        step = min(0.02, max(1.0e-4, seg["grade_se"]))
        at = lambda i: self.total(self.rate({**seg, "grade": i})[0])
        slope = (at(seg["grade"] + step) - at(seg["grade"] - step)) / (2.0 * step)
        return 100.0 * slope * seg["duration_s"]


def scaled(dose, k):
    return ({m: k * dose[0][m] for m in MUSCLES}, {m: k * dose[1][m] for m in MUSCLES}, k * dose[2])


def plus(a, b):
    return (
        {m: a[0][m] + b[0][m] for m in MUSCLES},
        {m: a[1][m] + b[1][m] for m in MUSCLES},
        a[2] + b[2],
    )


def summed(chunks):
    total = scaled(({m: 0.0 for m in MUSCLES}, {m: 0.0 for m in MUSCLES}, 0.0), 1.0)
    for chunk in chunks:
        total = plus(total, chunk["dose"])
    return total


def add_to_chunks(chunks, seg, dose):
    """Stretches of at most half an hour; a longer segment is cut into equal parts."""
    follows = chunks[-1]["start_s"] + chunks[-1]["duration_s"] if chunks else 0.0
    start = max(seg["start_s"], follows)
    end = start + seg["duration_s"]
    if chunks and end - chunks[-1]["start_s"] <= CHUNK_S:
        chunks[-1]["duration_s"] = end - chunks[-1]["start_s"]
        chunks[-1]["dose"] = plus(chunks[-1]["dose"], dose)
        return
    parts = max(1, math.ceil(seg["duration_s"] / CHUNK_S))
    part = seg["duration_s"] / parts
    for k in range(parts):
        chunks.append({"start_s": start + k * part, "duration_s": part, "dose": scaled(dose, 1.0 / parts)})


# ---------------------------------------------------------------- stage 3: state of the legs


def rested(time_ms):
    none = {
        "fatigue": 0.0,
        "damage": 0.0,
        "soreness_at_once": 0.0,
        "soreness_chain": [0.0, 0.0, 0.0],
        "protection_pending": 0.0,
        "protection": 0.0,
        "damage_per_log_recovery": 0.0,
        "chain_per_log_recovery": [0.0, 0.0, 0.0],
    }
    return {
        "time_ms": time_ms,
        "muscles": {m: json.loads(json.dumps(none)) for m in MUSCLES},
        "recent_dose": 0.0,
        "recent_error": 0.0,
    }


def habit_legs(habit, time_ms, p):
    doses = Doses(REFERENCE_RUNNER, p)
    week = dict.fromkeys(MUSCLES, 0.0)
    for grade, speed, km in HABITS[habit]:
        seg = segment(grade, speed, 1000.0 * km / speed, gait="running")
        protection = doses.rate(seg)[1]
        for m in MUSCLES:
            week[m] += protection[m] * seg["duration_s"]
    legs = rested(time_ms)
    for m in MUSCLES:
        weeks = p["protection_decay_h"] / 168.0
        legs["muscles"][m]["protection"] = p["protection_gain"] * week[m] * weeks
    return legs


def advanced(legs, time_ms, p):
    """Solution of the linear equations of the state, written from their matrix exponential."""
    t = (time_ms - legs["time_ms"]) / 3.6e6
    assert t >= 0.0
    x = t / p["soreness_stage_h"]
    out = {"time_ms": time_ms, "muscles": {}}
    keep_damage = math.exp(-t / p["damage_recovery_h"])
    out["recent_dose"] = legs["recent_dose"] * keep_damage
    out["recent_error"] = legs["recent_error"] * keep_damage
    poisson = [math.exp(-x) * x**k / math.factorial(k) for k in range(3)]
    chain = lambda c: [sum(poisson[k - j] * c[j] for j in range(k + 1)) for k in range(3)]
    onset, decay = 1.0 / p["protection_onset_h"], 1.0 / p["protection_decay_h"]
    bateman = onset * (math.exp(-decay * t) - math.exp(-onset * t)) / (onset - decay)
    for m, s in legs["muscles"].items():
        c = chain(s["soreness_chain"])
        damage = s["damage"] * keep_damage
        # tau -> lambda tau: d exp(-x) x^k / k! by d log lambda is x (p_k - p_(k-1))
        lag = [x * (c[0]), x * (c[1] - c[0]), x * (c[2] - c[1])]
        old = chain(s["chain_per_log_recovery"])
        out["muscles"][m] = {
            "fatigue": s["fatigue"] * math.exp(-t / p["fatigue_recovery_h"]),
            "damage": damage,
            "soreness_at_once": s["soreness_at_once"] * math.exp(-t / p["fatigue_recovery_h"]),
            "soreness_chain": c,
            "protection_pending": s["protection_pending"] * math.exp(-onset * t),
            "protection": s["protection"] * math.exp(-decay * t) + s["protection_pending"] * bateman,
            "damage_per_log_recovery": s["damage_per_log_recovery"] * keep_damage
            + t / p["damage_recovery_h"] * damage,
            "chain_per_log_recovery": [old[k] + lag[k] for k in range(3)],
        }
    return out


def strength_loss_of(fatigue, damage, p):
    z, most = fatigue + damage, p["strength_loss_max"]
    return most * z / (most + z)


def susceptibility(protection, floor, p):
    if protection <= 0.0:
        return 1.0
    return floor + (1.0 - floor) / (1.0 + protection ** p["protection_steepness"])


def add_seconds(time_ms, seconds):
    return time_ms + math.floor(seconds * 1000.0 + 0.5)


def load_end(load):
    if not load["chunks"]:
        return load["start_ms"]
    last = load["chunks"][-1]
    return add_seconds(load["start_ms"], last["start_s"] + last["duration_s"])


def after(legs, load, p):
    """State at the end of a run, and the part of it that is due to this run."""
    whole, part = legs, rested(legs["time_ms"])
    gain = {m: 1.0 if m == "quadriceps" else p["other_muscles_gain"] for m in MUSCLES}
    for chunk in load["chunks"]:
        middle = add_seconds(load["start_ms"], chunk["start_s"] + 0.5 * chunk["duration_s"])
        whole, part = advanced(whole, middle, p), advanced(part, middle, p)
        damage, protection, acute = chunk["dose"]
        for m in MUSCLES:
            s = whole["muscles"][m]
            strength = 1.0 - strength_loss_of(s["fatigue"], s["damage"], p)
            lead = max(strength, p["lead_legs_min_strength"]) ** -p["lead_legs_exponent"]
            strain = gain[m] * damage[m] * lead
            hurt = strain * susceptibility(s["protection"], p["strength_floor"], p)
            sore = strain * susceptibility(s["protection"], p["soreness_floor"], p)
            for state in (whole["muscles"][m], part["muscles"][m]):
                state["fatigue"] += p["fatigue_gain"] * acute
                state["damage"] += p["damage_gain"] * hurt
                state["soreness_at_once"] += p["soreness_at_once_gain"] * sore
                state["soreness_chain"][0] += p["soreness_gain"] * sore
                state["protection_pending"] += p["protection_gain"] * protection[m]
        mean = sum(damage.values()) / 4.0
        whole["recent_dose"] += mean
        whole["recent_error"] += mean * load["relative_se"]
    end = max(load_end(load), whole["time_ms"])
    return advanced(whole, end, p), advanced(part, end, p)


# ---------------------------------------------------------------- stages 4 and 6: response, forecast


def soreness_of(drive):
    return 10.0 * (1.0 - 1.0 / (1.0 + drive)) if drive > 1.0e-3 else 10.0 * drive / (1.0 + drive)


def drive(s):
    return s["soreness_at_once"] + s["soreness_chain"][2]


def spread_of(legs, p):
    relative = legs["recent_error"] / legs["recent_dose"] if legs["recent_dose"] > 0.0 else 0.0
    return math.sqrt(math.log(1.0 + relative**2))


def log_sd(person, load_sd, slope, p):
    parts = (person, p["evidence_log_sd"], load_sd, p["person_recovery_log_sd"] * slope)
    return math.sqrt(sum(x * x for x in parts))


def muscle_forecast(states, load_sd, options, p):
    normal = NormalDist()
    z_of = {level: normal.inv_cdf(0.5 + level / 2.0) for level in options["levels"]}
    out = {
        "soreness": {"point": [], "intervals": [{"level": v, "lower": [], "upper": []} for v in z_of]},
        "strength_loss": {"point": [], "intervals": [{"level": v, "lower": [], "upper": []} for v in z_of]},
        "clear_probability": [],
    }
    for s in states:
        d = drive(s)
        per_log = lambda slope, value: slope / value if value > NO_DRIVE else 0.0
        sd_sore = log_sd(p["person_soreness_log_sd"], load_sd, per_log(s["chain_per_log_recovery"][2], d), p)
        sd_tired = log_sd(p["person_strength_log_sd"], load_sd, 0.0, p)
        sd_hurt = log_sd(
            p["person_strength_log_sd"], load_sd, per_log(s["damage_per_log_recovery"], s["damage"]), p
        )
        loss = lambda z: strength_loss_of(s["fatigue"] * math.exp(z * sd_tired), s["damage"] * math.exp(z * sd_hurt), p)
        median = soreness_of(d)
        out["soreness"]["point"].append(median)
        out["strength_loss"]["point"].append(loss(0.0))
        for k, z in enumerate(z_of.values()):
            felt = lambda z: soreness_of(d * math.exp(z * sd_sore)) - median
            half = lambda z: math.hypot(felt(z), z * p["rating_noise"])
            out["soreness"]["intervals"][k]["lower"].append(max(0.0, median - half(-z)))
            out["soreness"]["intervals"][k]["upper"].append(min(10.0, median + half(z)))
            out["strength_loss"]["intervals"][k]["lower"].append(loss(-z))
            out["strength_loss"]["intervals"][k]["upper"].append(loss(z))
        out["clear_probability"].append(below(d, sd_sore, options["clear_below"]))
    return out


def below(d, sd, threshold):
    if d <= NO_DRIVE:
        return 1.0 if threshold > 0.0 else 0.0
    if threshold <= 0.0:
        return 0.0
    if threshold >= 10.0:
        return 1.0
    z = math.log(threshold / (10.0 - threshold) / d) / sd
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def first_lasting(probability, wanted):
    """Index from which on the probability stays at or above the wanted one."""
    first = len(probability)
    while first > 0 and probability[first - 1] >= wanted:
        first -= 1
    return first if first < len(probability) else None


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
