# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""How an early stopper is made, told losses and weights, asked whether it stops, and for the best weights."""

from __future__ import annotations

import copy
import inspect
import re
import tempfile
from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam import own_errors
from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, NotExamined
from groundup.exam.pieces import watched

CALLS = (
    *("step", "update", "check", "should_stop", "early_stop", "is_stop", "monitor", "observe", "record", "add"),
    *("should_stop_training", "check_early_stop", "check_stop", "on_epoch_end", "__call__"),
)
FLAGS = ("stop", "should_stop", "early_stop", "stopped", "stop_training", "stop_", "done", "is_stopped", "finished")
PATIENCE = ("patience", "n_iter_no_change", "wait", "tolerance", "max_bad_epochs")
DELTAS = ("min_delta", "delta", "tol", "threshold", "epsilon", "min_improvement", "tolerance")
LARGER = ("maximize", "maximise", "higher_is_better", "greater_is_better", "larger_is_better", "higher_better")
SMALLER = ("minimize", "minimise", "lower_is_better", "smaller_is_better")
PATHS = ("path", "filename", "save_path", "checkpoint_path", "filepath")
EPOCH = re.compile(r"epoch|iteration|^(t|i|k|step)$")
WEIGHTS = re.compile(r"weight|param|model|net|state|theta|layer|clf|estimator|coef|bias|^(w|b|beta)$", re.IGNORECASE)
VALUE = re.compile(r"loss|val|score|metric|error|acc|cost|current|mse|rmse|auc|f1", re.IGNORECASE)
BACK = re.compile(r"^(?!load_state|set_state)(get$|.*(restore|recover|load)|(get_)?best)")
KEPT = re.compile(r"best|restor|kept|keep|saved|snapshot|checkpoint|backup", re.IGNORECASE)
NAME = re.compile(r"early_?stop|stopper|stopping", re.IGNORECASE)
OTHER = re.compile(r"lr|rate|plateau|schedul", re.IGNORECASE)
LOWEST = re.compile(r"best|lowest|min(?!_delta)|kept", re.IGNORECASE)
TOLD = {
    "list": r"\blists? of (\w+ )?(arrays|weights|param\w*)|[Ll]ist\[(np|'np|numpy|Array)",
    "dict": r"\b[Dd]ict",
    "array": r": '?(np\.|numpy\.)?ndarray",
}
"""Words that tell in which shape the weights are handed over."""
REQUIRED: dict[str, Any] = {"monitor": "val_loss", "metric": "val_loss", "verbose": False, "max_epochs": 10_000}
"""What is said where an argument has no default."""
REFUSALS = (TypeError, AttributeError, KeyError, IndexError, ValueError, OSError)


def kind_of(thing: Any) -> str:
    """ "early stopper" where a class that is told a loss is called so, or is patient and keeps the best; else empty.

    >>> class EarlyStopping:
    ...     def __init__(self, patience=3): ...
    ...     def step(self, val_loss, weights): ...
    >>> kind_of(EarlyStopping), kind_of(dict)
    ('early stopper', '')
    """
    if not inspect.isclass(thing) or any(hasattr(thing, n) for n in ("fit", "train", "predict", "forward")):
        return ""
    method = call_of(thing)
    patient = any(spelling.plain(name) in PATIENCE for name in spelling.parameters(thing))
    if not method or (patient and OTHER.search(thing.__name__)):
        return ""
    if NAME.search(thing.__name__):
        return "early stopper"
    code = [f.__code__.co_names for f in vars(thing).values() if inspect.isfunction(f)]
    keeps = any(LOWEST.search(name) for names in code for name in names)  # others compare with the last loss
    return "early stopper" if patient and keeps and _loss_first(thing, method) else ""


def call_of(cls: Any) -> str:
    """What it is told a loss by: the first of the usual methods that takes one; empty where none does."""
    methods = {n: getattr(cls, n, None) for n in CALLS}
    return next((n for n, f in methods.items() if inspect.isfunction(f) and len(spelling.parameters(f)) > 1), "")


