"""A training survives: what was kept goes on with the same digits, whatever happened in between."""

import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

import groundup as gu
from groundup.estimators.checkpoint import Checkpoint, resume
from groundup.estimators.linear_regression import LinearRegression
from groundup.estimators.logistic_regression import LogisticRegression
from groundup.estimators.neural_network import NeuralNetworkClassifier, NeuralNetworkRegressor
from groundup.estimators.options import METHODS
from groundup.solve.clipping import Clipped
from groundup.solve.early_stopping import EarlyStopping
from groundup.solve.schedules import SCHEDULES, WarmUp

RNG = np.random.default_rng(0)
X = RNG.normal(size=(37, 3))
Y = np.sin(X[:, 0]) + X[:, 1] + 0.1 * RNG.normal(size=37)
SETTINGS = {"batch_size": 8, "epochs": 6, "learning_rate": 0.01, "tolerance": 0, "random_state": 5}


def same(one, two):
    np.testing.assert_array_equal(one.coefs_[0], two.coefs_[0])
    np.testing.assert_array_equal(one.intercepts_[-1], two.intercepts_[-1])
    assert one.reason_ == two.reason_
    assert one.n_iter_ == two.n_iter_
    assert set(one.history_) == set(two.history_)
    for name in one.history_:
        np.testing.assert_array_equal(one.history_[name], two.history_[name])


def goes_on(model, path, X=X, y=Y, stops=(0, 1, 4, 5, 7, 30)):
    """The same digits as one that was never stopped, wherever it was stopped: 5 updates are an epoch here."""
    whole = type(model)(**model.get_params()).training(X, y).finish()
    for stop in stops:
        training = type(model)(**model.get_params()).training(X, y)
        for state in training:
            if state.step == stop:
                training.save(path)
                break
        del training
        same(resume(path, X, y).finish(), whole)


@pytest.mark.parametrize("name", METHODS)
def test_every_method_goes_on_with_the_same_digits(name, tmp_path):
    """Kills: a memory that is not kept, a shuffle that starts anew, a batch that is taken twice."""
    goes_on(NeuralNetworkRegressor((4,), solver=name, **SETTINGS), tmp_path / "run.npz")


@pytest.mark.parametrize("schedule", [*SCHEDULES, WarmUp(2, then="step")], ids=str)
def test_every_schedule_goes_on_with_the_same_digits(schedule, tmp_path):
    model = NeuralNetworkRegressor((4,), solver="adam", schedule=schedule, **SETTINGS)
    if schedule == "reduce_on_plateau":
        model.schedule = SCHEDULES[schedule](patience=1, threshold=0.9)
    goes_on(model, tmp_path / "run.npz")


@pytest.mark.parametrize(
    "model",
    [
        NeuralNetworkRegressor((4,), random_state=0, epochs=12),
        NeuralNetworkRegressor((4,), early_stopping=EarlyStopping(2, 0.3), **(SETTINGS | {"epochs": 40})),
        NeuralNetworkRegressor((8, 4), ["relu", "glu"], "huber", dropout=0.3, **SETTINGS),
        NeuralNetworkRegressor((4,), solver=Clipped(METHODS["adam"](), norm=0.1), l2=0.1, **SETTINGS),
        NeuralNetworkRegressor((4,), dropout=0.3, **(SETTINGS | {"batch_size": None})),
        NeuralNetworkRegressor((4,), **(SETTINGS | {"shuffle": False})),
    ],
    ids=str,
)
def test_every_kind_of_training_goes_on(model, tmp_path):
    goes_on(model, tmp_path / "run.npz")


def test_classes_go_on(tmp_path):
    goes_on(
        NeuralNetworkClassifier((4,), early_stopping=True, **SETTINGS),
        tmp_path / "run.npz",
        y=np.where(Y > 0, "a", "b"),
    )


@pytest.mark.filterwarnings("ignore:all|diverging")
@pytest.mark.parametrize("batch_size", [None, 8])
def test_lines_go_on(batch_size, tmp_path):
    settings = {"solver": "momentum", "learning_rate": 0.01, "epochs": 30, "batch_size": batch_size, "random_state": 1}
    for model, y in ((LinearRegression(**settings), Y), (LogisticRegression(**settings), Y > 0)):
        training = type(model)(**model.get_params()).training(X, y)
        training.run(epochs=7)
        next(training)
        training.save(tmp_path / "run.npz")
        whole, again = training.finish(), resume(tmp_path / "run.npz", X, y).finish()
        np.testing.assert_array_equal(again.coef_, whole.coef_)
        np.testing.assert_array_equal(again.history_["loss"], whole.history_["loss"])


