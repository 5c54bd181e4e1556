"""Classes on the command line: what is printed is true, what is saved predicts the same, mistakes are sentences."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

pytest.importorskip("typer")
from typer.testing import CliRunner

import groundup as gu
from groundup.app import report as page
from groundup.app.cli import build
from groundup.app.training import Columns
from groundup.formulas import metrics

CLI = CliRunner()
MEASURES = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
X = gu.examples.penguins().X
SPECIES, SEX = gu.examples.penguins().y, gu.examples.penguins(label="sex").y
LOGISTIC = ("--model", "logistic")


def run(*words):
    return CLI.invoke(build(), [str(word) for word in words])


def told(*words):
    """The JSON that a command prints."""
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def sentence(*words):
    """What an input that is wrong is told: status 2, one line, no traceback."""
    done = run(*words)
    assert done.exit_code == 2, done.output
    assert done.stderr.startswith("groundup: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def write(path, header, *columns):
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(header)
        lines.writerows(zip(*columns, strict=True))
    return path


@pytest.fixture
def species(tmp_path):
    return write(tmp_path / "species.csv", [*MEASURES, "species"], *X.T.tolist(), SPECIES)


@pytest.fixture
def sex(tmp_path):
    return write(tmp_path / "sex.csv", [*MEASURES, "sex"], *X.T.tolist(), SEX)


@pytest.fixture
def model(sex, tmp_path):
    """A small network for two classes."""
    path = tmp_path / "sex.npz"
    words = ("--label", "sex", "--model", "network", "--hidden", "3", "--epochs", "60", "--save", path)
    assert run("fit", sex, *words).exit_code == 0
    return path


def test_a_fit_tells_the_numbers_of_the_library(sex):
    report = told("fit", sex, "--label", "sex", *LOGISTIC)
    direct = gu.LogisticRegression().fit(X, SEX)
    assert list(report["weights"].values()) == pytest.approx(direct.coef_[0], rel=1e-9)
    assert report["bias"] == pytest.approx(direct.intercept_[0], rel=1e-9)
    chance, answer = direct.predict_proba(X), direct.predict(X)
    assert report["scores"] == pytest.approx(
        {
            "accuracy": metrics.accuracy(SEX, answer),
            "balanced_accuracy": metrics.balanced_accuracy(SEX, answer),
            "f1": metrics.f1(SEX, answer, positive="male"),
            "auc": metrics.roc_auc(SEX, chance[:, 1]),
            "log_loss": metrics.log_loss(SEX, chance),
            "brier": metrics.brier(SEX, chance[:, 1]),
        },
        rel=1e-9,
    )
    assert report["confusion"]["counts"] == metrics.confusion_matrix(SEX, answer).tolist()
    assert report["per_class"]["female"]["recall"] == metrics.recall(SEX, answer, positive="female")
    assert report["per_class"]["female"]["precision"] == metrics.precision(SEX, answer, positive="female")


def test_the_base_rate_is_that_of_knowing_the_shares_only(sex):
    """Its log loss is the entropy of the classes, its accuracy the share of the largest, its AUC one half."""
    report = told("fit", sex, "--label", "sex", *LOGISTIC)
    base, share = report["scores_without_model"], np.mean(SEX == "male")
    assert base["log_loss"] == pytest.approx(-share * np.log(share) - (1 - share) * np.log(1 - share))
    assert (base["accuracy"], base["auc"]) == (pytest.approx(max(share, 1 - share)), 0.5)
    assert report["always_answering"] == {"class": "male", "accuracy": pytest.approx(share)}


def test_many_classes_have_a_column_of_weights_and_a_line_each(species):
    report = told("fit", species, "--label", "species", *LOGISTIC, "--l2", "0.01")
    direct = gu.LogisticRegression(l2=0.01).fit(X, SPECIES)
    assert list(report["weights"]) == ["Adelie", "Chinstrap", "Gentoo"]
    assert np.allclose([list(line.values()) for line in report["weights"].values()], direct.coef_, rtol=1e-8, atol=0)
    chance = direct.predict_proba(X)
    area = np.mean([metrics.roc_auc(name == SPECIES, chance[:, k]) for k, name in enumerate(direct.classes_)])
    assert report["scores"]["auc"] == pytest.approx(area)
    said = run("fit", species, "--label", "species", *LOGISTIC, "--l2", "0.01").stdout
    for words in ("one of 3 classes", "truly Chinstrap", "mean of the classes", "takes away"):
        assert words in said


def test_the_balance_is_shown_before_anything_else_and_uneven_classes_warn(tmp_path):
    rng = np.random.default_rng(0)
    x = rng.normal(size=400)
    rare = np.where(x + rng.normal(size=400) > 2.4, "yes", "no")
    path = write(tmp_path / "rare.csv", ["x", "y"], x, rare)
    done = run("fit", path, "--label", "y", *LOGISTIC)
    share = 100 * np.mean(rare == "no")
    assert done.stdout.startswith("Predicting y, one of 2 classes, from x\n")
    assert f"Accuracy misleads here: always answering 'no' is right in {share:.3g} %" in done.stdout
    assert done.stdout.index("misleads") < done.stdout.index("LogisticRegression on 400 rows")
    assert len(told("fit", path, "--label", "y", *LOGISTIC)["warnings"]) == 1
    path = write(tmp_path / "three.csv", ["x", "y"], x, ["a"] * 190 + ["b"] * 195 + ["c"] * 15)
    assert "'b' has 13 times as many rows as 'c'" in run("fit", path, "--label", "y", *LOGISTIC).stdout


def test_balanced_classes_do_not_warn(species, sex):
    for path in (species, sex):
        assert told("fit", path, "--label", path.stem, *LOGISTIC)["warnings"] == []


def test_a_class_that_is_never_answered_is_said(tmp_path):
    x = np.linspace(0, 1, 200)
    path = write(tmp_path / "x.csv", ["x", "y"], x, np.where(np.arange(200) % 10 == 0, "rare", "common"))
    assert "No row is answered 'rare'. A lower threshold does" in run("fit", path, "--label", "y", *LOGISTIC).stdout
    words = ("--label", "y", *LOGISTIC, "--class-weight", "balanced")
    done = run("fit", path, *words)
    assert "use the answers, not the chances" in done.stdout
    assert "knowing only how frequent each class is would be better" in done.stdout


def test_each_class_is_held_out_by_its_share_and_always_kept(tmp_path):
    """Kills: a rare class that chance puts into the rows held out only, so that the model never hears of it."""
    y = np.array(["a"] * 80 + ["b"] * 19 + ["c"])
    path = write(tmp_path / "x.csv", ["x", "y"], np.arange(100) % 7, y)
    for seed in range(5):
        report = told("fit", path, "--label", "y", *LOGISTIC, "--test", "0.5", "--seed", seed)
        assert report["classes"] == {"a": 40, "b": 9, "c": 1}
        assert report["classes_held_out"] == {"a": 40, "b": 10, "c": 0}
        assert (report["rows"], report["rows_held_out"], report["judged_on"]) == (50, 50, "rows held out")
        assert sum(map(sum, report["confusion"]["counts"])) == 50


def test_a_saved_classifier_predicts_the_same_bits(sex, model, tmp_path):
    assert run("predict", model, sex, "--output", tmp_path / "p.csv").exit_code == 0
    with (tmp_path / "p.csv").open() as file:
        lines = list(csv.DictReader(file))
    direct = gu.NeuralNetworkClassifier((3,), epochs=60, random_state=0).fit(X, SEX)
    chance = direct.predict_proba(X)
    assert [line["predicted_sex"] for line in lines] == direct.predict(X).tolist()
    assert [float(line["probability_female"]) for line in lines] == chance[:, 0].tolist()
    assert [float(line["probability_male"]) for line in lines] == chance[:, 1].tolist()
    found = told("predict", model, sex)
    assert found["predictions"] == direct.predict(X).tolist()
    assert found["probabilities"]["male"] == chance[:, 1].tolist()


@pytest.mark.parametrize("label", ["sex", "species"])
def test_a_saved_logistic_regression_predicts_the_same_bits(label, request, tmp_path):
    path, y = request.getfixturevalue(label), {"sex": SEX, "species": SPECIES}[label]
    saved = tmp_path / "m.npz"
    assert run("fit", path, "--label", label, *LOGISTIC, "--l2", "0.01", "--save", saved).exit_code == 0
    direct = gu.LogisticRegression(l2=0.01).fit(Columns(X, MEASURES), y)
    del direct.feature_names_in_
    found = told("predict", saved, path)
    assert found["predictions"] == direct.predict(X).tolist()
    assert np.array_equal(np.array(list(found["probabilities"].values())).T, direct.predict_proba(X))


def test_predict_answers_by_the_threshold_of_the_positive_class(sex, model):
    chance = np.array(told("predict", model, sex)["probabilities"]["female"])
    found = told("predict", model, sex, "--threshold", "0.8", "--positive", "female")["predictions"]
    assert found == np.where(chance >= 0.8, "female", "male").tolist()
    male = told("predict", model, sex, "--threshold", "0.8")["predictions"]
    assert male == np.where(1 - chance >= 0.8, "male", "female").tolist()


def test_columns_that_are_there_already_are_kept(model, tmp_path):
    path = write(tmp_path / "n.csv", [*MEASURES, "probability_male"], *X[:2].T.tolist(), ["mine", "too"])
    header = next(csv.reader(io.StringIO(run("predict", model, path).stdout)))
    assert header[-4:] == ["probability_male", "predicted_sex", "probability_female", "probability_male_"]


def test_evaluate_at_a_threshold_counts_what_it_does(sex, model):
    chance = np.array(told("predict", model, sex)["probabilities"]["male"])
    made = told("evaluate", model, sex, "--threshold", "0.7")
    answer = np.where(chance >= 0.7, "male", "female")
    assert made["confusion"]["counts"] == metrics.confusion_matrix(SEX, answer).tolist()
    here = next(one for one in made["threshold"]["at"] if one["threshold"] == 0.7)
    assert here["precision"] == metrics.precision(SEX, answer, positive="male")
    assert here["false_positives"] == np.sum((answer == "male") & (SEX == "female"))
    assert told("evaluate", model, sex)["threshold"] is None


def test_evaluate_chooses_the_cheapest_threshold(sex, model):
    words = ("--cost-false-negative", "10", "--cost-false-positive", "2")
    made = told("evaluate", model, sex, *words)
    chance = np.array(told("predict", model, sex)["probabilities"]["male"])
    cost = [
        (10 * np.sum((SEX == "male") & (chance < cut)) + 2 * np.sum((SEX == "female") & (chance >= cut))) / len(SEX)
        for cut in [*np.unique(chance), 2.0]
    ]
    threshold = made["threshold"]
    here = next(one for one in threshold["at"] if one["threshold"] == threshold["threshold"])
    assert here["cost"] == pytest.approx(min(cost))
    assert threshold["best_for_true_chances"] == pytest.approx(2 / 12)
    assert len(threshold["curve"]["value"]) == len(np.unique(chance)) + 1
    said = run("evaluate", model, sex, *words).stdout
    assert f"Errors cost {round(min(cost), 4):g} a row on average" in said
    again = re.search(r"--threshold (\S+)", said)
    assert told("evaluate", model, sex, "--threshold", again[1])["confusion"] == made["confusion"]
    given = run("evaluate", model, sex, *words, "--threshold", "0.9").stdout
    assert f"and {min(cost):.4g}" in given


@pytest.mark.parametrize("rule", ["recall", "precision"])
def test_evaluate_reaches_what_is_required(sex, model, rule):
    made = told("evaluate", model, sex, f"--{rule}", "0.95", "--positive", "female")
    at = made["threshold"]
    here = next(one for one in at["at"] if one["threshold"] == at["threshold"])
    assert here[rule] >= 0.95
    assert made["per_class"]["female"][rule] == pytest.approx(here[rule])
    assert at["positive"] == made["confusion"]["labels"][1] == "female"
    said = run("evaluate", model, sex, f"--{rule}", "0.95", "--positive", "female").stdout
    assert "--positive 'female'" in said


def test_thresholds_near_the_one_that_counts_are_shown(sex, model):
    """A rare class is found at small chances. Kills: a table that jumps from 0.004 to 0.1."""
    shown = [one["threshold"] for one in told("evaluate", model, sex, "--threshold", "0.004")["threshold"]["at"]]
    assert shown[:5] == [0.004, 0.01, 0.02, 0.05, 0.1]
    assert told("evaluate", model, sex, "--threshold", "0.4")["threshold"]["at"][0]["threshold"] == 0.1


def test_evaluate_by_a_metric(sex, model):
    made = told("evaluate", model, sex, "--by", "matthews")
    assert max(made["threshold"]["curve"]["value"]) == pytest.approx(
        metrics.matthews(
            SEX,
            np.where(
                np.array(told("predict", model, sex)["probabilities"]["male"]) >= made["threshold"]["threshold"],
                "male",
                "female",
            ),
        )
    )


def test_numbers_are_classes_too_and_a_network_asks_which(tmp_path):
    x = np.linspace(-3, 3, 60)
    path = write(tmp_path / "x.csv", ["x", "y"], x, np.where(x > 1, 2, np.where(x > -1, 1, 0)))
    report = told("fit", path, "--label", "y", *LOGISTIC, "--l2", "0.1")
    assert report["classes"] == {"0": 20, "1": 20, "2": 20}
    network = ("--label", "y", "--model", "network", "--hidden", "3", "--epochs", "20")
    assert told("fit", path, *network)["model"] == "NeuralNetworkRegressor"
    assert told("fit", path, *network, "--classify")["model"] == "NeuralNetworkClassifier"
    path = write(tmp_path / "z.csv", ["x", "y"], x, np.where(x > 0, "1.0", "0"))
    saved = tmp_path / "z.npz"
    report = told("fit", path, *network, "--save", saved)
    assert (report["model"], report["classes"]) == ("NeuralNetworkClassifier", {"0": 30, "1": 30})
    assert told("predict", saved, path)["predictions"][:1] == [0]
    assert told("evaluate", saved, path)["scores"] == report["scores"]


def test_networks_have_layers_in_words(sex):
    words = ("--label", "sex", "--model", "network", "--hidden", "5,4", "--activation", "relu", "--epochs", "5")
    assert "4 features -> 5 x 4 neurons (relu) -> 1 output: 54 weights and biases" in run("fit", sex, *words).stdout


def test_standardised_descent_finds_the_weights_of_newton_in_the_files_units(sex):
    exact = told("fit", sex, "--label", "sex", *LOGISTIC)
    words = ("--solver", "nesterov", "--standardise", "--epochs", "4000")
    found = told("fit", sex, "--label", "sex", *LOGISTIC, *words)
    assert found["weights"] == pytest.approx(exact["weights"], rel=1e-4)
    assert found["bias"] == pytest.approx(exact["bias"], rel=1e-4)


def test_the_reason_names_the_columns(species):
    assert "bill_length_mm" in told("fit", species, "--label", "species", *LOGISTIC)["reason"]


def test_a_reason_speaks_of_options_as_they_are_typed(species):
    """Penguins' species are separable. Kills: `l2=0.001`, which no shell understands."""
    printed = " ".join(run("fit", species, "--label", "species", *LOGISTIC).stdout.split())
    assert "Use --l2 (for instance --l2 0.001)" in printed
    assert "l2=" not in printed


