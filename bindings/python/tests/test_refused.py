"""Bad input through every door: a Python exception with the words of the model, never a crash."""

import math
import os
import random

import numpy as np
import pandas as pd
import pytest

import eccentric
from eccentric import EccentricError, EvidenceError, ReadError

TABLE = b"time_s,distance_m,elevation_m\n0,0,900\n60,180,870\n120,360,840\n"


def test_the_family_of_errors():
    assert issubclass(EccentricError, ValueError)
    assert issubclass(ReadError, EccentricError) and issubclass(EvidenceError, EccentricError)
    assert EccentricError.__module__ == "eccentric"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"hello", "known are FIT, TCX, GPX"),
        (b"\x00" * 1000, "known are FIT"),
        (b"\x1f\x8b\x00", "gzip data is damaged"),
        (b"\x0e\x10\x00\x00\xff\xff\xff\xff.FIT\x00\x00", "FIT"),
        (b"<gpx></gpx>", "recording has 0 usable samples"),
        (b"time_s,distance_m\n0,x\n", 'distance is "x", allowed is a number'),
        (b"time_s,ele\n0,9\n", "needed are time_s and one of distance_m and speed_m_s"),
        (b"time_s,distance_m\n0,0\n60,180\n", "no sample carries an elevation"),
    ],
)
def test_files_that_are_none(content, words, tmp_path):
    with pytest.raises(ReadError, match=words):
        eccentric.read(content)
    path = tmp_path / "run"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=words):
        eccentric.read(path)


@pytest.mark.parametrize("path", ["/no/such/file.fit", "/dev/null", "/tmp", "", "a\0b"])
def test_paths_that_are_no_files(path):
    with pytest.raises(ReadError, match=f"^{path}: "):
        eccentric.read(path)
    with pytest.raises(ReadError):
        eccentric.fit([], path, scale="nrs")
    with pytest.raises(EvidenceError):
        eccentric.score(path)


def test_a_pipe_does_not_hang(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ReadError, match="not a regular file"):
        eccentric.read(pipe)


@pytest.mark.parametrize("source", [None, 1, 1.5, [1, 2], {"a": 1}, object(), float("nan")])
def test_sources_that_are_none(source):
    with pytest.raises(TypeError):
        eccentric.read(source)


def test_text_files_are_no_bytes(tmp_path):
    path = tmp_path / "run.csv"
    path.write_bytes(TABLE)
    with open(path) as file, pytest.raises(TypeError, match="binary mode"):
        eccentric.read(file)


def test_damaged_files(activities):
    whole = (activities / "run_forerunner55_error.fit").read_bytes()
    dice = random.Random(1)
    for _ in range(60):
        content = bytearray(whole[: dice.randrange(len(whole))])
        for _ in range(dice.randrange(20)):
            if content:
                content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            for run in eccentric.read(content):
                assert math.isfinite(eccentric.load(run).points_total)
        except ReadError:
            pass


@pytest.mark.parametrize("grade", [2, -1.01, math.nan, math.inf])
def test_grades(grade):
    for call in (lambda: eccentric.read(TABLE, grade=grade), lambda: eccentric.from_segments(60, 3, grade)):
        with pytest.raises(EccentricError, match="grade.* is .*, allowed is -1 to 1"):
            call()


