"""The published equations once more, for the golden cases: the legs and the days ahead. Standard library only.

Nothing is imported from the crate, so that a mistake in the Rust has to be made twice to go unseen.
"""

import math
from statistics import NormalDist

from golden_load import EVERYDAY_WALK_M_S, HABITS, MUSCLES, NO_DRIVE, REFERENCE_RUNNER, Dose, Doses, segment

LONGEST_STEP_H = 1.0 / 6.0


# ---------------------------------------------------------------- stage 3: state of the legs


def rested(time_ms):
    """Names as they are saved: at_once I, chain c, pending U, protection R, slopes of D and of c."""
    none = {
        "fatigue": 0.0,
        "damage": 0.0,
        "exposure": 0.0,
        "at_once": 0.0,
        "chain": [0.0, 0.0, 0.0],
        "pending": [0.0, 0.0],
        "protection": 0.0,
        "slope_d": 0.0,
        "slope_c": [0.0, 0.0, 0.0],
        "slope_r": [0.0, 0.0, 0.0],
    }
    muscles = {m: {k: v if isinstance(v, float) else list(v) for k, v in none.items()} for m in MUSCLES}
    return {"time_ms": time_ms, "muscles": muscles, "recent_dose": 0.0, "recent_error": 0.0}


def dose_of(parts, p):
    """Dose of segments of the reference runner."""
    doses, sums = Doses(REFERENCE_RUNNER, p), Dose.none()
    for seg in parts:
        sums.add(doses.rate(seg), seg["duration_s"])
    return sums


def habit_legs(habit, time_ms, p):
    """A usual week, for ever: what protects is its dose times the weeks over which protection fades."""
    week = [segment(grade, speed, 1000.0 * km / speed, gait="running") for grade, speed, km in HABITS[habit]]
    legs = rested(time_ms)
    for m, dose in dose_of(week, p).of("protection").items():
        legs["muscles"][m]["protection"] = dose * p["protection_decay_h"] / 168.0
    return legs


def everyday_tolerance(p):
    """K0: the dose of the everyday walk."""
    seconds = 1000.0 * p["everyday_walking_km"] / EVERYDAY_WALK_M_S
    return dose_of([segment(0.0, EVERYDAY_WALK_M_S, seconds)], p).of("damage")


def through_chain(chain, x):
    """Equal stages that pass on what they hold: after x stage times, from the matrix exponential."""
    arrived = [math.exp(-x) * x**k / math.factorial(k) for k in range(len(chain))]
    return [sum(arrived[k - j] * chain[j] for j in range(k + 1)) for k in range(len(chain))]


def built(pending, t, p):
    """Protection that both pending stages have become after t hours, of what has not faded again."""
    k, r = 1.0 / p["protection_onset_h"], 1.0 / p["protection_decay_h"]
    # r' = k u2 - r / tau_R with u2 = (U2 + k U1 t) exp(-k t): integrals of exp(-d s) and of s exp(-d s)
    d = k - r
    y = d * t
    flat = -math.expm1(-y) / d
    if y > 1.0:
        sloped = (flat - t * math.exp(-y)) / d
    else:
        sloped = t * t * sum((-y) ** n / (math.factorial(n) * (n + 2)) for n in range(25))
    return k * math.exp(-r * t) * (pending[1] * flat + k * pending[0] * sloped)


