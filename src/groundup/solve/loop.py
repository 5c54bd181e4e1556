"""The one loop: look, report, move.

Whatever is trained, and however, passes through here. At each step the loop looks at where it stands (the value and
the gradient at the same place), tells every listener, and only then moves. So the table that a listener prints is the
textbook's table: its first line is the start, before anything has moved.

    Method      one pure step downhill: init(parameters) -> memory, step(here, memory, rate) -> (parameters, memory)
    State       what a listener sees
    Listener    State -> None to go on, or a sentence: the loop ends, and the sentence is the reason why
    Training    the loop itself, an iterator that can be looked at, changed, stopped and continued
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, InputTypeError
from groundup.solve.interruption import in_words, stopping_cleanly
from groundup.solve.schedules import factor_of


class Objective(Protocol):
    """What the loop asks of an objective."""

    @property
    def model(self) -> Any:
        """Turns parameters into weights and bias, for people to look at."""
        ...

    @property
    def blocks(self) -> Any:
        """The rows, which can be cut into batches."""
        ...

    def on(self, blocks: Any) -> Objective:
        """The same objective on other rows."""
        ...

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """The number to make small, and its slope."""
        ...

    def gap(self, parameters: Array, value: float) -> float:
        """How far the value is above the minimum; nan where that is unknown."""
        ...


class Point(NamedTuple):
    """A place, the objective there, and its slope there."""

    parameters: Array
    value: float
    gradient: Array


class Place(NamedTuple):
    """What a training must keep to go on after an interruption."""

    step: int
    parameters: Array
    memory: Any
    learning_rate: float
    limit: float
    shuffle: Any
    has_looked: bool


class Method(ABC):
    """One pure step downhill. What it remembers between steps is a value, given in and handed back."""

    default_learning_rate: float | None = None
    """The published rate; None where the safe rate follows from the curvature."""

    def init(self, parameters: Array) -> Any:
        """The memory before the first step."""
        return ()

    @abstractmethod
    def step(self, objective: Objective, here: Point, memory: Any, learning_rate: float) -> tuple[Array, Any]:
        """The next parameters, and what to remember."""

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({settings})"


class State:
    """Where training stands: what a listener sees, and what iterating over a training yields.

    With mini-batches `loss` and `gradient` are those of the batch at hand; `whole` is all rows, worked out when asked.
    """

    def __init__(self, training: Training, point: Point, epoch_starts: bool):
        self._training, self.point, self.epoch_starts = training, point, epoch_starts
        self.step, self.epoch, self.learning_rate = training.step, training.epoch, training.rate()
        self._whole: Point | None = point if training.full_batch else None
        self._validation_loss: float | None = None

    @property
    def training(self) -> Training:
        """The loop: what may be changed between two updates."""
        return self._training

    @property
    def loss(self) -> float:
        """The objective on the rows at hand."""
        return self.point.value

    @property
    def parameters(self) -> Array:
        """The flat vector of weights and biases."""
        return self.point.parameters

    @property
    def weights(self) -> Array:
        """The weights, in the shape of `coef_`."""
        return self._training.objective.model.weights_and_bias(self.point.parameters)[0]

    @property
    def bias(self) -> Array:
        """The bias: a number for one output."""
        return self._training.objective.model.weights_and_bias(self.point.parameters)[1]

    @property
    def gradient(self) -> Array:
        """The slope of the loss, weights first, bias last."""
        return self.point.gradient

    @property
    def whole(self) -> Point:
        """This place seen by all rows."""
        if self._whole is None:
            loop, here = self._training, self.point.parameters
            same = here is loop.parameters
            self._whole = loop.look_at_all() if same else Point(here, *loop.objective.value_and_gradient(here))
        return self._whole

    @property
    def validation_loss(self) -> float:
        """The loss on the rows that were kept apart; nan where there are none."""
        if self._validation_loss is None:
            apart = self._training.validation
            self._validation_loss = math.nan if apart is None else apart.value_and_gradient(self.parameters)[0]
        return self._validation_loss

    @property
    def gap(self) -> float:
        """How far the loss on all rows is above its minimum; nan where that is unknown."""
        return self._training.objective.gap(self.point.parameters, self.whole.value)

    def __repr__(self) -> str:
        return (
            f"State(step={self.step}, epoch={self.epoch}, loss={self.loss:.6g}, weights={self.weights}, "
            f"bias={self.bias}, learning_rate={self.learning_rate:.4g})"
        )


Listener = Callable[[State], str | None]


def _callable(listener: Any) -> Any:
    if not callable(listener):
        raise InputTypeError(
            f"listeners are functions of the state, such as gu.progress(); got {listener!r}. Give such functions; for "
            "scikit-learn's callbacks use model.set_callbacks(...)."
        )
    return listener


class Training:
    """The loop as an iterator: each turn is one update.

    Between turns `learning_rate`, `weights` and `bias` may be changed, and `stop(reason)` ends it. `run(epochs=5)`
    goes on by itself; `finish()` goes to the end and returns the fitted model.

    Exactly epochs x ceil(rows / batch_size) updates are made unless a listener ends the loop earlier.
    """

    def __init__(
        self,
        objective: Objective,
        method: Method,
        *,
        parameters: Array,
        learning_rate: float,
        epochs: int,
        batch_size: int | None = None,
        rng: np.random.Generator | None = None,
        schedule: Callable[[int], float] | None = None,
        listeners: Iterable[Listener] = (),
        finish: Callable[[Training], Any] | None = None,
        validation: Objective | None = None,
    ):
        rows = objective.blocks.n_rows
        self.objective, self.method, self.epochs, self.schedule = objective, method, epochs, schedule
        self.learning_rate = learning_rate
        self.batch_size = None if batch_size is None or batch_size >= rows else batch_size
        # An objective that is noisy (dropout) is another one at every step, even on all rows.
        self.full_batch = self.batch_size is None and not getattr(objective, "noisy", False)
        self.steps_per_epoch = 1 if self.batch_size is None else math.ceil(rows / self.batch_size)
        self.rng = rng
        self.listeners = [_callable(listener) for listener in listeners]
        self.step = 0
        self.reason: str | None = None
        self.parameters = parameters
        self.memory = method.init(parameters)
        self.validation = validation
        self.overflowed = ""  # of a training that diverged: the loss, or the gradient while the loss was still finite
        self.stop_soon: str | None = None  # why to end after the update at hand: set by a signal
        self.origin: Any = None  # for checkpoints: the estimator, its generator's first state, the rows
        self.saver: Callable[[Training, Any], None] | None = None
        self.glimpse: Callable[[State], dict[str, Any]] | None = None  # what a model that ended here would have learnt
        self.then = finish  # makes a fitted model of a training that has ended
        self._batches: Iterator[Any] = iter(())
        self._batch = objective
        self._whole: Point | None = None  # the last place that was seen by all rows
        self._look: Point | None = None  # where the last turn looked; None before the first
        self._limit = math.inf  # a loss above it is a divergence
        self._shuffle: Any = None  # the generator's state when this epoch began

    @property
    def epoch(self) -> int:
        """How many whole passes over the rows have been made."""
        return self.step // self.steps_per_epoch

    def rate(self) -> float:
        """The learning rate of the next update: the base rate times the schedule's factor for this epoch."""
        if self.schedule is None:
            return self.learning_rate
        return self.learning_rate * factor_of(self.schedule, self.epoch)

    @property
    def weights(self) -> Array:
        """The weights, in the shape of `coef_`; assign to change them."""
        return self.objective.model.weights_and_bias(self.parameters)[0]

    @weights.setter
    def weights(self, weights: Array) -> None:
        self._change(weights, self.bias)

    @property
    def bias(self) -> Array:
        """The bias; assign to change it."""
        return self.objective.model.weights_and_bias(self.parameters)[1]

    @bias.setter
    def bias(self, bias: Array) -> None:
        self._change(self.weights, bias)

    def _change(self, weights: Array, bias: Array) -> None:
        changed = self.objective.model.from_weights_and_bias(weights, bias)
        if not np.isfinite(changed).all():
            raise InputError("weights and bias must be finite numbers; got nan or infinity. Nothing was changed.")
        self.parameters = changed

    def __iter__(self) -> Training:
        return self

    def __next__(self) -> State:
        """Move from where the last turn looked, then look."""
        if self.reason is not None:
            raise StopIteration
        if self._look is not None:
            self._move(self._look)
        epoch_starts = self.step % self.steps_per_epoch == 0
        if epoch_starts:
            self._start_epoch()
        elif not self.full_batch:
            self._batch = self.objective.on(next(self._batches))
        previous, self._look = self._look, self._point()
        state = State(self, self._look, epoch_starts)
        watch = getattr(self.schedule, "watch", None)
        if watch is not None:  # a schedule that follows the loss
            watch(state)
            state.learning_rate = self.rate()
        self.reason = (
            self._diverged(previous) or self._ask(state) or self.reason or self.all_done() or self._interrupted()
        )
        if self.reason is not None:
            self.end(self.reason)
        return state

    def _start_epoch(self) -> None:
        """Shuffle and take the first batch; after the last epoch look at all rows."""
        self._shuffle = None if self.rng is None else self.rng.bit_generator.state
        if self.full_batch or self.epoch == self.epochs:
            self._batch = self.objective
        else:
            self._batches = self._new_batches()
            self._batch = self.objective.on(next(self._batches))

    def _new_batches(self) -> Iterator[Any]:
        return self.objective.blocks.batches(self.batch_size, self.rng)

    def _point(self) -> Point:
        with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges is told in words, by _diverged
            if self._batch is self.objective:
                return self.look_at_all()
            return Point(self.parameters, *self._batch.value_and_gradient(self.parameters))

    def look_at_all(self) -> Point:
        """The place at hand, seen by all rows; worked out once."""
        if self._whole is None or self._whole.parameters is not self.parameters:
            self._whole = Point(self.parameters, *self.objective.value_and_gradient(self.parameters))
        return self._whole

    def _move(self, here: Point) -> None:
        if here.parameters is not self.parameters:  # somebody changed the weights while looking
            here = self._point()
        with np.errstate(over="ignore", invalid="ignore"):
            self.parameters, self.memory = self.method.step(self._batch, here, self.memory, self.rate())
        self.step += 1

    def _diverged(self, previous: Point | None) -> str | None:
        """Stop before overflow and stand where the numbers were last finite."""
        here = self._look
        assert here is not None
        finite = math.isfinite(here.value) and np.count_nonzero(np.isfinite(here.gradient)) == here.gradient.size
        if self.step == 0:
            if not finite:
                return f"not started: the loss at the start is {here.value}, beyond what a float holds"
            self._limit = 1e12 * here.value
            return None
        if finite and not 0 < self._limit < here.value:
            return None
        self.overflowed = "loss" if not math.isfinite(here.value) or finite else "gradient"
        if not finite and previous is not None:
            self.parameters, self._look = previous.parameters, previous
        return "diverged"

    def _ask(self, state: State) -> str | None:
        reasons = [listener(state) for listener in self.listeners]
        return next((reason for reason in reasons if reason is not None), None)

    def stop(self, reason: str = "stopped by the caller") -> None:
        """End the loop here; the sentence becomes the model's `reason_`."""
        if self.reason is None:
            self.end(reason)

    def end(self, reason: str) -> None:
        """Keep the reason, and tell every listener that wants to know."""
        self.reason = reason
        self._tell("ended")

    def run(self, epochs: int | None = None) -> State:
        """Go on by so many epochs (all that are left when None); returns the last state."""
        if epochs is not None and epochs < 1:
            raise InputError(f"epochs must be at least 1; got {epochs}. Leave it out to run to the end.")
        if self.reason is not None:
            raise InputError(f"this training has ended ({self.reason}); start a new one with model.training(X, y).")
        goal = math.inf if epochs is None else self.step + epochs * self.steps_per_epoch
        try:
            with stopping_cleanly(self):
                state = next(self)
                while self.step < goal and self.reason is None:
                    state = next(self)
        finally:
            self._tell("paused")
        return state

    def _tell(self, what: str) -> None:
        """Call `listener.ended(training)` or `.paused(training)` where there is one: the last listener first."""
        for listener in reversed(self.listeners):
            hook = getattr(listener, what, None)
            if hook is not None:
                hook(self)

    def save(self, path: Any) -> None:
        """Write where the training stands to a file; `gu.resume(path, X, y)` goes on with the same digits."""
        if self.saver is None:
            raise InputError("only a training that an estimator made can be saved; use model.training(X, y).")
        self.saver(self, path)

    def place(self) -> Place:
        """All that the loop must keep to go on from here with the same digits."""
        looked = self._look is not None
        return Place(self.step, self.parameters, self.memory, self.learning_rate, self._limit, self._shuffle, looked)

    def move_to(self, place: Place) -> None:
        """Stand where `place` was kept, with the same shuffle and the same batch, and look; nobody is told twice."""
        self.step, self.parameters, self.memory, self.learning_rate, self._limit, shuffle, has_looked = place
        if not has_looked:
            return
        if self.rng is not None and shuffle is not None:
            self.rng.bit_generator.state = shuffle
        self._start_epoch()
        if not self.full_batch:
            for _ in range(self.step % self.steps_per_epoch):
                self._batch = self.objective.on(next(self._batches))
        self._look = self._point()

    def _interrupted(self) -> str | None:
        why, self.stop_soon = self.stop_soon, None
        return None if why is None else in_words(why, self.step, self.steps_per_epoch)

    def all_done(self) -> str | None:
        """The reason of a training that has made all its epochs; None while there are some left."""
        return f"all {self.epochs:,} epochs done" if self.step >= self.epochs * self.steps_per_epoch else None

    def finish(self) -> Any:
        """Go to the end, or stay where it was stopped, and return the fitted model."""
        if self.reason is None:
            self.run()
        return self if self.then is None else self.then(self)