def test_a_rate_that_was_changed_by_hand_stays_changed(tmp_path):
    training = NeuralNetworkRegressor((4,), **SETTINGS).training(X, Y)
    training.run(epochs=2)
    training.learning_rate = 1e-4
    training.save(tmp_path / "run.npz")
    assert resume(tmp_path / "run.npz", X, Y).learning_rate == 1e-4


def test_a_training_that_has_ended_stays_ended(tmp_path):
    model = NeuralNetworkRegressor((4,), **SETTINGS, listeners=[Checkpoint(tmp_path / "run.npz")]).fit(X, Y)
    again = resume(tmp_path / "run.npz", X, Y)
    assert again.reason.startswith("all 6 epochs")
    same(again.finish(), model)


class TestFiles:
    def run(self, path, keep=2, epochs=6, every=1):
        keeper = Checkpoint(path, every=every, keep=keep)
        return NeuralNetworkRegressor((4,), **(SETTINGS | {"epochs": epochs}), listeners=[keeper]).fit(X, Y)

    def test_the_newest_are_kept(self, tmp_path):
        self.run(tmp_path / "run.npz", keep=3)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["run.npz", "run.npz.1", "run.npz.2"]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert resume(tmp_path / "run.npz.2", X, Y).step == 25

    @pytest.mark.parametrize("damage", ["flip", "cut", "grow", "empty"])
    def test_a_damaged_file_is_told_and_the_one_before_is_used(self, damage, tmp_path):
        path = tmp_path / "run.npz"
        model = self.run(path, keep=3)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1 if damage == "flip" else 0
        path.write_bytes({"cut": content[:-100], "grow": content + b"more", "empty": b""}.get(damage, content))
        with pytest.warns(gu.GroundupWarning, match=r"run\.npz\.1, of step 30, is used instead"):
            training = resume(path, X, Y)
        same(training.finish(), model)

    def test_where_all_are_damaged_it_is_an_error(self, tmp_path):
        self.run(tmp_path / "run.npz")
        for file in tmp_path.iterdir():
            file.write_bytes(b"PK\x03\x04 nothing")
        with pytest.raises(gu.InputError, match="check sum"):
            resume(tmp_path / "run.npz", X, Y)
        with pytest.raises(gu.InputError, match="cannot be read"):
            resume(tmp_path / "none.npz", X, Y)

    def test_every_prefix_is_refused(self, tmp_path):
        self.run(tmp_path / "run.npz", keep=1)
        content = (tmp_path / "run.npz").read_bytes()
        for length in range(0, len(content), 97):
            (tmp_path / "run.npz").write_bytes(content[:length])
            with pytest.raises(gu.InputError):
                resume(tmp_path / "run.npz", X, Y)

    def test_other_rows_are_told(self, tmp_path):
        self.run(tmp_path / "run.npz")
        with pytest.raises(gu.InputError, match="these are not the rows"):
            resume(tmp_path / "run.npz", X, Y + 1)
        with pytest.raises(gu.InputError, match="not the rows"):
            resume(tmp_path / "run.npz", X[::-1], Y)
        with pytest.raises(gu.InputError, match="these are not the rows"):
            resume(tmp_path / "run.npz", X[:, :2], Y)

    def test_a_model_is_not_a_checkpoint(self, tmp_path):
        from groundup.estimators.saving import save

        save(self.run(tmp_path / "run.npz"), tmp_path / "model.npz")
        with pytest.raises(gu.InputError, match=r"opened with gu\.load"):
            resume(tmp_path / "model.npz", X, Y)

    def test_a_schedule_of_ones_own_cannot_be_kept(self, tmp_path):
        training = NeuralNetworkRegressor((4,), schedule=lambda epoch: 0.5, **SETTINGS).training(X, Y)
        with pytest.raises(gu.InputTypeError, match="function of one's own"):
            training.save(tmp_path / "run.npz")

    def test_settings_are_checked(self):
        with pytest.raises(gu.InputError, match="keep must be at least 1"):
            Checkpoint("run.npz", keep=0)