def advanced(legs, t, p, time_ms=None):
    """Solution of the linear equations of the state, written from their matrix exponential, after t hours."""
    assert t >= 0.0
    x, y = t / p["soreness_stage_h"], t / p["damage_recovery_h"]
    keep, tired = math.exp(-y), math.exp(-t / p["fatigue_recovery_h"])
    out = {
        "time_ms": time_ms,
        "muscles": {},
        "recent_dose": legs["recent_dose"] * keep,
        "recent_error": legs["recent_error"] * keep,
    }
    for m, s in legs["muscles"].items():
        c, damage = through_chain(s["chain"], x), s["damage"] * keep
        # tau -> lambda tau: d exp(-x) x^k / k! by d log lambda is x (p_k - p_(k-1))
        lag = [x * c[0], x * (c[1] - c[0]), x * (c[2] - c[1])]
        out["muscles"][m] = {
            "fatigue": s["fatigue"] * tired,
            "damage": damage,
            "exposure": s["exposure"] * tired,
            "at_once": s["at_once"] * tired,
            "chain": c,
            "pending": through_chain(s["pending"], t / p["protection_onset_h"]),
            "protection": s["protection"] * math.exp(-t / p["protection_decay_h"]) + built(s["pending"], t, p),
            "slope_d": s["slope_d"] * keep + y * damage,
            "slope_c": [a + b for a, b in zip(through_chain(s["slope_c"], x), lag)],
            "slope_r": through_chain(s["slope_r"], x),
        }
    return out


def advanced_to(legs, time_ms, p):
    return advanced(legs, (time_ms - legs["time_ms"]) / 3.6e6, p, time_ms)


def strength_loss_of(fatigue, damage, p):
    z, most = fatigue + damage, p["strength_loss_max"]
    return most * z / (most + z)


def load_end(load):
    return load["start_ms"] + math.floor(load["duration_s"] * 1000.0 + 0.5)


def steps_of(load):
    """Equal steps of ten minutes at most, and the dose of each."""
    if not load["stretches"]:
        return 0.0, []
    stretch_h = load["duration_s"] / 3600.0 / len(load["stretches"])
    count = max(1, math.ceil(stretch_h / LONGEST_STEP_H - 1.0e-9))
    steps = []
    for stretch in load["stretches"]:
        dose = Dose.none()
        dose.add(stretch, 1.0 / count)
        steps += [dose] * count
    return stretch_h / count, steps


def beyond_tolerance(before, after, k):
    """Mean of X / sqrt(X^2 + K^2) between two exposures, and its change with log K."""
    root = [math.hypot(x, k) for x in (before, after)]
    mean = (before + after) / sum(root)
    return mean, -mean * k * k * (1.0 / root[0] + 1.0 / root[1]) / sum(root)


def add_dose(whole, part, dose, half_h, p, k0):
    """Adds a dose in the middle of a step to the legs and to the part of them that is due to this run."""
    fades = math.exp(-half_h / p["fatigue_recovery_h"])
    for m in MUSCLES:
        s, x, hard = whole["muscles"][m], dose["damage", m], dose["hard", m]
        trained = p["tolerance_gain"] * math.sqrt(s["protection"])
        k = k0[m] + trained
        # the exposure when the step begins and when it ends
        g, g_per_log_k = beyond_tolerance(s["exposure"] / fades, (s["exposure"] + x) * fades, k)
        low = p["soreness_below_tolerance"]
        sore = low + (1.0 - low) * g
        # log kappa moves log K by the trained part of K
        slope = (1.0 - low) * g_per_log_k * trained / k
        low = p["damage_below_tolerance"]
        hurt = low + (1.0 - low) * g
        for state in (s, part["muscles"][m]):
            state["fatigue"] += p["fatigue_gain"] * dose["acute"]
            state["damage"] += p["damage_gain"] * hurt * x
            state["exposure"] += x
            state["at_once"] += p["soreness_at_once_gain"] * sore * x
            state["pending"][0] += dose["protection", m]
            for stage, entering in enumerate((hard, x - hard)):
                state["chain"][stage] += p["soreness_gain"] * sore * entering
                state["slope_r"][stage] += p["soreness_gain"] * slope * entering


