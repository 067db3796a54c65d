"""Today's limit, races and plans: the numbers of the command, and what Python makes of them."""

import copy
import datetime
import json
import os
import pickle
import subprocess
import threading

import numpy as np
import pandas as pd
import polars as pl
import pytest

import eccentric
from eccentric import EccentricError, ReadError

START, RACE = "2026-06-03T08:00:00Z", "2026-06-20T07:00:00Z"


def gpx(name="Up and down"):
    """A course up and down 800 m."""
    points = "\n".join(
        f'<trkpt lat="{46 + 0.0004 * k:.6f}" lon="8"><ele>{900 + 4 * (200 - abs(200 - k))}</ele></trkpt>'
        for k in range(401)
    )
    return f"<gpx><trk><name>{name}</name><trkseg>\n{points}\n</trkseg></trk></gpx>\n".encode()


def arrays():
    distance_m = np.arange(0.0, 10_001.0, 100.0)
    return {"distance_m": distance_m, "elevation_m": 1000 - 0.1 * np.abs(distance_m - 5000)}


def table(start, descent_m):
    """A run: half an hour of it level, then so many metres of descent at -16 %."""
    distance_m = np.arange(0.0, 5000.0 + descent_m / 0.16, 29.0)
    elevation_m = 1000 - 0.16 * np.maximum(distance_m - 5000, 0)
    rows = "".join(f"{d / 2.9},{d},{e}\n" for d, e in zip(distance_m.tolist(), elevation_m.tolist()))
    return f"# start: {start}\ntime_s,distance_m,elevation_m\n{rows}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Runs of three weeks and a course."""
    folder = tmp_path_factory.mktemp("athlete")
    (folder / "course.gpx").write_bytes(gpx())
    (folder / "runs").mkdir()
    for day in (13, 16, 20, 23, 27, 30):
        (folder / "runs" / f"{day}.csv").write_text(table(f"2026-05-{day}T09:00:00Z", 300 if day == 13 else 0))
    return folder


@pytest.fixture(scope="module")
def loads(folder):
    paths = sorted((folder / "runs").iterdir())
    return [eccentric.load(eccentric.read(path)[0], mass_kg=62, pack_kg=4) for path in paths]


@pytest.fixture(scope="module")
def race(loads):
    return eccentric.race(gpx(), loads, start=RACE, mass_kg=62, pack_kg=4, levels=[0.5, 0.8])


@pytest.fixture(scope="module")
def plan(loads):
    return eccentric.plan(gpx(), loads, race=RACE, from_=START, mass_kg=62, pack_kg=4, block=["sun"])


@pytest.fixture(scope="module")
def today(loads):
    return eccentric.today(loads, at=START, mass_kg=62, pack_kg=4)


