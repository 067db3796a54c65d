"""The model in numpy, written for speed: what a Python user would run instead of the crate."""

import datetime
import math
from statistics import NormalDist

import fitdecode
import numpy as np

GRAVITY = 9.80665
MUSCLES = ("quadriceps", "calves", "hip_extensors", "hamstrings")
BLOCK = 8192  # samples that stay in the cache; faster than whole arrays by about a third


def slope_work(i, level, scale):
    """Negative and positive work in J/kg/m; the smaller one by division, as in the crate."""
    half = -0.5 * GRAVITY * i / np.sqrt(1.0 + i * i)
    product = level * level * np.exp(-np.square(i / scale))
    larger = np.abs(half) + np.sqrt(half * half + product)
    smaller = product / larger
    down = half >= 0.0
    return np.where(down, larger, smaller), np.where(down, smaller, larger)


RUNNING = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
WALKING = (280.5, -58.7, -76.8, 51.9, 19.6, 2.5)


def metabolic_cost(i, run):
    """Metabolic cost in J/kg/m."""
    i = np.clip(i, -0.45, 0.45)
    return np.where(run, np.polyval(RUNNING, i), np.polyval(WALKING, i))


class Doses:
    """Doses of one runner of 70 kg in units of the reference bout."""

    def __init__(self, p, phi=1.0):
        self.p = p
        gaits = ("walk", "run")
        of = lambda name: np.array([p[f"{gait}_{name}"] for gait in gaits])
        self.level, self.scale = of("work_level_j_kg_m"), of("work_grade")
        self.swing = of("swing_work_j_kg_m")
        self.share = [of(f"share_{m}") for m in ("quadriceps", "calves", "hip")]
        self.slope = [of(f"share_{m}_slope") for m in ("quadriceps", "calves", "hip")]
        self.phi = 1.0
        self.unit = np.ones(9)
        bout = self.sums(np.array([-0.16]), np.array([3.0]), np.array([1800.0]))
        self.unit, self.phi = bout, phi

    def sums(self, i, v, seconds, cadence=None, starts=None, run=None):
        """Doses of samples: damage and protection of four groups and acute. One row for all, or one
        for each stretch that starts at `starts`. `seconds` is a number or an array."""
        p = self.p
        if run is None:
            run = v > 2.0 if cadence is None else (v > 2.0) | (cadence >= 140.0)
        pick = lambda pair: np.where(run, pair[1], pair[0])
        negative, positive = slope_work(i, pick(self.level), pick(self.scale))
        back = np.minimum(positive / negative, 1.0)
        s = np.clip(-i, 0.0, p["share_max_grade"])
        rate = np.where(
            run,
            (p["run_step_rate_min"] + p["run_step_rate_per_speed"] * v) / 60.0,
            p["walk_step_rate_root_speed"] * np.sqrt(v),
        )
        if cadence is not None:
            rate = np.where(np.isnan(cadence), rate, cadence / 60.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            gate = 1.0 / (1.0 + (p["braking_speed_m_s"] / v) ** p["braking_speed_steepness"])
        gate = gate * seconds
        step = v / np.where(rate > 0.0, rate, 1.0) * self.phi
        kept = negative * (1.0 - p["elastic_return"] * back)
        works = [kept * (pick(share) + pick(slope) * s) for share, slope in zip(self.share, self.slope)]
        add = np.dot if starts is None else lambda a, b: np.add.reduceat(a * b, starts)
        sums = []
        for exponent in (p["dose_exponent"], p["protection_exponent"]):
            speed = rate * step**exponent * gate
            sums += [add(work**exponent, speed) for work in works]
            sums.append(add(pick(self.swing**exponent), speed))
        sums.append(add(metabolic_cost(i, run) * self.phi, v * seconds))
        return np.array(sums).T / self.unit

    def stream(self, i, v, seconds):
        """Doses of a stream at a steady interval."""
        blocks = range(0, len(i), BLOCK)
        return sum(self.sums(i[k : k + BLOCK], v[k : k + BLOCK], seconds) for k in blocks)


class Tables:
    """The crate's way in numpy: linear interpolation of tables of the grade and of the speed."""

    PER_GRADE, PER_SPEED = 1024.0, 256.0

    def __init__(self, doses):
        i = np.arange(-self.PER_GRADE, self.PER_GRADE + 2) / self.PER_GRADE
        v = np.arange(0.0, 12.0 * self.PER_SPEED + 2) / self.PER_SPEED
        self.grade, self.speed = [], []
        for running in (False, True):
            # a dose rate is a factor of the grade times one of the speed: vary one, hold the other
            rows = doses.sums(i, np.full_like(i, 1.5), 1.0, None, np.arange(len(i)), running)
            rows[:, 8] /= 1.5
            steep = np.full_like(v, -0.16)
            speeds = doses.sums(steep, v, 1.0, None, np.arange(len(v)), running)[:, (0, 4)]
            held = doses.sums(steep[:1], np.array([1.5]), 1.0, None, np.arange(1), running)[0, [0, 4]]
            self.grade.append(rows)
            self.speed.append(np.nan_to_num(speeds / held))

    def stream(self, i, v, seconds):
        blocks = range(0, len(i), BLOCK)
        return seconds * sum(self.block(i[k : k + BLOCK], v[k : k + BLOCK]) for k in blocks)

    def block(self, i, v):
        total = np.zeros(9)
        run = v > 2.0
        for grade, speed, here in ((self.grade[0], self.speed[0], ~run), (self.grade[1], self.speed[1], run)):
            here_v = v[here]
            x, y = here_v * self.PER_SPEED, (i[here] + 1.0) * self.PER_GRADE
            at_x, at_y = x.astype(np.int64), y.astype(np.int64)
            part_x, part_y = (x - at_x)[:, None], (y - at_y)[:, None]
            s = speed[at_x] * (1.0 - part_x) + speed[at_x + 1] * part_x
            g = grade[at_y] * (1.0 - part_y) + grade[at_y + 1] * part_y
            total[:4] += s[:, 0] @ g[:, :4]
            total[4:8] += s[:, 1] @ g[:, 4:8]
            total[8] += here_v @ g[:, 8]
        return total


# ---------------------------------------------------------------- from a file to a forecast


def read_fit(path):
    """Time, distance, enhanced altitude and cadence of all records, one row each."""
    rows = []
    with fitdecode.FitReader(path) as fit:
        for frame in fit:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record":
                get = frame.get_value
                time = get("timestamp", fallback=None)
                cadence = get("cadence", fallback=None)
                fraction = get("fractional_cadence", fallback=None) or 0.0
                rows.append((
                    time.timestamp() if isinstance(time, datetime.datetime) else math.nan,
                    get("distance", fallback=None),
                    get("enhanced_altitude", fallback=None),
                    None if cadence is None else 2.0 * (cadence + fraction),
                ))
    return np.array(rows, dtype=float)


def clean(rows, grid_m=5.0, cells=4):
    """Segments of 20 m of movement: gaps and standing out, an even grid, spline smoothing with the
    length that cross-validation prefers."""
    rows = rows[~np.isnan(rows[:, 0]) & ~np.isnan(rows[:, 1])]
    rows = rows[np.concatenate(([True], np.diff(rows[:, 0]) > 0.0))]
    t, d, z, cadence = rows.T
    d = np.maximum.accumulate(d) - d[0]
    dt = np.diff(t)
    # speed over ten seconds decides what is standing
    around = lambda x, k: np.interp(t[:-1] + 0.5 * dt + k, t, x)
    standing = around(d, 5.0) - around(d, -5.0) < 2.0
    moving_s = np.concatenate(([0.0], np.cumsum(np.where(standing | (dt > 30.0), 0.0, dt))))

    node = np.rint(d / grid_m).astype(np.int64)
    known = ~np.isnan(z)
    count = np.bincount(node[known], minlength=node[-1] + 1).astype(float)
    total = np.bincount(node[known], z[known], minlength=len(count))
    smooth = best_spline(count, total, grid_m)

    edges = np.arange(0, len(smooth), cells)
    at = lambda x: np.interp(edges * grid_m, d, x)
    length_m = np.diff(edges) * grid_m
    grade = np.clip(np.diff(smooth[edges]) / length_m, -0.45, 0.45)
    seconds = np.maximum(np.diff(at(moving_s)), 1e-3)
    speed = np.minimum(length_m * np.hypot(1.0, grade) / seconds, 12.0)
    good = (cadence >= 50.0) & (cadence <= 260.0)
    first = np.searchsorted(d, edges * grid_m)
    sums = lambda x: np.diff(np.concatenate(([0.0], np.cumsum(x)))[first])
    with np.errstate(invalid="ignore"):
        steps = sums(np.where(good, cadence, 0.0)) / sums(good.astype(float))
    return grade, speed, seconds, steps, at(t)[:-1]


def best_spline(count, total, grid_m):
    best, best_score = None, math.inf
    length_m = 50.0 / 5.14
    middle = total.sum() / count.sum()
    while length_m <= 160.0:
        half = int(8.0 * length_m / grid_m)
        u = np.abs(np.arange(-half, half + 1)) * grid_m / length_m / math.sqrt(2.0)
        kernel = np.exp(-u) * np.sin(u + math.pi / 4.0)
        weight = np.convolve(count, kernel, "same")
        smooth = middle + np.convolve(total - middle * count, kernel, "same") / weight
        here = count > 0.0
        residual = (total[here] / count[here] - smooth[here]) / (1.0 - kernel[half] * count[here] / weight[here])
        score = np.mean(residual**2)
        if score < best_score:
            best, best_score = smooth, score
        length_m *= 1.3
    return best


def chunk_starts(start_s):
    """First segment of each half hour."""
    return np.concatenate(([0], np.flatnonzero(np.diff((start_s - start_s[0]) // 1800.0)) + 1))


class State:
    """The four muscle groups as arrays."""

    def __init__(self, p, protection):
        self.p = p
        self.gain = np.array([1.0, *[p["other_muscles_gain"]] * 3])
        self.fatigue, self.damage, self.at_once = np.zeros(4), np.zeros(4), np.zeros(4)
        self.chain, self.chain_slope = np.zeros((3, 4)), np.zeros((3, 4))
        self.damage_slope, self.pending = np.zeros(4), np.zeros(4)
        self.protection = protection

    def advanced(self, hours):
        """The state after one or many spans: a number, or a column of them."""
        p, new = self.p, State(self.p, None)
        x, y = hours / p["soreness_stage_h"], hours / p["damage_recovery_h"]
        e, keep, tired = np.exp(-x), np.exp(-y), np.exp(-hours / p["fatigue_recovery_h"])
        erlang = lambda c: (e * c[0], e * (c[1] + x * c[0]), e * (c[2] + x * (c[1] + 0.5 * x * c[0])))
        c, slope = erlang(self.chain), erlang(self.chain_slope)
        new.chain = c
        new.chain_slope = (slope[0] + x * c[0], slope[1] + x * (c[1] - c[0]), slope[2] + x * (c[2] - c[1]))
        new.fatigue, new.at_once = self.fatigue * tired, self.at_once * tired
        new.damage = self.damage * keep
        new.damage_slope = self.damage_slope * keep + y * new.damage
        onset, decay = p["protection_onset_h"], p["protection_decay_h"]
        pending, left = np.exp(-hours / onset), np.exp(-hours / decay)
        new.protection = self.protection * left + self.pending * (decay / (decay - onset)) * (left - pending)
        new.pending = self.pending * pending
        return new

    def strength_loss(self, fatigue, damage):
        z = fatigue + damage
        return z / (1.0 + z / self.p["strength_loss_max"])

    def add(self, dose):
        p = self.p
        strength = np.maximum(1.0 - self.strength_loss(self.fatigue, self.damage), p["lead_legs_min_strength"])
        strain = self.gain * dose[:4] * strength ** -p["lead_legs_exponent"]
        shield = 1.0 / (1.0 + self.protection ** p["protection_steepness"])
        left = lambda floor: floor + (1.0 - floor) * shield
        sore = strain * left(p["soreness_floor"])
        self.fatigue = self.fatigue + p["fatigue_gain"] * dose[8]
        self.damage = self.damage + p["damage_gain"] * strain * left(p["strength_floor"])
        self.at_once = self.at_once + p["soreness_at_once_gain"] * sore
        self.chain = (self.chain[0] + p["soreness_gain"] * sore, *self.chain[1:])
        self.pending = self.pending + p["protection_gain"] * dose[4:8]


def habit_protection(doses):
    """Protection of the road habit: 40 km a week at 3.1 m/s, gently rolling."""
    p = doses.p
    km = np.array([[0.0, 3.1, 30.0], [-0.03, 3.1, 5.0], [0.03, 3.1, 5.0]])
    week = doses.sums(km[:, 0], km[:, 1], 1000.0 * km[:, 2] / km[:, 1])
    return p["protection_gain"] * week[4:8] * p["protection_decay_h"] / 168.0


def forecast(state, load_log_sd, hours, level):
    """Median and interval of soreness and strength loss, hours by muscle groups."""
    p = state.p
    ahead = state.advanced(hours[:, None])
    z = NormalDist().inv_cdf(0.5 + 0.5 * level)
    drive = ahead.at_once + ahead.chain[2]
    sd = lambda person, slope: np.sqrt(
        person**2 + p["evidence_log_sd"] ** 2 + load_log_sd**2 + (p["person_recovery_log_sd"] * slope) ** 2
    )
    sore_sd = sd(p["person_soreness_log_sd"], ahead.chain_slope[2] / drive)
    tired_sd = sd(p["person_strength_log_sd"], 0.0)
    hurt_sd = sd(p["person_strength_log_sd"], ahead.damage_slope / ahead.damage)
    felt = lambda z: 10.0 - 10.0 / (1.0 + drive * np.exp(z * sore_sd))
    loss = lambda z: ahead.strength_loss(ahead.fatigue * np.exp(z * tired_sd), ahead.damage * np.exp(z * hurt_sd))
    median = felt(0.0)
    half = lambda z: np.hypot(felt(z) - median, z * p["rating_noise"])
    return {
        "soreness": (median, np.maximum(median - half(-z), 0.0), np.minimum(median + half(z), 10.0)),
        "strength_loss": (loss(0.0), loss(-z), loss(z)),
    }


def load_error(doses, grade, speed, seconds, steps):
    """Relative error of the load from a grade error of 0.4 % that is common to 500 m."""
    every = np.arange(len(grade))
    points = lambda i: doses.sums(i, speed, seconds, steps, every)[:, :4].mean(axis=1)
    slope = (points(grade + 0.004) - points(grade - 0.004)) / 0.008
    stretch = np.add.reduceat(slope * 0.004, np.arange(0, len(grade), 25))
    return math.sqrt(np.sum(stretch**2)) / points(grade).sum()


def forecast_of(rows, doses, weights):
    """Records to points and a week's forecast."""
    grade, speed, seconds, steps, start_s = clean(rows)
    starts = chunk_starts(start_s)
    chunks = doses.sums(grade, speed, seconds, steps, starts)
    relative = load_error(doses, grade, speed, seconds, steps)
    state = State(doses.p, habit_protection(doses))
    edges = np.append(start_s[starts], start_s[-1] + seconds[-1])
    now = edges[0]
    for dose, begin, end in zip(chunks, edges, edges[1:]):
        middle = 0.5 * (begin + end)
        state = state.advanced((middle - now) / 3600.0)
        state.add(dose)
        now = middle
    state = state.advanced((edges[-1] - now) / 3600.0)
    load_log_sd = math.sqrt(math.log(1.0 + relative**2))
    points = 100.0 * float(chunks[:, :4].sum(axis=0) @ weights)
    return points, forecast(state, load_log_sd, np.arange(169.0), 0.8)


def reference_weights(doses):
    """Share of each group in the negative work of the reference bout."""
    p = doses.p
    negative, _ = slope_work(np.float64(-0.16), doses.level[1], doses.scale[1])
    s = min(0.16, p["share_max_grade"])
    work = [float(negative * (a[1] + b[1] * s)) for a, b in zip(doses.share, doses.slope)] + [doses.swing[1]]
    return np.array(work) / sum(work)