def test_divergence_is_exit_status_1(sex):
    done = run("fit", sex, "--label", "sex", *LOGISTIC, "--solver", "gradient_descent", "--learning-rate", "9e9")
    assert done.exit_code == 1
    assert "diverg" in done.stdout


EVIL = ("<script>alert(1)</script>", '$a$ & "b\'"', "<b>label</b>")


@pytest.mark.parametrize("classes", [True, False])
def test_the_report_is_one_offline_page_with_all_text_escaped(tmp_path, classes):
    """Kills: a script from a file's header, a picture that is fetched, a date that makes two equal fits differ."""
    pytest.importorskip("matplotlib")
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 80))
    y = np.where(a + rng.normal(size=80) > 0, "<img src=x onerror=alert(1)>", "$x_1$") if classes else a - b
    path = write(tmp_path / "evil.csv", EVIL, a, b, y)
    out = tmp_path / "r.html"
    words = (*(LOGISTIC if classes else ()), "--label", EVIL[2], "--report", out, "--plot", tmp_path / "p.png")
    assert run("fit", path, *words).exit_code == 0
    text = out.read_text()
    names = set()
    reader = html.parser.HTMLParser()
    reader.handle_starttag = lambda tag, attributes: names.update({tag, *(name for name, _ in attributes)})
    reader.feed(text)
    assert not names & {"script", "img", "link", "iframe", "b", "onerror", "src", "object"}
    assert set(re.findall(r"https?://[^\"<> ]*", text)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    pictures = re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL)
    assert len(pictures) >= (4 if classes else 1)
    for picture in pictures:
        ElementTree.fromstring(picture)
    marks = re.findall(r'\bid="([^"]*)"', text)
    assert len(marks) == len(set(marks))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert run("fit", path, *words).exit_code == 0
    assert out.read_text() == text


