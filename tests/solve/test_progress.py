"""Progress: a bar on a terminal, plain lines elsewhere, nothing unless asked, and a terminal that is left as it was."""

import copy
import io
import os
import pickle
import re
import subprocess
import sys

import numpy as np
import pytest

import groundup as gu
from groundup.solve import progress as module
from groundup.solve.progress import Progress

X = np.arange(12.0)[:, None] / 4
Y = 2 * X[:, 0] + 1
# Short runs end above the minimum on purpose.
pytestmark = pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")
SETTINGS = {"solver": "gradient_descent", "learning_rate": 0.05, "tolerance": 0}


def fit(file, epochs=100, **settings):
    listeners = [*settings.pop("listeners", ()), gu.progress(file=file)]
    return gu.LinearRegression(**SETTINGS, epochs=epochs, listeners=listeners, **settings).fit(X, Y)


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self, monkeypatch):
        self.now = 1000.0
        monkeypatch.setattr(module.time, "monotonic", lambda: self.now)

    def passes(self, seconds):
        def listener(state):
            self.now += seconds

        return listener


def test_silent_unless_asked(capfd):
    gu.LinearRegression(**SETTINGS, epochs=100).fit(X, Y)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("epochs", [10, 100, 1000])
def test_a_line_for_each_tenth(epochs):
    """Kills: a line for every update, a last line that is missing or written twice."""
    out = io.StringIO()
    model = fit(out, epochs)
    lines = out.getvalue().splitlines()
    assert [int(re.match(r"epoch ([\d,]+) of", one)[1].replace(",", "")) for one in lines] == [
        k * epochs // 10 for k in range(11)
    ]
    assert f"loss {model.history_['loss'][-1]:.6g}   gap {model.history_['gap'][-1]:.6g}" in lines[-1]
    assert re.search(r"after \d+\.\d s: all [\d,]+ epochs done$", lines[-1])


def test_time_left_and_time_taken(monkeypatch):
    """A clock of our own. Kills: seconds of the wall clock, the time left counted from the wrong end."""
    clock, out = Clock(monkeypatch), io.StringIO()
    fit(out, 100, listeners=[clock.passes(2.0)])
    lines = out.getvalue().splitlines()
    assert "left" not in lines[0]
    assert lines[1].endswith("180.0 s left")
    assert lines[9].endswith("20.0 s left")
    assert "after 200.0 s: " in lines[10]


def test_a_line_at_least_every_thirty_seconds(monkeypatch):
    clock, out = Clock(monkeypatch), io.StringIO()
    fit(out, 20, batch_size=3, listeners=[clock.passes(20.0)])
    assert len(out.getvalue().splitlines()) >= 20 * 4 // 2


def test_short_work_stays_silent_when_asked(monkeypatch):
    clock, out = Clock(monkeypatch), io.StringIO()
    listeners = [clock.passes(1 / 256), gu.progress(after=1.0, file=out)]
    model = gu.LinearRegression(**SETTINGS, epochs=100, listeners=listeners).fit(X, Y)
    assert out.getvalue() == ""
    model.set_params(epochs=1000).fit(X, Y)
    assert out.getvalue().splitlines()[0].startswith("epoch 256 of 1,000")


def test_one_listener_serves_many_trainings():
    out = io.StringIO()
    model = fit(out, 10)
    model.fit(X, Y)
    assert out.getvalue().count("epoch 0 of 10") == 2
    assert out.getvalue().count("all 10 epochs done") == 2


def test_copies_have_seen_nothing():
    """Kills: an estimator that cannot be cloned or pickled, because an open stream hangs on it."""
    listener = gu.progress(after=2.5)
    model = gu.LinearRegression(**SETTINGS, epochs=3, listeners=[listener]).fit(X, Y)
    for twin in (copy.deepcopy(model.listeners)[0], pickle.loads(pickle.dumps(model)).listeners[0]):
        assert isinstance(twin, Progress)
        assert twin.after == 2.5


def test_a_resumed_training_counts_from_where_it_was(monkeypatch, tmp_path):
    clock, out = Clock(monkeypatch), io.StringIO()
    training = gu.LinearRegression(**SETTINGS, epochs=100).training(X, Y)
    training.run(epochs=60)
    training.save(tmp_path / "run.npz")
    listeners = [clock.passes(1.0), gu.progress(file=out)]
    gu.resume(tmp_path / "run.npz", X, Y, listeners=listeners).finish()
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("epoch 61 of 100")
    assert lines[1].startswith("epoch 70 of 100")
    assert lines[1].endswith(" 30.0 s left")
    assert "left" not in lines[0]


def test_it_does_not_slow_a_compiled_epoch():
    """Kills: a progress line that costs the fast path. It says that it looks at epochs only."""
    pytest.importorskip("numba")
    from groundup.solve.compiled import CompiledTraining

    rows = np.random.default_rng(0).normal(size=(1000, 2))
    model = gu.LinearRegression(**SETTINGS, batch_size=4, epochs=30, listeners=[gu.progress()])
    assert isinstance(model.training(rows, rows[:, 0]), CompiledTraining)
    model.listeners = [gu.progress(), lambda state: None]
    assert not isinstance(model.training(rows, rows[:, 0]), CompiledTraining)


def test_refusals():
    with pytest.raises(gu.InputError, match="after must be a finite number of at least 0"):
        gu.progress(after=-1)
    with pytest.raises(gu.InputTypeError, match="something to write to"):
        gu.progress(file="log.txt")


PROGRAM = """
import groundup as gu, numpy as np, time
X = np.arange(12.0)[:, None] / 4
def slowly(state):
    time.sleep(0.004)
    if state.step == 20: print("a word of one's own")
    if state.step == {fails}: raise RuntimeError("broken off")
settings = dict(solver="gradient_descent", learning_rate=0.05, tolerance=0, epochs=60)
training = gu.LinearRegression(**settings, listeners=[slowly, gu.progress()]).training(X, X[:, 0])
{run}
"""


def on_a_terminal(run, fails=-1):
    """What a program writes to a terminal of 100 columns."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    code = PROGRAM.format(run=run, fails=fails)
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code], stdout=slave, stderr=slave, env=environment
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(master)
    process.wait()
    return seen.decode()


HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"


@pytest.mark.parametrize(
    ("run", "fails"),
    [
        ("training.finish()", -1),
        ("training.run(epochs=30)", -1),
        ("training.run()", 35),
        ("for state in training:\n    if state.step == 30: break", -1),
    ],
    ids=["to the end", "half of it", "broken off", "left by hand"],
)
def test_on_a_terminal_a_bar_and_the_cursor_comes_back(run, fails):
    """Kills: a hidden cursor after Ctrl-C or an error, words of one's own that are overwritten."""
    pytest.importorskip("rich")
    seen = on_a_terminal(run, fails)
    assert re.search(r"epoch \d+ of 60   loss .*━", seen)
    assert seen.count(HIDE) >= 1
    assert seen.rfind(SHOW) > seen.rfind(HIDE)
    assert "a word of one's own\r\n" in seen
    assert ("all 60 epochs done\r\n" in seen) == ("finish" in run)


def test_without_rich_there_are_plain_lines(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    out = Terminal()
    fit(out, 10)
    assert out.getvalue().startswith("epoch 0 of 10   loss")
