"""The model in numpy, written for speed: what a Python user would run instead of the crate."""

import datetime
import math
from statistics import NormalDist

import fitdecode
import numpy as np

GRAVITY = 9.80665
MUSCLES = ("quadriceps", "calves", "hip_extensors", "hamstrings")
BLOCK = 8192  # samples that stay in the cache; faster than whole arrays by about a third
# columns of a row of doses
DAMAGE, HARD, PROTECTION, ACUTE = slice(0, 4), slice(4, 8), slice(8, 12), 12


def gravity_work(i):
    return -GRAVITY * i / np.sqrt(1.0 + i * i)


def slope_work(i, level, scale):
    """Negative and positive work in J/kg/m; the smaller one by division, as in the crate."""
    half = 0.5 * gravity_work(i)
    product = level * level * np.exp(-np.square(i / scale))
    larger = np.abs(half) + np.sqrt(half * half + product)
    smaller = product / larger
    down = half >= 0.0
    return np.where(down, larger, smaller), np.where(down, smaller, larger)


RUNNING = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
WALKING = (280.5, -58.7, -76.8, 51.9, 19.6, 2.5)


def metabolic_cost(i, run):
    """Metabolic cost in J/kg/m; beyond 45 % the cost of a metre of height stays."""
    j = np.clip(i, -0.45, 0.45)
    cost = np.where(run, np.polyval(RUNNING, j), np.polyval(WALKING, j))
    beyond = i != j
    if np.any(beyond):
        cost[beyond] *= gravity_work(i[beyond]) / gravity_work(j[beyond])
    return cost


