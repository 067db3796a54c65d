"""What comes out: plain objects, tables, figures, stored forms."""

import copy
import json
import pickle
import subprocess
import sys
import threading

import numpy as np
import pandas as pd
import pytest

import eccentric
from conftest import ROOT


@pytest.fixture
def all_results(descent, load, ratings):
    profile = eccentric.fit([load], ratings, scale="nrs")
    ahead = eccentric.forecast([load], profile=profile, levels=[0.5, 0.8])
    return {"activity": descent, "load": load, "profile": profile, "forecast": ahead, "state": ahead.state}


def test_results_are_plain_frozen_and_documented(all_results):
    for result in all_results.values():
        with pytest.raises(AttributeError):
            result.anything = 1
        assert "Attributes\n" in type(result).__doc__
        json.dumps(result.to_dict(), allow_nan=False)
        assert len(repr(result)) < 2000


def test_results_can_be_pickled_and_copied(all_results):
    for result in all_results.values():
        for again in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):
            assert type(again) is type(result)
            if not isinstance(result, eccentric.Profile):  # what left runs out is not stored with a person
                assert again.to_dict() == result.to_dict()
    assert pickle.loads(pickle.dumps(all_results["profile"])).values == all_results["profile"].values


def test_tables(all_results):
    tables = {name: result.to_pandas() for name, result in all_results.items()}
    assert all(isinstance(table, pd.DataFrame) for table in tables.values())
    assert tables["activity"]["grade"].tolist() == [-0.16]
    assert tables["load"]["points_quadriceps"].iloc[0] == pytest.approx(100)
    ahead = tables["forecast"]
    assert len(ahead) == 4 * 169 and set(ahead["muscle"]) == set(eccentric.MUSCLES)
    calves = ahead[ahead["muscle"] == "calves"]
    series = all_results["forecast"]["calves"].soreness
    np.testing.assert_array_equal(calves["soreness_upper_0.8"], series.upper[1])
    assert (calves["soreness_lower_0.8"] <= calves["soreness_lower_0.5"]).all()
    assert tables["profile"].loc["soreness", "trust"] in ("off", "low", "ok")
    assert list(tables["state"].index) == list(eccentric.MUSCLES)


def test_figures(all_results, tmp_path):
    import matplotlib.pyplot as plt

    for name, result in all_results.items():
        if name == "state":
            continue
        ax = result.plot()
        ax.figure.savefig(tmp_path / f"{name}.png")
        assert result.plot(ax=plt.subplots()[1]) is not None
        plt.close("all")
    ahead = all_results["forecast"]
    ax = ahead.plot(quantity="strength_loss", muscles=["calves"])
    (line,) = ax.get_lines()
    np.testing.assert_array_equal(line.get_ydata(), ahead["calves"].strength_loss.point)
    with pytest.raises(ValueError, match="allowed is soreness or strength_loss"):
        ahead.plot(quantity="joy")
    with pytest.raises(ValueError, match='muscle is "neck"'):
        ahead.plot(muscles=["neck"])
    plt.close("all")


def test_the_same_run_twice_counts_once(load):
    with pytest.warns(eccentric.EccentricWarning, match="overlaps with descent"):
        twice = eccentric.forecast([load, load])
    once = eccentric.forecast([load])
    assert twice.left_out[0][0] == "descent"
    np.testing.assert_array_equal(twice["calves"].soreness.point, once["calves"].soreness.point)


def test_a_run_without_a_start_has_no_place_among_several(load):
    undated = eccentric.load(eccentric.from_segments(600, 3, -0.1, name="undated"))
    assert eccentric.forecast([undated]).times[0] == np.datetime64("1970-01-01T00:10")
    with pytest.warns(eccentric.EccentricWarning, match="undated: does not say when it began"):
        eccentric.forecast([load, undated])


def test_a_severe_forecast_says_when_to_see_a_doctor():
    severe = eccentric.load(eccentric.from_segments(4 * 3600, 3.0, -0.2))
    advice = eccentric.forecast([severe], habit="none").advice
    assert any("doctor" in sentence for sentence in advice)
    easy = eccentric.load(eccentric.from_segments(1200, 2.5, 0.0))
    assert not any("doctor" in sentence for sentence in eccentric.forecast([easy], habit="trail").advice)


def test_a_state_is_the_history(descent, load):
    legs = eccentric.State.rested(descent.start, habit="trail").after(load)
    legs = eccentric.State.from_json(legs.to_json())
    one = legs.advanced_to("2026-05-02T08:00:00+00:00").forecast(hours=48, levels=[0.8])
    other = eccentric.forecast([load], habit="trail", start="2026-05-02T08:00:00Z", hours=48)
    for muscle in eccentric.MUSCLES:
        for quantity in ("soreness", "strength_loss"):
            a, b = getattr(one[muscle], quantity), getattr(other[muscle], quantity)
            np.testing.assert_allclose(a.point, b.point, rtol=1e-12)
            np.testing.assert_allclose(a.upper, b.upper, rtol=1e-12)
    assert one.drivers == [] and legs == pickle.loads(pickle.dumps(legs))


