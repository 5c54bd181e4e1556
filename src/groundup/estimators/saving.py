"""`model.save(path)` and `gu.load(path)`: the fitted model in one file, without pickle.

What is kept: the class, the parameters, and every fitted attribute (those that end with "_"), to the last bit.
What is not: `listeners`, and a `random_state` or `schedule` that is an object of one's own; the loaded model has the
defaults there. `archive` says how the file is sealed.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from os import PathLike
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from groundup.data.disk import write
from groundup.errors import InputError, InputTypeError, NotFittedError, UnknownNameError, twin
from groundup.estimators import archive, calibrated, linear_regression, logistic_regression, neural_network, scalers
from groundup.estimators.archive import refuse
from groundup.estimators.base import Estimator
from groundup.formulas.activations import Activation
from groundup.formulas.losses import Loss
from groundup.formulas.totals import Total
from groundup.solve.early_stopping import EarlyStopping
from groundup.solve.loop import Method
from groundup.solve.schedules import Schedule

FORMAT = "groundup model"
VERSION = 1
WATCHED = ("history_", "gap_")
"""Fitted attributes that may hold NaN: what was seen on the way, not what predicts."""
HOMES = (calibrated, linear_regression, logistic_regression, neural_network, scalers)
"""Where estimators live: they must have been imported to be found by their name."""
LEFT_OUT = ("listeners", "random_state", "schedule")


def save(model: Any, path: str | PathLike[str]) -> None:
    """Write a fitted model to `path` (by habit .npz). Whole or not at all: an older file stays until then.

    Raises NotFittedError before `fit`, InputTypeError for a model or a parameter that is not groundup's own, OSError
    where the disk refuses.

    >>> import tempfile, groundup as gu
    >>> model = gu.LinearRegression().fit([[1.0], [2.0]], [3.0, 5.0])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(model, f"{folder}/line.npz")
    ...     load(f"{folder}/line.npz").predict([[10.0]])
    array([21.])
    """
    kind = cast(type, model.__class__)
    name = kind.__name__
    if kind not in classes(Estimator).values():
        raise InputTypeError(f"only groundup's own estimators can be saved; got {name} of {kind.__module__}.")
    everything: dict[str, Any] = model.__dict__
    fitted = {key: value for key, value in everything.items() if key.endswith("_") and not key.startswith("_")}
    if not fitted:
        raise twin(NotFittedError, "NotFittedError")(f"this {name} has learnt nothing yet; call fit before save.")
    bad = next((key for key, value in fitted.items() if key not in WATCHED and _not_finite(value) is not None), None)
    if bad is not None:
        raise InputError(f"{bad} holds {_not_finite(fitted[bad])}, which predicts nothing; train again before save.")
    arrays: dict[str, NDArray[Any]] = {}
    page: dict[str, Any] = {"format": FORMAT, "version": VERSION, **settings(model, arrays)}
    page["fitted"] = {key: _write(value, key, arrays) for key, value in fitted.items()}
    write(path, archive.pack(page, arrays))


def load(path: str | PathLike[str]) -> Any:
    """The model that `save` wrote to `path`; it predicts the same bits.

    Raises InputError, in one sentence, for a file that was damaged, changed, or not made by `save`. It is safe to load
    a file from anyone: nothing in it is ever run.

    >>> import tempfile, groundup as gu
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(gu.StandardScaler().fit([[1.0], [3.0]]), f"{folder}/scaler.npz")
    ...     load(f"{folder}/scaler.npz").mean_
    array([2.])
    """
    name = str(path)
    page, arrays = archive.unpack(archive.read(path), name)
    if page.get("format") != FORMAT or page.get("version") != VERSION:
        raise InputError(
            f"{name} is a {page.get('format')!r} of version {page.get('version')!r}; this groundup reads {FORMAT!r} of "
            f"version {VERSION}. Install groundup {page.get('groundup')} or save the model again."
        )
    model = with_settings(page, arrays, name)
    reader = _Reader(name, arrays)
    for key, value in reader.mapping(page.get("fitted")).items():
        set_fitted(model, key, value, name)
    if reader.arrays:
        refuse(name, f"it has an array {next(iter(reader.arrays))!r} that belongs to nothing")
    return model


def set_fitted(model: Any, key: str, value: Any, name: str) -> None:
    """Give the model of the file `name` one attribute that it had learnt; refuse what is none."""
    if not (key.isidentifier() and key.endswith("_") and not key.startswith("_")):
        refuse(name, f"it has an attribute named {key[:60]!r}")
    bad = None if key in WATCHED else _not_finite(value)
    if bad is not None:
        refuse(name, f"{key} holds {bad}, which predicts nothing")
    setattr(model, key, value)


def settings(model: Any, arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """The class and the parameters of an estimator, as JSON; numbers that JSON would change go into `arrays`."""
    parameters = {
        key: _write(value, key, arrays) for key, value in model.get_params(deep=False).items() if _is_kept(key, value)
    }
    return {"groundup": _our_version(), "class": type(model).__name__, "parameters": parameters}


def with_settings(page: Mapping[str, Any], arrays: dict[str, NDArray[Any]], name: str) -> Any:
    """The unfitted estimator that `settings` wrote; the arrays that it takes are taken out of `arrays`."""
    known = _kinds()
    if str(page.get("class")) not in known:
        raise UnknownNameError(f"the class in {name}", page.get("class"), known)
    return _build(known[page["class"]], _Reader(name, arrays).mapping(page.get("parameters")), name)


def classes(root: type) -> dict[str, type]:
    """Every concrete class of groundup's own below `root`, by its full name."""
    below: dict[str, type] = {}
    for subclass in root.__subclasses__():
        below |= classes(subclass)
        if subclass.__module__.startswith("groundup.") and not inspect.isabstract(subclass):
            below[_full_name(subclass)] = subclass
    return below