class Doses:
    """Doses of one runner of 70 kg; 1 is what the reference bout is to the quadriceps."""

    def __init__(self, p, phi=1.0):
        self.p = p
        of = lambda name: (p[f"walk_{name}"], p[f"run_{name}"])
        self.level, self.scale = of("work_level_j_kg_m"), of("work_grade")
        self.share = [of(f"share_{m}") for m in ("quadriceps", "calves", "hip")]
        self.slope = [of(f"share_{m}_slope") for m in ("quadriceps", "calves", "hip")]
        stairs = [p["stairs_share_quadriceps"], p["stairs_share_calves"]]
        self.stairs = [*stairs, max(0.0, 1.0 - sum(stairs))]
        self.returns = (p["quadriceps_return"], p["calves_return"], 0.0)
        self.phi = self.work = self.steps = self.cost = self.bout = 1.0
        i, v, run = np.array([-0.16]), np.array([3.0]), np.array([True])
        works, cost = self.on_grade(i, run)
        rate, step, _ = self.in_motion(v, run)
        self.work, self.steps, self.cost = works[0][0] * step[0], 1800.0 * rate[0], 5400.0 * cost[0]
        self.bout = self.sums(i, v, 1800.0)[DAMAGE].sum()
        # the dose of a walk that legs tolerate that are used to nothing else
        seconds = 1000.0 * p["everyday_walking_km"] / 1.3
        self.everyday = self.sums(np.zeros(1), np.array([1.3]), seconds)[DAMAGE]
        self.phi = phi

    def on_grade(self, i, run):
        """What depends on the grade: work left in the fibres of stance by a metre, in that of a step of the
        quadriceps in the reference bout, and metabolic cost."""
        p = self.p
        pick = lambda pair: np.where(run, pair[1], pair[0])
        negative, positive = slope_work(i, pick(self.level), pick(self.scale))
        back, knee = np.minimum(negative, positive), p["share_max_grade"]
        s = np.clip(-i, 0.0, knee)
        past = np.where(run, 0.0, np.clip((-i - knee) / (p["stairs_grade"] - knee), 0.0, 1.0))
        works = []
        for share, slope, stairs, eta in zip(self.share, self.slope, self.stairs, self.returns):
            ramp = pick(share) + pick(slope) * s
            works.append((ramp + past * (stairs - ramp)) * (negative - eta * back) * (self.phi / self.work))
        return works, metabolic_cost(i, run) * (self.phi / self.cost)

    def in_motion(self, v, run, cadence=None):
        """What depends on speed: steps a second, metres a step, work of the hamstrings by a step."""
        p = self.p
        rate = np.where(
            run,
            (p["run_step_rate_min"] + p["run_step_rate_per_speed"] * v) / 60.0,
            p["walk_step_rate_root_speed"] * np.sqrt(v),
        )
        if cadence is not None:
            rate = np.where(np.isnan(cadence), rate, cadence / 60.0)
        step = v / np.where(rate > 0.0, rate, 1.0)
        swing = p["swing_work_j_kg"] * (v / 3.0) ** p["swing_speed_exponent"] * (self.phi / self.work)
        return rate / self.steps, step, swing

    def sums(self, i, v, seconds, cadence=None, starts=None, run=None):
        """Doses of samples: damage, that of hard steps and protection of four groups, and acute. One row for
        all, or one for each stretch that starts at `starts`. `seconds` is a number or an array."""
        p = self.p
        if run is None:
            run = v > 2.0 if cadence is None else (v > 2.0) | (cadence >= 140.0)
        works, cost = self.on_grade(i, run)
        rate, step, swing = self.in_motion(v, run, cadence)
        rate = rate * seconds
        hardness = np.minimum(works[0] * step, 1.0)
        add = np.dot if starts is None else lambda a, b: np.add.reduceat(a * b, starts)
        gain = (1.0, p["calves_gain"], 1.0)

        one = np.ones_like(v)
        powers = lambda exponent: [c * work**exponent for c, work in zip(gain, works)]
        speeds = lambda exponent: (rate * step**exponent, rate * swing**exponent)
        of_stance, (stance, swung) = powers(p["dose_exponent"]), speeds(p["dose_exponent"])
        hard = stance * hardness
        sums = [*(add(power, stance) for power in of_stance), add(swung, one)]
        sums += [*(add(power, hard) for power in of_stance), add(swung, hardness)]
        of_stance, (stance, swung) = powers(p["protection_exponent"]), speeds(p["protection_exponent"])
        sums += [*(add(power, stance) for power in of_stance), add(swung, one), add(cost, v * seconds)]
        return np.array(sums).T

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
        exponents = doses.p["dose_exponent"], doses.p["protection_exponent"]
        gain = np.array([1.0, doses.p["calves_gain"], 1.0])[:, None]
        self.grade, self.speed = [], []
        for running in (False, True):
            works, cost = doses.on_grade(i, running)
            rate, step, swing = doses.in_motion(v, running)
            powers = [gain * np.array(works) ** exponent for exponent in exponents]
            speeds = [rate * x**exponent for exponent in exponents for x in (step, swing)]
            self.grade.append(np.vstack((*powers, works[0], cost)).T)
            self.speed.append(np.vstack((*speeds, step)).T)

    def stream(self, i, v, seconds):
        blocks = range(0, len(i), BLOCK)
        return seconds * sum(self.block(i[k : k + BLOCK], v[k : k + BLOCK]) for k in blocks)

    def block(self, i, v):
        total = np.zeros(13)
        run = v > 2.0
        for grade, speed, here in ((self.grade[0], self.speed[0], ~run), (self.grade[1], self.speed[1], run)):
            here_v = v[here]
            x, y = here_v * self.PER_SPEED, (i[here] + 1.0) * self.PER_GRADE
            at_x, at_y = x.astype(np.int64), y.astype(np.int64)
            part_x, part_y = (x - at_x)[:, None], (y - at_y)[:, None]
            s = speed[at_x] * (1.0 - part_x) + speed[at_x + 1] * part_x
            g = grade[at_y] * (1.0 - part_y) + grade[at_y + 1] * part_y
            hardness = np.minimum(g[:, 6] * s[:, 4], 1.0)
            total[:3] += s[:, 0] @ g[:, :3]
            total[4:7] += (s[:, 0] * hardness) @ g[:, :3]
            total[8:11] += s[:, 2] @ g[:, 3:6]
            total[[3, 7, 11]] += s[:, 1].sum(), s[:, 1] @ hardness, s[:, 3].sum()
            total[ACUTE] += here_v @ g[:, 7]
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


