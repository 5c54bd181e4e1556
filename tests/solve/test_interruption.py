"""Ctrl-C in the middle of a compiled epoch: it ends within a batch or ten milliseconds, and no digit is lost."""

import math
import os
import signal
import threading

import numpy as np
import pytest

import groundup as gu
from groundup.data.blocks import ArrayBlocks
from groundup.formulas import losses
from groundup.models.affine import Affine
from groundup.models.network import Network
from groundup.models.objective import Cost, Objective
from groundup.solve.compiled import CompiledTraining, epochs, training
from groundup.solve.listeners import History
from groundup.solve.methods import METHODS

pytestmark = pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
WHOLE = 1 << 40


@pytest.fixture(autouse=True)
def at_the_keyboard():
    """Ctrl-C as a terminal has it: a process that was started in the background inherits one that is ignored."""
    pytest.importorskip("numba")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def press(monkeypatch):
    """press(k): Ctrl-C is pressed when the k-th piece from now on begins, `times` in a row."""
    walk = epochs.Walk.__call__

    def at(piece, times=1):
        pieces = []

        def watched(self, order):
            pieces.append(len(order))
            for _ in range(times if len(pieces) == piece else 0):
                os.kill(os.getpid(), signal.SIGINT)
            walk(self, order)

        monkeypatch.setattr(epochs.Walk, "__call__", watched)
        return pieces

    return at


def rows(n, d, outputs=1):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d))
    y = (X[:, :outputs] + rng.normal(size=(n, outputs)) > 0).astype(float)
    return ArrayBlocks(X, losses.one_hot(rng.integers(0, outputs, n), outputs) if outputs > 2 else y)


def loop(model, loss, data, *, batch_size=8, method="adam", listeners=(), rate=0.01, epochs=3):
    start = model.start() if isinstance(model, Affine) else model.start(np.random.default_rng(3))
    objective = Objective(Cost(model, loss), data)
    settings = {"learning_rate": rate, "epochs": epochs, "batch_size": batch_size, "rng": np.random.default_rng(5)}
    return CompiledTraining(objective, METHODS[method](), parameters=start, listeners=listeners, **settings)


KINDS = {
    "rows by themselves": lambda **more: loop(Affine(5), losses.logistic, rows(1003, 5), batch_size=1, **more),
    "batches": lambda **more: loop(Affine(5), losses.logistic, rows(1003, 5), **more),
    "classes": lambda **more: loop(Affine(5, 3), losses.cross_entropy, rows(1003, 5, 3), **more),
    "network": lambda **more: loop(Network(5, (4,), 1, activation="tanh"), losses.mse, rows(1003, 5), **more),
}


