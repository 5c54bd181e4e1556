"""A training that survives: where it stands is kept in a file, and goes on from there with the same digits.

    Checkpoint   a listener that keeps the newest states of a training on disk
    save         one state, now
    resume       a training that goes on from a file

What is kept: the settings of the estimator, parameters, the memory of the method, the state of the generator when the
epoch began, what every listener remembers, the learning rate. What is not: the rows. They are given to `resume` again,
and their sums tell whether they are the same.
"""

from __future__ import annotations

import json
import math
import time
import warnings
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data import disk
from groundup.data.blocks import Blocks
from groundup.errors import GroundupError, GroundupWarning, InputError, InputTypeError
from groundup.estimators import archive, saving
from groundup.estimators.generations import candidates, clean, keep
from groundup.solve.interruption import INTERRUPTED
from groundup.solve.loop import Listener, Place, State, Training
from groundup.solve.schedules import Schedule
from groundup.solve.settings import positive, whole

FORMAT = "groundup checkpoint"
VERSION = 1


class Checkpoint:
    """A listener: every `every` epochs the training is kept at `path`, and the `keep` newest files stay.

    path is the newest, path.1 the one before it, and so on. A file is written beside, flushed to the disk and then
    renamed, so that a kill or a full disk at any moment leaves the older files whole. When the training ends for any
    reason, Ctrl-C and SIGTERM among them, it is kept once more.

    With `seconds`, epochs that end sooner after the last file are passed over. Where the disk refuses, OSError names
    the path and ends the training; with required=False a warning does, and the training goes on.

    >>> import tempfile, groundup as gu
    >>> X, y = [[0.0], [1.0], [2.0]], [1.0, 3.0, 6.0]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     keeper = Checkpoint(f"{folder}/run.npz", every=50)
    ...     settings = dict(solver="gradient_descent", learning_rate=0.3, epochs=200, tolerance=0)
    ...     model = gu.LinearRegression(**settings, listeners=[keeper]).fit(X, y)
    ...     again = resume(f"{folder}/run.npz.1", X, y).finish()
    >>> bool(again.coef_ == model.coef_)
    True
    """

    keeps_checkpoints = True
    only_epochs = True

    def __init__(
        self, path: str | PathLike[str], every: int = 1, keep: int = 2, *, seconds: float = 0.0, required: bool = True
    ):
        whole("every", every, example=1)
        whole("keep", keep, example=2)
        positive("seconds", seconds, example=10, zero=True)
        self.path, self.every, self.keep, self.seconds, self.required = path, every, keep, seconds, required
        self._last, self._cleaned = -math.inf, False

    def __repr__(self) -> str:
        return f"Checkpoint({str(self.path)!r}, every={self.every}, keep={self.keep})"

    def __call__(self, state: State) -> None:
        """Keep the state where an epoch starts."""
        due = time.monotonic() - self._last >= self.seconds
        if state.epoch_starts and state.epoch % self.every == 0 and due:
            self.write(state.training)

    def ended(self, training: Training) -> None:
        """Keep the last state too."""
        self.write(training)

    def write(self, training: Training) -> None:
        """The newest becomes the second newest, and so on; nothing is lost if this fails anywhere."""
        try:
            keep(Path(self.path), pack(training, self._settings()), self.keep)
        except OSError as error:
            if self.required:
                raise
            warnings.warn(f"{error.strerror}. The training goes on without it.", GroundupWarning, stacklevel=2)
        else:
            if not self._cleaned:  # not before: what a killed process left may be the newest there is
                clean(Path(self.path))
                self._cleaned = True
        self._last = time.monotonic()

    def _settings(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("every", "keep", "seconds", "required")}


def save(training: Training, path: str | PathLike[str]) -> None:
    """Keep where the training stands at `path`: what `training.save(path)` does."""
    disk.write(path, pack(training, None))


def resume(
    path: str | PathLike[str], X: Any, y: Any, sample_weight: Any = None, *, listeners: Iterable[Listener] = ()
) -> Training:
    """The training that was kept at `path`, on the same rows: `run`, iterate or `finish` it.

    A damaged file is not used: the one before it (path.1, ...) is, and a warning says so. A training that had a
    `Checkpoint` goes on keeping them. Listeners of one's own are given again. Raises InputError where there is no
    file that can be used, or where the rows are others.

    The digits are those of a training that was never interrupted, if both are watched in the same way: who looks at
    every update gets every update from NumPy, while many small batches that nobody looks at are taken by compiled
    epochs, which round elsewhere.

    >>> import tempfile, groundup as gu
    >>> X, y = [[0.0], [1.0], [2.0]], [1.0, 3.0, 6.0]
    >>> training = gu.LinearRegression(learning_rate=0.1, epochs=9, tolerance=0).training(X, y)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = training.run(epochs=4)
    ...     training.save(f"{folder}/run.npz")
    ...     resume(f"{folder}/run.npz", X, y).run().step
    9
    """
    newest, troubles = Path(path), list[str]()
    for place in candidates(newest):
        try:
            kept = _read(place)
            training = _begin(kept, newest, X, y, sample_weight, listeners)
            _restore(training, kept)
        except GroundupError as error:
            troubles.append(str(error))
            continue
        if troubles:
            warnings.warn(
                f"{troubles[0]} The checkpoint {place}, of step {kept.page['step']:,}, is used instead.",
                GroundupWarning,
                stacklevel=2,
            )
        return training
    raise InputError(troubles[0] + (" None of the older ones can be used either." if len(troubles) > 1 else ""))