def test_a_load_is_kept_in_few_bytes(load):
    stored = load.to_bytes()
    assert len(stored) == 186
    for kept in (eccentric.Load.from_bytes(stored), eccentric.Load.from_bytes(bytearray(stored), name="kept")):
        for again in (kept, pickle.loads(pickle.dumps(kept))):
            assert (again.start, again.duration_s, again.dated) == (load.start, load.duration_s, True)
            assert np.isnan(again.distance_m) and again.warnings == [] and again.to_bytes() == stored
            # A stretch is kept to four and a half digits.
            assert again.points["calves"] == pytest.approx(load.points["calves"], rel=3e-5)
            a, b = (eccentric.forecast([one])["quadriceps"].peak_soreness for one in (again, load))
            assert a == pytest.approx(b, rel=1e-3)
    assert kept.name == "kept" and np.isnan(kept.to_pandas()["distance_m"].iloc[0])


def test_age_widens_what_is_not_known_and_moves_nothing(descent, load):
    old = eccentric.load(descent, body_fat=0.15, age_years=80)
    assert old.points == load.points and old.points_se > load.points_se
    a, b = (eccentric.forecast([one])["quadriceps"].soreness for one in (old, load))
    np.testing.assert_array_equal(a.point, b.point)
    assert (a.upper[0] >= b.upper[0]).all() and a.upper[0].max() > b.upper[0].max()


def test_a_person_is_learned_from_any_table(load, ratings, tmp_path):
    by_list = eccentric.fit([load], ratings, scale="nrs")
    frame = pd.DataFrame(ratings)
    path = tmp_path / "ratings.csv"
    frame.to_csv(path, index=False)
    noon = frame.assign(date=pd.to_datetime(frame["date"]) + pd.Timedelta(hours=12)).rename(columns={"date": "time"})
    for source in (path, str(path), path.read_bytes(), frame, noon, frame.to_dict("list")):
        assert eccentric.fit([load], source, scale="nrs").values == by_list.values
    import polars as pl

    assert eccentric.fit([load], pl.DataFrame(ratings), scale="nrs").values == by_list.values
    assert by_list.ratings == 5 and by_list.values["soreness"] > 0.2
    sorer = eccentric.forecast([load], profile=by_list)
    assert sorer["quadriceps"].peak_soreness > eccentric.forecast([load])["quadriceps"].peak_soreness
    again = eccentric.Profile.from_json(by_list.to_json())
    assert again.values == by_list.values
    np.testing.assert_array_equal(again.covariance, by_list.covariance)
    other = eccentric.fit([load], [dict(row, other_cause="gym") for row in ratings], scale="nrs")
    assert (other.ratings, other.other_cause) == (0, 5)


def test_score_of_the_evidence_of_the_project():
    score = eccentric.score()
    assert score.to_dict() == eccentric.score(ROOT / "crates/evidence/tables").to_dict()
    assert score.to_dict()["schema"] == "eccentric.score"
    assert score.measures["strength_loss_pct"]["n"] > 30
    rows = score.to_pandas()
    rows = rows[(rows.measure == "strength_loss_pct") & ~rows.redundant & ~rows.upper_bound]
    rmse = np.sqrt(np.mean((rows.predicted - rows.observed) ** 2))
    assert rmse == pytest.approx(score.measures["strength_loss_pct"]["rmse"], rel=0.05)
    assert score.plot(measure="soreness_0_10").get_title() == "soreness_0_10"
    with pytest.raises(ValueError, match='measure is "joy"'):
        score.plot(measure="joy")


def test_points_per_km_broadcast():
    grid = eccentric.points_per_km(np.array([[-0.2], [-0.1], [0.0]]), [2.5, 3.5])
    assert grid.shape == (3, 2)
    assert (np.diff(grid, axis=0) < 0).all()
    assert eccentric.points_per_km(-0.16, 3.0, body_fat=0.15) == pytest.approx(100 / 5.4)
    assert eccentric.points_per_km([], []).shape == (0,)


def test_the_interpreter_is_free_while_the_model_works():
    counted = 0
    done = threading.Event()

    def work():
        eccentric.score()
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        counted += 1
    thread.join()
    # A call that kept the interpreter would let this thread run a few times at its ends only.
    assert counted > 5000


def test_only_numpy_is_needed(descent):
    code = """
import sys
for name in ("pandas", "polars", "matplotlib"):
    sys.modules[name] = None
import eccentric
load = eccentric.load(eccentric.from_segments(1800, 3.0, -0.16))
ahead = eccentric.forecast([load])
for call, needs in ((ahead.to_pandas, "pandas"), (ahead.plot, "plot")):
    try:
        call()
        raise SystemExit("no error")
    except ImportError as error:
        assert f"eccentric[{needs}]" in str(error), error
print("fine")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "fine\n", done.stderr
