# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Questions for the clipping of gradients."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Evidence, NotExamined, check
from groundup.exam.grading.names import Target

Array = Any
CLIP = "Goodfellow, Bengio, Courville, Deep Learning, 10.11.1: clipping gradients"


class Part(Asked):
    """The function or class, what its name promises, and the conventions that were seen."""

    def __init__(self, thing: Any, target: Target):
        super().__init__()
        self.thing, self.target = thing, target
        self.names = spelling.parameters(thing)
        self.made: Any = None

    def knob(self, *spellings: str) -> str:
        """Its own name for one of these; empty where there is none."""
        exact = next((n for s in spellings for n in self.names if n == s), "")
        return exact or next((n for s in spellings for n in self.names if spelling.plain(n) == s), "")


def clipped(f: Part, g: Array, limit: float) -> Array:
    """What becomes of one gradient, given as an array or, where that is wanted, as a list of one."""
    more = (limit,)
    if f.target.name == "clip_by_value" and len([p for p in f.names.values() if p.default is p.empty]) == 3:
        more = (-limit, limit)
    several = next(iter(f.names), "").lower().endswith("s")
    for given in ([g.copy()], g.copy()) if several else (g.copy(), [g.copy()]):
        try:
            out = f.thing(given, *more)
        except (TypeError, AttributeError, IndexError):
            continue
        out = given if out is None else out[0] if isinstance(out, tuple) else out
        found = np.asarray(out, dtype=float)
        found = found[0] if isinstance(given, list) and found.shape[:1] == (1,) and found.ndim == g.ndim + 1 else found
        if found.shape == g.shape:
            return found
    raise NotExamined("it could not be called with a gradient and a limit")


def by_norm(f: Part) -> None:
    """These questions are about the length."""
    if f.target.name != "clip_by_norm":
        raise NotExamined("it clips each number by itself")


@check("K01", "A gradient within the limit stays as it is.", boundary="1e-12", read=CLIP)
def short_stays(f: Part, rng: Any) -> Evidence:
    """Clipping is no normalising."""
    g = np.array([0.3, -0.4])
    mine = clipped(f, g, 1.0)
    gap = float(np.abs(mine - g).max())
    sign = "normalised" if np.allclose(np.linalg.norm(mine), 1.0) else ""
    return Evidence(gap, 1e-12, f"[0.3, -0.4], of length 0.5, became {mine.tolist()} at the limit 1", sign)


@check("K02", "A longer gradient is cut to the limit.", boundary="1e-5", read=CLIP)
def long_is_cut(f: Part, rng: Any) -> Evidence:
    """Its direction stays, where clipping is by the norm."""
    worst, words, sign = 0.0, "", ""
    for g, limit in ((np.array([3.0, -4.0]), 1.0), (np.array([1.0, 1.0, 1.0, 1.0]), 1.5), (np.array([30.0, 0.5]), 2.5)):
        mine = clipped(f, g, limit)
        length = float(np.linalg.norm(g))
        value, norm = np.clip(g, -limit, limit), g * limit / length
        right = norm if f.target.name == "clip_by_norm" else value
        gap = float(np.abs(mine - right).max() / limit)
        if not gap <= max(worst, 1e-5):
            others = {
                "by value": value,
                "by norm": norm,
                "not clipped": g,
                "length 1": g / length,
                "square of the length": g * limit / length**2,
                "largest number": g * limit / np.abs(g).max(),
                "sum of sizes": g * limit / np.abs(g).sum(),
                "only above": np.minimum(g, limit),
            }
            worst = gap if np.isfinite(gap) else np.inf
            sign = next((s for s, o in others.items() if np.allclose(mine, o, rtol=1e-6)), "")
            found, wanted = np.round(mine, 5).tolist(), np.round(right, 5).tolist()
            words = f"{g.tolist()} at the limit {limit:g} became {found}, not {wanted}"
    return Evidence(worst, 1e-5, words or "the largest difference, as a part of the limit", sign)


@check("K03", "A gradient of zero stays zero.", boundary="equal", read=CLIP)
def zero_stays(f: Part, rng: Any) -> Evidence:
    """0 / 0 is not a number."""
    mine = clipped(f, np.zeros(3), 1.0)
    return Evidence(float(not np.array_equal(mine, np.zeros(3))), 0.0, f"[0, 0, 0] became {mine.tolist()}")


@check("K04", "A matrix is clipped like the row of its numbers.", boundary="1e-5", read=CLIP)
def matrix(f: Part, rng: Any) -> Evidence:
    """The length of a matrix is the root of the sum of all squares."""
    g = np.array([[3.0, 4.0], [0.0, 12.0]])
    mine = clipped(f, g, 2.6)
    right = g * 0.2 if f.target.name == "clip_by_norm" else np.minimum(g, 2.6)
    rows = g * np.minimum(1, 2.6 / np.linalg.norm(g, axis=1, keepdims=True))
    sign = (
        "row by row"
        if np.allclose(mine, rows)
        else "largest singular value"
        if mine.ndim == 2 and np.isclose(np.linalg.norm(mine, 2), 2.6)
        else ""
    )
    gap = float(np.abs(mine - right).max())
    return Evidence(gap, 1e-4, f"[[3, 4], [0, 12]] at 2.6 became {np.round(mine, 4).tolist()}", sign)


@check("K05", "Gradients in one list are cut by their joint length.", boundary="1e-5", read=CLIP)
def joint_length(f: Part, rng: Any) -> Evidence:
    """[3, -4] and [0, 12] have the joint length 13; each by itself is a convention unless the names say "global"."""
    by_norm(f)
    both = [np.array([3.0, -4.0]), np.array([0.0, 12.0])]
    if not next(iter(f.names), "").lower().endswith("s"):
        raise NotExamined("it clips one gradient")
    given = [g.copy() for g in both]
    try:
        out = f.thing(given, 2.6)
        out = given if out is None or np.ndim(out) == 0 else out
        out = out[0] if isinstance(out, tuple) and len(out) == 2 and isinstance(out[0], list | tuple) else out
        mine = np.concatenate([np.asarray(part, dtype=float) for part in out])
    except (TypeError, ValueError, AttributeError, IndexError, KeyError):
        raise NotExamined("it takes no list of gradients") from None
    right = np.concatenate(both) * 0.2
    each = np.concatenate([g * 2.6 / np.linalg.norm(g) for g in both])
    if mine.shape != right.shape:
        raise NotExamined("it takes no list of gradients")
    said = f"{getattr(f.thing, '__name__', '')} {getattr(f.thing, '__doc__', '')}".lower()
    if np.allclose(mine, each) and not re.search("global|joint|total|grad_norm|gradient_norm|together|overall", said):
        f.conventions["clipping"] = "each gradient of a list is clipped by itself"
        return Evidence(0.0, 1e-5, "each by itself")
    gap = float(np.abs(mine - right).max() / 2.6)
    words = f"[3, -4] and [0, 12] at the limit 2.6 became {np.round(mine, 5).tolist()}, not {right.tolist()}"
    return Evidence(gap, 1e-5, words, "each" if np.allclose(mine, each) else "")


QUESTIONS = {"clipping": [short_stays, long_is_cut, zero_stays, matrix, joint_length]}
