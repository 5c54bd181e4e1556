"""What another core begins before it is asked for changes no digit, and is thrown away where somebody interferes."""

import os
import signal
import threading

import numpy as np
import pytest

from groundup.data.blocks import ArrayBlocks
from groundup.formulas import losses
from groundup.models.affine import Affine
from groundup.models.network import Network
from groundup.models.objective import Cost, Objective
from groundup.solve.compiled import CompiledTraining, epochs, meanwhile, training
from groundup.solve.listeners import History
from groundup.solve.methods import METHODS
from groundup.solve.schedules import named

KINDS = {
    "rows by themselves": (Affine(5), losses.logistic, 1),
    "batches": (Affine(5), losses.logistic, 8),
    "network": (Network(5, (4,), 1, activation="tanh"), losses.mse, 8),
}
ADOPTED = []


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    """Everything is worth another thread here, however few cores there are."""
    pytest.importorskip("numba")
    monkeypatch.setattr(meanwhile, "WORTH_SECONDS", 0.0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    ADOPTED.clear()
    counts = meanwhile.Begun.counts

    def watched(self, *place):
        ADOPTED.append(counts(self, *place))
        return ADOPTED[-1]

    monkeypatch.setattr(meanwhile.Begun, "counts", watched)


def alone(monkeypatch):
    """As on one core."""
    monkeypatch.setattr(meanwhile, "WORTH_SECONDS", 1e9)


def trained(kind="batches", *, rng=None, change=None, schedule=None, runs=(None,), n_epochs=6):
    model, loss, batch_size = KINDS[kind]
    draw = np.random.default_rng(0)
    X = draw.normal(size=(1003, 5))
    blocks = ArrayBlocks(X, (X[:, :1] + draw.normal(size=(1003, 1)) > 0).astype(float))
    start = model.start() if isinstance(model, Affine) else model.start(np.random.default_rng(3))
    loop = CompiledTraining(
        Objective(Cost(model, loss), blocks),
        METHODS["adam"](),
        parameters=start,
        learning_rate=0.01,
        epochs=n_epochs,
        batch_size=batch_size,
        rng=np.random.default_rng(5) if rng is None else rng,
        listeners=[History(), *([] if change is None else [change])],
        schedule=schedule,
    )
    for some in runs:
        loop.run(some)
    return loop


def assert_same(one, other):
    np.testing.assert_array_equal(one.parameters, other.parameters)
    for mine, theirs in zip(one.memory, other.memory, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert [line[:5] for line in one.listeners[0].lines] == [line[:5] for line in other.listeners[0].lines]
    assert (one.step, one.reason) == (other.step, other.reason)


@pytest.mark.parametrize("kind", KINDS)
def test_no_digit_depends_on_it(kind, monkeypatch):
    """Kills: an order drawn twice or from another state, a walk from another place, a history of other rows."""
    rngs = [np.random.default_rng(5) for _ in range(2)]
    with_it = trained(kind, rng=rngs[0])
    assert ADOPTED.count(True) >= 4
    alone(monkeypatch)
    assert_same(with_it, trained(kind, rng=rngs[1]))
    assert rngs[0].bit_generator.state == rngs[1].bit_generator.state


def interference(name):
    def change(state):
        training = state.training
        if state.epoch == 2 and state.epoch_starts:
            if name == "weights":
                training.weights = np.ones(5)
            elif name == "in place":
                training.parameters[:] = 1.0
            elif name == "rate":
                training.learning_rate = 0.5
            elif name == "memory":
                training.memory = training.method.init(training.parameters)
            elif name == "generator":
                training.rng.random()
            elif name == "stop":
                training.stop("enough")
            elif name == "move":
                training.move_to(training.place())

    return change


@pytest.mark.parametrize("name", ["weights", "in place", "rate", "memory", "generator", "stop", "move"])
def test_who_interferes_is_heard(name, monkeypatch):
    """At the start of an epoch that was begun already. Kills: updates with the old rate, weights, memory or order."""
    with_it = trained(change=interference(name))
    assert False in ADOPTED or name in ("generator", "stop")
    alone(monkeypatch)
    assert_same(with_it, trained(change=interference(name)))


def test_a_schedule_that_follows_the_loss(monkeypatch):
    """Kills: an epoch at the rate before the drop."""
    with_it = trained(schedule=named("reduce_on_plateau", 40), n_epochs=40)
    alone(monkeypatch)
    assert_same(with_it, trained(schedule=named("reduce_on_plateau", 40), n_epochs=40))


def test_runs_of_some_epochs_and_other_generators(monkeypatch):
    """Kills: an epoch begun that nobody asked for, states of a generator that cannot be compared."""
    before, other = threading.active_count(), [np.random.Generator(np.random.MT19937(3)) for _ in range(2)]
    some = [trained(runs=(1, 2, None)), trained(rng=other[0])]
    assert threading.active_count() <= before
    alone(monkeypatch)
    assert_same(some[0], trained())
    assert_same(some[1], trained(rng=other[1]))


def test_a_listener_that_raises_leaves_no_thread_at_work():
    """Kills: a thread that goes on computing after the error."""
    before = threading.active_count()

    def fail(state):
        if state.epoch == 2:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        trained(change=fail)
    assert threading.active_count() <= before


def test_ctrl_c_while_another_thread_walks(monkeypatch):
    """Kills: a Ctrl-C that the other thread does not hear, updates counted that were thrown away."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    walk, pieces = epochs.Walk.__call__, []

    def watched(self, order):
        pieces.append(threading.current_thread() is threading.main_thread())
        if len(pieces) == 300:
            os.kill(os.getpid(), signal.SIGINT)
        walk(self, order)

    whole = trained()
    monkeypatch.setattr(training, "PIECE_SECONDS", -1.0)  # every batch a piece of its own
    monkeypatch.setattr(epochs.Walk, "__call__", watched)
    try:
        stopped = trained()
    finally:
        signal.signal(signal.SIGINT, before)
    assert not pieces[299]
    assert stopped.reason.startswith("interrupted by Ctrl-C after")
    assert 126 <= stopped.step < 6 * 126
    again = trained(runs=())
    again.move_to(stopped.place())
    again.run()
    np.testing.assert_array_equal(again.parameters, whole.parameters)
    assert again.step == whole.step
