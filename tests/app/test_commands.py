"""The command line as a newcomer types it: right answers, one sentence for each mistake, exit status 0, 1 or 2."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
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


def run(*words):
    return CLI.invoke(build(), [str(word) for word in words])


def sentence(*words):
    """What an input that is wrong is told: status 2, nothing printed, one line, no traceback."""
    done = run(*words)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.startswith("groundup: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


@pytest.fixture
def trips(tmp_path):
    """fare = 2.5 + 2 miles + 0.5 minutes, with a little noise: 200 rows and a header with a blank."""
    rng = np.random.default_rng(0)
    miles, minutes = rng.uniform(1, 20, 200), rng.uniform(5, 60, 200)
    fare = 2.5 + 2 * miles + 0.5 * minutes + rng.normal(0, 0.1, 200)
    path = tmp_path / "trips.csv"
    lines = zip(miles.tolist(), minutes.tolist(), fare.tolist(), strict=True)
    path.write_text("miles,air time,fare\n" + "".join(f"{a!r},{b!r},{c!r}\n" for a, b, c in lines))
    return path


def columns(path):
    return np.genfromtxt(path, delimiter=",", skip_header=1)


def test_fit_finds_the_line_that_made_the_rows(trips):
    report = json.loads(run("fit", trips, "--label", "fare", "--test", "0.2", "--json").stdout)
    assert report["weights"] == {"miles": pytest.approx(2, abs=0.01), "air time": pytest.approx(0.5, abs=0.01)}
    assert report["bias"] == pytest.approx(2.5, abs=0.1)
    assert (report["rows"], report["rows_held_out"]) == (160, 40)
    assert report["losses_held_out"]["RMSE"] == pytest.approx(0.1, abs=0.05)


def test_fit_says_it_in_words(trips):
    done = run("fit", trips, "--label", "fare", "--test", "0.2")
    assert done.exit_code == 0
    assert "LinearRegression on 160 rows, 40 held out" in done.stdout
    assert "fare = " in done.stdout
    assert "x air time" in done.stdout
    assert "rows held out" in done.stdout


def test_rows_held_out_are_not_learnt_from_and_depend_on_the_seed_only(trips):
    reports = [
        json.loads(run("fit", trips, "--label", "fare", "--test", "0.3", "--seed", seed, "--json").stdout)
        for seed in (1, 1, 2)
    ]
    assert reports[0] == reports[1]
    assert reports[0]["weights"] != reports[2]["weights"]


def test_a_saved_model_predicts_the_same_bits(trips, tmp_path):
    model = tmp_path / "fare.npz"
    assert run("fit", trips, "--label", "fare", "--save", model).exit_code == 0
    done = run("predict", model, trips, "--output", tmp_path / "p.csv")
    assert done.exit_code == 0, done.output
    written = columns(tmp_path / "p.csv")
    data = columns(trips)
    direct = gu.LinearRegression().fit(data[:, :2], data[:, 2]).predict(data[:, :2])
    assert written[:, 3].tobytes() == direct.tobytes()
    assert (tmp_path / "p.csv").read_text().startswith("miles,air time,fare,predicted_fare\n")
    assert json.loads(run("predict", model, trips, "--json").stdout)["predictions"] == direct.tolist()


def test_predict_finds_columns_by_name_whatever_their_order(trips, tmp_path):
    model = tmp_path / "fare.npz"
    run("fit", trips, "--label", "fare", "--save", model)
    (tmp_path / "new.csv").write_text('driver,air time,miles\n"Ann, B.",10,1\n')
    rows = list(csv.reader(io.StringIO(run("predict", model, tmp_path / "new.csv").stdout)))
    assert rows[0] == ["driver", "air time", "miles", "predicted_fare"]
    assert rows[1][0] == "Ann, B."
    assert float(rows[1][3]) == pytest.approx(9.5, abs=0.1)
    (tmp_path / "new.csv").write_text("air time,mile\n10,1\n")
    assert "Did you mean 'mile'?" in sentence("predict", model, tmp_path / "new.csv")


def test_evaluate_gives_the_four_losses_and_knows_its_label(trips, tmp_path):
    model = tmp_path / "fare.npz"
    fitted = json.loads(run("fit", trips, "--label", "fare", "--save", model, "--json").stdout)
    told = json.loads(run("evaluate", model, trips, "--json").stdout)
    assert told["losses"] == fitted["losses"]
    assert told["label"] == "fare"
    assert json.loads(run("evaluate", model, trips, "--label", "fare", "--json").stdout) == told
    assert "RMSE" in run("evaluate", model, trips).stdout


def test_standardised_training_tells_its_weights_in_the_files_units(trips, tmp_path):
    model = tmp_path / "fare.npz"
    words = ("--solver", "gradient_descent", "--standardise", "--epochs", "500", "--save", model, "--json")
    report = json.loads(run("fit", trips, "--label", "fare", *words).stdout)
    exact = json.loads(run("fit", trips, "--label", "fare", "--json").stdout)
    assert report["weights"] == pytest.approx(exact["weights"], rel=1e-6)
    assert report["bias"] == pytest.approx(exact["bias"], rel=1e-6)
    assert json.loads(run("evaluate", model, trips, "--json").stdout)["losses"] == report["losses"]


def test_standard_input_is_a_file_too(trips):
    words = ["fit", "-", "--label", "fare", "--json"]
    done = CLI.invoke(build(), words, input=trips.read_bytes())
    assert json.loads(done.stdout) == json.loads(run("fit", trips, *words[2:]).stdout)
    done = CLI.invoke(build(), words, input=b"")
    assert (done.exit_code, done.stderr.count("standard input is empty")) == (2, 1)


def test_enormous_and_tiny_numbers_can_be_standardised(tmp_path):
    (tmp_path / "x.csv").write_text("a,b,y\n1e200,1e-200,1\n-1e200,2e-200,3\n0,7e-200,4\n")
    done = run("fit", tmp_path / "x.csv", "--label", "y", "--standardise", "--json")
    assert json.loads(done.stdout)["losses"]["RMSE"] < 1e-9


def test_a_constant_column_can_be_standardised(tmp_path):
    (tmp_path / "x.csv").write_text("a,b,y\n1,5,2\n2,5,4\n3,5,6\n")
    done = run("fit", tmp_path / "x.csv", "--label", "y", "--standardise", "--json")
    assert json.loads(done.stdout)["weights"]["a"] == pytest.approx(2)


def test_a_rate_too_large_is_exit_status_1_and_the_reason_says_which_is_stable(trips):
    done = run("fit", trips, "--label", "fare", "--solver", "gradient_descent", "--learning-rate", "0.5")
    assert done.exit_code == 1
    assert "diverged" in done.stdout
    assert "The largest stable learning rate here is" in done.stdout
    report = json.loads(
        run("fit", trips, "--label", "fare", "--solver", "gradient_descent", "--learning-rate", "0.5", "--json").stdout
    )
    assert report["reason"].startswith("diverged")


def test_forecast_says_what_training_then_does(trips, tmp_path):
    """At the promised number of steps the gap is below 1 % of the minimum, and one step earlier it is not."""
    cars = tmp_path / "cars.csv"
    cars.write_text(
        "w,mpg\n"
        + "".join(f"{x},{y}\n" for x, y in zip(*gu.examples.cars()[:2], strict=True)).replace("[", "").replace("]", "")
    )
    ahead = json.loads(run("forecast", cars, "--label", "mpg", "--learning-rate", "0.05", "--json").stdout)
    steps = int(ahead["as_they_are"]["steps_at_given_rate"])
    gaps = [
        json.loads(
            run(
                *("fit", cars, "--label", "mpg", "--solver", "gradient_descent", "--learning-rate", "0.05"),
                *("--epochs", epochs, "--json"),
            ).stdout
        )
        for epochs in (steps - 1, steps)
    ]
    minimum = gaps[1]["losses"]["MSE"] - gaps[1]["gap"]
    assert gaps[0]["gap"] > 0.01 * minimum > gaps[1]["gap"]
    done = run("forecast", trips, "--label", "fare")
    assert done.exit_code == 0
    assert "largest stable learning rate" in done.stdout
    assert "Standardise the features" in done.stdout


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_pictures_are_saved(trips, tmp_path, kind):
    pytest.importorskip("matplotlib")
    path = tmp_path / f"fit.{kind}"
    words = ("--features", "miles", "--solver", "gradient_descent", "--standardise", "--epochs", "30", "--plot", path)
    assert run("fit", trips, "--label", "fare", *words).exit_code == 0
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[kind]
    assert path.read_bytes().startswith(start)
    assert path.stat().st_size > 10_000


def test_pictures_of_an_exact_and_of_a_diverged_fit(trips, tmp_path):
    pytest.importorskip("matplotlib")
    assert run("fit", trips, "--label", "fare", "--plot", tmp_path / "a.png").exit_code == 0
    words = ("--solver", "gradient_descent", "--learning-rate", "9", "--plot", tmp_path / "b.png")
    assert run("fit", trips, "--label", "fare", "--features", "miles", *words).exit_code == 1
    assert (tmp_path / "b.png").exists()


def test_text_among_the_features_says_where_and_what_to_type(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("miles,air time,carrier,y\n1,2,UA,3\n2,3,AA,4\n")
    said = sentence("fit", path, "--label", "y")
    assert "column 'carrier' must hold numbers; row 1 (line 2 of x.csv) holds 'UA'" in said
    assert said.endswith('--features "miles,air time".')
    assert run("fit", path, "--label", "y", "--features", "miles,air time").exit_code == 0
    assert "column 'carrier'" in sentence("fit", path, "--label", "carrier", "--features", "miles")


def test_missing_cells_say_which_rows_and_can_be_dropped(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b,y\n1,2,3\n,3,4\n3,NA,5\n4,5,\n5,6,7\n7,7,7\n")
    said = sentence("fit", path, "--label", "y")
    assert "3 of 6 rows lack one (rows 2; the first is row 2 (line 3 of x.csv))" in said
    assert "--drop-missing" in said
    report = json.loads(run("fit", path, "--label", "y", "--drop-missing", "--json").stdout)
    assert (report["rows"], report["rows_left_out"]) == (3, 3)
    path.write_text("a,y\n,3\nNA,4\n")
    assert "every row of x.csv lacks a needed cell" in sentence("fit", path, "--label", "y", "--drop-missing")


def test_a_nameless_column_of_row_numbers_is_not_learnt_from(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(",a,y\n0,1,2\n1,2,4\n")
    assert "column 1 of x.csv has no name" in sentence("fit", path, "--label", "y")
    assert run("fit", path, "--label", "y", "--features", "a").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--label", "fair"), "Did you mean 'fare'"),
        (("--label", "fare", "--features", "milse"), "Did you mean 'miles'"),
        (("--label", "fare", "--features", "miles,miles"), "names 'miles' twice"),
        (("--label", "fare", "--features", "fare"), "a label cannot predict itself"),
        (("--label", "fare", "--features", ","), "at least one column"),
        (("--label", "fare", "--model", "liner"), "Did you mean 'linear'"),
        (("--label", "fare", "--loss", "msee"), "Did you mean 'mse'"),
        (("--label", "fare", "--solver", "adm"), "solver must be one of"),
        (("--label", "fare", "--learning-rate", "fast"), "must be a number or safe; got 'fast'"),
        (("--label", "fare", "--learning-rate", "-1", "--solver", "gradient_descent"), "learning_rate must be"),
        (("--label", "fare", "--epochs", "0", "--solver", "gradient_descent"), "epochs must be at least 1"),
        (("--label", "fare", "--batch-size", "0", "--solver", "gradient_descent"), "batch_size must be at least 1"),
        (("--label", "fare", "--test", "1.5"), "from 0 to below 1; got 1.5"),
        (("--label", "fare", "--test", "0.001"), "leaves none on one side"),
        (("--label", "fare", "--plot", "x.jpeg"), "ends in .png, .svg, .pdf"),
        (("--label", "fare", "--plot", "no/where.png"), "there is no folder"),
        (("--label", "fare", "--save", "/nowhere/m.npz"), "could not be written"),
        (("--label", "fare", "--delimiter", ";;"), "--delimiter must be one character"),
        (("--label", "fare", "--no-header"), "must be one of 'column_1'"),
    ],
)
def test_wrong_options_are_one_sentence(trips, words, said):
    assert said in sentence("fit", trips, *words)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("a,fare\n", "no rows below it"),
        ("1,2\n3,4\n", "must name the columns"),
        ("a,fare\n1,2,3\n", "must have 2 cells"),
        ("fare\n1\n2\n", "no column but the label"),
        ("a;fare\n1,5;2\n", "if that is a decimal comma, say so"),
        ("a,fare\ninf,2\n", "must hold finite numbers"),
        ("a,fare\nx,2\n", "turn it into numbers first"),
    ],
)
def test_wrong_files_are_one_sentence(tmp_path, text, said):
    (tmp_path / "x.csv").write_text(text)
    assert said in sentence("fit", tmp_path / "x.csv", "--label", "fare")


def test_europes_files_and_files_without_a_header(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("größe;preis\r\n1,5;3,0\r\n2,5;5,0\r\n".encode("utf-8-sig"))
    report = json.loads(run("fit", path, "--label", "preis", "--decimal-comma", "--json").stdout)
    assert report["weights"] == {"größe": pytest.approx(2)}
    path.write_text("1\t2\n2\t4\n")
    report = json.loads(run("fit", path, "--label", "column_2", "--no-header", "--delimiter", "tab", "--json").stdout)
    assert report["weights"] == {"column_1": pytest.approx(2)}


def test_a_name_cannot_paint_the_terminal_or_hide_in_markup(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("[bold red]a[/],\x1b[31mb,y\n1,3,2\n2,1,4\n3,5,5\n")
    done = run("fit", path, "--label", "y")
    assert "[bold red]a[/]" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x1b" not in sentence("fit", path, "--label", "z")


def test_models_that_cannot_be_trusted_are_one_sentence(trips, tmp_path):
    model = tmp_path / "m.npz"
    assert "cannot be read" in sentence("predict", model, trips)
    run("fit", trips, "--label", "fare", "--save", model)
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    assert "check sum" in sentence("evaluate", model, trips)
    assert "is not a model saved by groundup" in sentence("predict", trips, trips)


def test_every_command_has_help_with_an_example():
    listed = run("--help").stdout
    for command in ("demo", "fit", "predict", "evaluate", "forecast"):
        assert command in listed
        done = run(command, "--help")
        assert done.exit_code == 0
        assert f"Example:  groundup {command}" in done.stdout


def test_the_demo_tells_the_story_with_true_numbers():
    start = time.monotonic()
    done = run("demo")
    assert done.exit_code == 0, done.output
    assert time.monotonic() - start < 20
    for words in ("A forecast", "air_time = 18.", "Each extra mile adds 0.126 minutes", "rows held out", "diverged"):
        assert words in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stdout.count("\n") < 90


def test_the_demo_in_a_real_pipe():
    program = [sys.executable, "-c", "from groundup.app.cli import main; main()", "demo"]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=True, stdin=subprocess.DEVNULL)
    assert "7. A learning rate that is too large" in done.stdout
    assert done.stderr == ""


def test_a_hundred_thousand_rows_in_a_real_process(tmp_path):
    """1 s on the machine it was written on, start of Python included."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((100_000, 3))
    y = X @ [1.0, 2.0, 3.0] + 4
    path = tmp_path / "big.csv"
    np.savetxt(path, np.column_stack([X, y]), delimiter=",", header="a,b,c,y", comments="", fmt="%.17g")
    program = [
        sys.executable,
        "-c",
        "from groundup.app.cli import main; main()",
        "fit",
        str(path),
        "--label",
        "y",
        "--json",
    ]
    start = time.monotonic()
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert time.monotonic() - start < 20
    assert json.loads(done.stdout)["weights"] == pytest.approx({"a": 1, "b": 2, "c": 3}, abs=1e-12)


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_on_a_terminal_the_training_is_seen(trips):
    """The live line shows epoch, loss, gap and rate, and is gone when the training is over."""
    master, slave = pty.openpty()
    program = [sys.executable, "-c", "from groundup.app.cli import main; main()", "fit", str(trips), "--label", "fare"]
    words = ["--solver", "gradient_descent", "--epochs", "3000", "--tolerance", "0"]
    done = subprocess.run(
        [*program, *words],
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
        check=True,
    )
    os.close(slave)
    seen = os.read(master, 1 << 16).decode()
    os.close(master)
    assert "of 3,000   loss " in seen
    assert "gap " in seen
    assert "learning rate " in seen
    assert b"LinearRegression on 200 rows" in done.stdout


def test_a_reader_that_stops_early_is_no_error(trips, tmp_path):
    model = tmp_path / "m.npz"
    run("fit", trips, "--label", "fare", "--save", model)
    big = tmp_path / "big.csv"
    big.write_text("miles,air time\n" + "1,2\n" * 50_000)
    program = f'"{sys.executable}" -c "from groundup.app.cli import main; main()" predict "{model}" "{big}" | head -1'
    done = subprocess.run(program, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout == "miles,air time,predicted_fare\n"
    assert "Traceback" not in done.stderr