def _kinds() -> dict[str, type]:
    """Our estimators by their short names."""
    return {estimator.__name__: estimator for estimator in classes(Estimator).values()}


def _full_name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _our_version() -> str:
    import groundup  # here, because groundup imports this file

    return groundup.__version__


def _parts() -> dict[str, type]:
    """The classes whose instances may be parameters: losses, totals, activations, methods, schedules."""
    found: dict[str, type] = {}
    for root in (Loss, Total, Activation, Method, Schedule):
        found |= classes(root)
    return found | {_full_name(EarlyStopping): EarlyStopping}


def _is_kept(key: str, value: Any) -> bool:
    plain = value is None or isinstance(value, bool | int | float | str)
    return key not in LEFT_OUT or (key != "listeners" and (plain or _full_name(value.__class__) in _parts()))


def _write(value: Any, name: str, arrays: dict[str, NDArray[Any]]) -> Any:
    """A value as JSON; numbers that JSON would change, and arrays, are put into `arrays` and referred to."""
    if value is None or isinstance(value, bool | str) or type(value) is int:
        return value
    if type(value) is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, np.ndarray | np.generic):
        return _write_array(cast(Any, value), name, arrays)
    if isinstance(value, dict):
        items = cast(dict[str, Any], value)
        return {"dict": {key: _write(item, f"{name}.{key}", arrays) for key, item in items.items()}}
    if isinstance(value, list | tuple):
        cells = cast(list[Any], value)
        kind = "list" if isinstance(value, list) else "tuple"
        return {kind: [_write(item, f"{name}.{place}", arrays) for place, item in enumerate(cells)]}
    if isinstance(value, Estimator) and type(value) in classes(Estimator).values():
        return _write_model(value, name, arrays)
    full_name = _full_name(value.__class__)
    if full_name in _parts():
        names = inspect.signature(_parts()[full_name]).parameters
        return {"part": full_name, "with": {key: _write(getattr(value, key), f"{name}.{key}", arrays) for key in names}}
    raise InputTypeError(
        f"{name} cannot be saved: it is {value!r}, and only numbers, text, arrays and groundup's own losses, "
        "activations and methods can. Give its name, or set it again after loading."
    )