class Kept(NamedTuple):
    """A file that was read whole."""

    name: str
    page: dict[str, Any]
    arrays: dict[str, Any]


def pack(training: Training, checkpoint: dict[str, Any] | None) -> bytes:
    """The bytes of a checkpoint."""
    if training.origin is None:
        raise InputError(
            "only a training step by step that an estimator made can be kept, not a way straight to the minimum; use "
            "for instance solver='gradient_descent'."
        )
    model, generator, rows = training.origin
    if callable(model.schedule) and not isinstance(model.schedule, Schedule):
        raise InputTypeError(
            f"a schedule that is a function of one's own cannot be kept in a file; got {model.schedule!r}. "
            "Use a name such as schedule='cosine', or a subclass of groundup's Schedule."
        )
    place = training.place()
    arrays: dict[str, Any] = {"parameters": np.asarray(place.parameters), "rows": fingerprint(rows)}
    numbers = {"learning_rate": place.learning_rate, "limit": place.limit}
    arrays |= {name: np.asarray(value, dtype=np.float64) for name, value in numbers.items()}
    page: dict[str, Any] = {"format": FORMAT, "version": VERSION, **saving.settings(model, arrays)}
    page |= {"checkpoint": checkpoint, "step": place.step, "has_looked": place.has_looked}
    page |= {"generator": _plain(generator), "shuffle": _plain(place.shuffle)}
    page["reason"] = None if (training.reason or INTERRUPTED).startswith(INTERRUPTED) else training.reason
    page["method"] = _put("method", _fields(place.memory), arrays)
    page["listeners"] = [
        [type(watcher).__name__, _put(f"listener{k}", watcher.memory(), arrays)]
        for k, watcher in enumerate(_remembering(training))
    ]
    return archive.pack(page, arrays)


def fingerprint(rows: Blocks) -> Array:
    """Σ x, Σ i x / n and Σ |x| of every column of X and y: other rows, or another order, have others.

    >>> from groundup.data.blocks import ArrayBlocks
    >>> fingerprint(ArrayBlocks(np.array([[1.0], [-3.0]]), np.array([[5.0], [5.0]])))
    array([[-2. , 10. ],
           [-2.5, 7.5],
           [ 4. , 10. ]])
    """
    sums, first = np.zeros((3, rows.n_features + rows.n_outputs)), 1
    with np.errstate(all="ignore"):
        for block in rows:
            columns = np.hstack([block.X, block.y]).astype(np.float64)
            places = np.arange(first, first + len(columns)) / rows.n_rows
            sums += [columns.sum(axis=0), places @ columns, np.abs(columns).sum(axis=0)]
            first += len(columns)
    return sums


def _read(path: Path) -> Kept:
    """A file that is whole and a checkpoint; InputError for any other."""
    name = str(path)
    kept = Kept(name, *archive.unpack(archive.read(name), name))
    _understand(kept)
    return kept


def _begin(kept: Kept, newest: Path, X: Any, y: Any, sample_weight: Any, listeners: Iterable[Listener]) -> Training:
    """The training that was kept, at its very beginning."""
    model = saving.with_settings(kept.page, kept.arrays, kept.name)
    model.random_state = _generator(kept.page, kept.name)
    model.listeners = list(listeners)
    if kept.page["checkpoint"] is not None:
        model.listeners.append(Checkpoint(newest, **kept.page["checkpoint"]))
    return model.training(X, y) if sample_weight is None else model.training(X, y, sample_weight)


def _understand(kept: Kept) -> None:
    page = kept.page
    if page.get("format") != FORMAT or page.get("version") != VERSION:
        raise InputError(
            f"{kept.name} is a {page.get('format')!r} of version {page.get('version')!r}, not a checkpoint of version "
            f"{VERSION}; models are opened with gu.load."
        )
    expected = {"step": int, "has_looked": bool, "method": list, "listeners": list, "generator": dict}
    wrong = next((key for key, kind in expected.items() if not isinstance(page.get(key), kind)), None)
    missing = next(
        (name for name in ("parameters", "rows", "learning_rate", "limit") if name not in kept.arrays), wrong
    )
    if missing is not None:
        archive.refuse(kept.name, f"it does not say what its {missing} is")