def test_the_report_says_what_the_screen_says(sex, tmp_path):
    pytest.importorskip("matplotlib")
    out = tmp_path / "r.html"
    said = run("fit", sex, "--label", "sex", *LOGISTIC, "--test", "0.2", "--report", out).stdout
    text = " ".join(html.unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", out.read_text(), flags=re.DOTALL)).split())
    for line in said.splitlines():
        if line and not line.startswith("Report saved"):
            assert " ".join(line.split()) in text, line


def test_pictures_and_page_of_an_evaluation(sex, model, tmp_path):
    pytest.importorskip("matplotlib")
    words = ("--recall", "0.9", "--plot", tmp_path / "e.png", "--report", tmp_path / "e.html")
    done = run("evaluate", model, sex, *words)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "e.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "e.html").read_text().count("<svg") == 4


def test_a_table_of_nothing_and_words_that_warn():
    assert page.saved(Model=None) == []
    assert 'class="warning"' in page._html(page.Words("careful", warns=True))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "To predict classes use --model logistic"),
        (("--model", "network", "--loss", "mae"), "a network that predicts classes has the log loss"),
        ((*LOGISTIC, "--loss", "mae"), "--loss is for models that predict numbers"),
        ((*LOGISTIC, "--hidden", "3"), "--hidden is for --model network"),
        (("--activation", "relu"), "--activation is for --model network"),
        ((*LOGISTIC, "--class-weight", "heavy"), "--class-weight must be one of 'balanced'"),
        (("--model", "network", "--class-weight", "balanced"), "--class-weight is for --model logistic"),
        (("--model", "network", "--hidden", "3,x"), "whole numbers of neurons"),
        (("--model", "network", "--hidden", "0"), "whole numbers of neurons"),
        (("--model", "network", "--activation", "rellu"), "Did you mean 'relu'"),
        (("--model", "logistics"), "Did you mean 'logistic'"),
        ((*LOGISTIC, "--solver", "adm"), "solver must be one of"),
        ((*LOGISTIC, "--report", "x.pdf"), "--report must name a file that ends in .html"),
        ((*LOGISTIC, "--report", "no/where.html"), "there is no folder 'no'"),
        ((*LOGISTIC, "--test", "0.001"), "leaves none on one side"),
    ],
)
def test_wrong_options_are_one_sentence(sex, words, said):
    assert said in sentence("fit", sex, "--label", "sex", *words)


