"""Shapes that strangers' files had, each with a right and a wrong twin: metrics of classes, drawers of activations.

False-alarm probability of every question asked here: 0.
"""

import importlib.util
import sys
import textwrap

import pytest

from groundup import exam
from groundup.exam import guessing


@pytest.fixture
def as_file(tmp_path, request):
    """Write these lines into a file, and load it as a module."""

    def load(text, name="strange"):
        path = tmp_path / f"{name}_{len(list(tmp_path.iterdir()))}.py"
        path.write_text("import numpy as np\n\n" + textwrap.dedent(text))
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        request.addfinalizer(lambda: sys.modules.pop(path.stem))
        spec.loader.exec_module(module)
        return module

    return load


def failed(card):
    return sorted(verdict.id for verdict in card.failed)


COUNTS = """
    def counts(y, p, one):
        return np.sum((y == one) & (p == one)), np.sum(p == one), np.sum(y == one)
"""
METRICS = {
    "weighted_f1_score": (
        """
    def weighted_f1_score(y_true, y_pred):
        values, rows = [], []
        for one in np.unique(np.concatenate([y_true, y_pred])):
            hits, said, true = counts(y_true, y_pred, one)
            values.append(2 * hits / (said + true))
            rows.append(true)
        return np.average(values, weights=rows)
    """,
        ("rows.append(true)", "rows.append(said)"),
        "weighted by how often they are predicted",
    ),
    "macro_averaged_precision": (
        """
    def macro_averaged_precision(y_true, y_pred):
        found = [counts(y_true, y_pred, one) for one in np.unique(y_true)]
        return np.mean([hits / said if said else 0.0 for hits, said, _ in found])
    """,
        ("hits / said if said", "hits / true if true"),
        "",
    ),
    "recall_micro": (
        """
    def recall_micro(y_true, y_pred):
        found = np.array([counts(y_true, y_pred, one) for one in np.unique(y_true)])
        return found[:, 0].sum() / found[:, 2].sum()
    """,
        ("found[:, 0].sum() / found[:, 2].sum()", "np.mean(found[:, 0] / found[:, 2])"),
        "the plain mean",
    ),
    "f1_macro, told how many classes there are": (
        """
    def f1_macro(y_true, y_pred, n_classes):
        found = [counts(y_true, y_pred, one) for one in range(n_classes)]
        return np.mean([2 * hits / max(said + true, 1) for hits, said, true in found])
    """,
        ("np.mean([2 * hits / max(said + true, 1) for", "np.mean([2 * hits / max(said + 2 * true, 1) for"),
        "",
    ),
}


@pytest.mark.parametrize("name", METRICS)
def test_metrics_are_known_by_their_average_before_or_behind(name, as_file):
    """Kills: a name that says which mean over the classes is taken is no name of a metric."""
    text, (right, wrong), mistake = METRICS[name]
    whole = textwrap.dedent(COUNTS) + textwrap.dedent(text)
    wrong_twin = whole.replace(right, wrong).replace("hits, said, _ in", "hits, _, true in")
    module, other = as_file(whole), as_file(wrong_twin)
    assert guessing.task_of(module)[0] == "parts"
    assert exam.examine(module, task="parts").passed
    card = exam.examine(other, task="parts")
    assert failed(card)
    assert mistake in (card.mistake or "")
    word = name.partition(",")[0]
    assert exam.grade(getattr(module, word), word).passed
    assert not exam.grade(getattr(other, word), word).passed


def test_a_file_of_macro_precision_and_recall_takes_the_mean_that_it_says(as_file):
    """Kills: one that weights its classes, under the name of the plain mean."""
    text = """
    def macro_precision_recall(y_true, y_pred):
        found = np.array([counts(y_true, y_pred, one) for one in np.unique(y_true)])
        hits, said, true = found.T
        return np.mean(hits / np.maximum(said, 1)), np.mean(hits / true)
    """
    whole = textwrap.dedent(COUNTS) + textwrap.dedent(text)
    weighted = whole.replace("np.mean(hits / true)", "np.average(hits / true, weights=true)")
    assert exam.examine(as_file(whole), task="parts").passed
    assert failed(exam.examine(as_file(weighted), task="parts"))