@pytest.fixture(scope="module")
def command(folder):
    """The command on the same folder; `tools/test_python.sh` builds it."""
    path = os.environ.get("ECCENTRIC_COMMAND")
    if not path:
        pytest.skip("no command: ECCENTRIC_COMMAND is not set")

    def run(*arguments):
        options = ["--mass", "62", "--pack", "4", "--json", "--no-cache"]
        environment = os.environ | {"TZ": "UTC"}
        done = subprocess.run([path, *arguments, *options], cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def as_json(result):
    """What a result becomes as JSON, which has lists where Python has pairs."""
    return json.loads(json.dumps(result.to_dict()))


def test_the_numbers_are_those_of_the_command(command, today, race, plan, loads):
    assert as_json(today) == command("today", "runs", "--at", START)
    levels = ["--level", "0.5", "--level", "0.8"]
    assert as_json(race) == command("race", "course.gpx", "runs", "--start", RACE, *levels)
    assert race.to_dict(points=7) == command("race", "course.gpx", "runs", "--start", RACE, *levels, "--points", "7")
    asked = ["--race", RACE, "--from", START, "--block", "sun", "--no-save"]
    assert as_json(plan) == command("plan", "course.gpx", "runs", *asked)


def test_the_options_are_those_of_the_command(command, folder, loads):
    body = {"mass_kg": 62, "pack_kg": 4, "habit": "trail"}
    (folder / "pace.csv").write_text("distance_km,pace\n0,9:00\n8,5:30\n")
    for options, arguments in (
        ({"time_s": 7200, "days": 3, "clear_below": 2}, ["--time", "2:00", "--days", "3", "--clear-below", "2"]),
        ({"pace_profile": folder / "pace.csv"}, ["--pace-profile", "pace.csv"]),
    ):
        found = eccentric.race(folder / "course.gpx", loads, start=RACE, **body, **options)
        expected = command("race", "course.gpx", "runs", "--start", RACE, "--habit", "trail", *arguments)
        assert as_json(found) == expected
    limit = eccentric.today(
        loads, at=START, until="2026-06-06T00:00:00Z", soreness=3, probability=0.9, slope=-0.2, speed_m_s=2.5, **body
    )
    asked = ["--at", START, "--until", "2026-06-05", "--soreness", "3", "--probability", "0.9"]
    descent = ["--slope", "-20", "--speed", "2.5", "--habit", "trail"]
    assert as_json(limit) == command("today", "runs", *asked, *descent)
    found = eccentric.plan(
        folder / "course.gpx", loads, race=RACE, from_=START, time_s=7200, hour=6, rest_days=5, build_up=1.5,
        block=["wed", "2026-06-12..2026-06-14", datetime.date(2026, 6, 16)], week_descent_m=900, clear_below=1.5,
        clear_probability=0.8, soreness=5, probability=0.7, slope=-0.12, speed_m_s=2.8, **body,
    )  # fmt: skip
    asked = ["--race", RACE, "--from", START, "--time", "2:00", "--hour", "6", "--rest-days", "5", "--build-up", "1.5"]
    asked += ["--block", "wed", "--block", "2026-06-12..2026-06-14", "--block", "2026-06-16", "--week-descent", "900"]
    asked += ["--clear-below", "1.5", "--clear-probability", "0.8", "--soreness", "5", "--probability", "0.7"]
    asked += ["--slope", "-12", "--speed", "2.8", "--habit", "trail", "--no-save", "--ics", "plan.ics"]
    assert as_json(found) == command("plan", "course.gpx", "runs", *asked)
    assert found.to_ics().encode() == (folder / "plan.ics").read_bytes()


def test_a_limit_is_where_it_says(today, loads):
    assert today.worthwhile and not today.open
    assert today.tightest.probability == pytest.approx(0.8, abs=0.01)
    descent = -np.sin(np.arctan(today.grade)) * today.speed_m_s * today.duration_s
    assert today.descent_m == pytest.approx(descent, rel=1e-9)
    assert today.descent_from == "usual" and today.grade == pytest.approx(-0.16, abs=0.01)
    # The session itself, run: the sorest group is as likely below the level as the limit says.
    session = eccentric.from_segments(today.duration_s, today.speed_m_s, today.grade, start=today.start)
    load = eccentric.load(session, mass_kg=62, pack_kg=4)
    assert load.points_total == pytest.approx(today.points, rel=1e-6)
    ahead = eccentric.forecast([*loads, load], clear_below=4)
    assert min(ahead[today.tightest.muscle].clear_probability) == pytest.approx(0.8, abs=0.02)


def test_a_race_is_what_it_does(race, loads):
    assert race.name == "Up and down" and race.course["descent_m"] == pytest.approx(800, abs=10)
    assert race.finish == race.start + np.timedelta64(round(1000 * race.finish_time_s), "ms")
    assert race.distance_km[-1] == pytest.approx(race.course["distance_km"])
    assert race.elapsed_s[-1] == pytest.approx(race.finish_time_s, rel=1e-12)
    assert race.points_so_far[-1] == pytest.approx(race.points, rel=1e-12)
    loss = race.strength_loss["quadriceps"]
    assert loss.lower.shape == (2, len(race.distance_km)) and (loss.lower[1] <= loss.point + 1e-12).all()
    assert race.after["quadriceps"].strength_loss.point[0] == pytest.approx(loss.point[-1], rel=1e-6)
    assert race.after.times[0] == race.finish and len(race.after.times) == 241
    planned = next(outcome for outcome in race.outcomes if outcome.name == "as_planned")
    assert planned.finish_time_s == race.finish_time_s
    assert any(outcome.pack_less_kg for outcome in race.outcomes)
    # The days after are those of the legs at the finish.
    later = race.after.state.forecast(hours=240, levels=[0.5, 0.8])
    assert later["calves"].peak_soreness == race.after["calves"].peak_soreness


def test_courses_come_from_anywhere(tmp_path):
    path = tmp_path / "course.gpx"
    path.write_bytes(gpx())
    points = lambda course, **options: eccentric.race(course, start=RACE, **options).points
    expected = points(path)
    with open(path, "rb") as file:
        assert points(file) == expected
    assert points(str(path)) == points(gpx()) == points(bytearray(gpx())) == expected
    columns = arrays()
    expected = points(columns)
    assert points(pd.DataFrame(columns)) == points(pl.DataFrame(columns)) == expected
    assert points({name: values.tolist() for name, values in columns.items()}) == expected
    holes = {"distance_m": columns["distance_m"], "elevation_m": columns["elevation_m"].copy()}
    holes["elevation_m"][20] = np.nan
    race = eccentric.race(holes, start=RACE, name="Holes")
    assert race.course["points_without_elevation"] == 1 and race.name == race.course["name"] == "Holes"
    assert race.points == pytest.approx(expected, rel=0.01)
    assert eccentric.race(gpx(), start=RACE, name="Other").name == "Up and down"
    run = eccentric.read(table("2026-05-13T09:00:00Z", 300).encode())[0]
    assert eccentric.race(run.segments, start=RACE).course["descent_m"] == pytest.approx(300, rel=0.05)


def test_paces_come_from_anywhere(tmp_path):
    finish = lambda pace: eccentric.race(arrays(), start=RACE, pace_profile=pace).finish_time_s
    path = tmp_path / "pace.csv"
    path.write_text("distance_km,speed_m_s\n0,2\n5,4\n")
    columns = {"distance_km": [0, 5], "speed_m_s": [2, 4]}
    expected = finish(path)
    assert expected == pytest.approx(np.hypot(1, 0.1) * (2500 + 1250), rel=0.01)
    assert finish(str(path)) == finish(path.read_bytes()) == finish(columns) == finish(pd.DataFrame(columns)) == expected
    assert eccentric.race(arrays(), start=RACE, pace_profile=columns).power_w_kg is None


def test_a_plan_keeps_what_it_promises(plan):
    sessions = plan.best.sessions
    assert sessions and all(session.date.astype(object).weekday() != 6 for session in sessions)
    assert all(session.start - session.date == np.timedelta64(17, "h") for session in sessions)
    assert plan.best.days["soreness"].max() < 4 and len(plan.best.days["date"]) == 17
    assert plan.best.on_the_way.probability >= 0.8
    none = plan.alternatives["nothing"]
    assert none.sessions == [] and none.protection < plan.best.protection
    assert plan.best.strength_loss_at_finish < none.strength_loss_at_finish
    low, high = plan.best.strength_loss_80
    assert low < plan.best.strength_loss_at_finish < high


def test_days_are_those_of_the_time_zone():
    options = {"race": RACE, "from_": "2026-06-10T08:00:00Z", "time_zone": "Pacific/Auckland"}
    plan = eccentric.plan(arrays(), **options)
    assert plan.best.sessions
    for session in plan.best.sessions:
        assert session.start - session.date == np.timedelta64(17 - 12, "h")


def test_a_plan_remembers(loads, plan):
    again = {"race": RACE, "from_": "2026-06-10T08:00:00Z", "mass_kg": 62, "pack_kg": 4}
    first, second = (eccentric.plan(gpx(), loads, before=before, **again) for before in (plan, plan.to_json()))
    assert first.to_dict() == second.to_dict()
    passed = [session for session in plan.best.sessions if session.date < np.datetime64("2026-06-09")]
    assert [past["kept"] for past in first.since_last_plan["past"]][: len(passed)] == ["missed"] * len(passed)
    assert json.loads(plan.to_json())["schema"] == "eccentric.planned"
    assert eccentric.plan(gpx(), loads, **again).since_last_plan is None


def test_a_calendar_has_every_session(plan):
    text = plan.to_ics()
    assert text.count("BEGIN:VEVENT") == len(plan.best.sessions) + 1
    for session in plan.best.sessions:
        assert f"DTSTART:{session.start.astype(object):%Y%m%dT%H%M%SZ}" in text
    assert "SUMMARY:Race: Up and down" in text


def test_results_are_plain_frozen_and_stored(today, race, plan):
    for result in (today, race, plan):
        with pytest.raises(AttributeError):
            result.anything = 1
        assert "Attributes\n" in type(result).__doc__
        json.dumps(result.to_dict(), allow_nan=False)
        assert len(repr(result)) < 4000
        for again in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):
            assert type(again) is type(result) and again.to_dict() == result.to_dict()
    assert pickle.loads(pickle.dumps(plan)).to_ics() == plan.to_ics()
    assert pickle.loads(pickle.dumps(today)) == today


