"""What a beginner reads on a card: first what explains, in plain words, without lists of codes."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import groundup as gu
from groundup.exam import chapters, naming
from groundup.exam.card import Card
from groundup.exam.evidence import Verdict
from groundup.exam.page import reason_page
from groundup.exam.parts import Skipped, parts
from groundup.exam.practice.calls import difference

DOCS = Path(__file__).parents[2]


def failed(id, symptom="", words="", measured=1.0, experiment=""):
    return Verdict(id, f"claim {id}", "failed", measured, 0.0, words, symptom, experiment, read="a book")


def card(*verdicts, conventions=None):
    return Card("train", "regression", 0, list(verdicts), conventions or {}, [])


def test_what_explains_comes_before_what_only_follows():
    """Kills: "5e8 standard errors" (C18) above the row that gets another answer alone (F17)."""
    told = card(failed("C18"), failed("A01"), failed("F17"), failed("C03", "not finite")).telling
    assert {v.id for v in told[:2]} == {"C03", "F17"}
    assert card(failed("A01", "each column by itself"), failed("C18")).telling[0].id == "A01"


def test_the_plain_table_comes_before_the_awkward_place():
    """Kills: quantile's example with numbers of 1e8, where 7 plain numbers differ too."""
    assert [v.id for v in card(failed("D07", "offset", experiment="far"), failed("D06")).telling] == ["D06", "D07"]


def test_one_remark_is_no_remarks_and_what_was_not_asked_is_one_line():
    skipped = [Verdict(f"F{k}", "", "not examined", words="it has no score" if k % 3 else "no seed") for k in range(9)]
    told = card(failed("B01"), Verdict("A12", "labels", "remark", words="it stopped"), *skipped)
    text = str(told)
    assert "1 remark," in text
    assert "9 questions were not asked: it has no score (6); no seed (3)." in " ".join(text.split())
    assert "F4" not in text
    assert "F4" in told._repr_html_()
    part = next(p for p in parts(told) if isinstance(p, Skipped))
    assert len(part.items) == 2


def test_a_failure_is_not_called_neither_right_nor_wrong():
    words = {"training": "its first step is not in proportion to the learning rate"}
    assert "neither right nor wrong" not in str(card(failed("E06", "new weights"), conventions=words))
    assert "neither right nor wrong" in str(card(failed("E02"), conventions=words))


def test_sys_exit_and_an_untouched_stub_are_said_in_one_sentence():
    def ends(X, y, learning_rate, epochs):
        raise SystemExit(0)

    text = str(gu.exam.examine(ends))
    assert "it ends the whole program" in text
    assert "To read" not in text
    assert "0 questions passed, 1 failed" in text  # told once, and no other question counts it again
    assert gu.exam.examine(ends).mistake.startswith("it ends the whole program")

    def stub(X, y, learning_rate, epochs):
        raise NotImplementedError("your code goes here")

    text = str(gu.exam.examine(stub))
    assert re.search(r"Nothing is written yet: fill in what stands there in line \d+", text)
    assert "A01" not in text


def test_every_chapter_of_ours_exists():
    """Kills: a page or a heading that was renamed."""
    for _, file, head in chapters.PAGES:
        assert f"# {head}\n" in (DOCS / file).read_text(encoding="utf-8")
    assert 'To read: docs/training.md, "Training that can be watched"; then a book.' in str(card(failed("B01")))


def test_a_name_that_the_words_rule_out_is_not_given():
    """A loss that fell at too large a rate is not one that grows and is taken for converged."""
    name = "a loss that grows is taken for a loss that has converged"
    known = [{"task": "regression", "mistake": name, "asked": ["B03b"], "signs": ["B03b", "B03b:silent"]}]
    grew = failed("B03b", "silent", "it ended in silence with a loss 12 times that of the start")
    fell = failed("B03b", "silent", "a loss 0.05 times that of the start; so it walks by another rate than it is given")
    assert [n.mistake for n in naming.nearest([grew], "regression", known)] == [name]
    assert naming.nearest([fell], "regression", known) == []


def test_there_is_no_minus_zero():
    assert "-0" not in difference((np.array([-0.0, 2.0]),), (np.array([1.0, 2.0]),), 1e-9).words


def test_a_submission_without_a_card_has_a_page_that_says_why():
    assert "&lt;b&gt; cannot be imported" in reason_page("gus.py", "<b> cannot be imported")


