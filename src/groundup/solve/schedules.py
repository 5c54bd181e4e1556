"""How the learning rate changes from epoch to epoch: a factor on the rate that was asked for.

    Constant           1                                     the rate stays
    Step               every so many epochs a tenth          long plateaus, sudden drops
    Exponential        the same share every epoch
    Polynomial         down to the end along (1 - e/E)^p     a straight line for p = 1
    InverseScaling     1 / (1 + e/τ)^p                       falls slowly, never ends
    Cosine             half a cosine down to the end         the usual choice for networks
    WarmRestarts       cosines, each longer, each from 1     leaves a valley and looks for another
    WarmUp             from little to 1, then another one    while Adam's averages are young
    OneCycle           up, down, and far down                fast training at large rates
    ReduceOnPlateau    down whenever the loss stands still   needs no plan

e is the epoch and E the number of epochs; a schedule that needs E takes it from the training unless it is given one.
Any function of the epoch is a schedule too.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

from groundup.errors import InputError, InputTypeError, UnknownNameError
from groundup.solve.settings import fraction, positive, whole


class Watched(Protocol):
    """What a schedule may look at: a state of the training."""

    @property
    def epoch_starts(self) -> bool:
        """Whether the state stands between two epochs."""
        ...

    @property
    def whole(self) -> Any:
        """The state seen by all rows."""
        ...

    @property
    def validation_loss(self) -> float:
        """The loss on rows kept apart; nan where there are none."""
        ...


class Schedule(ABC):
    """A factor on the learning rate for each epoch."""

    epochs: int | None = None

    def __call__(self, epoch: float) -> float:
        """The factor for this epoch; the first epoch is 0."""
        return self.factor(epoch)

    @abstractmethod
    def factor(self, epoch: float) -> float:
        """The formula."""

    def over(self, epochs: int) -> Self:
        """This schedule, fresh, for a training of so many epochs; a number of epochs given before is kept.

        >>> Cosine().over(10)(5)
        0.5
        """
        return self

    def done(self, epoch: float) -> float:
        """The share of the training that is over, from 0 to 1."""
        if self.epochs is None:
            raise InputError(
                f"{type(self).__name__} needs the number of epochs; give it to a training, or call over(epochs) first."
            )
        return min(epoch / self.epochs, 1.0)


@dataclass(frozen=True)
class Planned(Schedule):
    """A schedule that is planned to the end of the training."""

    epochs: int | None = None

    def __post_init__(self):
        if self.epochs is not None:
            whole("epochs", self.epochs, example=100)

    def over(self, epochs: int) -> Self:
        """This schedule with its end, unless it has one."""
        return self if self.epochs is not None else replace(self, epochs=epochs)


@dataclass(frozen=True)
class Constant(Schedule):
    """1: the rate stays what it is.

    >>> Constant()(7)
    1.0
    """

    def factor(self, epoch: float) -> float:
        """1."""
        return 1.0


@dataclass(frozen=True)
class Step(Schedule):
    """drop^⌊e / every⌋: constant for a while, then a sudden drop.

    >>> [Step(every=2, drop=0.5)(epoch) for epoch in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """

    every: int = 30
    drop: float = 0.1

    def __post_init__(self):
        whole("every", self.every, example=30)
        _share("drop", self.drop)

    def factor(self, epoch: float) -> float:
        """drop^⌊e / every⌋."""
        return self.drop ** math.floor(epoch / self.every)


@dataclass(frozen=True)
class Exponential(Schedule):
    """decay^e: every epoch takes the same share of the rate away.

    >>> Exponential(decay=0.5)(3)
    0.125
    """

    decay: float = 0.99

    def __post_init__(self):
        _share("decay", self.decay)

    def factor(self, epoch: float) -> float:
        """decay^e."""
        return self.decay**epoch


@dataclass(frozen=True)
class Polynomial(Planned):
    """end + (1 - end) (1 - e/E)^power: down to the last epoch, a straight line for power 1.

    >>> [Polynomial(epochs=4)(epoch) for epoch in range(5)]
    [1.0, 0.75, 0.5, 0.25, 0.0]
    """

    power: float = 1.0
    end: float = 0.0

    def __post_init__(self):
        super().__post_init__()
        positive("power", self.power, example=1)
        fraction("end", self.end)

    def factor(self, epoch: float) -> float:
        """end + (1 - end) (1 - e/E)^power."""
        return self.end + (1 - self.end) * (1 - self.done(epoch)) ** self.power


@dataclass(frozen=True)
class InverseScaling(Schedule):
    """(1 + e/τ)^-power: with power between 1/2 and 1, stochastic descent comes to rest at the minimum.

    After τ epochs the factor is 2^-power.

    >>> InverseScaling(tau=10, power=1.0)(10)
    0.5

    Robbins, Monro, A stochastic approximation method (1951).
    """

    tau: float = 1.0
    power: float = 0.5

    def __post_init__(self):
        positive("tau", self.tau, example=1)
        positive("power", self.power, example=0.5)

    def factor(self, epoch: float) -> float:
        """(1 + e/τ)^-power."""
        return (1 + epoch / self.tau) ** -self.power


@dataclass(frozen=True)
class Cosine(Planned):
    """end + (1 - end) (1 + cos(π e/E)) / 2: gently down at both ends, quickly in between.

    >>> [round(Cosine(epochs=4)(epoch), 4) for epoch in range(5)]
    [1.0, 0.8536, 0.5, 0.1464, 0.0]

    Loshchilov, Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR (2017), equation 5.
    """

    end: float = 0.0

    def __post_init__(self):
        super().__post_init__()
        fraction("end", self.end)

    def factor(self, epoch: float) -> float:
        """end + (1 - end) (1 + cos(π e/E)) / 2."""
        return self.end + (1 - self.end) * (1 + math.cos(math.pi * self.done(epoch))) / 2


@dataclass(frozen=True)
class WarmRestarts(Schedule):
    """A cosine of `first` epochs, then from 1 again, each cycle `longer` times the last.

    >>> [round(WarmRestarts(first=2, longer=2)(epoch), 4) for epoch in range(7)]
    [1.0, 0.5, 1.0, 0.8536, 0.5, 0.1464, 1.0]

    Loshchilov, Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR (2017).
    """

    first: int = 10
    longer: float = 2.0
    end: float = 0.0

    def __post_init__(self):
        whole("first", self.first, example=10)
        fraction("end", self.end)
        if not 1 <= self.longer < math.inf:
            raise InputError(f"longer must be at least 1; got {self.longer!r}. Use 1 for cycles of equal length.")

    def factor(self, epoch: float) -> float:
        """A cosine over the cycle that this epoch is in."""
        start, length = 0.0, float(self.first)
        while epoch >= start + length:
            start, length = start + length, length * self.longer
        return self.end + (1 - self.end) * (1 + math.cos(math.pi * (epoch - start) / length)) / 2


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Up from `start` to 1 in the first `rise` of the epochs, then down to `end`, both along a cosine.

    The rate of the training is the peak: take the largest that `rate_test` finds usable.

    >>> [round(OneCycle(epochs=4, rise=0.5, start=0.2, end=0.0)(epoch), 4) for epoch in range(5)]
    [0.2, 0.6, 1.0, 0.5, 0.0]

    Smith, Topin, Super-convergence: very fast training of neural networks using large learning rates (2018).
    """

    epochs: int | None = None
    rise: float = 0.3
    start: float = 0.04
    end: float = 1e-4

    def __post_init__(self):
        if self.epochs is not None:
            whole("epochs", self.epochs, example=100)
        for name in ("rise", "start", "end"):
            fraction(name, getattr(self, name))

    def over(self, epochs: int) -> Self:
        """This schedule with its end, unless it has one."""
        return self if self.epochs is not None else replace(self, epochs=epochs)

    def factor(self, epoch: float) -> float:
        """A cosine up, then a cosine down."""
        done = self.done(epoch)
        low, done = (
            (self.start, 1 - done / self.rise) if done < self.rise else (self.end, (done - self.rise) / (1 - self.rise))
        )
        return low + (1 - low) * (1 + math.cos(math.pi * done)) / 2


@dataclass(frozen=True)
class WarmUp(Schedule):
    """start + (1 - start) e/epochs for the first `epochs`, then another schedule from its beginning.

    Young averages are wrong averages: the first steps of Adam are better small.

    >>> [round(WarmUp(2, then=Exponential(0.5), start=0.2)(epoch), 4) for epoch in range(5)]
    [0.2, 0.6, 1.0, 0.5, 0.25]

    Goyal et al., Accurate, large minibatch SGD: training ImageNet in 1 hour (2017), section 2.2.
    """

    epochs: int = 5  # pyright: ignore[reportIncompatibleVariableOverride]
    then: Any = "constant"
    start: float = 0.1

    def __post_init__(self):
        whole("epochs", self.epochs, example=5)
        fraction("start", self.start)
        object.__setattr__(self, "then", named(self.then))
        if isinstance(self.then, ReduceOnPlateau):
            raise InputError("WarmUp cannot be followed by ReduceOnPlateau, which has no plan; use Step or Cosine.")

    def over(self, epochs: int) -> Self:
        """The second schedule ends where the training ends."""
        if not isinstance(self.then, Schedule):
            return self
        return replace(self, then=self.then.over(max(epochs - self.epochs, 1)))

    def factor(self, epoch: float) -> float:
        """A straight line, then the other schedule."""
        if epoch < self.epochs:
            return self.start + (1 - self.start) * epoch / self.epochs
        return self.then(epoch - self.epochs)


class ReduceOnPlateau(Schedule):
    """factor ← drop x factor, whenever the loss on all rows has not fallen for more than `patience` epochs.

    A loss has fallen when it is below the best so far by more than `threshold` of its size. With early stopping the
    loss on the validation part is what counts.

    >>> plateau = ReduceOnPlateau(drop=0.5, patience=1)
    >>> for epoch, loss in enumerate([3.0, 2.0, 2.0, 2.0]):
    ...     plateau.tell(loss)
    >>> plateau(4)
    0.5
    """

    def __init__(self, drop: float = 0.1, patience: int = 10, threshold: float = 1e-4, least: float = 0.0):
        _share("drop", drop)
        whole("patience", patience, example=10)
        fraction("threshold", threshold)
        fraction("least", least)
        self.drop, self.patience, self.threshold, self.least = drop, patience, threshold, least
        self._now, self._best, self._waited = 1.0, math.inf, 0

    def __repr__(self) -> str:
        return (
            f"ReduceOnPlateau(drop={self.drop!r}, patience={self.patience!r}, threshold={self.threshold!r}, "
            f"least={self.least!r})"
        )

    def over(self, epochs: int) -> Self:
        """One that has seen nothing yet: a schedule may serve several trainings."""
        return type(self)(self.drop, self.patience, self.threshold, self.least)

    def factor(self, epoch: float) -> float:
        """What is left of the rate."""
        return self._now

    def watch(self, state: Watched) -> None:
        """Look at every state: the loop calls it before each update."""
        if state.epoch_starts:
            known = not math.isnan(state.validation_loss)
            self.tell(state.validation_loss if known else float(state.whole.value))

    def tell(self, loss: float) -> None:
        """The loss of one more epoch."""
        if loss < self._best - self.threshold * abs(self._best) or self._best == math.inf:
            self._best, self._waited = loss, 0
        else:
            self._waited += 1
        if self._waited > self.patience:
            self._now, self._waited = max(self._now * self.drop, self.least), 0

    def memory(self) -> dict[str, float]:
        """What must be kept for the training to go on after an interruption."""
        return {"now": self._now, "best": self._best, "waited": self._waited}

    def recall(self, memory: dict[str, float]) -> None:
        """Go on from what `memory` kept."""
        self._now, self._best, self._waited = float(memory["now"]), float(memory["best"]), int(memory["waited"])


SCHEDULES: dict[str, type[Schedule]] = {
    "constant": Constant,
    "cosine": Cosine,
    "exponential": Exponential,
    "inverse_scaling": InverseScaling,
    "one_cycle": OneCycle,
    "polynomial": Polynomial,
    "reduce_on_plateau": ReduceOnPlateau,
    "step": Step,
    "warm_restarts": WarmRestarts,
    "warm_up": WarmUp,
}
"""Every schedule by its name, sorted."""


def named(schedule: str | Callable[[int], float] | None, epochs: int | None = None) -> Callable[[int], float] | None:
    """The schedule of that name; a Schedule, a function of the epoch or None is returned as it is.

    With `epochs` it is made ready for a training of that length.

    >>> named("cosine", epochs=10)(5)
    0.5
    """
    if isinstance(schedule, str):
        if schedule not in SCHEDULES:
            raise UnknownNameError("schedule", schedule, SCHEDULES)
        schedule = SCHEDULES[schedule]()
    if schedule is not None and not callable(schedule):
        raise InputTypeError(
            f"schedule must be a name, a Schedule, a function of the epoch or None; got {schedule!r}. "
            "Use for instance schedule='cosine'."
        )
    if isinstance(schedule, Schedule) and epochs is not None:
        return schedule.over(epochs)
    return schedule


def factor_of(schedule: Callable[[int], float], epoch: int) -> float:
    """The factor of this epoch; InputTypeError where a schedule of one's own gives no finite number.

    >>> factor_of(lambda epoch: 1 / (1 + epoch), 3)
    0.25
    """
    factor: Any = schedule(epoch)
    if isinstance(factor, str | bytes | complex) or factor is None or not math.isfinite(factor):
        raise InputTypeError(
            f"schedule must give a finite number for each epoch; for epoch {epoch} it gave {factor!r}. "
            "Use for instance schedule='cosine'."
        )
    return factor


def _share(name: str, value: float) -> None:
    positive(name, value, example=0.1)
    if value > 1:
        raise InputError(f"{name} must be at most 1, for it makes the rate smaller; got {value!r}. Use {name}=0.1.")
