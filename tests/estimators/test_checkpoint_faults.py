"""What may happen to a checkpoint: kills, full disks, damaged and foreign files, two processes that write one."""

import contextlib
import os
import signal
import time
import warnings

import numpy as np
import pytest

import groundup as gu
from groundup.estimators import archive, generations

posix = pytest.mark.skipif(os.name != "posix", reason="needs os.fork and signals of POSIX")
# From Python 3.12 on a fork beside threads is warned of; the children here only write files.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

RNG = np.random.default_rng(0)
X = RNG.normal(size=(30, 2))
Y = np.sin(X[:, 0]) + X[:, 1]


def trained(width=4, epochs=3, **settings):
    """A training that has made so many of its epochs."""
    model = gu.NeuralNetworkRegressor(
        (width,), solver="adam", learning_rate=0.01, epochs=50, random_state=1, **settings
    )
    training = model.training(X, Y)
    training.run(epochs=epochs)
    return training


def resumed(path):
    """(the step it goes on from, what was said about it)."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        training = gu.resume(path, X, Y)
    return training, [str(one.message) for one in said]


@contextlib.contextmanager
def a_child(work):
    """Another process that does `work` until it is done or killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, 0)


def killed_while_writing(folder, kills, seed=0):
    """A checkpoint of 0.8 MB is written in a loop and the writer killed at a random moment, again and again."""
    path, rng = folder / "run.npz", np.random.default_rng(seed)
    training, keeper = trained(width=8000, epochs=1), gu.Checkpoint(path)
    begun = time.monotonic()

    def write_for_ever():
        for _ in training:
            keeper.write(training)

    for _ in range(3):
        next(training)
        keeper.write(training)
    a_write = (time.monotonic() - begun) / 3

    for _ in range(kills):
        with a_child(write_for_ever):
            time.sleep(5 * a_write * rng.random())
        again, said = resumed(path)
        assert all("cannot be read" in one for one in said), "a file was there and not whole"
        assert again.step >= 1
    generations.clean(path)
    assert {file.name for file in folder.iterdir()} == {"run.npz", "run.npz.1"}


@posix
def test_kill_9_while_a_checkpoint_is_written(tmp_path):
    """Kills: bytes that are not on the disk before the rename, a moment in which there is no whole file."""
    killed_while_writing(tmp_path, 12)


@posix
@pytest.mark.slow
def test_kill_9_two_hundred_times_while_a_checkpoint_is_written(tmp_path):
    killed_while_writing(tmp_path, 200)


@posix
def test_the_newest_file_is_not_cleaned_away_before_there_is_a_newer_one(tmp_path):
    """Kills: cleaning up first, so that a second kill before the next write throws the training back."""
    path, training = tmp_path / "run.npz", trained(epochs=1)
    gu.Checkpoint(path).write(training)
    with a_child(lambda: None) as dead:
        os.waitpid(dead, 0)
    path.rename(tmp_path / f"run.npz.{dead}.00000000.new")
    keeper = gu.Checkpoint(path, every=1000)
    for state in training:
        keeper(state)
        if state.epoch == 3:
            break
    assert resumed(path)[0].step >= 1, "the only file was removed"
    keeper.write(training)
    assert {file.name for file in tmp_path.iterdir()} == {"run.npz"}


def wrecked_at(call, tmp_path, monkeypatch):
    """A write that dies at the so-manyth rename, as by kill -9: nothing after it happens."""
    path = tmp_path / "run.npz"
    keeper, training = gu.Checkpoint(path, keep=3), trained(epochs=1)
    for _ in range(3):
        keeper.write(training)
        training.run(epochs=1)
    calls, real = [0], os.replace

    def replace(source, goal):
        calls[0] += 1
        if calls[0] == call:
            raise KeyboardInterrupt
        real(source, goal)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        patch.setattr(type(path), "unlink", lambda *a, **k: None)  # the dead do not tidy up
        with pytest.raises(KeyboardInterrupt):
            keeper.write(training)
    return path


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_killed_between_any_two_renames(call, tmp_path, monkeypatch):
    """Kills: the new file lost although it was whole, the oldest not found behind a gap in the numbers."""
    path = wrecked_at(call, tmp_path, monkeypatch)
    training, _ = resumed(path)
    assert training.step == (3 if call < 4 else 4)
    if path.exists():
        path.write_bytes(b"damaged")
        assert resumed(path)[0].step >= 2


