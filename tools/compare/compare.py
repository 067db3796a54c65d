#!/usr/bin/env python3
"""Times the crate against the same work in numpy, in turn and on the same machine.

    python3 tools/compare/compare.py [--rounds 15] [--fit FILE] [--fit-rounds 5]

Makes a virtual environment with the pinned packages of requirements.txt under the target folder,
builds the Rust half (benches/compare.rs) and asks both in turn, so that a busy machine
slows both. Prints medians, the best of each, and the median of the ratios of each pair.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
VENV = TARGET / "compare-venv"
LARGE_FIT = ROOT.parent / "shared" / "activities" / "run_fenix6x_84km_large.fit"
SAMPLES = 1_000_000
SAME_DOSE = 1e-3


def in_venv():
    """Goes on inside the environment with the pinned packages."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True)
    os.execv(python, [str(python), *sys.argv])


def build():
    command = ["cargo", "bench", "-p", "eccentric-bench", "--bench", "compare", "--no-run"]
    run = subprocess.run(
        [*command, "--message-format=json"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    messages = (json.loads(line) for line in run.stdout.splitlines())
    found = [m["executable"] for m in messages if m.get("target", {}).get("name") == "compare"]
    return next(path for path in found if path)


class Rust:
    def __init__(self, executable, stream, fit):
        self.process = subprocess.Popen(
            [executable, "serve", stream, fit],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )

    def ask(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def timed(work):
    start = time.perf_counter_ns()
    done = work()
    return time.perf_counter_ns() - start, done


def stream(np):
    """Grades and speeds of a hilly run at 1 Hz, the same as in benches/model.rs."""
    wave = lambda period: np.sin(2.0 * np.pi * np.arange(SAMPLES) / period)
    grade = 0.15 * wave(1261.0) + 0.06 * wave(173.0) + 0.02 * wave(31.7)
    return grade, 2.6 - 0.7 * wave(1261.0) + 0.4 * wave(59.3)


def compare_streams(np, model, rust, doses, grade, speed, rounds):
    tables = model.Tables(doses)
    ways = {
        "numpy, the formula, blocks in cache": lambda: doses.stream(grade, speed, 1.0),
        "numpy, the formula, whole arrays": lambda: doses.sums(grade, speed, 1.0),
        "numpy, the crate's way: tables": lambda: tables.stream(grade, speed, 1.0),
    }
    ours = rust.ask("stream")["dose"]
    ours = [*(ours[kind][m] for kind in ("damage", "hard", "protection") for m in model.MUSCLES), ours["acute"]]
    for name, way in ways.items():
        off = float(np.max(np.abs(way() / ours - 1.0)))
        print(f"{name}: dose differs by {off:.1e} at most from the crate's")
        if off > SAME_DOSE:
            sys.exit(f"not the same work: more than {SAME_DOSE}")
    times = {name: [] for name in ways}
    own = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            own[name].append(rust.ask("stream")["ns"])
            times[name].append(timed(way)[0])
    for name in ways:
        row(f"stream: {name}", own[name], times[name], SAMPLES, "ns a sample")
    ns = [x for values in own.values() for x in values]
    print(f"stream: {1e3 * SAMPLES / median(ns):.0f} million samples a second (best {1e3 * SAMPLES / min(ns):.0f})")


def compare_fit(np, model, rust, doses, fit, rounds):
    # the command's runner: 70 kg, fat unknown, which is the reference's lean mass
    read, rest, whole, own, own_read, own_rest = [], [], [], [], [], []
    for _ in range(rounds):
        ours = rust.ask("fit")
        own.append(ours["ns"])
        own_read.append(ours["read_ns"])
        own_rest.append(ours["rest_ns"])
        read_ns, rows = timed(lambda: model.read_fit(fit))
        rest_ns, (points, ahead) = timed(lambda: model.forecast_of(rows, doses))
        read.append(read_ns)
        rest.append(rest_ns)
        whole.append(read_ns + rest_ns)
    row("FIT to forecast", own, whole, 1e6, "ms")
    row("  reading: fitdecode", own_read, read, 1e6, "ms")
    row("  the rest: numpy", own_rest, rest, 1e6, "ms")
    band = ours["soreness"]["intervals"][0]
    at = max(range(169), key=lambda k: ours["soreness"]["point"][k])
    theirs = [float(x[at, 0]) for x in ahead["soreness"]]
    print(
        f"points {ours['points']:.1f} and {points:.1f}; quadriceps soreness {at} h later"
        f" {ours['soreness']['point'][at]:.2f} ({band['lower'][at]:.2f}-{band['upper'][at]:.2f})"
        f" and {theirs[0]:.2f} ({theirs[1]:.2f}-{theirs[2]:.2f})"
    )
    if abs(points / ours["points"] - 1.0) > 0.05:
        sys.exit("not the same work: points differ by more than 5 %")


def row(name, rust, python, per, unit):
    ratio = median(p / r for p, r in zip(python, rust))
    print(
        f"{name:45} Rust {median(rust) / per:9.2f} (best {min(rust) / per:.2f})"
        f"   Python {median(python) / per:9.2f} (best {min(python) / per:.2f}) {unit:12}"
        f" ratio {ratio:6.1f} (of the best {min(python) / min(rust):.1f})"
    )


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--fit", type=Path, default=LARGE_FIT)
    options.add_argument("--fit-rounds", type=int, default=3)
    options = options.parse_args()
    in_venv()
    import numpy as np

    import model

    grade, speed = stream(np)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stream.f64"
        np.concatenate((grade, speed)).astype("<f8").tofile(path)
        rust = Rust(build(), str(path), str(options.fit))
        doses = model.Doses(rust.ask("parameters"))
        compare_streams(np, model, rust, doses, grade, speed, options.rounds)
        if options.fit.exists():
            compare_fit(np, model, rust, doses, str(options.fit), options.fit_rounds)
        else:
            print(f"skipped: no file {options.fit}")


if __name__ == "__main__":
    main()