class State:
    """The four muscle groups as arrays."""

    def __init__(self, doses, protection):
        self.doses, self.p, self.protection = doses, doses.p, protection
        self.fatigue, self.damage, self.exposure, self.at_once = np.zeros((4, 4))
        self.chain, self.chain_slope = np.zeros((3, 4)), np.zeros((3, 4))
        self.damage_slope, self.pending = np.zeros(4), np.zeros((2, 4))

    def advanced(self, hours):
        """The state after one or many spans: a number, or a column of them."""
        p, new = self.p, State(self.doses, None)
        x, y = hours / p["soreness_stage_h"], hours / p["damage_recovery_h"]
        e, keep, tired = np.exp(-x), np.exp(-y), np.exp(-hours / p["fatigue_recovery_h"])
        erlang = lambda c: (e * c[0], e * (c[1] + x * c[0]), e * (c[2] + x * (c[1] + 0.5 * x * c[0])))
        c, slope = erlang(self.chain), erlang(self.chain_slope)
        new.chain = c
        new.chain_slope = (slope[0] + x * c[0], slope[1] + x * (c[1] - c[0]), slope[2] + x * (c[2] - c[1]))
        new.fatigue, new.at_once, new.exposure = (a * tired for a in (self.fatigue, self.at_once, self.exposure))
        new.damage = self.damage * keep
        new.damage_slope = self.damage_slope * keep + y * new.damage
        k = 1.0 / p["protection_onset_h"]
        d = k - 1.0 / p["protection_decay_h"]
        pending, left = np.exp(-k * hours), np.exp(-hours / p["protection_decay_h"])
        first, second = self.pending
        new.pending = (first * pending, (second + k * hours * first) * pending)
        # differences of exponentials lose digits over short spans, where nothing is built yet
        late = left - pending * (1.0 + d * hours)
        new.protection = self.protection * left + second * (k / d) * (left - pending) + first * (k / d) ** 2 * late
        return new

    def strength_loss(self, fatigue, damage):
        z = fatigue + damage
        return z / (1.0 + z / self.p["strength_loss_max"])

    def add(self, dose, half_h):
        """A dose in the middle of a step, while the exposure goes from that before the step to that after it."""
        p, x, hard = self.p, dose[DAMAGE], dose[HARD]
        left = math.exp(-half_h / p["fatigue_recovery_h"])
        k = self.doses.everyday + p["tolerance_gain"] * np.sqrt(self.protection)
        before, after = self.exposure / left, (self.exposure + x) * left
        beyond = (before + after) / (np.hypot(before, k) + np.hypot(after, k))
        above = lambda floor: floor + (1.0 - floor) * beyond
        sore = above(p["soreness_below_tolerance"])
        self.fatigue = self.fatigue + p["fatigue_gain"] * dose[ACUTE]
        self.damage = self.damage + p["damage_gain"] * above(p["damage_below_tolerance"]) * x
        self.exposure = self.exposure + x
        self.at_once = self.at_once + p["soreness_at_once_gain"] * sore * x
        later = p["soreness_gain"] * sore
        self.chain = (self.chain[0] + later * hard, self.chain[1] + later * (x - hard), self.chain[2])
        self.pending = (self.pending[0] + dose[PROTECTION], self.pending[1])

    def after(self, stretches, stretch_h):
        """The legs after stretches of a run, in steps of ten minutes at most."""
        count = max(1, math.ceil(6.0 * stretch_h - 1e-9))
        half_h = 0.5 * stretch_h / count
        state, wait_h = self, half_h
        for dose in np.repeat(stretches / count, count, axis=0):
            state = state.advanced(wait_h)
            state.add(dose, half_h)
            wait_h = 2.0 * half_h
        return state.advanced(half_h)


