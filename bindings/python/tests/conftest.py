"""What several tests share."""

import json
from pathlib import Path

import matplotlib
import pytest

import eccentric

matplotlib.use("Agg")

ROOT = Path(__file__).resolve().parents[3]
ACTIVITIES = ROOT.parent / "shared" / "activities"


@pytest.fixture(scope="session")
def activities():
    """Folder of real files; they are not part of the project."""
    if not ACTIVITIES.is_dir():
        pytest.skip(f"no real files: {ACTIVITIES} is missing")
    return ACTIVITIES


@pytest.fixture(scope="session")
def golden():
    return json.loads((ROOT / "tests/golden/cases.json").read_text())


@pytest.fixture
def descent():
    """The reference bout."""
    return eccentric.from_segments(1800, 3.0, -0.16, start="2026-05-01T08:00:00Z", name="descent")


@pytest.fixture
def load(descent):
    return eccentric.load(descent, body_fat=0.15)


@pytest.fixture
def ratings():
    answers = [(2, 8), (3, 9), (4, 7), (5, 5), (6, 3)]
    return [{"date": f"2026-05-{day:02}", "soreness": answer} for day, answer in answers]
