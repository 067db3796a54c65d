"""The published equations once more, for the golden cases: a run and its load. Standard library only.

Nothing is imported from the crate, so that a mistake in the Rust has to be made twice to go unseen.
"""

import math

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