def arrays(**changed):
    given = {"time_s": np.arange(60.0), "distance_m": 3 * np.arange(60.0), "elevation_m": np.full(60, 900.0)}
    return eccentric.from_arrays(**(given | changed))


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"time_s": []}, EccentricError, "distance has 60 values, expected 0"),
        ({"elevation_m": np.full(59, 900.0)}, EccentricError, "elevation has 59 values, expected 60"),
        ({"time_s": np.full(60, np.nan)}, ReadError, "time in row 0 is NaN"),
        ({"time_s": np.full(60, np.inf)}, ReadError, "time in row 0 is inf"),
        ({"time_s": np.zeros(60)}, EccentricError, "all samples share one time"),
        ({"time_s": np.arange(60.0) + np.where(np.arange(60) > 30, 2e9, 0)}, ReadError, "row 31: times of day"),
        ({"distance_m": np.full(60, -np.inf)}, ReadError, "distance in row 0 is -inf"),
        ({"distance_m": np.full(60, np.nan)}, EccentricError, "no ground"),
        ({"distance_m": None}, ReadError, "needed are time_s"),
        ({"distance_m": np.arange(60.0) * 100}, EccentricError, "faster than 12 m/s"),
        ({"elevation_m": np.full(60, np.nan)}, EccentricError, "no sample carries an elevation"),
        ({"elevation_m": np.full(60, 1e9)}, EccentricError, "no sample carries an elevation"),
        ({"elevation_m": np.zeros(60)}, EccentricError, "exactly zero"),
        ({"elevation_m": np.full((60, 1), 900.0)}, EccentricError, "2 dimensions"),
        ({"elevation_m": 900.0}, EccentricError, "0 dimensions"),
        ({"elevation_m": np.full(60, "900")}, TypeError, "elevation_m holds <U3"),
        ({"elevation_m": np.full(60, 900 + 1j)}, TypeError, "complex"),
        ({"elevation_m": np.full(60, True)}, TypeError, "bool"),
        ({"elevation_m": [object()] * 60}, TypeError, "elevation_m in row 0"),
        ({"elevation_m": [900.0, "x"] * 30}, TypeError, "elevation_m holds <U32"),
        ({"elevation_m": [[900.0], [1.0, 2.0]]}, ValueError, "inhomogeneous"),
        ({"elevation_m": pd.date_range("2026-05-01", periods=60)}, TypeError, "datetime64"),
        ({"start": "yesterday"}, EccentricError, 'start is "yesterday"'),
        ({"start": "2026-05-01"}, EccentricError, "without a time zone"),
        ({"start": pd.Timestamp("2026-05-01")}, EccentricError, "without a time zone"),
        ({"start": np.datetime64("NaT", "ms")}, EccentricError, "NaT"),
        ({"start": 1.7e9}, TypeError, "allowed is a datetime with a time zone"),
        ({"grade": "steep"}, TypeError, "grade is 'steep', allowed is a number"),
        ({"name": 5}, TypeError, "not int"),
    ],
)
def test_arrays_that_are_no_run(changed, error, words):
    with pytest.raises(error, match=words):
        arrays(**changed)


def test_too_many_samples():
    with pytest.raises(ReadError, match="too many rows, allowed are at most 2000000"):
        eccentric.from_arrays(np.arange(2_000_001.0), np.arange(2_000_001.0))


@pytest.mark.parametrize("frame", [None, 5, "frame", [1, 2], np.zeros((3, 3)), object()])
def test_frames_that_are_none(frame):
    with pytest.raises(TypeError, match="frame is"):
        eccentric.from_frame(frame)


def test_frames_without_a_run():
    for frame in (pd.DataFrame(), pd.DataFrame({"a": [1]}), {}, {1: [2]}, pd.DataFrame({"time_s": [0.0, 1.0]})):
        with pytest.raises(ReadError, match="needed are time_s"):
            eccentric.from_frame(frame)
    with pytest.raises(TypeError, match="distance holds"):
        eccentric.from_frame({"time": [0.0, 1.0], "distance": ["a", "b"]})
    with pytest.raises(ReadError, match="time in row 1 is NaN"):
        times = pd.to_datetime(["2026-05-01", None, "2026-05-02"])
        eccentric.from_frame(pd.DataFrame({"time": times, "distance": [0, 1, 2]}))


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"duration_s": -1}, EccentricError, "segment duration at index 0 is -1"),
        ({"duration_s": [60, math.nan]}, EccentricError, "segment duration at index 1 is NaN"),
        ({"speed_m_s": 13}, EccentricError, "speed at index 0 is 13, allowed is 0 to 12 m/s"),
        ({"grade_se": -0.1}, EccentricError, "grade standard error"),
        ({"step_rate_hz": 100}, EccentricError, "step rate at index 0 is 100"),
        ({"start_s": math.inf}, EccentricError, "segment start at index 0 is inf"),
        ({"speed_m_s": [3, 3, 3], "grade": [0, 0]}, EccentricError, "segments differ in length"),
        ({"running": 1}, TypeError, "running holds int64"),
        ({"running": [True, False], "grade": [0, 0, 0]}, EccentricError, "segments differ in length"),
        ({"speed_m_s": True}, TypeError, "speed_m_s is True"),
        ({"speed_m_s": 10**400}, EccentricError, "speed_m_s"),
    ],
)
def test_segments_that_are_none(changed, error, words):
    given = {"duration_s": 60, "speed_m_s": 3.0, "grade": -0.1}
    with pytest.raises(error, match=words):
        eccentric.from_segments(**(given | changed))


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [
        ({"mass_kg": 7}, EccentricError, "body mass is 7, allowed is 25 to 250 kg"),
        ({"mass_kg": math.nan}, EccentricError, "body mass is NaN"),
        ({"pack_kg": -1}, EccentricError, "pack mass is -1"),
        ({"body_fat": 15}, EccentricError, "body fat is 15, allowed is 0.02 to 0.65"),
        ({"mass_kg": "70"}, TypeError, "mass_kg is '70', allowed is a number"),
        ({"mass_kg": None}, TypeError, "mass_kg is None"),
    ],
)
def test_runners(descent, body, error, words):
    for call in (
        lambda: eccentric.load(descent, **body),
        lambda: eccentric.points_per_km([0.0], [3.0], **body),
    ):
        with pytest.raises(error, match=words):
            call()