def test_stored_things_pass_the_same_door(today, race, plan):
    native = lambda result, changed: type(result._native).from_json(changed)
    for result, before, after in (
        (today, '"descent_from":"usual"', '"descent_from":"odd"'),
        (race, '"elapsed_s":[', '"elapsed_s":[0.0,'),
        (plan, '"zone_name":"UTC"', '"zone_name":"Mars"'),
    ):
        stored = result._native.to_json()
        assert stored.count(before) == 1
        with pytest.raises(EccentricError, match="allowed is|expected"):
            native(result, stored.replace(before, after))
        with pytest.raises(EccentricError):
            native(result, "{}")


def test_tables_and_figures(today, race, plan, tmp_path):
    import matplotlib.pyplot as plt

    assert list(today.to_pandas().index) == list(eccentric.MUSCLES)
    frame = race.to_pandas()
    assert len(frame) == len(race.distance_km)
    np.testing.assert_array_equal(frame["strength_loss_calves_upper_0.8"], race.strength_loss["calves"].upper[1])
    sessions = plan.to_pandas()
    assert sessions["descent_m"].tolist() == [session.descent_m for session in plan.best.sessions]
    for name, result in {"today": today, "race": race, "plan": plan}.items():
        ax = result.plot()
        ax.figure.savefig(tmp_path / f"{name}.png")
        assert result.plot(ax=plt.subplots()[1]) is not None
        plt.close("all")
    blocked = eccentric.plan(arrays(), race=RACE, from_=START, block=["2026-06-01..2026-06-30"])
    assert blocked.best.sessions == [] and list(blocked.to_pandas().columns) == list(sessions.columns)
    blocked.plot()
    eccentric.race(arrays(), start=RACE, levels=[]).plot()
    plt.close("all")


