"""An estimator is the parameters of its `__init__`, and later what it learnt: names that end in an underscore."""

from __future__ import annotations

import copy
import functools
import inspect
import warnings
from typing import Any, Self

from groundup.errors import GroundupWarning, InputTypeError, UnknownNameError


@functools.cache
def defaults(kind: type) -> dict[str, Any]:
    """The parameters of `kind` and their defaults, in the order of its `__init__`."""
    if kind.__init__ is object.__init__:
        return {}
    parameters = list(inspect.signature(kind.__init__).parameters.values())[1:]
    loose = [str(p) for p in parameters if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    if loose:
        raise InputTypeError(
            f"{kind.__name__}.__init__ must name each of its parameters, so that they can be read and copied; "
            f"it takes {' and '.join(loose)}. Write them out."
        )
    return {p.name: p.default for p in parameters}


class Parameters:
    """Reading, setting, showing, copying and pickling the parameters that `__init__` names."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        defaults(cls)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name; with `deep` also those of parameters that are estimators, as outer__inner."""
        parameters = {name: getattr(self, name) for name in sorted(defaults(type(self)))}
        if deep:
            for name, value in list(parameters.items()):
                if hasattr(value, "get_params") and not isinstance(value, type):
                    parameters |= {f"{name}__{inner}": v for inner, v in value.get_params().items()}
        return parameters

    def set_params(self, **parameters: Any) -> Self:
        """Set parameters by name, and outer__inner for those of an inner estimator; UnknownNameError for others."""
        inner: dict[str, dict[str, Any]] = {}
        for name, value in parameters.items():
            own, _, rest = name.partition("__")
            if own not in defaults(type(self)):
                raise UnknownNameError(f"a parameter of {type(self).__name__}", own, defaults(type(self)))
            if rest:
                inner.setdefault(own, {})[rest] = value
            else:
                setattr(self, own, value)
        for own, values in inner.items():
            getattr(self, own).set_params(**values)
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in self._changed().items())})"

    def _changed(self) -> dict[str, str]:
        """The parameters that differ from their defaults, as text."""
        texts = {name: (repr(getattr(self, name)), repr(default)) for name, default in defaults(type(self)).items()}
        return {name: text for name, (text, default) in texts.items() if text != default}

    def __sklearn_clone__(self) -> Self:
        """A fresh one with copies of the parameters, of the routing and of the output format; nothing learnt."""
        twin = type(self)(**{name: _fresh(value) for name, value in self.get_params(deep=False).items()})
        for name in ("_requests", "_sklearn_output_config"):
            if name in self.__dict__:
                setattr(twin, name, copy.deepcopy(self.__dict__[name]))
        if "_skl_callbacks" in self.__dict__:  # one instance serves all copies, as scikit-learn has it
            twin.set_callbacks(*self.__dict__["_skl_callbacks"])  # pyright: ignore
        return twin

    def __getstate__(self) -> dict[str, Any]:
        from groundup import __version__

        return {**self.__dict__, "_groundup_version": __version__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        from groundup import __version__

        state = dict(state)
        saved = state.pop("_groundup_version", "an unknown version")
        self.__dict__.update(state)
        if saved != __version__:
            warnings.warn(
                f"This {type(self).__name__} was pickled by groundup {saved} and is read by {__version__}, which may "
                "understand it differently; use save and gu.load, or fit it again.",
                GroundupWarning,
                stacklevel=2,
            )


def _fresh(value: Any) -> Any:
    if hasattr(value, "__sklearn_clone__") and not isinstance(value, type):
        return value.__sklearn_clone__()
    return copy.deepcopy(value)
