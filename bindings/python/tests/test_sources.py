"""Runs from files, bytes, arrays and data frames are the same run."""

import gzip
import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import polars as pl
import pytest

import eccentric

SAMPLES = 1801


@pytest.fixture(scope="module")
def columns():
    """A hilly run with a pause in the elevations."""
    time_s = np.arange(float(SAMPLES))
    distance_m = np.round(2.8 * time_s, 2)
    elevation_m = np.round(900 + 60 * np.sin(time_s / 200) - 0.05 * distance_m, 2)
    elevation_m[400:420] = np.nan
    cadence = np.full(SAMPLES, 168.0)
    return {"time_s": time_s, "distance_m": distance_m, "elevation_m": elevation_m, "cadence_steps_min": cadence}


@pytest.fixture(scope="module")
def table(columns):
    return pd.DataFrame(columns).to_csv(index=False).encode()


@pytest.fixture(scope="module")
def run(table):
    return eccentric.read(table, start="2026-05-01T08:00:00Z")[0]


def same(a, b):
    assert a.start == b.start
    for name, values in a.segments.items():
        np.testing.assert_array_equal(values, b.segments[name], err_msg=name)
    assert eccentric.load(a).points == eccentric.load(b).points


def test_bytes_files_and_file_objects(table, run, tmp_path):
    path = tmp_path / "run.csv"
    path.write_bytes(table)
    packed = tmp_path / "run.csv.gz"
    packed.write_bytes(gzip.compress(table))
    start = "2026-05-01T08:00:00Z"
    with open(path, "rb") as file:
        sources = [path, str(path), packed, bytearray(table), memoryview(table), io.BytesIO(table), file]
        for source in sources:
            (found,) = eccentric.read(source, start=start)
            same(found, run)
    assert eccentric.read(path)[0].name == "run.csv"
    assert not eccentric.read(path)[0].dated


def test_arrays(columns, run):
    start = np.datetime64("2026-05-01T08:00:00")
    same(eccentric.from_arrays(**columns, start=start), run)
    # Read backwards, and as other numbers.
    strided = {name: np.ascontiguousarray(values[::-1])[::-1] for name, values in columns.items()}
    assert not strided["time_s"].flags.c_contiguous
    same(eccentric.from_arrays(**strided, start=start), run)
    big = {name: values.astype(">f8") for name, values in columns.items()}
    same(eccentric.from_arrays(**big, start=start), run)
    lists = {name: [None if np.isnan(v) else float(v) for v in values] for name, values in columns.items()}
    same(eccentric.from_arrays(**lists, start=start), run)
    hidden = dict(columns, elevation_m=np.ma.masked_invalid(np.nan_to_num(columns["elevation_m"], nan=-1)))
    hidden["elevation_m"].mask = np.isnan(columns["elevation_m"])
    same(eccentric.from_arrays(**hidden, start=start), run)
    whole = eccentric.from_arrays(np.arange(60), np.arange(60) * 3, np.full(60, 900))
    assert whole.distance_m == 177


def frames(columns):
    """The same table in every library, seconds since the start."""
    plain = pd.DataFrame(columns)
    nulls = {name: [None if np.isnan(v) else v for v in values.tolist()] for name, values in columns.items()}
    return {
        "pandas": plain,
        "pandas nullable": plain.convert_dtypes(),
        "pandas objects": pd.DataFrame(nulls, dtype=object),
        "polars": pl.DataFrame(nulls),
        "polars NaN": pl.DataFrame(columns),
        "dict": columns,
        "dict of lists": nulls,
    }


@pytest.mark.parametrize("library", ["pandas", "pandas nullable", "pandas objects", "polars", "polars NaN", "dict", "dict of lists"])
def test_frames(columns, run, library):
    frame = frames(columns)[library]
    same(eccentric.from_frame(frame, start="2026-05-01T08:00:00Z"), run)


@pytest.mark.parametrize("zone", [None, "UTC", "Europe/Zurich"])
@pytest.mark.parametrize("library", ["pandas", "polars", "objects"])
def test_times_of_frames(columns, run, library, zone):
    times = pd.date_range("2026-05-01T08:00:00", periods=SAMPLES, freq="s", tz="UTC")
    frame = pd.DataFrame({"Timestamp": times.tz_convert(zone), "note": "x"})
    frame["distance"], frame["altitude"] = columns["distance_m"], columns["elevation_m"]
    frame["cadence"] = columns["cadence_steps_min"]
    if library == "polars":
        frame = pl.DataFrame({name: values.to_numpy() for name, values in frame.items() if name != "Timestamp"} | {"Timestamp": times.tz_localize(None).to_numpy()})
        frame = frame.with_columns(pl.col("Timestamp").cast(pl.Datetime("us")))
        if zone:
            frame = frame.with_columns(pl.col("Timestamp").dt.replace_time_zone("UTC").dt.convert_time_zone(zone))
    elif library == "objects":
        frame["Timestamp"] = pd.Series([time.to_pydatetime() for time in frame["Timestamp"]], dtype=object)
    same(eccentric.from_frame(frame), run)


def test_a_frame_is_the_table_of_a_file(columns, table):
    rough = pd.read_csv(io.BytesIO(table))
    rough.loc[900:903, "time_s"] = 100.0
    rough.loc[1200, "distance_m"] = 1e5
    of_file = eccentric.read(rough.to_csv(index=False).encode())[0]
    of_frame = eccentric.from_frame(rough)
    same(of_file, of_frame)
    assert of_file.warnings == of_frame.warnings and len(of_frame.warnings) > 1


def test_segments_follow_each_other():
    two = eccentric.from_segments([900, 900], 3.0, -0.16)
    one = eccentric.from_segments(1800, 3.0, -0.16)
    assert two.duration_s == one.duration_s == 1800
    assert eccentric.load(two).points_total == pytest.approx(eccentric.load(one).points_total, rel=1e-12)
    walked = eccentric.from_segments(1800, 1.9, -0.16, running=[False])
    assert not walked.segments["running"].any()
    assert eccentric.from_segments(1800, 1.9, -0.16, step_rate_hz=2.6).segments["running"].all()


def test_a_treadmill_has_a_grade():
    time_s = np.arange(0.0, 1800.0)
    run = eccentric.from_arrays(time_s, speed_m_s=np.full(1800, 3.0), grade=-0.1)
    np.testing.assert_allclose(run.segments["grade"], -0.1, atol=1e-9)


def test_real_files(activities):
    paths = sorted(activities.glob("*.fit")) + sorted(activities.glob("*.gpx")) + sorted(activities.glob("*.tcx"))
    paths += sorted(activities.glob("*.gz"))

    def one(path):
        try:
            return [eccentric.load(run, mass_kg=62) for run in eccentric.read(path)]
        except eccentric.ReadError as error:
            return str(error)

    with ThreadPoolExecutor() as pool:
        found = dict(zip(paths, pool.map(one, paths)))
    loads = [load for loads in found.values() if isinstance(loads, list) for load in loads]
    assert len(loads) >= 20
    assert all(load.points_total > 0 and load.dated for load in loads)
    assert found[activities / "run_fenix6x_84km_large.fit"][0].moving_s > 8 * 3600