@pytest.mark.parametrize("kind", KINDS)
def test_pieces_change_no_digit(kind, monkeypatch):
    """Kills: a batch cut in two, a last batch lost, a memory that begins anew with each piece, a step not counted."""
    monkeypatch.setattr(training, "PIECE_SECONDS", math.inf)
    whole, pieces = KINDS[kind](listeners=[History()]), KINDS[kind](listeners=[History()])
    whole._pace = WHOLE
    whole.run()
    monkeypatch.setattr(training, "PIECE_SECONDS", -1.0)
    pieces._pace = 64
    pieces.run()
    assert pieces._pace == 1
    assert pieces.step == whole.step
    np.testing.assert_array_equal(pieces.parameters, whole.parameters)
    for mine, theirs in zip(pieces.memory, whole.memory, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert pieces.listeners[0].lines[-1][2] == whole.listeners[0].lines[-1][2]


@pytest.mark.parametrize("kind", KINDS)
def test_it_ends_after_the_piece_at_hand(kind, press):
    """Kills: a signal that waits for the end of the epoch, batches that are made but not counted."""
    training = KINDS[kind]()
    training.run(epochs=1)
    training._pace = 1
    first, pieces = training.step, press(4)
    training.run()
    batches = sum(-(-count // training.batch_size) for count in pieces)
    assert len(pieces) == 4
    assert 0 < batches < training.steps_per_epoch
    assert training.step == first + batches
    assert training.reason == (
        f"interrupted by Ctrl-C after {training.step:,} updates (epoch 2, batch {batches:,} of "
        f"{training.steps_per_epoch:,}); the model so far is kept"
    )


LONG = {
    "affine": lambda: loop(Affine(100, 100), losses.cross_entropy, rows(60_000, 100, 100), epochs=9),
    "network": lambda: loop(Network(20, (128, 128), 1, activation="relu"), losses.mse, rows(20_000, 20), epochs=9),
}


@pytest.mark.parametrize("kind", LONG)
def test_a_signal_while_machine_code_runs(kind, monkeypatch):
    """An epoch of half a second and more, a twentieth of it gone. Kills: pieces as long as the epoch."""
    training, walk, seen = LONG[kind](), epochs.Walk.__call__, []

    def watched(self, order):
        if len(seen) == 1:  # the first piece is there to compile
            threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGINT)).start()
        seen.append(len(order))
        walk(self, order)

    monkeypatch.setattr(epochs.Walk, "__call__", watched)
    training.run()
    assert training.reason.startswith("interrupted by Ctrl-C after")
    assert 0 < training.step < training.steps_per_epoch
    assert training.step == sum(seen) / training.batch_size
    assert np.isfinite(training.parameters).all()


@pytest.mark.parametrize("network", [False, True], ids=["affine", "network"])
def test_it_goes_on_with_the_same_digits(network, press, monkeypatch, tmp_path):
    """Kills: a shuffle that begins anew, batches made twice, a rest of an epoch that rounds elsewhere."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(4000, 3))
    settings = {"batch_size": 4, "epochs": 6, "random_state": 1, "schedule": "cosine"}
    if network:
        y, model = X @ [1.0, 2.0, 3.0], gu.NeuralNetworkRegressor((4,), **settings)
    else:
        settings |= {"solver": "momentum", "learning_rate": 0.01, "tolerance": 0}
        y, model = (X[:, 0] > 0).astype(int), gu.LogisticRegression(**settings)
    path = tmp_path / "run.npz"
    model.set_params(listeners=[gu.Checkpoint(tmp_path / "whole.npz")]).fit(X, y)
    expected, reason, losses_of_it = model.predict(X), model.reason_, model.history_["loss"]
    monkeypatch.setattr(training, "PIECE_SECONDS", -1.0)
    pieces = press(1500)
    model.set_params(listeners=[gu.Checkpoint(path)]).fit(X, y)
    assert model.reason_.startswith("interrupted by Ctrl-C after"), model.reason_
    assert np.isfinite(model.predict(X)).all()
    again = gu.resume(path, X, y)
    assert again.step == len(pieces) == 1500
    ended = again.finish()
    assert ended.reason_ == reason
    np.testing.assert_array_equal(ended.predict(X), expected)
    np.testing.assert_array_equal(ended.history_["loss"], losses_of_it)


def test_partial_fit_goes_on_too(press):
    """Kills: a memory of the method that is of another place than the weights."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40_000, 3))
    y = X @ [1.0, 2.0, 3.0]
    settings = {"solver": "adam", "learning_rate": 0.01, "batch_size": 4, "shuffle": False}
    model, parts = gu.LinearRegression(**settings), gu.LinearRegression(**settings)
    pieces = press(3)
    model.partial_fit(X, y)
    done = sum(pieces)
    assert model.reason_.startswith(f"interrupted by Ctrl-C after {done // 4} updates")
    parts.partial_fit(X[:done], y[:done])
    for each in (model, parts):
        each.partial_fit(X[done:], y[done:])
    np.testing.assert_allclose(model.coef_, parts.coef_, rtol=1e-12)
    assert np.abs(model.coef_ - [1, 2, 3]).max() < 0.1


def test_the_second_one_raises_at_once_and_the_training_stands_where_it_stood(press):
    """Kills: parameters of one place and a count of steps of another, an old Ctrl-C that ends the next run."""
    expected, training = KINDS["batches"](), KINDS["batches"]()
    expected.run()
    training.run(epochs=1)
    place = training.place()
    press(1, times=2)
    with pytest.raises(KeyboardInterrupt):
        training.run()
    assert training.step == place.step
    assert training.reason is None
    np.testing.assert_array_equal(training.parameters, place.parameters)
    training.run()
    assert training.reason == expected.reason
    np.testing.assert_array_equal(training.parameters, expected.parameters)


def test_numbers_beyond_all_bounds_are_not_kept(press):
    """Pressed while the numbers overflow. Kills: a model of nan that is called the model so far."""
    training = loop(Affine(5), losses.mse, rows(1003, 5), method="momentum", rate=1e100)
    press(3)
    training.run()
    assert training.reason.startswith(("interrupted", "diverged"))
    assert np.isfinite(training.parameters).all()
