"""Descent with a rate of its own for every parameter.

    AdaGrad     divides by the root of all squares so far             rare features keep a large rate
    AdaDelta    divides by recent squares, times recent steps         no rate to choose
    RMSProp     divides by the root of recent squares                 AdaGrad that does not stop
    Adam        RMSProp with momentum, both unbiased from step 1      the usual first choice for networks
    AdaMax      Adam with the largest recent slope for the root       steps bounded by the rate
    Nadam       Adam that looks ahead like Nesterov
    AMSGrad     Adam whose divisor never falls                        converges where Adam can circle
    AdamW       Adam, with the weights shrunk beside the step         weight decay that means what it says
    Lion        the sign of a momentum                                every step equally long, half the memory

All squares, roots and divisions are taken parameter by parameter. `epsilon` keeps a parameter without slope from
dividing by zero; it stands outside the root unless the page says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.loop import Method, Objective, Point
from groundup.solve.settings import fraction, positive


class Squares(NamedTuple):
    """A sum, or running average, of squared slopes."""

    squares: Array


class Moves(NamedTuple):
    """Running averages of squared slopes and of squared steps."""

    squares: Array
    moves: Array


class Moments(NamedTuple):
    """How many steps were made, and running averages of the slope and of its size."""

    steps: int
    mean: Array
    squares: Array


class Highest(NamedTuple):
    """Moments, and the largest running average of squares that there has been."""

    steps: int
    mean: Array
    squares: Array
    highest: Array


class Ahead(NamedTuple):
    """Moments, and the product of the momenta so far."""

    steps: int
    mean: Array
    squares: Array
    product: float


class Mean(NamedTuple):
    """A running average of the slope."""

    mean: Array


@dataclass(frozen=True, repr=False)
class AdaGrad(Method):
    """s ← s + g²;   w ← w - rate g / (√s + ε).

    For features that are rarely present: theirs is the sum that grows slowly, and their rate stays large. The rates
    only fall, like 1/√steps, so a long training comes to rest by itself.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> AdaGrad().step(None, here, AdaGrad().init(here.parameters), learning_rate=0.25)[0].round(6)
    array([0.75])

    Duchi, Hazan, Singer, Adaptive subgradient methods for online learning, JMLR 12 (2011).
    """

    epsilon: float = 1e-10
    default_learning_rate = 0.01

    def __post_init__(self):
        positive("epsilon", self.epsilon, example=1e-10)

    def init(self, parameters: Array) -> Squares:
        """No slope has been seen."""
        return Squares(np.zeros_like(parameters))

    def step(
        self, objective: Objective | None, here: Point, memory: Squares, learning_rate: float
    ) -> tuple[Array, Squares]:
        """The more slope a parameter has seen, the shorter its step."""
        squares = memory.squares + here.gradient * here.gradient
        return here.parameters - learning_rate * here.gradient / (np.sqrt(squares) + self.epsilon), Squares(squares)


@dataclass(frozen=True, repr=False)
class AdaDelta(Method):
    """s ← ρ s + (1-ρ) g²;   d = g √(u + ε) / √(s + ε);   u ← ρ u + (1-ρ) d²;   w ← w - rate d.

    The step has the units of the parameter, whatever the units of the loss, so that the rate can stay 1. It starts
    with tiny steps, of the size √ε, and lengthens them by itself.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> AdaDelta().step(None, here, AdaDelta().init(here.parameters), learning_rate=1.0)[0].round(6)
    array([0.995528])

    Zeiler, ADADELTA: an adaptive learning rate method, arXiv:1212.5701 (2012).
    """

    rho: float = 0.95
    epsilon: float = 1e-6
    default_learning_rate = 1.0

    def __post_init__(self):
        fraction("rho", self.rho)
        positive("epsilon", self.epsilon, example=1e-6)

    def init(self, parameters: Array) -> Moves:
        """No slope has been seen and no step been made."""
        return Moves(np.zeros_like(parameters), np.zeros_like(parameters))

    def step(
        self, objective: Objective | None, here: Point, memory: Moves, learning_rate: float
    ) -> tuple[Array, Moves]:
        """As long as recent steps, in proportion to the slope among recent slopes."""
        g, rho = here.gradient, self.rho
        squares = rho * memory.squares + (1 - rho) * g * g
        move = g * (np.sqrt(memory.moves + self.epsilon) / np.sqrt(squares + self.epsilon))
        return here.parameters - learning_rate * move, Moves(squares, rho * memory.moves + (1 - rho) * move * move)


@dataclass(frozen=True, repr=False)
class RMSProp(Method):
    """s ← ρ s + (1-ρ) g²;   w ← w - rate g / (√s + ε).

    The slope divided by its recent size: steep and flat directions are walked at the same pace. With a constant rate
    it never comes to rest, for the step does not shrink with the slope; let the rate fall (schedule).

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> RMSProp(rho=0.75).step(None, here, RMSProp().init(here.parameters), learning_rate=0.25)[0].round(6)
    array([0.5])

    Hinton, Neural networks for machine learning, lecture 6e (2012).
    """

    rho: float = 0.9
    epsilon: float = 1e-8
    default_learning_rate = 0.001

    def __post_init__(self):
        fraction("rho", self.rho)
        positive("epsilon", self.epsilon, example=1e-8)

    def init(self, parameters: Array) -> Squares:
        """No slope has been seen."""
        return Squares(np.zeros_like(parameters))

    def step(
        self, objective: Objective | None, here: Point, memory: Squares, learning_rate: float
    ) -> tuple[Array, Squares]:
        """The slope in units of its recent size."""
        squares = self.rho * memory.squares + (1 - self.rho) * here.gradient * here.gradient
        return here.parameters - learning_rate * here.gradient / (np.sqrt(squares) + self.epsilon), Squares(squares)


@dataclass(frozen=True, repr=False)
class _Adaptive(Method):
    """What the family of Adam shares: two running averages and their settings."""

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    default_learning_rate = 0.001

    def __post_init__(self):
        fraction("beta1", self.beta1)
        fraction("beta2", self.beta2)
        positive("epsilon", self.epsilon, example=1e-8)

    def init(self, parameters: Array) -> Any:
        """No slope has been seen."""
        return Moments(0, np.zeros_like(parameters), np.zeros_like(parameters))

    def averages(self, g: Array, memory: Any) -> tuple[int, Array, Array]:
        """t ← t + 1;   m ← β₁ m + (1-β₁) g;   s ← β₂ s + (1-β₂) g²."""
        mean = self.beta1 * memory.mean
        mean += (1 - self.beta1) * g
        squares = self.beta2 * memory.squares
        squares += (1 - self.beta2) * (g * g)
        return memory.steps + 1, mean, squares

    def move(self, steps: int, mean: Array, squares: Array, learning_rate: float) -> Array:
        """rate m̂ / (√ŝ + ε), with m̂ = m / (1-β₁ᵗ) and ŝ = s / (1-β₂ᵗ)."""
        divisor = np.sqrt(squares)
        divisor *= (1 - self.beta2**steps) ** -0.5
        divisor += self.epsilon
        return np.divide(mean, divisor, out=divisor) * (learning_rate / (1 - self.beta1**steps))


@dataclass(frozen=True, repr=False)
class Adam(_Adaptive):
    """m ← β₁ m + (1-β₁) g;   s ← β₂ s + (1-β₂) g²;   w ← w - rate m̂ / (√ŝ + ε).

    m̂ = m / (1-β₁ᵗ) and ŝ = s / (1-β₂ᵗ) take out the zeros that the averages started with. The usual first choice for
    networks: a step is at most about as long as the rate, whatever the units of the loss.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> Adam().step(None, here, Adam().init(here.parameters), learning_rate=0.25)[0].round(6)
    array([0.75])

    Kingma, Ba, Adam: a method for stochastic optimization, ICLR (2015), algorithm 1.
    """

    def step(
        self, objective: Objective | None, here: Point, memory: Moments, learning_rate: float
    ) -> tuple[Array, Moments]:
        """The average slope in units of its recent size."""
        steps, mean, squares = self.averages(here.gradient, memory)
        return here.parameters - self.move(steps, mean, squares, learning_rate), Moments(steps, mean, squares)


@dataclass(frozen=True, repr=False)
class AdaMax(_Adaptive):
    """m ← β₁ m + (1-β₁) g;   u ← max(β₂ u, |g| + ε);   w ← w - rate / (1-β₁ᵗ) m / u.

    Adam with the largest recent slope in place of the root of an average. One very steep batch shortens the following
    steps at once; no step is longer than the rate allows.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> AdaMax().step(None, here, AdaMax().init(here.parameters), learning_rate=0.25)[0].round(6)
    array([0.75])

    Kingma, Ba, Adam: a method for stochastic optimization, ICLR (2015), algorithm 2.
    """

    default_learning_rate = 0.002

    def step(
        self, objective: Objective | None, here: Point, memory: Moments, learning_rate: float
    ) -> tuple[Array, Moments]:
        """The average slope in units of the largest recent one."""
        steps, g = memory.steps + 1, here.gradient
        mean = self.beta1 * memory.mean + (1 - self.beta1) * g
        largest = np.maximum(self.beta2 * memory.squares, np.abs(g) + self.epsilon)
        return here.parameters - learning_rate / (1 - self.beta1**steps) * mean / largest, Moments(steps, mean, largest)


@dataclass(frozen=True, repr=False)
class Nadam(_Adaptive):
    """w ← w - rate (μ' m / (1 - Π μ μ') + (1-μ) g / (1 - Π μ)) / (√ŝ + ε): Adam that looks one step ahead.

    m and s are Adam's averages; μ = β₁ (1 - 0.96^(t ψ) / 2) is this step's momentum and μ' the next one's. ψ is
    `momentum_decay`: the momentum starts at β₁/2 and grows to β₁ over thousands of steps. With ψ = None it is β₁.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> Nadam().step(None, here, Nadam().init(here.parameters), learning_rate=0.25)[0].round(6)
    array([0.735887])

    Dozat, Incorporating Nesterov momentum into Adam, ICLR workshop (2016).
    """

    momentum_decay: float | None = 0.004
    default_learning_rate = 0.002

    def __post_init__(self):
        super().__post_init__()
        if self.momentum_decay is not None:
            positive("momentum_decay", self.momentum_decay, example=0.004)

    def init(self, parameters: Array) -> Ahead:
        """No slope has been seen; an empty product is 1."""
        return Ahead(0, np.zeros_like(parameters), np.zeros_like(parameters), 1.0)

    def momentum(self, steps: int) -> float:
        """μ of this step."""
        growing = 0.0 if self.momentum_decay is None else 0.5 * 0.96 ** (steps * self.momentum_decay)
        return self.beta1 * (1 - growing)

    def step(
        self, objective: Objective | None, here: Point, memory: Ahead, learning_rate: float
    ) -> tuple[Array, Ahead]:
        """Where Adam would go next, with the slope of now."""
        steps, mean, squares = self.averages(here.gradient, memory)
        now, following = self.momentum(steps), self.momentum(steps + 1)
        product = memory.product * now
        ahead = following / (1 - product * following) * mean + (1 - now) / (1 - product) * here.gradient
        divisor = np.sqrt(squares / (1 - self.beta2**steps)) + self.epsilon
        return here.parameters - learning_rate * ahead / divisor, Ahead(steps, mean, squares, product)


@dataclass(frozen=True, repr=False)
class AMSGrad(_Adaptive):
    """Adam with ŝ from the largest s there has been:  s⁺ ← max(s⁺, s);   w ← w - rate m̂ / (√(s⁺ / (1-β₂ᵗ)) + ε).

    Adam forgets a rare, large, telling slope and may then walk the wrong way for ever; here the divisor never falls.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> AMSGrad().step(None, here, AMSGrad().init(here.parameters), learning_rate=0.25)[0].round(6)
    array([0.75])

    Reddi, Kale, Kumar, On the convergence of Adam and beyond, ICLR (2018).
    """

    def init(self, parameters: Array) -> Highest:
        """No slope has been seen."""
        zeros = np.zeros_like(parameters)
        return Highest(0, zeros, zeros, zeros)

    def step(
        self, objective: Objective | None, here: Point, memory: Highest, learning_rate: float
    ) -> tuple[Array, Highest]:
        """Adam's step, never lengthened by forgetting."""
        steps, mean, squares = self.averages(here.gradient, memory)
        highest = np.maximum(memory.highest, squares)
        move = self.move(steps, mean, highest, learning_rate)
        return here.parameters - move, Highest(steps, mean, squares, highest)


