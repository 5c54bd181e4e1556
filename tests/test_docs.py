"""The pages of the gallery are those that the formulas themselves would write today."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import groundup as gu

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "formulas"


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_formula_pages", ROOT / "scripts" / "make_formula_pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["activations.md", "losses.md", "penalties.md", "metrics.md"])
def test_pages_are_current(maker, name):
    """Kills: an equation, a note or a new formula that did not reach its page. Remedy: run the script."""
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == maker.pages()[name], f"{name} is out of date; run python scripts/make_formula_pages.py"


def test_every_drawn_formula_has_a_small_picture(maker):
    """Kills: a new formula without a picture, a picture of one that is gone, and pictures that are heavy."""
    wanted = {maker.picture_name(entry) for entry in gu.formulas.catalogue.entries() if entry.curve}
    pictures = list((FOLDER / "pictures").iterdir())
    assert {picture.name for picture in pictures} == wanted
    sizes = [picture.stat().st_size for picture in pictures]
    assert max(sizes) < 15_000
    assert sum(sizes) < 1_500_000


def test_every_activation_is_drawn_with_its_slope():
    """Kills: a picture of the value alone, or of another function."""
    pytest.importorskip("matplotlib").use("Agg")
    import numpy as np
    from matplotlib import pyplot

    for name in ("gelu", "hardshrink", "softmax"):
        ax = gu.lab.plot_activation(name)
        solid, dashed = (
            line for line in ax.get_lines() if line.get_linestyle() in ("-", "--") and len(line.get_xdata()) > 2
        )
        x, y = solid.get_data()
        slope = np.gradient(y, x)
        known = np.isfinite(slope) & np.isfinite(dashed.get_ydata()) & (np.abs(np.abs(x) - 0.5) > 0.05)
        np.testing.assert_allclose(dashed.get_ydata()[known][2:-2], slope[known][2:-2], atol=2e-3)
        assert (solid.get_linestyle(), dashed.get_linestyle()) == ("-", "--")
        pyplot.close("all")
    with pytest.raises(gu.UnknownNameError, match="Did you mean 'gelu'"):
        gu.lab.plot_activation("geluu")