def test_overlapping_runs_are_warned_of(loads):
    for call in (
        lambda runs: eccentric.today(runs, at=START),
        lambda runs: eccentric.race(arrays(), runs, start=RACE),
        lambda runs: eccentric.plan(arrays(), runs, race=RACE, from_="2026-06-18T08:00:00Z"),
    ):
        with pytest.warns(eccentric.EccentricWarning, match="overlaps with"):
            assert len(call([*loads, loads[0]]).left_out) == 1


def test_now_is_the_default():
    before = np.datetime64(datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None), "ms")
    assert np.timedelta64(0) <= eccentric.today([]).start - before < np.timedelta64(60, "s")
    assert np.timedelta64(0) <= eccentric.race(arrays()).start - before < np.timedelta64(60, "s")


@pytest.mark.parametrize("name", ["course_utmb_170", "course_eiger_e250", "course_lake_sonoma", "course_tor330"])
def test_real_courses(activities, name):
    path = activities / f"{name}.gpx"
    race = eccentric.race(path, start=RACE, pack_kg=3, habit="trail")
    again = eccentric.race(path.read_bytes(), start=RACE, pack_kg=3, habit="trail")
    assert again.to_dict() == race.to_dict()
    km, down = race.course["distance_km"], race.course["descent_m"]
    typical = {"utmb": (170, 9500), "eiger": (250, 17000), "lake": (51, 1700), "tor330": (330, 25000)}
    expected_km, expected_m = typical[name.split("_")[1]]
    assert km == pytest.approx(expected_km, rel=0.15) and down == pytest.approx(expected_m, rel=0.3)
    assert (np.diff(race.elapsed_s) > 0).all() and (np.diff(race.points_so_far) >= 0).all()
    assert 0.05 < race.strength_loss["quadriceps"].point[-1] < 0.8
    report = race.to_dict()
    assert len(report["distance_km"]) <= 500 and report["soreness"]["quadriceps"]