def after(legs, load, p):
    """State at the end of a run, and the part of it that is due to this run."""
    step_h, steps = steps_of(load)
    k0 = everyday_tolerance(p)
    wait_h = (load["start_ms"] - legs["time_ms"]) / 3.6e6
    assert wait_h >= 0.0
    whole, part = legs, rested(legs["time_ms"])
    for dose in steps:
        whole, part = (advanced(s, wait_h + 0.5 * step_h, p) for s in (whole, part))
        add_dose(whole, part, dose, 0.5 * step_h, p, k0)
        mean = sum(dose.of("damage").values()) / 4.0
        whole["recent_dose"] += mean
        whole["recent_error"] += mean * load["relative_se"]
        wait_h = 0.5 * step_h
    return tuple(advanced(s, wait_h, p, load_end(load)) for s in (whole, part))


# ---------------------------------------------------------------- stages 4 and 6: response, forecast


def soreness_of(drive):
    return 10.0 * (1.0 - 1.0 / (1.0 + drive)) if drive > 1.0e-3 else 10.0 * drive / (1.0 + drive)


def drive(s):
    return s["at_once"] + s["chain"][2]


def felt(s, p):
    return {"soreness": soreness_of(drive(s)), "strength_loss": strength_loss_of(s["fatigue"], s["damage"], p)}


def spread_of(legs, p):
    relative = legs["recent_error"] / legs["recent_dose"] if legs["recent_dose"] > 0.0 else 0.0
    return math.sqrt(math.log1p(relative**2))


def log_sd(person, load_sd, slope, p):
    parts = (person, p["evidence_log_sd"], load_sd, p["person_recovery_log_sd"] * slope)
    return math.sqrt(sum(x * x for x in parts))


def per_log(slope, value):
    return max(-100.0, min(100.0, slope / value)) if value > NO_DRIVE else 0.0


def sore_log_sd(s, load_sd, p):
    return log_sd(p["person_soreness_log_sd"], load_sd, per_log(s["slope_c"][2], drive(s)), p)


def muscle_forecast(states, load_sd, options, p):
    normal = NormalDist()
    z_of = {level: normal.inv_cdf(0.5 + level / 2.0) for level in options["levels"]}
    out = {
        "soreness": {"point": [], "intervals": [{"level": v, "lower": [], "upper": []} for v in z_of]},
        "strength_loss": {"point": [], "intervals": [{"level": v, "lower": [], "upper": []} for v in z_of]},
        "clear_probability": [],
    }
    sd_tired = log_sd(p["person_strength_log_sd"], load_sd, 0.0, p)
    for s in states:
        d, sd_sore = drive(s), sore_log_sd(s, load_sd, p)
        sd_hurt = log_sd(p["person_strength_log_sd"], load_sd, per_log(s["slope_d"], s["damage"]), p)
        lost = strength_loss_of(s["fatigue"], s["damage"], p)
        sd_loss = loss_log_sd(s["fatigue"], sd_tired, s["damage"], sd_hurt)
        median = soreness_of(d)
        out["soreness"]["point"].append(median)
        out["strength_loss"]["point"].append(lost)
        for k, z in enumerate(z_of.values()):
            felt_off = lambda z: soreness_of(d * math.exp(z * sd_sore)) - median
            half = lambda z: math.hypot(felt_off(z), z * p["rating_noise"])
            out["soreness"]["intervals"][k]["lower"].append(max(0.0, median - half(-z)))
            out["soreness"]["intervals"][k]["upper"].append(min(10.0, median + half(z)))
            out["strength_loss"]["intervals"][k]["lower"].append(by_odds(lost, -z * sd_loss))
            out["strength_loss"]["intervals"][k]["upper"].append(by_odds(lost, z * sd_loss))
        out["clear_probability"].append(below(d, sd_sore, options["clear_below"]))
    return out


def loss_log_sd(fatigue, sd_tired, damage, sd_hurt):
    """Standard deviation of the logarithm of the odds of the loss: that of both parts, by their size."""
    both = fatigue + damage
    return (fatigue * sd_tired + damage * sd_hurt) / both if both > 0.0 else sd_tired


def by_odds(lost, shift):
    """A fraction whose log odds are shifted."""
    if lost <= 0.0:
        return 0.0
    return 1.0 / (1.0 + (1.0 - lost) / lost * math.exp(-shift))


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