PROGRAM = """
import sys, numpy as np
sys.path.insert(0, {here!r})
from test_checkpoint import *
path, epochs = sys.argv[1], int(sys.argv[2])
if Path(path).exists() or Path(path + ".1").exists():
    training = resume(path, X, Y)
else:
    model = NeuralNetworkRegressor((40,), **(SETTINGS | {{"epochs": epochs}}), listeners=[Checkpoint(path)])
    training = model.training(X, Y)
print("begun at", training.step, flush=True)
model = training.finish()
print(model.reason_, flush=True)
np.save(path + ".answer.npy", np.concatenate([model.coefs_[0].ravel(), model.coefs_[1].ravel()]))
"""


def start(path, epochs=150, **settings):
    code = PROGRAM.format(here=str(Path(__file__).parent))
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code, str(path), str(epochs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        **settings,
    )


def uninterrupted(folder, epochs=150):
    process = start(folder / "whole.npz", epochs)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return np.load(folder / "whole.npz.answer.npy")


def killed_and_resumed(folder, kills, epochs):
    expected, rng, path = uninterrupted(folder, epochs), np.random.default_rng(0), folder / "run.npz"
    steps, killed = [], 0
    while True:
        process = start(path, epochs)
        steps.append(int(process.stdout.readline().split()[-1]))
        if killed < kills:
            time.sleep(0.001 + 0.03 * rng.random())
            process.kill()
            killed += process.wait() == -signal.SIGKILL
        process.communicate()
        if (folder / "run.npz.answer.npy").exists():
            break
    assert steps == sorted(steps)
    np.testing.assert_array_equal(np.load(folder / "run.npz.answer.npy"), expected)
    return killed


def test_kill_9_at_random_moments_changes_no_digit(tmp_path):
    """Kills: a file that is half-written, a rename before the bytes are on the disk, an update that is made twice."""
    assert killed_and_resumed(tmp_path, kills=4, epochs=150) >= 2


@pytest.mark.slow
def test_kill_9_forty_times_changes_no_digit(tmp_path):
    assert killed_and_resumed(tmp_path, kills=40, epochs=3000) == 40


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_ends_cleanly_and_the_training_goes_on(number, tmp_path):
    expected = uninterrupted(tmp_path)
    process = start(tmp_path / "run.npz")
    process.stdout.readline()
    time.sleep(0.05)
    process.send_signal(number)
    words = process.communicate()[0]
    if number == signal.SIGINT:
        assert process.returncode == 0
        assert words.startswith("interrupted by Ctrl-C after"), words
        (tmp_path / "run.npz.answer.npy").unlink()
    else:
        assert process.returncode == -signal.SIGTERM
    process = start(tmp_path / "run.npz")
    begun = int(process.stdout.readline().split()[-1])
    process.communicate()
    assert 0 < begun < 750
    np.testing.assert_array_equal(np.load(tmp_path / "run.npz.answer.npy"), expected)


def test_a_full_disk_leaves_the_older_files_whole(tmp_path):
    """The size of files is limited, as by a full disk. The error names the path, the older file is the same bytes."""
    import resource

    path = tmp_path / "run.npz"
    training = NeuralNetworkRegressor((4,), **SETTINGS).training(X, Y)
    keeper = Checkpoint(path)
    training.run(epochs=2)
    keeper.write(training)
    before = path.read_bytes()
    training.run(epochs=1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
        with pytest.raises(
            OSError, match=r"run\.npz could not be written \(File too large\); the checkpoints before it are unchanged"
        ):
            keeper.write(training)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["run.npz"]
    assert resume(path, X, Y).step == 10


@pytest.fixture
def at_the_keyboard():
    """Ctrl-C as a terminal has it: a process that was started in the background inherits one that is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("at_the_keyboard")
def test_ctrl_c_in_fit_keeps_the_model_so_far():
    def press(state):
        if state.step == 12:
            os.kill(os.getpid(), signal.SIGINT)

    model = NeuralNetworkRegressor((4,), **SETTINGS, listeners=[press]).fit(X, Y)
    assert model.reason_ == "interrupted by Ctrl-C after 12 updates (epoch 3, batch 2 of 5); the model so far is kept"
    assert np.isfinite(model.predict(X)).all()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