def _write_model(model: Estimator, name: str, arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """A model inside another, with what it has learnt."""
    own: dict[str, Any] = model.__dict__
    fitted = {key: value for key, value in own.items() if key.endswith("_") and not key.startswith("_")}
    settings = {key: value for key, value in model.get_params(deep=False).items() if _is_kept(key, value)}
    page = {"parameters": settings, "fitted": fitted}
    return {
        "model": type(model).__name__,
        **{part: {k: _write(v, f"{name}.{k}", arrays) for k, v in items.items()} for part, items in page.items()},
    }


def _write_array(value: NDArray[Any] | np.generic, name: str, arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    array = np.asarray(value)
    if array.dtype.kind == "O" and array.ndim == 1 and all(isinstance(item, str) for item in array):
        return {"texts": array.tolist()}
    if array.dtype.kind == "O":
        raise InputTypeError(f"{name} cannot be saved: it holds Python objects. Only numbers and text can be saved.")
    arrays[name] = array
    return {"array" if isinstance(value, np.ndarray) else "number": name}


class _Reader:
    """Turns what `_write` wrote back into values; every array is used exactly once."""

    def __init__(self, name: str, arrays: dict[str, NDArray[Any]]):
        self.name, self.arrays = name, arrays

    def mapping(self, items: Any) -> dict[str, Any]:
        if not isinstance(items, dict):
            refuse(self.name, "a list of names and values is missing")
        return {key: self.value(item) for key, item in cast(dict[str, Any], items).items()}

    def value(self, item: Any) -> Any:
        try:
            return self._value(item)
        except (KeyError, TypeError, RecursionError):
            refuse(self.name, f"{str(item)[:60]} cannot be understood")

    def _value(self, item: Any) -> Any:
        match item:
            case {"float": ("nan" | "inf" | "-inf") as word}:
                return float(word)
            case {"array": array}:
                return self.arrays.pop(array)
            case {"number": array}:
                return self.arrays.pop(array)[()]
            case {"texts": [*texts]}:
                return np.array([str(text) for text in texts], dtype=object)
            case {"list": [*items]}:
                return [self._value(item) for item in items]
            case {"tuple": [*items]}:
                return tuple(self._value(item) for item in items)
            case {"dict": items}:
                return self.mapping(items)
            case {"model": str(kind), "parameters": settings, "fitted": fitted}:
                model = _build(_kinds()[kind], self.mapping(settings), self.name)
                for key, value in self.mapping(fitted).items():
                    set_fitted(model, key, value, self.name)
                return model
            case {"part": str(part), "with": settings}:
                return _build(_parts()[part], self.mapping(settings), self.name)
            case None | bool() | int() | float() | str():
                return item
            case _:
                raise KeyError(item)


def _build(cls: type, parameters: Mapping[str, Any], name: str) -> Any:
    unknown = [key for key in parameters if key not in inspect.signature(cls).parameters]
    if unknown:
        refuse(name, f"{cls.__name__} has no parameter {unknown[0][:60]!r}")
    try:
        return cls(**parameters)
    except TypeError:
        refuse(name, f"the parameters of {cls.__name__} cannot be understood")


def _not_finite(value: Any) -> float | None:
    """The first NaN or infinity among the floats in a value."""
    if isinstance(value, dict | list | tuple):
        items = cast(list[Any], list(value.values()) if isinstance(value, dict) else value)  # pyright: ignore
        return next((bad for bad in map(_not_finite, items) if bad is not None), None)
    array = np.asarray(value)
    if array.dtype.kind not in "fc" or np.isfinite(array).all():
        return None
    return array[~np.isfinite(array)].flat[0]