def test_the_interpreter_is_free_meanwhile(loads):
    counted = 0
    done = threading.Event()

    def work():
        eccentric.plan(arrays(), loads, race=RACE, from_=START)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        counted += 1
    thread.join()
    assert counted > 5000


COURSES = [
    (b"", ReadError, "empty"),
    (b"hello", ReadError, "known are FIT|GPX"),
    (b"<gpx></gpx>", ReadError, "elevation"),
    (b"time_s,distance_m\n0,0\n", ReadError, "a course is read from GPX"),
    ("/no/such/course.gpx", ReadError, "^/no/such/course.gpx: "),
    ("a\0b", (ReadError, ValueError), "a"),
    ({"distance_m": [0, 1]}, EccentricError, "lack one of distance_m and elevation_m"),
    (pl.DataFrame({"x": [1.0]}), EccentricError, "lack one of distance_m and elevation_m"),
    ({"distance_m": [0, 1000], "elevation_m": [0]}, EccentricError, "elevation has 1 values, expected 2"),
    ({"distance_m": [], "elevation_m": []}, EccentricError, "0|samples|points"),
    ({"distance_m": [0, 1000], "elevation_m": [9, np.inf]}, EccentricError, "elevation at index 1 is inf"),
    ({"distance_m": [0, np.nan], "elevation_m": [9, 9]}, EccentricError, "NaN"),
    ({"distance_m": [1000, 0], "elevation_m": [9, 9]}, EccentricError, "distance"),
    ({"distance_m": [0, 1e9], "elevation_m": [9, 9]}, EccentricError, "allowed is"),
    ({"distance_m": ["a", "b"], "elevation_m": [9, 9]}, TypeError, "distance_m holds"),
    (None, TypeError, "course is NoneType"),
    (5, TypeError, "course is int"),
    ([1, 2], TypeError, "course is list"),
    (open, TypeError, "course is builtin"),
]


@pytest.mark.parametrize(("course", "error", "words"), COURSES)
def test_courses_that_are_none(course, error, words):
    for call in (
        lambda: eccentric.race(course, start=RACE),
        lambda: eccentric.plan(course, race=RACE, from_=START),
    ):
        with pytest.raises(error, match=words):
            call()


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"mass_kg": 7}, EccentricError, "body mass is 7, allowed is 25 to 250 kg"),
        ({"body_fat": 2}, EccentricError, "body fat is 2"),
        ({"habit": "sprint"}, EccentricError, 'habit is "sprint"'),
        ({"profile": "me"}, TypeError, "profile is str"),
        ({"at": "soon"}, EccentricError, 'at is "soon"'),
        ({"at": np.datetime64(2**62, "ms")}, EccentricError, "time"),
        ({"until": "2026-06-01T00:00:00Z"}, EccentricError, "time over which soreness is watched is -.* 1 to 1440 h"),
        ({"soreness": 11}, EccentricError, "soreness is 11, allowed is 0 to 10"),
        ({"soreness": None}, TypeError, "soreness is None"),
        ({"probability": float("nan")}, EccentricError, "probability is NaN"),
        ({"slope": 0.1}, EccentricError, "grade of the descent is 0.1, allowed is -0.6 to -0.01"),
        ({"slope": "steep"}, TypeError, "slope is 'steep'"),
        ({"speed_m_s": 0}, EccentricError, "speed on the descent is 0"),
    ],
)
def test_limits_that_are_none(loads, options, error, words):
    with pytest.raises(error, match=words):
        eccentric.today(loads, **({"at": START} | options))


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"time_s": 0}, EccentricError, "finish time is 0"),
        ({"time_s": float("nan")}, EccentricError, "finish time is NaN"),
        ({"time_s": 60}, EccentricError, "allowed"),
        ({"time_s": "2:00"}, TypeError, "time_s is '2:00'"),
        ({"time_s": 7200, "pace_profile": b""}, EccentricError, "allowed is one of them"),
        ({"pace_profile": b"distance_km\n0\n"}, ReadError, "needed are distance_km"),
        ({"pace_profile": "/no/such.csv"}, ReadError, "^/no/such.csv: "),
        ({"pace_profile": {"distance_km": [0], "speed_m_s": [-1]}}, EccentricError, "-1"),
        ({"pace_profile": {"distance_km": [0, 1], "speed_m_s": [1]}}, EccentricError, "speed has 1 values, expected 2"),
        ({"pace_profile": {"distance_km": [], "speed_m_s": []}}, EccentricError, "at least 1"),
        ({"pace_profile": {"km": [0]}}, EccentricError, "pace profile lack one of distance_km and speed_m_s"),
        ({"pace_profile": 3.0}, TypeError, "allowed is a path"),
        ({"levels": [2]}, EccentricError, "interval level at index 0 is 2"),
        ({"levels": 0.8}, TypeError, "levels is 0.8"),
        ({"days": 0}, EccentricError, "forecast length is 0"),
        ({"days": 1e9}, EccentricError, "forecast length"),
        ({"clear_below": -1}, EccentricError, "soreness is -1"),
        ({"name": 5}, TypeError, "name is 5"),
        ({"loads": None}, TypeError, "not iterable"),
    ],
)
def test_races_that_are_none(options, error, words):
    with pytest.raises(error, match=words):
        eccentric.race(arrays(), **({"start": RACE} | options))


