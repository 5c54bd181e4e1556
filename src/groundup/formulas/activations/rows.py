"""Functions of a whole row: the entries of the last axis compete, and the slope is a matrix.

`pullback(x, y, g)` is gᵀ J without forming J. An entry -∞ is a choice that is masked out; a row of nothing but -∞ has
no answer and gives NaN; an entry +∞ takes everything (several share it).
"""

from __future__ import annotations

from functools import reduce
from types import ModuleType

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.formulas.activations.base import RowWise, number


def shifted(xp: ModuleType, x: Array) -> Array:
    """x minus the largest entry of its row, so that no exponential overflows."""
    largest = xp.minimum(xp.max(x, axis=-1, keepdims=True), float(xp.finfo(x.dtype).max))
    return xp.minimum(x - largest, 0.0)


def first_largest(xp: ModuleType, x: Array) -> Array:
    """True at the first largest entry of each row."""
    at = xp.argmax(x, axis=-1, keepdims=True)
    return xp.arange(x.shape[-1], dtype=at.dtype, **_device(xp, x)) == at


def _device(xp: ModuleType, x: Array) -> dict[str, object]:
    return {} if xp.__name__ == "numpy" else {"device": x.device}


def pulled(xp: ModuleType, y: Array, g: Array) -> Array:
    """yᵢ (gᵢ - Σⱼ yⱼ gⱼ): the product of g with the Jacobian of softmax, diag(y) - y yᵀ.

    g is counted from its value at the largest y: where y is nearly 1 the plain formula cancels to nothing.
    """
    largest = first_largest(xp, y)
    zero = xp.zeros_like(g)
    g = g - xp.sum(xp.where(largest, g, zero), axis=-1, keepdims=True)
    return y * (g - xp.sum(xp.where(largest, zero, y * g), axis=-1, keepdims=True))


class Softmax(RowWise):
    """e^xᵢ / Σⱼ e^xⱼ: scores become probabilities that sum to 1.

    Pullback: yᵢ (gᵢ - Σⱼ yⱼ gⱼ).

    >>> Softmax().value([[1000.0, 1000.0]])
    array([[0.5, 0.5]])
    """

    name = "softmax"
    equation = "f(x)ᵢ = e^xᵢ / Σⱼ e^xⱼ"
    derivative_equation = "∂fᵢ/∂xⱼ = fᵢ (δᵢⱼ - fⱼ)"
    notes = "For the probabilities of several classes. Adding a constant to every score changes nothing."
    source = "Bridle, Probabilistic interpretation of feedforward classification network outputs (1990)."

    def _value(self, xp: ModuleType, x: Array) -> Array:
        e = xp.exp(shifted(xp, x))
        return e / xp.sum(e, axis=-1, keepdims=True)

    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array:
        return pulled(xp, y, g)


class LogSoftmax(RowWise):
    """xᵢ - log Σⱼ e^xⱼ: the logarithms of the probabilities.

    Pullback: gᵢ - yᵢ Σⱼ gⱼ with the probabilities y.

    >>> LogSoftmax().value([[0.0, -800.0]])
    array([[   0., -800.]])
    """

    name = "log_softmax"
    equation = "f(x)ᵢ = xᵢ - log Σⱼ e^xⱼ"
    derivative_equation = "∂fᵢ/∂xⱼ = δᵢⱼ - e^fⱼ"
    notes = "For the likelihood of several classes. The logarithm of a softmax instead gives -∞ in its tail."
    source = "Goodfellow, Bengio, Courville, Deep Learning (2016), 6.2.2.3."

    def _value(self, xp: ModuleType, x: Array) -> Array:
        # The largest entry's e^0 = 1 goes into log1p, so that a sum of 1 + 1e-16 keeps its small part.
        x = shifted(xp, x)
        others = xp.where(first_largest(xp, x), xp.zeros_like(x), xp.exp(x))
        return x - xp.log1p(xp.sum(others, axis=-1, keepdims=True))

    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array:
        total = xp.sum(g, axis=-1, keepdims=True)
        return -xp.expm1(y) * g - xp.exp(y) * (total - g)


