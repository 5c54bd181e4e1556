"""Whatever a candidate does, the exam goes on. Kills: an exam that hangs, dies or believes what it is told."""

from __future__ import annotations

import os
import sys
import time

import numpy as np
import pytest

import groundup as gu
from groundup.exam import Limits
from groundup.exam.evidence import Evidence, check
from groundup.exam.jail import ask_all

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits need processes that can be forked")
QUICK = Limits(seconds=0.5, seconds_after_one=0.3, most_stops=2, memory=300 << 20)


def examined(train):
    card = gu.exam.examine(train, limits=QUICK)
    assert not card.passed
    assert card.failed
    str(card)
    return card


def anybody():
    return gu.exam.candidates.candidate(gu.LinearRegression(), "regression")


def test_an_endless_loop_is_a_failed_question():
    def train(X, y, learning_rate, epochs):
        while True:
            pass

    card = examined(train)
    assert card.verdicts[0].symptom == "endless"
    assert any("stopped 2 times" in v.words for v in card.verdicts if v.outcome == "not examined")


def test_one_that_sleeps_is_stopped_by_the_clock_and_not_before():
    def train(X, y, learning_rate, epochs):
        time.sleep(1e6)

    limits = Limits(seconds=0.2, seconds_after_one=0.2, most_stops=1, patience=5.0)
    first = gu.exam.examine(train, limits=limits).verdicts[0]
    assert first.symptom == "endless"
    assert first.seconds > 0.9


def test_waiting_for_the_processor_is_no_failure():
    @check("X01", "It takes its time.")
    def slowly(candidate, rng):
        time.sleep(1.5)  # as on a machine that is busy with other things
        return Evidence(0.0, 1.0)

    limits = Limits(seconds=1.0, patience=100.0)
    (verdict,) = ask_all(anybody, [slowly], 0, limits)
    assert verdict.outcome == "passed"


def in_torch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    return float(torch.ones(3_000_000).sum())


def in_sklearn():
    cluster = pytest.importorskip("sklearn.cluster", reason="scikit-learn is not installed")
    X = np.random.default_rng(0).normal(size=(4000, 3))
    return float(cluster.KMeans(3, n_init=1, random_state=0).fit(X).inertia_)


@pytest.mark.parametrize("compute", [in_torch, in_sklearn])
def test_threads_that_the_parent_has_started_do_not_hang_the_child(compute):
    """Kills: every right learner failed by the clock, in a notebook that has trained a model before."""

    @check("X01", "It computes.")
    def computes(candidate, rng):
        compute()
        return Evidence(0.0, 1.0)

    compute()
    (verdict,) = ask_all(anybody, [computes], 0, Limits(seconds=5.0, patience=3.0))
    assert verdict.outcome == "passed", verdict.words


def test_a_slow_first_call_does_not_count_for_the_others():
    """Kills: one that imports its packages when it first learns is taken for slow, and nearly nothing is asked."""
    before = []

    def train(X, y, learning_rate, epochs):
        start = time.process_time()
        while time.process_time() < start + 0.8 and not before:
            pass
        before.append(True)
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(epochs):
            miss = X @ w + b - y
            w, b = w - learning_rate * X.T @ miss / len(y), b - learning_rate * miss.mean()
        return w, b

    card = gu.exam.examine(train)
    assert card.passed
    assert not any("slow" in v.words for v in card.verdicts), str(card)


def test_leaving_by_sys_exit_is_a_failed_question():
    def train(X, y, learning_rate, epochs):
        sys.exit(0)

    assert examined(train).verdicts[0].symptom == "SystemExit"


def test_ending_the_process_is_a_failed_question():
    def train(X, y, learning_rate, epochs):
        os._exit(0)

    card = examined(train)
    assert card.verdicts[0].symptom == "crash"
    assert "exit status 0" in card.verdicts[0].words


def test_a_crash_is_a_failed_question():
    def train(X, y, learning_rate, epochs):
        os.kill(os.getpid(), 11)

    assert "signal 11" in examined(train).verdicts[0].words


@pytest.mark.skipif(sys.platform != "linux", reason="the bound on memory is Linux's")
def test_a_giant_array_is_a_failed_question():
    def train(X, y, learning_rate, epochs):
        return np.ones(10**9), 0.0

    assert "MemoryError" in examined(train).verdicts[0].symptom


def test_an_error_is_told_with_its_line():
    def train(X, y, learning_rate, epochs):
        return X @ y[:2], 0.0

    assert "return X @ y[:2]" in examined(train).verdicts[0].words


def test_one_bad_question_does_not_spoil_the_others():
    class Moody(gu.LinearRegression):
        def fit(self, X, y, sample_weight=None):
            if np.asarray(X).dtype.kind == "i":
                os._exit(3)
            return super().fit(X, y, sample_weight)

    card = gu.exam.examine(Moody())
    assert {v.id for v in card.failed} == {"A11", "B24"}  # the two that are about whole numbers


def test_what_it_prints_does_not_reach_the_screen(capfd):
    def train(X, y, learning_rate, epochs):
        print("epoch 1")
        os.write(2, b"warning")
        return np.zeros(X.shape[1]), 0.0

    examined(train)
    assert capfd.readouterr() == ("", "")


def test_reading_from_the_keyboard_is_an_error_and_no_hang():
    def train(X, y, learning_rate, epochs):
        input("how many?")

    assert examined(train).verdicts[0].symptom == "EOFError"


def test_what_is_neither_taught_nor_trained_is_refused():
    with pytest.raises(gu.InputTypeError, match="fit and predict"):
        gu.exam.examine(3)
    with pytest.raises(gu.UnknownNameError, match="Did you mean 'regression'"):
        gu.exam.examine(gu.LinearRegression(), task="regresion")