def test_places_that_are_none(race):
    for points, error in ((1, EccentricError), (10**7, EccentricError), (-1, EccentricError), (2.5, TypeError)):
        with pytest.raises(error, match="points is .*, allowed is (2 to 1000000|a whole number)"):
            race.to_dict(points=points)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"race": None}, TypeError, "race is None"),
        ({"race": START}, EccentricError, "leaves no day"),
        ({"race": "2028-06-20T07:00:00Z"}, EccentricError, "days before the race is 748, allowed is 1 to 200"),
        ({"race": "9999-06-20T07:00:00Z"}, EccentricError, "days before the race is .*, allowed is 1 to 200"),
        ({"from_": np.datetime64(-(2**62), "ms")}, EccentricError, "days before the race is .*, allowed is 1 to 200"),
        ({"hour": 24}, EccentricError, "hour is 24, allowed is 0 to 23"),
        ({"hour": 17.5}, TypeError, "hour is 17.5, allowed is a whole number"),
        ({"hour": True}, TypeError, "hour is True"),
        ({"rest_days": -1}, EccentricError, "rest_days is -1, allowed is 0 to 60"),
        ({"block": "wed"}, TypeError, "block is 'wed', allowed is a list"),
        ({"block": ["someday"]}, EccentricError, 'block: "someday" is no day'),
        ({"block": [5]}, TypeError, r"block\[0\] is 5"),
        ({"week_points": -1}, EccentricError, "points of the session is -1"),
        ({"week_descent_m": float("inf")}, EccentricError, "sample distance is inf"),
        ({"week_points": 1, "week_descent_m": 1}, EccentricError, "allowed is one of them"),
        ({"build_up": 0}, EccentricError, "build-up is 0, allowed is 1 to 10"),
        ({"clear_probability": 2}, EccentricError, "is 2, allowed"),
        ({"soreness": -1}, EccentricError, "soreness is -1"),
        ({"slope": -2}, EccentricError, "grade of the descent is -2"),
        ({"time_s": -1}, EccentricError, "finish time is -1"),
        ({"before": 5}, TypeError, "before is 5"),
        ({"before": "{}"}, EccentricError, "missing field"),
        ({"before": '{"schema":"eccentric.planned","version":9,"data":{}}'}, EccentricError, "version 9"),
        ({"time_zone": "Mars"}, EccentricError, 'time zone is "Mars"'),
        ({"time_zone": None}, TypeError, "time_zone is None"),
    ],
)
def test_plans_that_are_none(options, error, words):
    with pytest.raises(error, match=words):
        eccentric.plan(arrays(), **({"race": RACE, "from_": START} | options))


def test_damaged_courses():
    whole = gpx()
    dice = np.random.default_rng(1)
    for _ in range(40):
        content = bytearray(whole[: dice.integers(len(whole))])
        for at in dice.integers(max(len(content), 1), size=5 if content else 0):
            content[at] = dice.integers(256)
        try:
            assert np.isfinite(eccentric.race(bytes(content), start=RACE).points)
        except ReadError:
            pass
        except EccentricError as error:
            assert "course" in str(error) or "allowed" in str(error)