def test_labels_that_are_no_classes_are_one_sentence(sex, tmp_path):
    words = ("--features", "bill_depth_mm", *LOGISTIC)
    assert "To predict numbers use --model linear" in sentence("fit", sex, "--label", "body_mass_g", *words)
    x = np.arange(30)
    path = write(tmp_path / "x.csv", ["x", "y"], x, [f"name{i}" for i in x])
    assert "a class must come again to be learnt" in sentence("fit", path, "--label", "y", *LOGISTIC)
    path = write(tmp_path / "x.csv", ["x", "y"], x, ["same"] * 30)
    assert "one class only, 'same', in all 30 rows" in sentence("fit", path, "--label", "y", *LOGISTIC)
    path = write(tmp_path / "x.csv", ["x", "y"], [1, 2, 3, 4], ["a", "", "b", "NA"])
    assert "2 of 4 rows lack one (rows 2, 4;" in sentence("fit", path, "--label", "y", *LOGISTIC)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--threshold", "1.5"), "--threshold must be a chance between 0 and 1; got 1.5"),
        (("--threshold", "0.5", "--recall", "0.9"), "got --threshold and --recall"),
        (("--recall", "0.9", "--cost-false-positive", "2"), "got --recall and --cost-..."),
        (("--recall", "2"), "recall must be a share between 0 and 1"),
        (("--cost-false-negative", "-1"), "at least 0; came -1"),
        (("--by", "f3"), "by must be one of"),
        (("--positive", "fem"), "this model knows 'female' and 'male', and came 'fem'"),
        (("--plot", "x.jpeg"), "ends in .png"),
        (("--report", "x.txt"), "ends in .html"),
    ],
)
def test_wrong_rules_are_one_sentence(sex, model, words, said):
    assert said in sentence("evaluate", model, sex, *words)


