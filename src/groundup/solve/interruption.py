"""Ctrl-C during a training: the update at hand is finished, the model so far is kept, and the reason says so.

In a compiled epoch it is the update at hand or ten milliseconds of updates, whichever is longer.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Protocol

INTERRUPTED = "interrupted"
"""How the reason begins."""


class Stoppable(Protocol):
    """A loop that can be told to end after the update at hand."""

    listeners: list[Any]
    stop_soon: str | None


@contextmanager
def stopping_cleanly(training: Stoppable) -> Generator[None]:
    """Within it the first Ctrl-C ends the training after the update at hand; a second one raises KeyboardInterrupt.

    SIGTERM does the same where a listener keeps checkpoints, and then ends the process as it should. Somebody's own
    handlers, and threads other than the main one, are left alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {}
    terminated: list[int] = []

    def ask_to_stop(number: int, frame: Any) -> None:
        signal.signal(number, before[number])
        what = "Ctrl-C" if number == signal.SIGINT else "SIGTERM"
        if number == signal.SIGTERM:
            terminated.append(number)
        training.stop_soon = f"{INTERRUPTED} by {what}"

    keeps = any(getattr(listener, "keeps_checkpoints", False) for listener in training.listeners)
    wanted = [(signal.SIGINT, signal.default_int_handler), *([(signal.SIGTERM, signal.SIG_DFL)] if keeps else [])]
    for number, usual in wanted:
        if signal.getsignal(number) is usual:
            before[number] = signal.signal(number, ask_to_stop)
    try:
        yield
    except KeyboardInterrupt:
        training.stop_soon = None  # the second Ctrl-C is the answer to the first one too
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if terminated:
            os.kill(os.getpid(), terminated[0])


def in_words(why: str, step: int, steps_per_epoch: int) -> str:
    """The reason of a training that ended after so many updates, and which batch was the last one.

    >>> in_words("interrupted by Ctrl-C", 12, 5)
    'interrupted by Ctrl-C after 12 updates (epoch 3, batch 2 of 5); the model so far is kept'
    """
    where = ""
    if step > 0 and steps_per_epoch > 1:
        epoch, batch = divmod(step - 1, steps_per_epoch)
        where = f" (epoch {epoch + 1:,}, batch {batch + 1:,} of {steps_per_epoch:,})"
    return f"{why} after {step:,} updates{where}; the model so far is kept"
