"""What a docstring promises to make small, read as arithmetic: 1/(2n) ||y - Xw||^2 + alpha ||w||_1.

    loss       a sum over the rows, of squares (Q) or of log losses (L)
    penalty    sums over the weights, of squares (S) or of sizes (A)

Each is replaced by a letter; what stands around them must then be numbers, n, and names of the candidate's settings.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

SIGNS = {
    **{"λ": "lambda", "α": "alpha", "β": "beta", "θ": "theta", "γ": "gamma", "ρ": "rho", "Σ": " sum ", "∑": " sum "},
    **{"‖": "||", "∥": "||", "\\|": "||", "\\Vert": "||", "²": "^2", "₁": "_1", "₂": "_2", "**": "^", "½": "(1/2)"},
    **{
        "·": "*",
        "×": "*",
        "−": "-",
        "–": "-",
        "ŷ": "y_hat",
        "\\lambda": "lambda",
        "\\alpha": "alpha",
        "\\sum": " sum ",
        "\\_": "_",
    },
}
NAME = r"[A-Za-z]\w*(?:\[1:\])?"
WEIGHTS = rf"(?!y\b|y_)(?:{NAME})"
"""One word between bars, or one word squared: the weights, whatever they are called, for labels stand in no penalty."""
OVER = r"\bsum(?:_?\{[^}]*\}|_[a-z0-9=]+|\s+over\s+\w+(?:\s+of)?)?\s*(?:[a-z]+_i\s+)?"
INSIDE = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
ERRORS = r"\((?=[^=]*?\by(?:_\w+|\[\w\])?\b)(?:[^()]|\([^()]*\))*\)"
ROWS = (
    r"(?:\s+(?:over|of|on)\s+(?:all\s+)?(?:the\s+)?(?:training\s+)?"
    r"(?:samples|rows|examples|data|observations|batch)\b)?"
)
MEAN = r"\b(?:mean|averaged?)\s+(?:of\s+the\s+)?"
LOG = (
    r"(?:log[\s-]?loss(?:es)?|logistic\s+loss|(?:binary\s+|categorical\s+)?cross[\s-]?entropy"
    r"|negative\s+log[\s-]?likelihood)"
)
PHRASES = (
    (r"\bhalf\s+(?:of\s+)?(?:the\s+)?mean\s+squared?\s+errors?" + ROWS, " (Q/(2*n)) "),
    (r"\b(?:mean\s+squared?\s+errors?|MSE)\b(?:\([^()]*\))?" + ROWS, " (Q/n) "),
    (r"\b(?:sum\s+of\s+squared?\s+(?:errors|residuals)|RSS|SSE)\b" + ROWS, " Q "),
    (MEAN + LOG + ROWS, " (L/n) "),
    (r"\bBCE\b(?:\([^()]*\))?", " (L/n) "),
    (rf"{OVER}\(?{LOG}(?:_i)?\)?", " L "),
    (rf"-\s*(?:1\s*/\s*[nmN]\s*\*?\s*)\(?{OVER}\(?log\s+p(?:_\w+|\s*{INSIDE}|\[[^]]*\])?\)?", " (L/n) "),
    (rf"{OVER}log\(1\s*\+\s*(?:exp|e\^)\s*{INSIDE}\)", " L "),
    (rf"\bmean\(\s*0\.5\s*\*\s*{ERRORS}\s*\^\s*2\s*\)", " (Q/(2*n)) "),
    (rf"\bmean\(\s*{ERRORS}\s*\^\s*2\s*\)", " (Q/n) "),
    (r"\|\|[^|]*\by\b[^|]*\|\|(?:_2)?\s*\^\s*2(?:_2)?", " Q "),
    (r"\|[^|]*\by\b[^|]*\|(?:_2)?\s*\^\s*2(?:_2)?", " Q "),
    (rf"{OVER}{ERRORS}\s*\^\s*2", " Q "),
    (rf"(?:{OVER})?\|\|\s*{WEIGHTS}\s*\|\|_1(?!\w)", " A "),
    (rf"{OVER}(?:\|\s*{WEIGHTS}\s*\||abs\(\s*{WEIGHTS}\s*\)|\(\s*\|\|?\s*{WEIGHTS}\s*\|\|?\s*\))", " A "),
    (rf"\|\s*{WEIGHTS}\s*\|_1(?!\w)", " A "),
    (rf"(?:{OVER})?(?:\|\|\s*{WEIGHTS}\s*\|\||\|\s*{WEIGHTS}\s*\|)(?:_2|_F)?\s*\^\s*2(?:_2)?(?!\.?\d)", " S "),
    (rf"{OVER}\(?{WEIGHTS}\s*\^\s*2\)?", " S "),
    (r"\bw'\s*w\b|\bw\^T\s*w\b|\bw\.w\b", " S "),
    (r"\bplus\b|\b(?:is\s+)?added\s+to(?:\s+the)?\b", " + "),
)
"""What is written for each letter, the longer before the shorter."""
NAMED = ("lambda", "lam", "lmbda", "lambd", "lambda_", "alpha", "reg", "penalty")
"""What a price is called in a formula, whatever the argument is called."""
LETTERS = frozenset("QLSA")


@dataclass(frozen=True)
class Promise:
    """loss x Q (or L) + squares x S + sizes x A, as functions of the number of rows and the settings."""

    text: str
    letter: str
    value: Callable[[Mapping[str, float]], float]

    def prices(self, n: int, settings: Mapping[str, float]) -> tuple[float, float, float]:
        """(loss, squares, sizes): by what each of the three sums is multiplied."""
        zero = dict.fromkeys(LETTERS, 0.0) | {"n": float(n), **settings}
        return tuple(self.value({**zero, at: 1.0}) for at in (self.letter, "S", "A"))  # type: ignore[return-value]


def promise(told: str, settings: Mapping[str, str]) -> Promise | None:
    """The first objective with a loss and a penalty in these words; `settings` are names, by how a formula calls them.

    >>> found = promise("min 1/(2n) ||y - Xw - b||^2 + lam * ||w||_1  by descent.", {"lam": "l1"})
    >>> found.text, found.prices(50, {"l1": 0.1})
    ('1/(2*n)*Q+l1*A', (0.01, 0.0, 0.1))
    >>> promise("The average log loss over the samples plus reg/2 * ||w[1:]||^2.", {"reg": "l2"}).text
    '(L/n)+l2/2*S'
    >>> promise("It makes the loss small.", {"reg": "l2"}) is None
    True
    """
    for sign in sorted(SIGNS, key=len, reverse=True):
        told = told.replace(sign, SIGNS[sign])
    told = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", told).replace("\\", " ")
    for pattern, letter in PHRASES:
        told = re.sub(pattern, letter, told)
    names = {*settings, *LETTERS, "n", "m", "N", "n_samples"}
    word = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    number = rf"(?<![\w.])\d+(?:\.\d+)?(?=(?:{word})\b|(?!\w))"
    for run in re.finditer(rf"(?:(?<![A-Za-z_.])(?:{word})(?!\w)|{number}|[-+*/()]|\s)+", told):
        text = _spelt_out(run[0], settings)
        if text and {"Q", "L"} & set(text) and {"S", "A"} & set(text):
            made = _arithmetic(text, {*LETTERS, "n", *settings.values()})
            if made is not None:
                return Promise(text, "Q" if "Q" in text else "L", made)
    return None


def _spelt_out(run: str, settings: Mapping[str, str]) -> str:
    """With every product written, and the candidate's settings by one name; "" where brackets do not close."""
    run = re.sub(r"/\s*2\s*[nmN]\b", "/(2*n)", run)
    tokens = re.findall(r"\d+\.\d+|\d+|[A-Za-z_]\w*|[-+*/()]", run)
    tokens = ["n" if t in ("m", "N", "n_samples") else settings.get(t, t) for t in tokens]
    made: list[str] = []
    for token in tokens:
        if made and (made[-1] == ")" or made[-1][-1].isalnum()) and (token == "(" or token[0].isalnum()):
            if made[-1] in ("S", "A"):  # a penalty ends with its norm: here another sentence begins
                break
            made.append("*")
        made.append(token)
    while made and made[-1] in "+-*/(":
        made.pop()
    while made and made[0] in "+*/)":
        made.pop(0)
    text = "".join(made)
    return text if text.count("(") == text.count(")") else ""


def _arithmetic(text: str, names: set[str]) -> Callable[[Mapping[str, float]], float] | None:
    """A function of the names, or None where it is not plain arithmetic of them."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return None
    allowed = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Load, ast.operator, ast.unaryop)
    parts = list(ast.walk(tree))
    if not all(isinstance(part, allowed) for part in parts):
        return None
    if not {part.id for part in parts if isinstance(part, ast.Name)} <= names:
        return None
    code = compile(tree, "<promise>", "eval")
    return lambda values: float(eval(code, {"__builtins__": {}}, dict(values)))