class Softmin(RowWise):
    """e^-xᵢ / Σⱼ e^-xⱼ: the smallest score gets the largest probability.

    Pullback: minus that of softmax.

    >>> Softmin().value([[0.0, 0.0, 1000.0]])
    array([[0.5, 0.5, 0. ]])
    """

    name = "softmin"
    equation = "f(x)ᵢ = e^-xᵢ / Σⱼ e^-xⱼ"
    derivative_equation = "∂fᵢ/∂xⱼ = -fᵢ (δᵢⱼ - fⱼ)"
    notes = "Softmax of -x: for distances and energies, where small is good."
    source = "LeCun et al., A tutorial on energy-based learning (2006)."

    def _value(self, xp: ModuleType, x: Array) -> Array:
        e = xp.exp(shifted(xp, -x))
        return e / xp.sum(e, axis=-1, keepdims=True)

    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array:
        return -pulled(xp, y, g)


class Sparsemax(RowWise):
    """max(0, xᵢ - τ) with τ such that the sum is 1: probabilities of which many are exactly 0.

    Pullback: on the support, g minus its mean there; 0 elsewhere.

    >>> Sparsemax().value([[0.0, 1.0, 1.5]])
    array([[0.  , 0.25, 0.75]])
    """

    name = "sparsemax"
    equation = "f(x)ᵢ = max(0, xᵢ - τ), τ such that Σᵢ f(x)ᵢ = 1"
    derivative_equation = "∂fᵢ/∂xⱼ = δᵢⱼ - 1/k among the k entries above τ, else 0"
    notes = "The nearest point of the simplex: a softmax that can say 0. Has corners where the support changes."
    source = "Martins and Astudillo, From softmax to sparsemax, ICML (2016)."

    def _value(self, xp: ModuleType, x: Array) -> Array:
        x = shifted(xp, x)
        descending = xp.flip(xp.sort(x, axis=-1), axis=-1)
        sums = (xp.cumsum if xp.__name__ == "numpy" else xp.cumulative_sum)(descending, axis=-1)
        k = xp.arange(1, x.shape[-1] + 1, dtype=x.dtype, **_device(xp, x))
        inside = 1 + k * descending > sums
        count = xp.sum(number(xp, x, inside), axis=-1, keepdims=True)
        total = xp.sum(xp.where(inside, descending, xp.zeros_like(x)), axis=-1, keepdims=True)
        return xp.maximum(x - (total - 1) / count, 0.0)

    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array:
        support = number(xp, y, y > 0)
        mean = xp.sum(g * support, axis=-1, keepdims=True) / xp.sum(support, axis=-1, keepdims=True)
        return support * (g - mean)


class Maxout(RowWise):
    """The largest of `pieces` blocks of the last axis: (a, b) becomes max(a, b), half as wide.

    Pullback: g to the largest; where several are equal, each gets the same share.

    >>> Maxout(2).value([[1.0, 5.0, 3.0, 2.0]])
    array([[3., 5.]])

    Raises InputError where the last axis cannot be cut into `pieces` equal blocks.
    """

    name = "maxout"
    equation = "f(a, b) = max(a, b), the last axis cut into equal pieces"
    derivative_equation = "∂f/∂a = 1 where a is the largest, shared equally at a tie, else 0"
    notes = "Learns its own convex shape from straight pieces, at twice the weights or more."
    source = "Goodfellow, Warde-Farley, Mirza, Courville, Bengio, Maxout networks, ICML (2013)."
    initialisation = "he"

    def __init__(self, pieces: int = 2):
        if pieces < 1 or pieces != int(pieces):
            raise InputError(f"pieces must be a whole number of at least 1; got {pieces!r}. Use for instance pieces=2.")
        self.pieces = int(pieces)

    def _value(self, xp: ModuleType, x: Array) -> Array:
        cut = self._cut(xp, x)
        return reduce(xp.maximum, (cut[..., piece, :] for piece in range(self.pieces)))

    def _pullback(self, xp: ModuleType, x: Array, y: Array, g: Array) -> Array:
        winner = number(xp, x, self._cut(xp, x) == xp.expand_dims(y, axis=-2))
        share = xp.expand_dims(g, axis=-2) / xp.sum(winner, axis=-2, keepdims=True)
        return xp.reshape(winner * share, x.shape)

    def _cut(self, xp: ModuleType, x: Array) -> Array:
        width, rest = divmod(x.shape[-1], self.pieces)
        if rest:
            raise InputError(
                f"the last axis must be a multiple of pieces={self.pieces}; got {x.shape[-1]} columns. "
                f"Use {width * self.pieces} or {(width + 1) * self.pieces} columns."
            )
        return xp.reshape(x, (*x.shape[:-1], self.pieces, width))
