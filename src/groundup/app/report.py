"""What a command has to say, once: as text on a terminal, or as one HTML file that needs nothing else."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import groundup as gu
from groundup.app import show
from groundup.errors import InputError


class Words(NamedTuple):
    """A sentence; a heading where it is strong, and marked where it warns."""

    text: str
    strong: bool = False
    warns: bool = False


class Sheet(NamedTuple):
    """A table: names on the left, numbers on the right."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | float]]


class Picture(NamedTuple):
    """A drawing as SVG, and what it shows. Terminals leave it out."""

    caption: str
    svg: str


Content = Sequence[Words | Sheet | Picture]


def tell(content: Content) -> None:
    """Print it."""
    for item in content:
        match item:
            case Words(text, strong, _):
                show.say(text, strong=strong)
            case Sheet(title, columns, rows):
                show.table(title, columns, rows)
            case Picture():
                pass


def saved(**files: Path | None) -> list[Words]:
    """Where the files are."""
    return [Words(f"{what} saved to {path}") for what, path in files.items() if path is not None]


def check(path: Path | None, option: str = "--report") -> None:
    """Refuse a report that cannot be written, before any time is spent on training."""
    if path is None:
        return
    if path.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"{option} must name a file that ends in .html; got {str(path)!r}.")
    if not path.parent.is_dir():
        raise InputError(f"{option} {str(path)!r}: there is no folder {str(path.parent)!r}. Make it first.")


def write(path: Path, title: str, content: Content) -> None:
    """One HTML file: no script, no address, pictures inside; every text from the data is escaped."""
    body = "\n".join(map(_html, content))
    page = PAGE.format(title=_text(title), style=STYLE, body=body, version=gu.__version__)
    gu.files.write(path, page.encode())


def _html(item: Words | Sheet | Picture) -> str:
    match item:
        case Words(text, strong, warns):
            kind = "h2" if strong else "p"
            role = ' class="warning" role="note"' if warns else ""
            return f"<{kind}{role}>{_text(text)}</{kind}>" if text else ""
        case Sheet(title, columns, rows):
            head = "".join(f'<th scope="col">{_text(name)}</th>' for name in columns)
            caption = f"<caption>{_text(title)}</caption>" if title else ""
            body = f"<tbody>{''.join(map(_row, rows))}</tbody>"
            return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead>{body}</table></div>'
        case Picture(caption, svg):
            return f"<figure>{svg}<figcaption>{_text(caption)}</figcaption></figure>"


def _row(row: Sequence[str | float]) -> str:
    first, *others = [cell if isinstance(cell, str) else show.number(cell) for cell in row]
    cells = "".join(f"<td>{_text(cell)}</td>" for cell in others)
    return f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>\n'


def _text(text: str) -> str:
    return html.escape(show.plain(text))


STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 62rem; margin: 2rem auto;
       padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: 0.2rem; color: #12355b; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; color: #12355b; }
p { max-width: 46rem; overflow-wrap: anywhere; }
.warning { border-left: 4px solid #b3541e; background: #fbf3ee; padding: 0.5rem 0.8rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.8rem 0 1.4rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.3rem; }
th, td { padding: 0.25rem 1.2rem 0.25rem 0; text-align: right; font-weight: normal; white-space: nowrap; }
th:first-child { text-align: left; }
thead th { border-bottom: 1px solid #666; color: #555; }
tbody tr:nth-child(even) { background: #f6f8fa; }
figure { margin: 1.2rem 0; }
figure svg { width: 100%; max-width: 44rem; height: auto; }
figcaption { color: #555; font-size: 0.9rem; max-width: 44rem; }
footer { color: #666; font-size: 0.85rem; margin-top: 3rem; border-top: 1px solid #ddd; padding-top: 0.5rem; }
@media print { body { margin: 0; } figure, table { break-inside: avoid; } }
"""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
<footer>Made by groundup {version}.</footer>
</body>
</html>
"""