def _loss_first(cls: Any, method: str) -> bool:
    return bool(method) and any(VALUE.search(n) for n in [*spelling.parameters(getattr(cls, method))][1:3])


class Stopper(Asked):
    """The class or object, its settings by their own names, and whether larger values are better to it."""

    def __init__(self, thing: Any):
        super().__init__()
        self.thing = thing
        self.names = spelling.parameters(thing)
        cls = thing if inspect.isclass(thing) else type(thing)
        self.call = call_of(cls)
        method = getattr(cls, self.call, None)
        self.valued = " ".join(n for n in spelling.parameters(method) if VALUE.search(n))
        own = "" if hasattr(cls, "__dataclass_fields__") else cls.__doc__  # a record's words may be Python's
        self.text = f"{own or ''} {inspect.getdoc(method) or ''} {spelling.parameters(method)}"
        self.told = [shape for shape, words in TOLD.items() if re.search(words, self.text)]
        names = map(spelling.plain, spelling.parameters(method))
        self.told = ["array"] if any(n in watched.BIASES for n in names) else self.told
        self.up = False
        self.made: Any = None
        self.box: Any = None

    def knob(self, *spellings: str) -> str:
        """Its own name for one of these; empty where there is none."""
        exact = next((n for s in spellings for n in self.names if n == s), "")
        return exact or next((n for s in spellings for n in self.names if spelling.plain(n) == s), "")

    def settings(self, patience: int, larger: bool, more: dict[str, float]) -> dict[str, Any]:
        """Its arguments; NotExamined where one of those is missing that the question is about."""
        name = self.knob(*PATIENCE)
        if not name:
            raise NotExamined("it has no argument for the patience")
        given: dict[str, Any] = {name: patience, **self.direction(larger)}
        for value in more.values():
            own = self.knob(*(d for d in DELTAS if d != name))
            if not own:
                raise NotExamined("it has no argument for min_delta")
            given[own] = value
        for own, p in self.names.items():
            if isinstance(p.default, bool) and re.search("restore|keep", own):
                given[own] = True
            elif isinstance(p.default, int) and re.search("min_epoch|warm|start|burn|cool|grace", own):
                given[own] = 0
            elif isinstance(p.default, int) and p.default > 1 and re.search("window|smooth", own):
                raise NotExamined(f"it takes the mean of several losses, as its {own} says")
            elif p.default is p.empty and own not in given and own not in PATHS:
                given[own] = self._required(own)
        return given

    def _required(self, name: str) -> Any:
        """What an argument without a default is told; NotExamined where that is not known."""
        if name in DELTAS:
            return 0.0
        if name not in REQUIRED and not WEIGHTS.search(name):
            raise NotExamined(f"it is not known what its {name} may be")
        return REQUIRED.get(name, self.box.inside)

    def direction(self, larger: bool) -> dict[str, Any]:
        """The setting that says which values are better; none where it has no such setting."""
        mode, yes, no = self.knob("mode", "direction"), self.knob(*LARGER), self.knob(*SMALLER)
        if yes or no:
            return {yes or no: larger == bool(yes)}
        if not mode:
            return {}
        usual = self.names[mode].default
        ending = usual[3:] if isinstance(usual, str) and usual[:3] in ("min", "max") else ""
        return {mode: f"{'max' if larger else 'min'}{ending}"}

    def stops(self, losses: list[float], patience: int, *, larger: bool = False, **more: float) -> int | None:
        """At which loss it asks to stop, counted from 0; None where it never does."""
        raised: list[Exception] = []
        for shape in self.shapes():
            try:
                return self.run(losses, patience, shape, larger, **more)
            except REFUSALS as error:
                raised.append(error)
        if own_errors.its_own(raised[0]) or len({*map(repr, raised)}) == 1:
            raise raised[0]
        raise NotExamined(f"tried it with weights of every shape; it raised {raised[0]!r}")

    def shapes(self) -> list[str]:
        """The shapes of weights, those first that its words tell."""
        names = [*spelling.parameters(getattr(self.thing, self.call, None))]
        model = ["model"] if any(re.search("model|net|clf|estimator", n) for n in names) else []
        return [*dict.fromkeys([*model, *self.told, *watched.SHAPES])]

    def run(self, losses: list[float], patience: int, shape: str, larger: bool, **more: float) -> int | None:
        """The same with weights of one shape, whose level is 10 at the first loss and one more at each."""
        self.box = watched.Box(shape)
        self.box.fill(10.0)
        given = self.settings(patience, larger, more)
        with tempfile.TemporaryDirectory() as folder:
            path = self.knob(*PATHS)
            given |= {path: f"{folder}/kept"} if path else {}
            made = self.made = self.thing(**given) if inspect.isclass(self.thing) else copy.deepcopy(self.thing)
            if not self.call:
                raise NotExamined("it has no step, update or check")
            call = getattr(made, self.call)
            sign = -1.0 if self.up != larger else 1.0
            for k, loss in enumerate(losses):
                self.box.fill(10.0 + k)
                if self._answer(call(**self.arguments(call, k, sign * loss))):
                    return k
        return None

    def arguments(self, call: Any, epoch: int, loss: float) -> dict[str, Any]:
        """What its method is told: the epoch, every value that it needs, and the weights."""
        given: dict[str, Any] = {}
        valued = False
        for name, p in spelling.parameters(call).items():
            if p.kind not in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY):
                continue
            needed = p.default is p.empty
            if WEIGHTS.search(name) and (valued or (needed and not VALUE.search(name))):
                given[name] = self._weights(name)
            elif EPOCH.search(name) and not VALUE.search(name):
                given |= {name: epoch} if needed else {}
            elif name == "logs":
                given[name], valued = dict.fromkeys(("loss", "val_loss"), loss), True
            elif needed or not valued:
                given[name] = loss if not valued or VALUE.search(name) else self.box.inside
                valued = True
        return given

    def _answer(self, out: Any) -> bool:
        """Whether it asks to stop: by an attribute or a method that says so, else by what it answered."""
        for name in FLAGS:
            flag = getattr(self.made, name, None)
            if inspect.ismethod(flag) and name != self.call and not spelling.parameters(flag):
                flag = flag()
            if isinstance(flag, bool | np.bool_):
                return bool(flag)
        out = next((v for v in out if isinstance(v, bool | np.bool_)), None) if isinstance(out, tuple) else out
        if not isinstance(out, bool | np.bool_):
            raise NotExamined("whether it stops could not be made out")
        return bool(out)

    def _weights(self, name: str) -> Any:
        return self.box.b if name in watched.BIASES else self.box.inside

    def best_levels(self) -> Iterator[float]:
        """The levels of the best weights: what it gives back, or what it keeps."""
        for name in dir(type(self.made)):
            if BACK.search(name) and inspect.ismethod(method := getattr(self.made, name)):
                found = self._given_back(method)
                if found is not None:
                    yield found
                    return
        own = [n for n in (*vars(self.made), *dir(type(self.made))) if KEPT.search(n)]
        levels = [watched.level(getattr(self.made, n)) for n in own]
        yield from (found for found in levels if found is not None and found >= 10.0)  # losses are below

    def _given_back(self, method: Any) -> float | None:
        """What a method gives, or what it puts into the weights that it is given."""
        names = spelling.parameters(method)
        needed = [n for n, p in names.items() if p.default is p.empty or WEIGHTS.search(n)]
        if not all(WEIGHTS.search(n) for n in needed):
            return None
        out = method(*map(self._weights, needed))
        found = watched.level(out)
        return watched.level(self.box.inside) if found is None and out is None and needed else found
