"""The published equations once more, for the golden cases: a run and its load. Standard library only.

Nothing is imported from the crate, so that a mistake in the Rust has to be made twice to go unseen.
"""

import math

MUSCLES = ("quadriceps", "calves", "hip_extensors", "hamstrings")
STRETCH_S = 1200.0
FEWEST_STRETCHES = 6
MOST_STRETCHES = 39
LARGEST_VARIANCE = 4.0  # of the logarithm of a load
EVERYDAY_WALK_M_S = 1.3
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


# ---------------------------------------------------------------- stage 2: work


def gravity_work(i, p):
    """Work of gravity in J/kg/m: of a slope i, height falls by sin(atan i)."""
    return -p["GRAVITY_M_S2"] * math.sin(math.atan(i))


def slope_work(i, gait, p):
    """Negative and positive work in J/kg/m."""
    run = gait == "running"
    w0 = p["run_work_level_j_kg_m" if run else "walk_work_level_j_kg_m"]
    i0 = p["run_work_grade" if run else "walk_work_grade"]
    gravity = gravity_work(i, p)
    # the product of both works is W0^2 exp(-(i/i0)^2), their difference is G; hypot, because the
    # naive difference of two large numbers loses digits uphill
    product = w0 * w0 * math.exp(-((i / i0) ** 2))
    larger = abs(gravity) / 2.0 + math.hypot(gravity / 2.0, math.sqrt(product))
    smaller = product / larger
    return (larger, smaller) if gravity >= 0.0 else (smaller, larger)


def stance_shares(i, gait, p):
    """Shares of quadriceps, calves and hip extensors: straight lines down to 15 %, walking on to stairs."""
    knee = p["share_max_grade"]
    kind = "run" if gait == "running" else "walk"
    down = min(max(-i, 0.0), knee)
    names = ("quadriceps", "calves", "hip")
    ramp = [p[f"{kind}_share_{m}"] + p[f"{kind}_share_{m}_slope"] * down for m in names]
    if gait == "running" or -i <= knee:
        return ramp
    stairs = [p["stairs_share_quadriceps"], p["stairs_share_calves"]]
    stairs.append(max(0.0, 1.0 - sum(stairs)))
    part = min(1.0, (-i - knee) / (p["stairs_grade"] - knee))
    return [(1.0 - part) * a + part * b for a, b in zip(ramp, stairs)]


def stance_left(i, gait, p):
    """Negative work of stance that stays in the fibres of three groups, J/kg/m."""
    negative, positive = slope_work(i, gait, p)
    returns = (p["quadriceps_return"], p["calves_return"], 0.0)
    back = min(negative, positive)
    return [share * (negative - eta * back) for share, eta in zip(stance_shares(i, gait, p), returns)]


def swing_work(v, p):
    """Negative work of the hamstrings in J/kg a step."""
    return p["swing_work_j_kg"] * (v / 3.0) ** p["swing_speed_exponent"]


def metabolic_cost(i, gait, p):
    """Minetti 2002, J/kg/m; beyond 45 % the cost of a metre of height stays."""
    most = p["METABOLIC_MAX_GRADE"]
    if abs(i) > most:
        end = math.copysign(most, i)
        return metabolic_cost(end, gait, p) * gravity_work(i, p) / gravity_work(end, p)
    if gait == "running":
        return 155.4 * i**5 - 30.4 * i**4 - 43.3 * i**3 + 46.3 * i**2 + 19.5 * i + 3.6
    return 280.5 * i**5 - 58.7 * i**4 - 76.8 * i**3 + 51.9 * i**2 + 19.6 * i + 2.5


def step_rate(seg, p):
    if seg["step_rate_hz"] is not None:
        return seg["step_rate_hz"]
    if seg["gait"] == "running":
        return (p["run_step_rate_min"] + p["run_step_rate_per_speed"] * seg["speed_m_s"]) / 60.0
    return p["walk_step_rate_root_speed"] * math.sqrt(seg["speed_m_s"])


def step_works(seg, p):
    """Work of one step that stays in the fibres of each group, J/kg, for the mass of the reference runner."""
    metres = seg["speed_m_s"] / step_rate(seg, p)
    stance = [metres * work for work in stance_left(seg["grade"], seg["gait"], p)]
    return dict(zip(MUSCLES, [*stance, swing_work(seg["speed_m_s"], p)]))


def load_over_capacity(runner, p):
    body = runner["mass_kg"]
    if runner["body_fat"] is None:
        lean = 59.5 * (body / 70.0) ** p["lean_mass_exponent"]
    else:
        lean = body * (1.0 - runner["body_fat"])
    return (body + runner["pack_kg"]) / lean * 0.85


# ---------------------------------------------------------------- stage 2: dose


class Dose(dict):
    """Numbers by (kind, muscle), kinds being damage, hard and protection, and `acute`."""

    @staticmethod
    def none():
        kinds = ("damage", "hard", "protection")
        return Dose({"acute": 0.0, **{(kind, m): 0.0 for kind in kinds for m in MUSCLES}})

    def add(self, other, times=1.0):
        for key, value in other.items():
            self[key] += times * value

    def of(self, kind):
        return {m: self[kind, m] for m in MUSCLES}


