"""Writes docs/formulas: a page for each kind of formula, and a picture of each that can be drawn.

    python scripts/make_formula_pages.py             pages and pictures
    python scripts/make_formula_pages.py --text      pages only

All that is said comes from the formulas themselves, by way of groundup.formulas.catalogue; a test compares the pages
with what this script would write, so a formula and its page cannot part ways.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import groundup as gu
from groundup.formulas.catalogue import Entry, entries
from groundup.lab import gallery
from groundup.lab.activations import plot_activation, plot_curve

FOLDER = Path(__file__).parents[1] / "docs" / "formulas"
KINDS = {"activations": ("activation",), "losses": ("loss", "total"), "penalties": ("penalty",), "metrics": ("metric",)}
OPENINGS = {
    "activations": """What a neuron does with its score x. The solid line is the value, the dashed line its slope; all
pictures have the same axes. A name in lower case is ready to call: `gu.formulas.activations.gelu([0.5])`,
`.derivative`, `.second_derivative`. Functions of a whole row are drawn along one entry.""",
    "losses": """What a wrong answer costs, in the score z: the prediction, before `response` puts it into the units of
the label y. The solid line is the cost of one row, the dashed line its gradient.
[Five losses: two costs, three totals](../losses.md) tells how l1, mae, l2, mse and rmse belong together.""",
    "penalties": """A price on large weights w, never on the bias. The solid line is the price of one weight, the dashed
line its gradient. `prox` is the step of a solver at a kink.""",
    "metrics": """How good the answers are, as a number or a curve: `gu.formulas.metrics.r2(y, prediction)`, the truth
first. Most take `sample_weight`, written w. The [losses](losses.md) serve as metrics too.""",
}


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {f"{title}.md": page(title, kinds) for title, kinds in KINDS.items()}


def page(title: str, kinds: tuple[str, ...]) -> str:
    """One page: what these formulas are, their names, and a card for each."""
    chosen = [entry for kind in kinds for entry in entries() if entry.kind == kind]
    names = " · ".join(f"[{entry.name}](#{entry.name})" for entry in chosen)
    cards = "\n".join("\n".join(card(entry)) for entry in chosen)
    made = "<!-- Made by scripts/make_formula_pages.py from the formulas themselves: change those. -->"
    return f"# {title.capitalize()}\n\n{made}\n\n{OPENINGS[title]}\n\n{names}\n\n{cards}"


def card(entry: Entry) -> Iterator[str]:
    """The lines of one formula."""
    yield from (f"## {entry.name}", "")
    if entry.curve is not None:
        yield from (f"![{entry.name} and its slope](pictures/{picture_name(entry)})", "")
    yield from ("```text", entry.equation, *([entry.derivative] if entry.derivative else []), "```", "")
    yield from (entry.notes, "")
    if entry.curve is not None:
        yield from (*values(entry), "")
    yield f"- Call: `{entry.call}`"
    yield from (f"- {heading.capitalize()}: {escaped(text)}" for heading, text in entry.more.items() if text)
    yield from (f"- Used: {escaped(use)}" for use in entry.uses)
    yield from ([f"- Source: {entry.source}"] if entry.source else [])
    yield ""


def values(entry: Entry) -> Iterator[str]:
    """Value and slope at -2, -1, 0, 1, 2 as a table."""
    assert entry.curve is not None
    rows = gallery.table(entry.curve)
    yield f"| {entry.curve.x_name} | {' | '.join(map(number, rows['x']))} |"
    yield "|---|" + "---:|" * len(rows["x"])
    yield f"| {entry.curve.value_name.split(' where')[0]} | {' | '.join(map(number, rows['value']))} |"
    yield f"| {entry.curve.slope_name} | {' | '.join(map(number, rows['derivative']))} |"


def number(value: float) -> str:
    """Five digits: fewer than any two machines could disagree on.

    >>> number(-0.158655253931457)
    '-0.15866'
    """
    return f"{value:.5g}"


def escaped(text: str) -> str:
    """Code where it looks like code, so that Markdown leaves it alone."""
    return re.sub(
        r"((?:gu|losses|totals)\.[\w.]+\((?:[^()]|\([^()]*\))*\)(?:\([^()]*\))?|activation=\"\w+\")", r"`\1`", text
    )


def picture_name(entry: Entry) -> str:
    """The file of a picture: kinds apart, because log_cosh is an activation and a loss."""
    return f"{entry.kind}_{entry.name}.svg"


def draw(entry: Entry) -> Any:
    """The picture of one formula, as a matplotlib figure."""
    from matplotlib import pyplot

    figure, ax = pyplot.subplots(figsize=(4.4, 3.3), layout="constrained")
    if entry.kind == "activation":
        plot_activation(entry.name, ax)
    else:
        plot_curve(entry.curve, ax)
        low, high = gallery.limits(entry.curve)
        ax.set_ylim(low, high)
        ax.set_title(entry.call.partition(".")[2], loc="left")
    return figure


def pictures(folder: Path) -> None:
    """Every picture as a small SVG; the same bytes each time for one version of matplotlib."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    settings = {"svg.fonttype": "none", "svg.hashsalt": "groundup", "path.simplify_threshold": 0.2, "font.size": 10}
    with matplotlib.rc_context(settings):
        for entry in entries():
            if entry.curve is not None:
                figure = draw(entry)
                figure.savefig(folder / picture_name(entry), metadata={"Date": None, "Creator": None})
                pyplot.close(figure)
                shorten(folder / picture_name(entry))


def shorten(path: Path) -> None:
    """Coordinates to a hundredth of a point, no comments, no empty lines."""
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    head, body = text[: text.index("<svg")], text[text.index("<svg") :]
    body = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), body)
    path.write_text(head + re.sub(r"\n\s*", "\n", body), encoding="utf-8")


def main() -> None:
    """Write all that is asked for."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    if "--text" not in sys.argv:
        pictures(FOLDER / "pictures")
    print(f"{len(pages())} pages, {len(list((FOLDER / 'pictures').glob('*.svg')))} pictures, groundup {gu.__version__}")


if __name__ == "__main__":
    main()
