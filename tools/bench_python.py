#!/usr/bin/env python3
"""Times the installed Python package: a large FIT file against fitdecode with numpy, and calls on arrays.

    tools/test_python.sh --bench         in the environment of the tests

Both readings run in turn in this process, so that a busy machine slows both. Exits with 1 if a target is missed.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

import eccentric

ROOT = Path(__file__).resolve().parent.parent
LARGE_FIT = ROOT.parent / "shared" / "activities" / "run_fenix6x_84km_large.fit"
ROUNDS = 3
TIMES_FASTER = 25.0
OVERHEAD_US = 20.0


def timed(work):
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def compare_fit():
    """From the file to a week's forecast: the package against what tools/compare does in numpy."""
    sys.path.insert(0, str(ROOT / "tools/compare"))
    import model

    doses = model.Doses(parameters())
    weights = model.reference_weights(doses)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        for _ in range(3):
            took, load = timed(forecast_of_file)
            ours.append(took)
        took, points = timed(lambda: model.forecast_of(model.read_fit(str(LARGE_FIT)), doses, weights)[0])
        theirs.append(took)
    ratio = median(theirs) / median(ours)
    print(
        f"FIT of 42,709 records to a forecast: {1e3 * median(ours):.0f} ms, fitdecode with numpy "
        f"{1e3 * median(theirs):.0f} ms, {ratio:.0f} times (target {TIMES_FASTER:.0f}); "
        f"points {load.points_total:.1f} and {points:.1f}"
    )
    return ratio >= TIMES_FASTER and abs(points / load.points_total - 1) < 0.05


def forecast_of_file():
    load = eccentric.load(eccentric.read(LARGE_FIT)[0])
    eccentric.forecast([load])
    return load


def parameters():
    return json.loads((ROOT / "tests/golden/parameters.json").read_text())["parameters"]


def call_us(work, calls=2000):
    """Best of several medians: what a call costs on a quiet machine."""
    best = np.inf
    for _ in range(5):
        took = [timed(work)[0] for _ in range(calls)]
        best = min(best, 1e6 * median(took))
    return best


def compare_calls():
    one = np.array([-0.16]), np.array([3.0])
    many = np.linspace(-0.3, 0.3, 100_000), np.full(100_000, 3.0)
    run = eccentric.from_segments(1800, 3.0, -0.16)
    load = eccentric.load(run)
    overhead = call_us(lambda: eccentric.points_per_km(*one))
    print(f"points_per_km of one element: {overhead:.1f} us (target {OVERHEAD_US:.0f})")
    each = call_us(lambda: eccentric.points_per_km(*many), calls=20) / many[0].size
    print(f"points_per_km of {many[0].size}: {1e3 * each:.0f} ns an element")
    print(f"load of one segment: {call_us(lambda: eccentric.load(run)):.1f} us")
    print(f"forecast of a week after one run: {call_us(lambda: eccentric.forecast([load]), 200):.0f} us")
    return overhead < OVERHEAD_US


def main():
    met = compare_calls()
    if LARGE_FIT.exists():
        met &= compare_fit()
    else:
        print(f"skipped: no file {LARGE_FIT}")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