class Doses:
    """Doses of one runner; 1 is what the reference bout is to the quadriceps."""

    def __init__(self, runner, p):
        self.p = p
        self.runner = runner
        self.phi = load_over_capacity(runner, p)
        bout = segment(-0.16, 3.0, 1800.0)
        self.unit_work = step_works(bout, p)["quadriceps"]
        self.unit_steps = step_rate(bout, p) * 1800.0
        self.unit_cost = metabolic_cost(-0.16, "running", p) * 3.0 * 1800.0
        self.unit_total = sum(self.rate(bout, 1.0).of("damage").values()) * 1800.0

    def rate(self, seg, phi=None):
        """Dose per second of a segment."""
        p, phi = self.p, self.phi if phi is None else phi
        dose = Dose.none()
        if seg["speed_m_s"] <= 0.0:
            return dose
        steps = step_rate(seg, p) / self.unit_steps
        relative = {m: phi * work / self.unit_work for m, work in step_works(seg, p).items()}
        for m, work in relative.items():
            gain = steps * (p["calves_gain"] if m == "calves" else 1.0)
            dose["damage", m] = gain * work ** p["dose_exponent"]
            dose["hard", m] = dose["damage", m] * min(1.0, relative["quadriceps"])
            dose["protection", m] = gain * work ** p["protection_exponent"]
        dose["acute"] = metabolic_cost(seg["grade"], seg["gait"], p) * seg["speed_m_s"] * phi / self.unit_cost
        return dose

    def total(self, dose):
        """All groups together, in units of the reference bout."""
        return sum(dose.of("damage").values()) / self.unit_total

    def load(self, start_ms, segments):
        p = self.p
        spans, clock = [], 0.0
        for seg in segments:
            spans.append((max(clock, seg["start_s"]), seg["duration_s"]))
            clock = sum(spans[-1])
        # without segments there are no stretches; those of a run that stood still are empty
        count = math.ceil(clock / STRETCH_S - 1.0e-9)
        count = min(MOST_STRETCHES, max(FEWEST_STRETCHES, count)) if segments else 0
        stretches = [Dose.none() for _ in range(count)]
        sums = Dose.none()
        work = left = variance = common = common_m = off = 0.0
        mass = self.runner["mass_kg"] + self.runner["pack_kg"]
        for seg, (start, seconds) in zip(segments, spans):
            rate = self.rate(seg)
            sums.add(rate, seconds)
            for k, stretch in enumerate(stretches):
                begin, end = clock * k / count, clock * (k + 1) / count
                inside = min(end, start + seconds) - max(begin, start)
                stretch.add(rate, max(0.0, inside))
            metres = seg["speed_m_s"] * seconds
            work += slope_work(seg["grade"], seg["gait"], p)[0] * metres * mass
            left += self.left_w_kg(seg) * seconds
            common += self.points_per_grade(seg) * seg["grade_se"]
            common_m += metres
            if common_m >= p["GRADE_ERROR_RANGE_M"]:
                variance += common**2
                common = common_m = 0.0
            off += self.total(rate) * seconds * unmeasured_variance(seg, p)
        points = {m: 100.0 * damage for m, damage in sums.of("damage").items()}
        total = 100.0 * self.total(sums)
        relative = self.unmeasured(off / self.total(sums), clock / 3600.0) if total > 0.0 else 0.0
        se = math.sqrt(variance + common**2 + (relative * total) ** 2)
        easy_speed = p["EASY_SPEED_M_S"]
        easy_km = self.left_w_kg(segment(0.0, easy_speed, 1.0)) * 1000.0 / easy_speed
        return {
            "start_ms": start_ms,
            "duration_s": clock,
            "negative_work_j": work,
            "points": points,
            "points_total": total,
            "points_se": se,
            "relative_se": se / total if total > 0.0 else 0.0,
            "equivalent_flat_km": left * mass / self.runner["mass_kg"] / easy_km,
            "dose": sums,
            "stretches": stretches,
        }

    def left_w_kg(self, seg):
        """Power that stays in the fibres of all groups, of a kilogram."""
        if seg["speed_m_s"] <= 0.0:
            return 0.0
        return sum(step_works(seg, self.p).values()) * step_rate(seg, self.p)

    def points_per_grade(self, seg):
        if seg["grade_se"] == 0.0:
            return 0.0
        step = min(0.02, max(1.0e-4, seg["grade_se"]))
        at = lambda i: self.total(self.rate({**seg, "grade": i}))
        slope = (at(seg["grade"] + step) - at(seg["grade"] - step)) / (2.0 * step)
        return 100.0 * slope * seg["duration_s"]

    def unmeasured(self, variance, hours):
        """Relative error from the mean distance of the segments, the length of the run and the age."""
        p, age = self.p, self.runner.get("age_years")
        if hours > p["MEASURED_HOURS"]:
            variance += (p["UNMEASURED_PER_LOG_HOURS"] * math.log(hours / p["MEASURED_HOURS"])) ** 2
        if age is not None:
            years = max(0.0, age - p["MEASURED_AGE_YEARS"], p["MEASURED_YOUNG_YEARS"] - age)
            variance += (p["UNMEASURED_PER_YEAR"] * years) ** 2
        return math.sqrt(math.expm1(min(variance, LARGEST_VARIANCE)))


def unmeasured_variance(seg, p):
    """How far a segment lies from what was measured: steeper, faster running, slower walking."""
    steep = max(0.0, p["MEASURED_GRADE"] - seg["grade"]) * p["UNMEASURED_PER_GRADE"]
    v, speed = seg["speed_m_s"], 0.0
    if seg["gait"] == "running" and v > p["MEASURED_RUN_M_S"]:
        speed = math.log(v / p["MEASURED_RUN_M_S"])
    if seg["gait"] == "walking" and 0.0 < v < p["MEASURED_WALK_M_S"]:
        speed = math.log(p["MEASURED_WALK_M_S"] / v)
    return steep**2 + (speed * p["UNMEASURED_PER_LOG_SPEED"]) ** 2
