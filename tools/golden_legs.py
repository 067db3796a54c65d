"""The published equations once more, for the golden cases: the legs and the days ahead. Standard library only.

Nothing is imported from the crate, so that a mistake in the Rust has to be made twice to go unseen.
"""

import copy
import math
from statistics import NormalDist

from golden_load import HABITS, MUSCLES, NO_DRIVE, REFERENCE_RUNNER, Doses, segment


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
        "muscles": {m: copy.deepcopy(none) for m in MUSCLES},
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