def test_a_damaged_newest_is_never_all_that_is_left(tmp_path, monkeypatch):
    """The newest is damaged, the one before it used; the next write dies half-way: the good one is still there."""
    path = tmp_path / "run.npz"
    keeper, training = gu.Checkpoint(path, keep=2), trained(epochs=1)
    keeper.write(training)
    training.run(epochs=1)
    keeper.write(training)
    path.write_bytes(b"damaged")
    real = os.replace

    def replace(source, goal):
        if str(goal) == str(path):
            raise KeyboardInterrupt  # after the damaged file has taken the place of the good one
        real(source, goal)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            keeper.write(training)
    assert resumed(path)[0].step == 2


@posix
def test_two_processes_write_the_same_checkpoint(tmp_path):
    """2 writers x 100, a reader beside them. Kills: a name that two share, a mixture, a rename that finds nothing."""
    path = tmp_path / "run.npz"
    small, large = trained(width=3), trained(width=700)
    gu.Checkpoint(path).write(small)

    def writer(training, name):
        def write():
            keeper = gu.Checkpoint(path)
            try:
                for _ in range(100):
                    keeper.write(training)
            except BaseException as error:
                (tmp_path / name).write_text(repr(error))

        return write

    sizes, looks = {small.parameters.size, large.parameters.size}, 0
    with a_child(writer(small, "one.txt")) as one, a_child(writer(large, "two.txt")) as two:
        running = {one, two}
        while running:
            training, _ = resumed(path)
            assert training.parameters.size in sizes
            assert training.step == 3
            looks += 1
            running -= {child for child in running if os.waitpid(child, os.WNOHANG)[0]}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["run.npz", "run.npz.1"]
    assert looks >= 3
    for name in ("run.npz", "run.npz.1"):
        assert resumed(tmp_path / name)[1] == []


def mutations(content, foreign, rng):
    """One of the ways in which a file is no longer what it was."""
    at = int(rng.integers(len(content)))
    match rng.integers(6):
        case 0:
            return content[:at] + bytes([content[at] ^ (1 << rng.integers(8))]) + content[at + 1 :]
        case 1:
            return content[:at]
        case 2:
            return content + rng.bytes(int(rng.integers(1, 100)))
        case 3:
            length = int(rng.integers(1, 64))
            piece = rng.bytes(length)
            changed = content[:at] + piece + content[at + length :]
            return changed if changed != content else content[:-1]
        case 4:
            return foreign[int(rng.integers(len(foreign)))]
        case _:
            return content[:at] + content[at + 1 :]


def mutate(folder, times, seed):
    path, rng = folder / "run.npz", np.random.default_rng(seed)
    keeper, training = gu.Checkpoint(path), trained(epochs=1)
    keeper.write(training)
    training.run(epochs=1)
    keeper.write(training)
    content, before = path.read_bytes(), training.parameters
    page, arrays = archive.unpack(content)
    model = training.finish()
    model.save(folder / "model.npz")
    trained(width=9).save(folder / "other.npz")
    more = np.vstack([X, X])
    other_rows = gu.NeuralNetworkRegressor((4,), epochs=9, random_state=1).training(more, more[:, 0])
    next(other_rows)
    other_rows.save(folder / "rows.npz")
    foreign = [
        archive.pack(page | {"version": 0}, arrays),
        archive.pack(page | {"method": [["squares", {"array": "nothing"}]]}, arrays),
        archive.pack(page | {"listeners": [["Nobody", []]]}, arrays),
        archive.pack({key: value for key, value in page.items() if key != "shuffle"}, arrays),
        archive.pack(page, {name: array for name, array in arrays.items() if name != "limit"}),
        archive.pack(page, arrays | {"parameters": np.zeros(3)}),
        *((folder / name).read_bytes() for name in ("model.npz", "rows.npz")),
        b"",
    ]
    for _ in range(times):
        path.write_bytes(mutations(content, foreign, rng))
        again, said = resumed(path)
        assert len(said) == 1
        assert "run.npz.1, of step 1, is used instead" in said[0]
        assert again.step == 1
    path.write_bytes(content)
    again, said = resumed(path)
    assert said == []
    np.testing.assert_array_equal(again.parameters, before)


def test_a_file_that_was_changed_is_told_and_not_used(tmp_path):
    """Bits, cuts, additions, other models' files, other rows' files, older versions. Kills: a silent load, a crash."""
    mutate(tmp_path, 80, seed=0)


@pytest.mark.slow
def test_a_thousand_mutations(tmp_path):
    mutate(tmp_path, 1000, seed=1)