@dataclass(frozen=True, repr=False)
class AdamW(_Adaptive):
    """w ← (1 - rate decay) w - rate m̂ / (√ŝ + ε): Adam, with the weights shrunk beside the step.

    Under Adam a penalty l2 hardly holds weights with large slopes, for it is divided by their size. Here every weight
    shrinks alike. The bias never does.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> AdamW(weight_decay=0.5).step(None, here, AdamW().init(here.parameters), learning_rate=0.25)[0].round(6)
    array([0.625])

    Loshchilov, Hutter, Decoupled weight decay regularization, ICLR (2019).
    """

    weight_decay: float = 0.01

    def __post_init__(self):
        super().__post_init__()
        positive("weight_decay", self.weight_decay, example=0.01, zero=True)

    def step(
        self, objective: Objective | None, here: Point, memory: Moments, learning_rate: float
    ) -> tuple[Array, Moments]:
        """Shrink, then Adam's step."""
        steps, mean, squares = self.averages(here.gradient, memory)
        kept = here.parameters - learning_rate * self.weight_decay * weights_of(objective, here.parameters)
        return kept - self.move(steps, mean, squares, learning_rate), Moments(steps, mean, squares)


@dataclass(frozen=True, repr=False)
class Lion(Method):
    """c = β₁ m + (1-β₁) g;   w ← w - rate (sign c + decay w);   m ← β₂ m + (1-β₂) g.

    Every parameter moves by exactly the rate, up or down. Its rate is 3 to 10 times smaller than Adam's, and it must
    fall (schedule) for the training to come to rest. The bias is not shrunk by `weight_decay`.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> Lion().step(None, here, Lion().init(here.parameters), learning_rate=0.25)[0]
    array([0.75])

    Chen et al., Symbolic discovery of optimization algorithms, NeurIPS (2023), program 1.
    """

    beta1: float = 0.9
    beta2: float = 0.99
    weight_decay: float = 0.0
    default_learning_rate = 0.0001

    def __post_init__(self):
        fraction("beta1", self.beta1)
        fraction("beta2", self.beta2)
        positive("weight_decay", self.weight_decay, example=0.01, zero=True)

    def init(self, parameters: Array) -> Mean:
        """No slope has been seen."""
        return Mean(np.zeros_like(parameters))

    def step(self, objective: Objective | None, here: Point, memory: Mean, learning_rate: float) -> tuple[Array, Mean]:
        """One rate up or down."""
        g = here.gradient
        direction = np.sign(self.beta1 * memory.mean + (1 - self.beta1) * g)
        if self.weight_decay:
            direction += self.weight_decay * weights_of(objective, here.parameters)
        return here.parameters - learning_rate * direction, Mean(self.beta2 * memory.mean + (1 - self.beta2) * g)


def weights_of(objective: Any, parameters: Array) -> Array:
    """The parameters with 0 for every bias; all of them where the objective knows no bias.

    >>> weights_of(None, np.array([1.0, 2.0]))
    array([1., 2.])
    """
    mask = getattr(objective, "mask", None)
    return parameters if mask is None else mask * parameters
