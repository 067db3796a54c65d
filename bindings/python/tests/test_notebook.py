"""The notebook runs from top to bottom and reproduces what docs/validation.md says."""

import json
import re

import matplotlib.pyplot as plt
import pytest

from conftest import ROOT

NOTEBOOK = ROOT / "bindings/python/examples/validation.ipynb"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Names that the cells leave behind. The figures go where they can be looked at."""
    folder = tmp_path_factory.mktemp("figures")
    names = {}
    with pytest.MonkeyPatch.context() as patch:
        # It needs nothing of the project.
        patch.chdir(folder)
        for cell in json.loads(NOTEBOOK.read_text())["cells"]:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    for number in plt.get_fignums():
        plt.figure(number).savefig(folder / f"{number}.png", dpi=60)
    print(f"figures in {folder}")
    yield names
    plt.close("all")


def published(measure):
    """Rows and error of a measure in the main table of docs/validation.md."""
    text = (ROOT / "docs/validation.md").read_text()
    found = re.search(rf"^\| {measure} \| (\d+) \| ([\d.]+) \|", text, re.MULTILINE)
    return int(found[1]), float(found[2])


@pytest.mark.parametrize("measure", ["strength_loss_pct", "soreness_0_10"])
def test_errors_are_those_of_the_document(ran, measure):
    rows, error = published(measure)
    assert ran["score"].measures[measure]["n"] == rows
    assert ran["score"].measures[measure]["rmse"] == pytest.approx(error, abs=0.006)


def test_the_second_bout_is_that_of_the_readme(ran):
    ratios = dict(zip(ran["weeks"], ran["soreness"]))
    text = (ROOT / "README.md").read_text()
    third, twelfth = re.search(r"hurts ([\d.]+) as much three weeks later and ([\d.]+) twelve", text).groups()
    assert ratios[3.0] == pytest.approx(float(third), abs=0.006)
    assert ratios[12.0] == pytest.approx(float(twelfth), abs=0.006)