@pytest.mark.parametrize(
    ("age", "error", "words"),
    [
        (9, EccentricError, "age is 9, allowed is 10 to 110 years"),
        (math.nan, EccentricError, "age is NaN"),
        ("old", TypeError, "age_years is 'old', allowed is a number"),
    ],
)
def test_ages(descent, age, error, words):
    with pytest.raises(error, match=words):
        eccentric.load(descent, age_years=age)
    with pytest.raises(error, match=words):
        eccentric.today([], age_years=age)


def test_stored_loads(descent, load):
    stored = load.to_bytes()
    for length in range(len(stored)):
        with pytest.raises(EccentricError, match="bytes are no load"):
            eccentric.Load.from_bytes(stored[:length])
    for k in range(len(stored)):
        with pytest.raises(EccentricError, match="bytes are no load"):
            eccentric.Load.from_bytes(stored[:k] + bytes([stored[k] ^ 4]) + stored[k + 1 :])
    for other in (None, "text", 5, [1, 2]):
        with pytest.raises(TypeError, match="allowed are bytes"):
            eccentric.Load.from_bytes(other)
    with pytest.raises(TypeError, match="name is 5"):
        eccentric.Load.from_bytes(stored, name=5)
    undated = eccentric.load(eccentric.from_segments(1800, 3.0, -0.16))
    with pytest.raises(EccentricError, match="does not say when it began"):
        undated.to_bytes()


def test_points_per_km_of_nothing():
    with pytest.raises(EccentricError, match="grade at index 1 is NaN"):
        eccentric.points_per_km([0, math.nan], 3.0)
    with pytest.raises(EccentricError, match="speed at index 0 is -1"):
        eccentric.points_per_km(0, -1.0)
    with pytest.raises(ValueError):
        eccentric.points_per_km([0, 0], [1, 2, 3])
    with pytest.raises(TypeError):
        eccentric.points_per_km("down", 3.0)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"hours": 0}, EccentricError, "forecast length is 0, allowed is 0.5 to 8784 h"),
        ({"hours": math.inf}, EccentricError, "forecast length is inf"),
        ({"step_h": 0}, EccentricError, "forecast step is 0"),
        ({"levels": [0.8, 1.0]}, EccentricError, "interval level at index 1 is 1"),
        ({"levels": 0.8}, TypeError, "levels is 0.8"),
        ({"levels": ["a"]}, TypeError, r"levels\[0\] is 'a'"),
        ({"clear_below": -1}, EccentricError, "soreness is -1"),
        ({"clear_probability": 2}, EccentricError, "interval level is 2"),
        ({"habit": "sprint"}, EccentricError, 'habit is "sprint", allowed is none, recreational, road or trail'),
        ({"habit": None}, TypeError, "habit is None"),
        ({"start": "soon"}, EccentricError, 'start is "soon"'),
        ({"profile": "me"}, TypeError, "profile is str"),
    ],
)
def test_forecasts(load, options, error, words):
    with pytest.raises(error, match=words):
        eccentric.forecast([load], **options)