def habit_protection(doses):
    """Protection of the road habit: 40 km a week at 3.1 m/s, gently rolling."""
    km = np.array([[0.0, 3.1, 30.0], [-0.03, 3.1, 5.0], [0.03, 3.1, 5.0]])
    week = doses.sums(km[:, 0], km[:, 1], 1000.0 * km[:, 2] / km[:, 1])
    return week[PROTECTION] * doses.p["protection_decay_h"] / 168.0


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
    lost = ahead.strength_loss(ahead.fatigue, ahead.damage)
    lost_sd = (ahead.fatigue * tired_sd + ahead.damage * hurt_sd) / (ahead.fatigue + ahead.damage)
    loss = lambda z: lost / (lost + (1.0 - lost) * np.exp(-z * lost_sd))
    median = felt(0.0)
    half = lambda z: np.hypot(felt(z) - median, z * p["rating_noise"])
    return {
        "soreness": (median, np.maximum(median - half(-z), 0.0), np.minimum(median + half(z), 10.0)),
        "strength_loss": (loss(0.0), loss(-z), loss(z)),
    }


def load_error(doses, grade, speed, seconds, steps, hours):
    """Relative error of the load from a grade error of 0.4 % that is common to 500 m, and from how far the run
    lies from what was measured."""
    every = np.arange(len(grade))
    points = lambda i: doses.sums(i, speed, seconds, steps, every)[:, DAMAGE].sum(axis=1)
    slope = (points(grade + 0.004) - points(grade - 0.004)) / 0.008
    stretch = np.add.reduceat(slope * 0.004, np.arange(0, len(grade), 25))
    dose = points(grade)
    run = (speed > 2.0) | (steps >= 140.0)
    off = np.where(run, np.maximum(speed / 4.55, 1.0), np.maximum(0.83 / speed, 1.0))
    variance = np.square(2.3 * np.maximum(-0.28 - grade, 0.0)) + np.square(2.2 * np.log(off))
    far = dose @ variance / dose.sum() + (0.65 * math.log(max(hours / 7.0, 1.0))) ** 2
    return math.sqrt(np.sum(stretch**2) / dose.sum() ** 2 + math.expm1(min(far, 4.0)))


def stretches_of(doses, grade, speed, seconds, steps, start_s):
    """Doses of stretches of equal time, six or as many more, up to 39, as keep them at 20 minutes; and hours of
    each. A segment of some seconds goes whole into the stretch in which it starts."""
    duration_s = start_s[-1] + seconds[-1] - start_s[0]
    count = min(39, max(6, math.ceil(duration_s / 1200.0 - 1e-9)))
    stretch = np.minimum(((start_s - start_s[0]) * (count / duration_s)).astype(int), count - 1)
    starts = np.concatenate(([0], np.flatnonzero(np.diff(stretch)) + 1))
    all_ = np.zeros((count, 13))
    all_[stretch[starts]] = doses.sums(grade, speed, seconds, steps, starts)
    return all_, duration_s / 3600.0 / count


def forecast_of(rows, doses):
    """Records to points and a week's forecast."""
    grade, speed, seconds, steps, start_s = clean(rows)
    stretches, stretch_h = stretches_of(doses, grade, speed, seconds, steps, start_s)
    relative = load_error(doses, grade, speed, seconds, steps, stretch_h * len(stretches))
    state = State(doses, habit_protection(doses)).after(stretches, stretch_h)
    load_log_sd = math.sqrt(math.log(1.0 + relative**2))
    points = 100.0 * float(stretches[:, DAMAGE].sum() / doses.bout)
    return points, forecast(state, load_log_sd, np.arange(169.0), 0.8)