@pytest.mark.parametrize(
    ("exercise", "answer", "says"),
    [
        ("leaky_relu", lambda x: np.maximum(0.1 * x, x), "slope is 0.1 instead of 0.01"),
        (
            "silu_derivative",
            lambda x: 1 / (1 + np.exp(-x)) + 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x))),
            "the x before the second term is left out: f'(x) = s + x s (1 - s)",
        ),
        (
            "quantile",
            lambda y, z: np.mean(np.where(y - z >= 0, 0.25 * (y - z), 0.75 * np.abs(y - z))),
            "tau is 0.25 instead of 0.5",
        ),
        (
            "hinge_gradient",
            lambda z, y: np.where((2 * y - 1) * z < 1, -y, 0),
            "the label y stands where 2 y - 1 belongs",
        ),
        (
            "exponential_gradient",
            lambda z, y: -np.exp(-(2 * y - 1) * z),
            "the inner derivative 2 y - 1 is left out",
        ),
    ],
)
def test_frequent_slips_have_a_name(exercise, answer, says):
    assert gu.exam.practice.check(gu.exam.practice.find(exercise), answer).mistake == says


class LinearRegression:
    def __init__(self, learning_rate=0.01, epochs=1000):
        self.learning_rate, self.epochs = learning_rate, epochs

    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(100):
            e = X @ self.w + self.b - y
            self.w, self.b = self.w - self.learning_rate * X.T @ e / len(y), self.b - self.learning_rate * e.mean()
        return self

    def predict(self, X):
        return X @ self.w + self.b


class Falling(LinearRegression):
    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for k in range(self.epochs):
            rate, e = self.learning_rate / (1 + 0.1 * k), X @ self.w + self.b - y
            self.w, self.b = self.w - rate * X.T @ e / len(y), self.b - rate * e.mean()
        return self


def test_a_rate_that_falls_in_silence_is_named():
    """Kills: "a loss that grows is taken for one that has converged", of which it has nothing."""
    judged = gu.exam.examine(Falling)
    assert judged.mistake == "the learning rate falls from epoch to epoch, although no argument says so"
    assert "1, 0.909, 0.833, 0.769 times" in next(v.words for v in judged.failed if v.id == "B01")


def test_epochs_that_are_ignored_are_named():
    for judged in (
        gu.exam.examine(LinearRegression),
        gu.exam.practice.check(gu.exam.practice.find("linear_regression"), LinearRegression),
    ):
        assert judged.mistake == "epochs is ignored, and the number of steps is always the same"


class Apart:
    """Mini-batches whose rows are shuffled over again each epoch, and whose labels are not."""

    link = staticmethod(lambda z: z)

    def __init__(self, lr=0.1, n_iters=300, batch_size=32, random_state=0):
        self.lr, self.n_iters, self.batch_size = lr, n_iters, batch_size
        self.random_state = random_state

    def fit(self, X, y):
        rng = np.random.default_rng(self.random_state)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.n_iters):
            order = rng.permutation(len(X))
            X = X[order]
            for start in range(0, len(X), self.batch_size):
                xb, yb = X[start : start + self.batch_size], y[order][start : start + self.batch_size]
                e = self.link(xb @ self.w + self.b) - yb
                self.w, self.b = self.w - self.lr * xb.T @ e / len(yb), self.b - self.lr * e.mean()
        return self

    def predict(self, X):
        return X @ self.w + self.b


class ApartLogistic(Apart):
    link = staticmethod(lambda z: 1 / (1 + np.exp(-z)))

    def predict_proba(self, X):
        return self.link(X @ self.w + self.b)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)


@pytest.mark.parametrize(("cls", "task"), [(Apart, "regression"), (ApartLogistic, "classification")])
def test_labels_that_stand_beside_other_rows_are_named_and_stand_first(cls, task):
    """Kills: "a second fit goes on from the weights of the first", which only follows from it."""
    card = gu.exam.examine(cls, task=task)
    assert card.mistake == "rows and labels are matched in different orders"
    assert card.telling[0].id == "B01"


def test_a_loss_of_all_pairs_is_named_and_is_no_other_order():
    """Kills: equal rows, which hide it too, taken for rows and labels in different orders."""

    def train(X, y, learning_rate, epochs):
        w, b = np.zeros((X.shape[1], 1)), 0.0
        for _ in range(epochs):
            e = X @ w + b - y
            w, b = w - learning_rate * X.T @ e.mean(axis=1, keepdims=True) / len(X), b - learning_rate * e.mean()
        return w.ravel(), b

    assert "all pairs of rows" in gu.exam.examine(train, task="regression").mistake