def test_files_that_hold_no_model_that_predicts_are_one_sentence(sex, tmp_path):
    gu.StandardScaler().fit(X).save(tmp_path / "scaler.npz")
    assert "holds a StandardScaler that cannot predict. Save" in sentence("predict", tmp_path / "scaler.npz", sex)
    half = gu.LogisticRegression().fit(X, SEX)
    del half.intercept_
    half.save(tmp_path / "half.npz")
    assert "because it lacks intercept_" in sentence("evaluate", tmp_path / "half.npz", sex)


def test_models_and_rows_that_do_not_fit_each_other_are_one_sentence(sex, species, model, tmp_path):
    said = sentence("evaluate", model, species, "--label", "species")
    assert "'female', 'male'; row 1 (line 2 of species.csv) holds 'Adelie'" in said
    three = tmp_path / "three.npz"
    words = ("--label", "species", "--model", "network", "--hidden", "2", "--epochs", "3", "--save", three)
    run("fit", species, *words)
    assert "--threshold is for two classes; this model knows 3" in sentence(
        "predict", three, species, "--threshold", ".3"
    )
    assert "--recall is for two classes; this model knows 3" in sentence("evaluate", three, species, "--recall", ".3")
    line = tmp_path / "line.npz"
    run("fit", sex, "--label", "body_mass_g", "--features", "bill_depth_mm", "--save", line)
    for command in ("predict", "evaluate"):
        said = sentence(command, line, sex, "--threshold", "0.3")
        assert "--threshold is for models that predict classes" in said
