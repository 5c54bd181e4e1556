"""A card for notebooks: the name of the estimator, its formula with the numbers it learnt, its parameters."""

from __future__ import annotations

from html import escape
from typing import Any

from groundup.estimators.base.parameters import Parameters, defaults

_STYLE = "border-collapse:collapse;margin:0.5em 0;font-family:sans-serif;text-align:left"


class Display(Parameters):
    """`_repr_html_`, which Jupyter calls."""

    def _formula(self) -> str:
        """What the estimator computes, in one line without LaTeX, with its numbers once it is fitted."""
        return ""

    def _repr_html_(self) -> str:
        changed = self._changed()
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td>{_bold(escape(_short(getattr(self, name))), name in changed)}</td></tr>"
            for name in defaults(type(self))
        )
        formula = self._formula()
        return (
            f"<div><strong>{escape(type(self).__name__)}</strong>"
            + (f"<br><code>{escape(formula)}</code>" if formula else "")
            + f'<details><summary>parameters</summary><table style="{_STYLE}">{rows}</table></details></div>'
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "..."


def _bold(text: str, is_bold: bool) -> str:
    return f"<b>{text}</b>" if is_bold else text
