"""How far a training is: a bar on a terminal, plain lines in a pipe or a file, and nothing unless asked.

    listeners=[gu.progress()]

Times are those of the monotonic clock, which no change of the wall clock can move.
"""

from __future__ import annotations

import importlib.util
import math
import os
import sys
import time
import weakref
from typing import Any, Self, TextIO

from groundup.errors import InputTypeError
from groundup.solve.loop import State, Training
from groundup.solve.settings import positive

LINES = 10
"""So many lines a training has in a pipe, the first and the last not counted..."""

SILENCE = 30.0
"""... and one more after so many seconds without any."""

REFRESH = 0.1
"""Seconds between two looks of a bar."""


def progress(*, after: float = 0.0, file: TextIO | None = None) -> Progress:
    """A listener that shows epoch, loss, gap and learning rate while a model trains.

    On a terminal it is one line with a bar, drawn by rich; in a pipe, in a notebook, or without rich, a plain line for
    each tenth of the epochs. The loss is that of all rows where the epoch began; the gap is how far it is above its
    minimum, where that is known. The bar goes away in the end; lines that stay come only `after` so many seconds, so
    that short work can be silent. `file` is standard error unless it is given.

    >>> import sys, groundup as gu
    >>> settings = dict(solver="gradient_descent", learning_rate=0.3, epochs=20)
    >>> model = gu.LinearRegression(**settings, listeners=[gu.progress(file=sys.stdout)])
    >>> model = model.fit([[0.0], [1.0], [2.0]], [1.0, 3.0, 6.0])
    epoch 0 of 20   loss 15.3333   gap 15.2778   learning rate 0.3
    epoch 2 of 20   loss 0.666667   gap 0.611111   learning rate 0.3   ... s left
    ...
    epoch 20 of 20   loss 0.055668   gap 0.000112455   learning rate 0.3   after ... s: all 20 epochs done
    """
    return Progress(after=after, file=file)


class Progress:
    """What `progress()` makes. It may serve one training after another."""

    only_epochs = True  # it needs to see no more than where an epoch begins: compiled epochs stay compiled

    def __init__(self, *, after: float = 0.0, file: TextIO | None = None):
        positive("after", after, example=1.0, zero=True)
        if file is not None and not hasattr(file, "write"):
            raise InputTypeError(f"file must be something to write to; got {file!r}. Use for instance sys.stdout.")
        self.after, self.file = after, file
        self._begin(None)

    def __repr__(self) -> str:
        return f"Progress(after={self.after!r})"

    def __deepcopy__(self, memo: Any) -> Self:
        """One that has seen nothing yet, for a copy of the estimator."""
        return type(self)(after=self.after, file=self.file)

    def __reduce__(self) -> Any:
        return _again, (self.after, self.file)

    def __call__(self, state: State) -> None:
        """Look at the clock; write only where something is due."""
        if state.training is not self._training:
            self._begin(state.training)
        if state.epoch_starts:  # what History has already worked out
            self._loss, self._gap = state.whole.value, state.gap
        now = time.monotonic()
        if self._bar is None and not self._plain:
            self._open(state.training)
        if self._bar is not None:
            self._draw(state, now)
        elif now - self._began >= self.after:
            self._say(state, now)

    def paused(self, training: Training) -> None:
        """Take the bar away: the loop has handed control back, for good or for now, or was broken off."""
        if self._bar is not None:
            self._bar.close()
        self._bar = None

    def ended(self, training: Training) -> None:
        """The last line says why."""
        seconds = time.monotonic() - self._began
        self.paused(training)
        if training is self._training and seconds >= self.after:
            words = f"{line(training, self._loss, self._gap)}   after {seconds:.1f} s: {training.reason}"
            print(words, file=self._out(), flush=True)
        self._begin(None)

    def _begin(self, training: Training | None) -> None:
        self._training, self._began = training, time.monotonic()
        self._loss = self._gap = math.nan
        self._bar: Bar | None = None
        self._plain = False
        self._next, self._last = 0.0, -math.inf
        self._share = 0.0  # that of the last line

    def _out(self) -> TextIO:
        return sys.stderr if self.file is None else self.file

    def _open(self, training: Training) -> None:
        out = self._out()
        watched = out.isatty() and os.environ.get("TERM") != "dumb"
        if watched and importlib.util.find_spec("rich") is not None:
            self._bar = Bar(out, training, line(training, self._loss, self._gap))
        self._plain = self._bar is None

    def _draw(self, state: State, now: float) -> None:
        assert self._bar is not None
        if now - self._last >= REFRESH:
            self._last = now
            self._bar.draw(state.training, line(state.training, self._loss, self._gap))

    def _say(self, state: State, now: float) -> None:
        loop, share = state.training, done(state.training)
        if (share >= self._next and state.epoch_starts and share < 1) or now - self._last >= SILENCE:
            self._next = (math.floor(share * LINES + 1e-9) + 1) / LINES
            print(line(loop, self._loss, self._gap) + self._left(share, now), file=self._out(), flush=True)
            self._last, self._share = now, share

    def _left(self, share: float, now: float) -> str:
        """How much longer it will take, if all epochs are made and each takes as long as those since the last line."""
        made = share - self._share
        if made < 0.5 / LINES or self._last == -math.inf:  # too few to tell: the first may have been compiled
            return ""
        return f"   {(now - self._last) * (1 - share) / made:.1f} s left"


class Bar:
    """One line on a terminal, kept alive by rich; whatever else is printed meanwhile appears above it."""

    def __init__(self, out: TextIO, training: Training, text: str):
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = TextColumn("{task.description}"), BarColumn(bar_width=20), TimeRemainingColumn(compact=True)
        console = Console(file=out, highlight=False, markup=False, emoji=False)
        self._live = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self._task = self._live.add_task(
            text, total=training.epochs * training.steps_per_epoch, completed=training.step
        )
        self._live.start()
        # Whoever iterates by hand may leave in the middle: the cursor comes back all the same.
        self._close = weakref.finalize(self, self._live.stop)

    def draw(self, training: Training, text: str) -> None:
        """The line as it is now."""
        self._live.update(self._task, completed=training.step, description=text, refresh=True)

    def close(self) -> None:
        """Take the line away and show the cursor again."""
        self._close()


def done(training: Training) -> float:
    """The share of the updates that have been made, from 0 to 1."""
    return training.step / (training.epochs * training.steps_per_epoch)


def line(training: Training, loss: float, gap: float) -> str:
    """Where a training stands, in one line."""
    words = f"epoch {training.epoch:,} of {training.epochs:,}   loss {loss:.6g}"
    if not math.isnan(gap):
        words += f"   gap {gap:.6g}"
    return f"{words}   learning rate {training.rate():.4g}"


def _again(after: float, file: TextIO | None) -> Progress:
    return Progress(after=after, file=file)