def _restore(training: Training, kept: Kept) -> None:
    try:
        _put_back(training, kept)
    except GroundupError:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        archive.refuse(kept.name, "its parts do not fit together")


def _put_back(training: Training, kept: Kept) -> None:
    page, arrays = kept.page, kept.arrays
    fields = tuple(_take(value, arrays) for _, value in page["method"])
    same = _fits(fields, training.memory)
    here, there = fingerprint(training.origin[2]), arrays["rows"]
    if here.shape != there.shape or not np.all(np.abs(here - there) <= 1e-9 * np.maximum(there[2], here[2])):
        raise InputError(
            f"these are not the rows that {kept.name} was kept with: their sums differ. Give the same "
            "rows, in the same order."
        )
    if arrays["parameters"].shape != training.parameters.shape or not same:
        raise InputError(
            f"{kept.name} holds {arrays['parameters'].size:,} parameters, but these rows need "
            f"{training.parameters.size:,}; give the rows that the training had."
        )
    watchers = _remembering(training)
    if [name for name, _ in page["listeners"]] != [type(watcher).__name__ for watcher in watchers]:
        raise InputError(f"{kept.name} was kept with other listeners than this training has; give the same ones again.")
    for watcher, (_, items) in zip(watchers, page["listeners"], strict=True):
        watcher.recall({name: _take(item, arrays) for name, item in items})
    scalars = float(arrays["learning_rate"]), float(arrays["limit"])
    memory = _like(fields, training.memory)
    place = Place(page["step"], arrays["parameters"], memory, *scalars, page["shuffle"], page["has_looked"])
    training.move_to(place)
    ended = page["reason"] or training.all_done()
    if ended is not None:
        training.end(ended)


def _remembering(training: Training) -> list[Any]:
    """The listeners, and the schedule, that have something to remember."""
    return [w for w in (*training.listeners, training.schedule) if hasattr(w, "memory") and hasattr(w, "recall")]


def _fields(memory: Any) -> dict[str, Any]:
    """What a method remembers, by name: a tuple of arrays and numbers."""
    if not isinstance(memory, tuple):
        raise InputTypeError(f"the memory of a method must be a NamedTuple to be kept; got {type(memory).__name__}.")
    values = cast(tuple[Any, ...], memory)
    names: Any = getattr(cast(Any, memory), "_fields", [str(k) for k in range(len(values))])
    return dict(zip(names, values, strict=True))


def _put(owner: str, items: dict[str, Any], arrays: dict[str, Array]) -> list[list[Any]]:
    """Every item as JSON, by name."""
    return [[name, _write(f"{owner}.{name}", value, arrays)] for name, value in items.items()]


def _write(name: str, value: Any, arrays: dict[str, Array]) -> Any:
    """Whole numbers and None as they are; floats and arrays to the last bit, as arrays of the file."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, tuple):
        cells = cast(tuple[Any, ...], value)
        return {"tuple": [_write(f"{name}.{place}", cell, arrays) for place, cell in enumerate(cells)]}
    arrays[name] = np.asarray(value)
    return {"array" if isinstance(value, np.ndarray) else "number": name}


def _take(value: Any, arrays: dict[str, Array]) -> Any:
    """What `_write` wrote."""
    match value:
        case {"tuple": [*cells]}:
            return tuple(_take(cell, arrays) for cell in cells)
        case {"array": str(name)}:
            return arrays[name]
        case {"number": str(name)}:
            return arrays[name].item()
        case _:
            return value


def _like(value: Any, pattern: Any) -> Any:
    """A tuple as the kind of NamedTuple that the pattern is, the tuples in it too."""
    if not hasattr(pattern, "_fields"):
        return value
    return type(pattern)(*(_like(cell, of) for cell, of in zip(value, pattern, strict=True)))


def _fits(value: Any, pattern: Any) -> bool:
    """Whether every array has the shape of the one that the method begins with; what it begins without may be any."""
    if isinstance(pattern, tuple):
        cells, of = cast(tuple[Any, ...], value), cast(tuple[Any, ...], pattern)
        return not of or (len(cells) == len(of) and all(map(_fits, cells, of)))
    return pattern is None or np.shape(value) == np.shape(pattern)


def _plain(state: Any) -> Any:
    """The state of a generator without arrays: what JSON can hold."""
    return json.loads(json.dumps(state, default=lambda array: np.asarray(array).tolist()))


def _generator(page: dict[str, Any], name: str) -> np.random.Generator:
    """A generator in the state that was kept."""
    kind = getattr(np.random, str(page["generator"].get("bit_generator")), None)
    if not (isinstance(kind, type) and issubclass(kind, np.random.BitGenerator)):
        archive.refuse(name, "it does not say which generator shuffled")
    generator = np.random.Generator(kind())
    generator.bit_generator.state = page["generator"]
    return generator
