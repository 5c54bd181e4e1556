"""The card says what a learner needs. Kills: a card without the number, the experiment, or with somebody's markup."""

from __future__ import annotations

import json

import numpy as np
import pytest

import groundup as gu


def wrong(X, y, learning_rate, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        error = X @ w + b - y
        w, b = w - learning_rate * X.T @ error / len(y), b - learning_rate * error.sum()
    return w, b


@pytest.fixture(scope="module")
def card():
    return gu.exam.examine(wrong)


def test_the_mistake_is_named_with_a_number_and_an_experiment(card):
    assert card.mistake == "the bias gradient is summed over the rows while that of the weights is averaged"
    text = str(card)
    assert "NOT PASSED" in text
    assert "Try it yourself" in text
    assert "answer = wrong(X, y, learning_rate=0.1, epochs=1)" in text
    assert "To read: " in text
    assert max(map(len, text.split("Try it yourself")[0].splitlines())) <= 100


def test_the_experiment_on_the_card_can_be_run(card):
    experiment = next(v.experiment for v in card.telling if v.experiment)
    names = {"wrong": wrong}
    exec(experiment, names)
    assert len(names["answer"]) == 2


def test_the_json_is_complete(card, tmp_path):
    card.to_json(tmp_path / "card.json")
    found = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert found["passed"] is False
    assert found["mistake"] == card.mistake
    assert found.keys() == {
        *("candidate", "task", "seed", "passed", "outcome", "mistake", "mistakes", "conventions", "false_alarm"),
        "verdicts",
    }
    for verdict in found["verdicts"]:
        assert verdict.keys() >= {"id", "claim", "outcome", "measured", "allowed", "words", "boundary", "false_alarm"}
        assert verdict["outcome"] in ("passed", "failed", "remark", "not examined")


def test_a_card_comes_back_from_its_json(card):
    assert gu.exam.Card.from_dict(json.loads(json.dumps(card.as_dict()))).as_dict() == card.as_dict()
    assert str(gu.exam.Card.from_dict(card.as_dict())) == str(card)


def test_the_markdown_says_the_same_and_is_no_markup_of_the_candidate(card, tmp_path):
    card.to_markdown(tmp_path / "card.md")
    text = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert text.startswith("# wrong: ❌ not passed\n")
    assert f"> **Likely mistake:** {card.mistake}." in text
    assert "```python\nimport numpy as np\n" in text
    assert "| F16 | The order of the rows does not matter. |" in text

    def train(X, y, learning_rate, epochs):
        raise ValueError("# [a](javascript:b) | <script> `x` *bold*\n# heading")

    gu.exam.examine(train).to_markdown(tmp_path / "card.md")
    text = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert "\\[a\\](javascript:b) \\| &lt;script&gt; \\`x\\` \\*bold\\*" in text
    assert "\n# heading" not in text


def test_one_error_in_many_questions_is_told_once():
    def train(X, y, learning_rate, epochs):
        raise ValueError("always the same")

    card = gu.exam.examine(train)
    assert [v.id for v in card.failed] == ["S01"]
    assert str(card).count("always the same") == 2  # the message, and the line that raised it
    assert "the same error as S01" in str(card)


def test_an_error_where_the_call_is_a_guess_leaves_it_open():
    def train(rows, batches, lr=0.1):
        raise ValueError("another call")

    card = gu.exam.examine(train)
    assert (card.outcome, card.failed, card.mistake) == ("not examined", [], None)
    assert "called as train(rows, batches); it raised ValueError: another call" in " ".join(str(card).split())


def test_a_function_that_only_has_the_name_of_a_formula_is_left_open():
    def accuracy(params, batch):
        rows, labels = batch
        return float((rows @ params == labels).mean())

    from groundup.exam.sitting import sit

    assert sit(accuracy).outcome == "not examined"
    assert sit(accuracy, formula="accuracy").failed  # who asks for it by its name is told


def test_on_a_terminal_it_is_coloured_and_harmless(monkeypatch):
    pytest.importorskip("rich")
    import io

    from rich.console import Console

    from groundup.app import cards, show

    def train(X, y, learning_rate, epochs):
        raise ValueError("[bold red]\x1b[2Jgone[/]")

    screen = Console(file=io.StringIO(), force_terminal=True, width=90, markup=False)
    monkeypatch.setattr(show, "console", lambda **options: screen)
    cards.show_card(gu.exam.examine(train))
    text = screen.file.getvalue()
    assert "\x1b[1m" in text
    assert "[bold red]?[2Jgone[/]" in text
    assert "\x1b[2J" not in text


def test_a_notebook_shows_the_card_as_a_page(card):
    assert card._repr_html_().startswith("<style>")
    assert card.mistake in card._repr_html_()


def test_the_page_shows_text_and_no_markup_of_the_candidate(tmp_path):
    def train(X, y, learning_rate, epochs):
        raise ValueError("<img src=x onerror=alert(1)>")

    card = gu.exam.examine(train)
    card.to_html(tmp_path / "card.html")
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert "&lt;img" in page
    assert "<img" not in page
    assert "<script" not in page


def test_a_right_one_has_no_mistake():
    card = gu.exam.examine(gu.LinearRegression())
    assert (card.passed, card.mistake, card.failed, card.remarks) == (True, None, [], [])
    assert "PASSED" in str(card)
    assert repr(card) == "<Card of LinearRegression: passed>"