def test_histories(load):
    with pytest.raises(EccentricError, match="nothing to forecast from"):
        eccentric.forecast([])
    rested = eccentric.forecast([], start="2026-05-01T08:00:00Z")
    assert rested["calves"].peak_soreness == 0
    for loads in (None, 5, load, [load, None], "ab", [[load]]):
        with pytest.raises(TypeError):
            eccentric.forecast(loads)
    for far in (2**62, -(2**62)):
        with pytest.raises(EccentricError, match="time to advance is .* allowed is 0 to 10000000 h"):
            eccentric.forecast([load], start=np.datetime64(far, "ms")).state.advanced_to("2026-05-01T08:00:00Z")


def test_no_levels(load):
    ahead = eccentric.forecast([load], levels=[])
    assert ahead["calves"].soreness.lower.shape == (0, 169)
    ahead.plot()


@pytest.mark.parametrize(
    ("ratings", "options", "error", "words"),
    [
        ([{"date": "2026-05-02", "soreness": 5}], {}, ReadError, "entry 0: the scale is unknown"),
        ([{"date": "2026-05-02", "soreness": 11}], {"scale": "nrs"}, ReadError, "rating is 11"),
        ([{"date": "never", "soreness": 1}], {"scale": "nrs"}, ReadError, 'time is "never"'),
        ([{"date": "2026-05-02", "soreness": "much"}], {"scale": "nrs"}, ReadError, "much"),
        ([5], {"scale": "nrs"}, ReadError, "entry 0: it is no object"),
        ([], {"scale": "1-5"}, EccentricError, 'scale is "1-5", allowed is nrs'),
        ([], {"scale": 5}, TypeError, "scale is 5"),
        ([], {"time_zone": "Mars/Olympus"}, EccentricError, 'time zone is "Mars/Olympus"'),
        ([], {"habit": ""}, EccentricError, "habit"),
        (b"", {"scale": "nrs"}, ReadError, "needed are time or date"),
        (b"[1, 2", {"scale": "nrs"}, ReadError, "JSON"),
        (5, {"scale": "nrs"}, TypeError, "frame is int"),
        (None, {"scale": "nrs"}, TypeError, "frame is NoneType"),
        ({"date": ["2026-05-02"], "soreness": [1, 2]}, {"scale": "nrs"}, TypeError, "one length"),
    ],
)
def test_ratings(load, ratings, options, error, words):
    with pytest.raises(error, match=words):
        eccentric.fit([load], ratings, **options)


def test_states(load):
    legs = eccentric.State.rested("2026-05-02T08:00:00Z")
    with pytest.raises(EccentricError, match="cannot go back in time"):
        legs.after(load)
    with pytest.raises(EccentricError, match="cannot go back in time"):
        legs.advanced_to("2026-05-01T08:00:00Z")
    with pytest.raises(TypeError):
        legs.after(None)
    with pytest.raises(TypeError):
        legs.advanced_to(None)


@pytest.mark.parametrize("stored", ["", "{}", "null", "[]", "x" * 1000, '{"schema": "eccentric.runner", "version": 1, "data": {}}'])
def test_stored_things(stored):
    for cls in (eccentric.State, eccentric.Profile):
        with pytest.raises(EccentricError):
            cls.from_json(stored)


def test_a_stored_thing_passes_the_same_door(load):
    state = eccentric.forecast([load]).state.to_json()
    with pytest.raises(EccentricError, match="state of the legs"):
        eccentric.State.from_json(state.replace('"damage":0.', '"damage":-0.', 1))
    with pytest.raises(EccentricError, match="version 99"):
        eccentric.State.from_json(state.replace('"version":2', '"version":99', 1))


@pytest.mark.parametrize(("cls", "name"), [(eccentric.State, "state"), (eccentric.Profile, "profile")])
def test_what_release_0_1_stored_is_refused_by_name(cls, name):
    with pytest.raises(EccentricError, match=f"eccentric.{name} version 1 is of release 0.1"):
        cls.from_json(f'{{"schema":"eccentric.{name}","version":1,"data":{{}}}}')


def test_evidence(tmp_path):
    with pytest.raises(EvidenceError, match="studies.csv"):
        eccentric.score(tmp_path)
    (tmp_path / "studies.csv").write_text("study\n")
    for name in ("bouts", "observations", "orderings"):
        (tmp_path / f"{name}.csv").write_text("x\n")
    with pytest.raises(EvidenceError, match='studies.csv: column "arm" is missing'):
        eccentric.score(tmp_path)
    for folder in (5, ["a"]):
        with pytest.raises(TypeError):
            eccentric.score(folder)
