"""Ctrl-C during a training: the update at hand is finished, the model so far is kept, and the reason says so."""

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
    """Within it the first Ctrl-C ends the training after the update at hand; a second one raises at once.

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
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if terminated:
            os.kill(os.getpid(), terminated[0])