@pytest.mark.parametrize("step", [61, pytest.param(1, marks=pytest.mark.slow)])
def test_every_prefix_is_refused(step, tmp_path):
    path = tmp_path / "run.npz"
    trained().save(path)
    content = path.read_bytes()
    for length in range(0, len(content), step):
        with pytest.raises(gu.InputError):
            archive.unpack(content[:length], "run.npz")
    path.write_bytes(content[:-1])
    with pytest.raises(gu.InputError, match="check sum"):
        gu.resume(path, X, Y)


class TestRefusedByTheDisk:
    def test_a_folder_that_cannot_be_written(self, tmp_path):
        with pytest.raises(OSError, match=r"none.run\.npz could not be written .*unchanged"):
            gu.Checkpoint(tmp_path / "none" / "run.npz").write(trained())

    def test_a_full_disk_ends_the_training_and_names_the_path(self, tmp_path, monkeypatch):
        """No space, said by fsync. Kills: an error that is swallowed, half a file that stays."""
        path = tmp_path / "run.npz"
        gu.Checkpoint(path).write(trained())
        before = path.read_bytes()

        def full(handle):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        model = gu.NeuralNetworkRegressor((4,), epochs=5, random_state=0, listeners=[gu.Checkpoint(path)])
        with pytest.raises(OSError, match=r"run\.npz could not be written \(No space left on device\)"):
            model.fit(X, Y)
        assert path.read_bytes() == before
        assert [file.name for file in tmp_path.iterdir()] == ["run.npz"]

    def test_or_the_training_goes_on_where_that_is_asked(self, tmp_path, monkeypatch):
        def full(handle):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        keeper = gu.Checkpoint(tmp_path / "run.npz", required=False)
        model = gu.NeuralNetworkRegressor((4,), epochs=5, random_state=0, listeners=[keeper])
        with pytest.warns(gu.GroundupWarning, match="No space left on device.*The training goes on without it"):
            model.fit(X, Y)
        assert model.reason_.startswith("all 5 epochs done")

    @posix
    def test_a_device_that_is_always_full(self):
        if not os.path.exists("/dev/full"):
            pytest.skip("this system has no /dev/full")
        with pytest.raises((OSError, gu.InputError)):
            gu.Checkpoint("/dev/full/run.npz").write(trained())


class TestCleaning:
    def test_what_the_dead_left_is_removed_and_what_the_living_write_stays(self, tmp_path):
        """At the start of every training, a resumed one too."""
        child = os.fork() if hasattr(os, "fork") else pytest.skip("needs os.fork")
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        dead = [tmp_path / name.format(child) for name in (".run.npz.{}.0123abcd.tmp", "run.npz.{}.0123abcd.new")]
        living = tmp_path / f".run.npz.{os.getppid()}.0123abcd.tmp"
        others = [tmp_path / ".run.npz.notes", tmp_path / f".run.npz2.{child}.0123abcd.tmp"]
        path = tmp_path / "run.npz"
        gu.NeuralNetworkRegressor((4,), epochs=2, random_state=0, listeners=[gu.Checkpoint(path)]).fit(X, Y)
        for file in (*dead, living, *others):
            file.write_bytes(b"half")
        training = gu.resume(tmp_path / "run.npz.1", X, Y)
        assert all(file.exists() for file in dead)
        training.finish()
        # The resumed one keeps its files at run.npz.1, as it was asked to: nothing of run.npz is touched.
        assert all(file.exists() for file in dead)
        gu.NeuralNetworkRegressor((4,), epochs=2, random_state=0, listeners=[gu.Checkpoint(path)]).fit(X, Y)
        assert not any(file.exists() for file in dead)
        assert living.exists()
        assert all(file.exists() for file in others)


def test_newton_s_method_has_nothing_to_go_on_from(tmp_path):
    model = gu.LogisticRegression(l2=0.1, listeners=[gu.Checkpoint(tmp_path / "run.npz")])
    with pytest.raises(gu.InputError, match="use for instance solver='gradient_descent'"):
        model.fit(X, Y > 0)


def test_not_sooner_than_asked(tmp_path, monkeypatch):
    """Kills: a file for each of a thousand short epochs, and a last state that is not kept."""
    from groundup.estimators import checkpoint

    now = [0.0]
    monkeypatch.setattr(checkpoint.time, "monotonic", lambda: now[0])
    written = []
    monkeypatch.setattr(checkpoint, "keep", lambda path, content, keep: written.append(now[0]))

    def listener(state):
        now[0] += 0.25

    keeper = gu.Checkpoint(tmp_path / "run.npz", seconds=2)
    gu.NeuralNetworkRegressor((4,), epochs=20, random_state=0, listeners=[listener, keeper]).fit(X, Y)
    assert written == [0.25, 2.25, 4.25, 5.25]
