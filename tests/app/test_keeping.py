"""`groundup fit --checkpoint --resume` and its progress: as somebody types it, stops it, and types it again."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

pytest.importorskip("typer")
from typer.testing import CliRunner

import groundup as gu
from groundup.app.cli import build

CLI = CliRunner()
COMMAND = [sys.executable, "-W", "ignore", "-c", "from groundup.app.cli import main; main()"]
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def run(*words):
    return CLI.invoke(build(), [str(word) for word in words])


@pytest.fixture
def waves(tmp_path):
    rng = np.random.default_rng(0)
    X = rng.uniform(-2, 2, (300, 2))
    path = tmp_path / "waves.csv"
    y = np.sin(2 * X[:, 0]) + X[:, 1]
    np.savetxt(path, np.column_stack([X, y]), delimiter=",", header="a,b,height", comments="")
    return path


def words(waves, folder, *more):
    return ["fit", str(waves), "--label", "height", "--model", "network", "--checkpoint", str(folder), *more]


def process(*words):
    def at_the_keyboard():
        signal.signal(signal.SIGINT, signal.default_int_handler)

    return subprocess.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        preexec_fn=at_the_keyboard,
    )


def weights(path):
    model = gu.load(path)
    return [*model.coefs_, *model.intercepts_]


def test_a_training_that_was_stopped_three_ways_ends_with_the_same_digits(waves, tmp_path):
    """Ctrl-C, SIGTERM and kill -9, one after the other. Kills: a shuffle that starts anew, a state not kept."""
    settings = ["--epochs", "1000", "--batch-size", "100", "--hidden", "32,32", "--test", "0.2"]
    whole = [*words(waves, tmp_path / "whole", *settings), "--save", str(tmp_path / "whole.npz")]
    assert process(*whole).communicate() is not None
    command = [*words(waves, tmp_path / "run", *settings), "--save", str(tmp_path / "run.npz"), "--resume"]
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)):
        stopped = process(*command)
        wait_for_a_file(tmp_path / "run" / "training.npz", newer_than=time.time())
        stopped.send_signal(number)
        out, errors = stopped.communicate()
        assert stopped.returncode == status, errors
        if number == signal.SIGINT:
            assert "Training: interrupted by Ctrl-C after" in out
            assert "the same command with --resume goes on with it" in out
        assert "Traceback" not in errors
    ended = process(*command)
    out, errors = ended.communicate()
    assert ended.returncode == 0, errors
    assert "all 1,000 epochs done" in out
    for one, two in zip(weights(tmp_path / "whole.npz"), weights(tmp_path / "run.npz"), strict=True):
        np.testing.assert_array_equal(one, two)


def wait_for_a_file(path, newer_than):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and path.stat().st_mtime > newer_than:
            time.sleep(0.03)
            return
        time.sleep(0.01)
    raise AssertionError(f"{path} was not written")


def test_a_damaged_file_is_told_and_the_one_before_is_used(waves, tmp_path):
    settings = ["--epochs", "30", "--json"]
    first = run(*words(waves, tmp_path / "run", *settings))
    file = tmp_path / "run" / "training.npz"
    file.write_bytes(file.read_bytes()[:-1])
    again = run(*words(waves, tmp_path / "run", *settings, "--resume"))
    assert again.exit_code == 0
    assert "check sum" in again.stderr
    assert "training.npz.1, of step" in again.stderr
    assert json.loads(again.stdout)["losses"] == json.loads(first.stdout)["losses"]


@pytest.mark.parametrize("model", ["linear", "logistic"])
def test_lines_and_chances_go_on_too(model, waves, tmp_path):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(80, 2)) * [1, 50]
    y = X @ [1.0, 0.02] + rng.normal(size=80)
    path = tmp_path / "rows.csv"
    label = y if model == "linear" else (y > 0).astype(int)
    np.savetxt(path, np.column_stack([X, label]), delimiter=",", header="a,b,y", comments="")
    settings = ["fit", path, "--label", "y", "--model", model, "--solver", "momentum", "--standardise", "--json"]
    settings += ["--epochs", "40", "--learning-rate", "0.02", "--tolerance", "0"]
    plain = run(*settings)
    kept = run(*settings, "--checkpoint", tmp_path / "run")
    again = run(*settings, "--checkpoint", tmp_path / "run", "--resume")
    for done in (kept, again):
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["weights"] == json.loads(plain.stdout)["weights"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--resume"], "name its folder with --checkpoint"),
        (["--checkpoint", "{folder}/run"], "goes straight to the minimum"),
        (["--model", "network", "--checkpoint", "{folder}/waves.csv"], "names a folder; .* is a file"),
        (["--model", "network", "--epochs", "3", "--checkpoint", "{folder}/there"], "already holds a training"),
        (
            ["--model", "network", "--epochs", "4", "--checkpoint", "{folder}/there", "--resume"],
            "began with epochs=3, and epochs=4 was asked for",
        ),
        (
            ["--model", "linear", "--solver", "adam", "--checkpoint", "{folder}/there", "--resume"],
            "that of a NeuralNetworkRegressor",
        ),
    ],
)
def test_refusals(more, message, waves, tmp_path):
    assert run(*words(waves, tmp_path / "there", "--epochs", "3")).exit_code == 0
    done = run("fit", waves, "--label", "height", *(word.format(folder=tmp_path) for word in more))
    assert done.exit_code == 2
    assert re.search(message, done.stderr)
    assert done.stderr.count("\n") == 1


def test_short_work_prints_no_progress_and_long_work_does(waves, tmp_path):
    """In a pipe, to standard error: what is printed stays what it was."""
    short = process("fit", str(waves), "--label", "height", "--model", "network", "--epochs", "5")
    assert short.communicate()[1] == ""
    long = process(*words(waves, tmp_path / "run", "--epochs", "1000000"))
    line = long.stderr.readline()
    long.send_signal(signal.SIGINT)
    long.communicate()
    assert re.fullmatch(r"epoch [\d,]+ of 1,000,000   loss \S+   learning rate \S+\n", line)
