"""scikit-learn's callbacks: its ProgressBar, its ScoringMonitor, and whatever else has their four hooks.

    setup              once, when the fit begins
    on_fit_task_begin  for the fit, and for every epoch in it
    on_fit_task_end    likewise; True ends the training, and `reason_` says so
    teardown           once, however the fit ended

The fit is the root of a tree of tasks and every epoch a leaf; in a pipeline or a grid search the root hangs on the
task there. A callback that asks for `fitted_estimator` gets a copy with the weights of that epoch. scikit-learn is
imported here only, and only for whoever sets a callback.
"""

from __future__ import annotations

import functools
from typing import Any, cast

from groundup.errors import InputTypeError
from groundup.solve.loop import State, Training


def attach(estimator: Any, callbacks: tuple[Any, ...]) -> Any:
    """What `estimator.set_callbacks(*callbacks)` does: its next fits tell them; without any, none."""
    try:
        from sklearn.callback import CallbackSupportMixin  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise InputTypeError(
            "set_callbacks takes the callbacks of scikit-learn 1.9 or later, which is not installed here. Install it, "
            "or watch the training with listeners=[gu.progress()]."
        ) from None
    CallbackSupportMixin.set_callbacks(estimator, *callbacks)  # pyright: ignore
    if callbacks:
        estimator.fit = functools.partial(fit_and_tell, estimator)  # this one only: other fits are as they were
    else:
        estimator.__dict__.pop("fit", None)
    return estimator


def fit_and_tell(estimator: Any, X: Any, y: Any = None, sample_weight: Any = None) -> Any:
    """`fit`, with the callbacks told; they are torn down however it ends."""
    from sklearn.callback import with_callbacks  # pyright: ignore

    return with_callbacks(_fit_and_tell)(estimator, X, y, sample_weight)


def _fit_and_tell(estimator: Any, X: Any, y: Any, sample_weight: Any) -> Any:
    weights = {} if sample_weight is None else {"sample_weight": sample_weight}
    teller = Teller(estimator, {"X": X, "y": y, "metadata": weights or None})
    kept = estimator.__dict__.get("listeners")  # None for a scaler, which takes no steps
    if kept is not None:
        estimator.listeners = [*kept, teller]
    try:
        cast(Any, type(estimator)).fit(estimator, X, y, **weights)
    finally:
        if kept is not None:
            estimator.listeners = kept
    teller.close()
    return estimator


class Teller:
    """A listener that turns epochs into tasks."""

    only_epochs = True

    _root: Any = None
    _task: Any = None

    def __init__(self, estimator: Any, rows: dict[str, Any]):
        self._estimator, self._rows = estimator, rows
        self._made = 0

    def __call__(self, state: State) -> str | None:
        """The epoch that was made has ended, and the next one begins."""
        if not state.epoch_starts:
            return None
        self._begin(state.training.epochs)
        learnt = functools.partial(_learnt, self._estimator, state)
        enough = False
        if self._task is not None:
            enough = self._task.call_on_fit_task_end(
                estimator=self._estimator, **self._rows, reconstruction_attributes=learnt
            )
            self._task = None
        if self._made < self._root.max_subtasks and not enough and state.epoch < state.training.epochs:
            self._made += 1
            self._task = self._root.subcontext(task_name="epoch").call_on_fit_task_begin(
                estimator=self._estimator, **self._rows, reconstruction_attributes=learnt
            )
        return f"stopped by a callback after {state.epoch:,} epochs" if enough else None

    def ended(self, training: Training) -> None:
        """An epoch that began and was not made any more ends with nothing to show."""
        if self._task is not None:
            self._task.call_on_fit_task_end(estimator=self._estimator)
            self._task = None

    def close(self) -> None:
        """The fit is done: where it took no steps, it was one task without parts."""
        self._begin(0)
        self._root.call_on_fit_task_end(estimator=self._estimator, **self._rows, reconstruction_attributes={})

    def _begin(self, epochs: int) -> None:
        if self._root is not None:
            return
        from sklearn.callback import CallbackSupportMixin  # pyright: ignore[reportMissingTypeStubs]

        self._root = CallbackSupportMixin._init_callback_context(self._estimator, max_subtasks=epochs)  # pyright: ignore
        self._root.call_on_fit_task_begin(estimator=self._estimator, **self._rows)


def _learnt(estimator: Any, state: State) -> dict[str, Any] | None:
    """What the estimator would have learnt, had it ended here; None where the weights are those of other columns."""
    glimpse = getattr(estimator, "_glimpse", None) or state.training.glimpse
    return None if glimpse is None else glimpse(state)
