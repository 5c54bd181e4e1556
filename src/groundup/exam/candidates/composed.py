# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportFunctionMemberAccess=false, reportAttributeAccessIssue=false, reportUnknownLambdaType=false
"""One class with fit and predict, made of the parts of a file that learn together only.

    Trainer(model, optimizer).train(X, y)        a trainer, the one model, and the one optimiser of the file
    init(n), update(params, grads, lr)           functions that hand parameters on: by slopes, or by rows in a batch
    Sequential() with add(layer), Network(layers)    see assembled
    fit, predict = linear_regression(lr=0.1)     a function that hands back both

Where a role could be played by two parts of a file, nothing is made of them.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from groundup.exam.candidates import assembled, spelling, torch_models
from groundup.exam.candidates.wholes import Array, Parameter, made, named, only, plain

OPTIMISERS = ("optimizer", "optimiser", "optim", "opt")
LOSSES = ("loss", "loss_fn", "loss_function", "criterion", "cost")
PARAMETERS = ("params", "parameters", "theta", "weights", "state", "w", "p")
STEPS = ("update", "step", "sgd_step", "gd_step", "train_step", "update_params", "update_parameters", "gradient_step")
ANSWERS = ("predict", "forward", "apply", "model", "hypothesis", "__call__")
TEACH = ("fit", "train", "learn", "run")


def composed(thing: Any) -> Any:
    """The class that the parts of a file make together; of a trainer, that of its file. None where they make none."""
    module = thing
    if inspect.isfunction(thing):
        return _of_closures({thing.__name__: thing})
    if inspect.isclass(thing):
        module = sys.modules.get(thing.__module__) if _needs_others(thing) else None
    if not inspect.ismodule(module):
        return None
    own = {n: v for n, v in vars(module).items() if getattr(v, "__module__", "") == module.__name__}
    classes = [v for v in own.values() if inspect.isclass(v) and not torch_models.is_module(v)]
    functions = {n: v for n, v in own.items() if inspect.isfunction(v) and not n.startswith("_")}
    whole = _of_trainer(classes) or assembled.assembled(module)
    return whole or (None if classes else _of_closures(functions) or _of_updates(module, functions))


def _needs_others(cls: Any) -> bool:
    """Whether a class learns with others of its file only: it is given a model, or layers."""
    return bool(named(plain(cls), torch_models.MODELS)) or assembled.holds(cls)


def _of_trainer(classes: Sequence[Any]) -> Any:
    """Trainer(model, ...) with fit or train, where each of its parts is the only one of its kind in the file."""

    def teaches(cls: Any) -> str:
        return next((n for n in TEACH if inspect.isfunction(getattr(cls, n, None))), "")

    trainer = only([c for c in classes if teaches(c) and named(plain(c), torch_models.MODELS)])
    if trainer is None or hasattr(trainer, "predict"):
        return None
    wanted, teach = plain(trainer), teaches(trainer)
    taught = list(plain(getattr(trainer, teach)).values())
    optimiser, loss = named(wanted, OPTIMISERS), named(wanted, LOSSES)
    steps = [c for c in classes if any(inspect.isfunction(getattr(c, n, None)) for n in ("step", "update"))]
    losses = [c for c in classes if "loss" in c.__name__.lower()]
    chosen = {optimiser: only(steps), loss: only(losses)}
    chosen = {n: c for n, c in chosen.items() if n and wanted[n].default is Parameter.empty}
    models = [c for c in classes if c is not trainer and c not in (*steps, *losses)]
    model = only([c for c in models if any(hasattr(c, n) for n in ANSWERS[:-1]) or "__call__" in vars(c)])
    words = [spelling.argument(p.name) for p in taught[:2]]
    if model is None or None in chosen.values() or words != ["X", "y"]:
        return None
    validated = {n: w for w, n in spelling.knobs([p.name for p in taught[2:]]).items() if w.startswith("validation")}
    if any(p.default is p.empty and p.name not in validated for p in taught[2:]):
        return None
    place = named(wanted, torch_models.MODELS)
    own = [p for n, p in wanted.items() if n != place and n not in chosen]
    others = [p for c in (model, *chosen.values()) for n, p in plain(c).items() if not _holds_parameters(n)]
    settings = list({p.name: p for p in [*others, *own]}.values())

    def learn(given: dict[str, Any], X: Array, y: Array, **seen: Any) -> Any:
        def make(cls: Any, **more: Any) -> Any:
            return cls(**{n: given[n] for n in plain(cls) if n in given}, **more)

        made = make(model)
        helpers = {n: make(c, **_of_the_model(c, made)) for n, c in chosen.items()}
        used = make(trainer, **{place: made}, **helpers)
        getattr(used, teach)(X, y, **seen)
        made = getattr(used, place, made)
        answer = next(getattr(made, n) for n in ANSWERS if hasattr(made, n))
        return answer, _weights(made)

    call = f"{trainer.__name__}({model.__name__}(...)).{teach}({', '.join(p.name for p in taught[:2])})"
    return made(model.__name__, [model, trainer, *chosen.values()], call, settings, learn, validated)


def _holds_parameters(name: str) -> bool:
    return spelling.plain(name) in ("params", "parameters", "model", "net")


def _of_the_model(cls: Any, model: Any) -> dict[str, Any]:
    """What an optimiser is given of the model: itself, or its parameters."""
    found: dict[str, Any] = {}
    for name in filter(_holds_parameters, plain(cls)):
        inside = getattr(model, "params", getattr(model, "parameters", None))
        own = inside() if callable(inside) else inside
        found[name] = model if spelling.plain(name) in ("model", "net") else own
    return found


def _weights(made: Any) -> dict[str, Any]:
    """The weights and biases of a model, or of a dict or a pair of parameters, by their names."""
    if isinstance(made, tuple | list):
        return dict(zip(("w", "b"), made, strict=True)) if len(made) == 2 else {}
    held = made if isinstance(made, dict) else vars(made)
    inner = next((v for n, v in held.items() if spelling.plain(n) in PARAMETERS and isinstance(v, dict)), {})
    known = (*spelling.WEIGHTS, *spelling.BIASES)
    return {n: v for n, v in {**held, **inner}.items() if n in known and not callable(v)}


def _of_updates(module: Any, functions: Mapping[str, Any]) -> Any:
    """init(n), predict(params, X), and update(params, grads, lr) with grads(params, X, y), or step(params, batch)."""
    start = only([f for n, f in functions.items() if n.startswith("init")])
    answer = only(
        [f for n, f in functions.items() if n in ANSWERS and _roles(f)[:2] in (["params", "X"], ["X", "params"])]
    )
    step = only([f for n, f in functions.items() if spelling.plain(n) in STEPS and "params" in _roles(f)])
    if start is None or answer is None or step is None or spelling.function_of(module, "train") is not None:
        return None
    sizes = [n for n, p in spelling.parameters(start).items() if p.default is p.empty]
    slopes = [*spelling.FUNCTIONS["gradient"], "grads"]
    gradient = only([f for n, f in functions.items() if n in slopes and "params" in _roles(f)])
    roles, known = _roles(step), {"params", "X", "y", "batch", "grads", "rate"}
    if len(sizes) != 1 or not {*roles} <= known or ("grads" in roles and gradient is None):
        return None
    rate = next((p for n, p in spelling.parameters(step).items() if _role(n) == "rate"), None)
    settings = [Parameter("epochs", Parameter.KEYWORD_ONLY, default=100)]
    settings += [rate.replace(default=0.1)] if rate is not None else []

    def learn(given: dict[str, Any], X: Array, y: Array) -> Any:
        params = start(X.shape[1])

        roles_of = {f: {n: _role(n) for n in spelling.parameters(f)} for f in (answer, step, gradient) if f is not None}

        def call(function: Any, **more: Any) -> Any:
            values = {"params": params, "X": X, "y": y, "batch": (X, y), **more}
            return function(**{n: values[role] for n, role in roles_of[function].items() if role in values})

        for _ in range(given["epochs"]):
            more = {"rate": given[rate.name]} if rate is not None else {}
            more |= {"grads": call(gradient)} if "grads" in roles else {}
            params = call(step, **more)
        return (lambda rows: call(answer, X=rows)), _weights(params)

    call = f"{start.__name__}({sizes[0]}), then {step.__name__}({', '.join(spelling.parameters(step))})"
    parts = [f for f in (step, gradient, answer, start) if f is not None]
    return made(module.__name__, parts, call, settings, learn)


def _role(name: str) -> str:
    """What an argument of such a function is."""
    word, bare = spelling.argument(name), spelling.plain(name)
    if bare in PARAMETERS:
        return "params"
    if bare in ("grads", "grad", "gradient", "gradients", "g"):
        return "grads"
    return "batch" if bare in ("batch", "data") else "rate" if word == "rate" else word


def _roles(function: Any) -> list[str]:
    return [_role(n) for n in spelling.parameters(function)]


def _of_closures(functions: Mapping[str, Any]) -> Any:
    """The one function of settings that hands back functions of its own, fit and predict among them."""
    able = [f for f in functions.values() if all(p.default is not p.empty for p in spelling.parameters(f).values())]
    maker = only([f for f in able if _both(f)]) if len(functions) == len(able) else None
    if maker is None:
        return None

    def learn(given: dict[str, Any], X: Array, y: Array) -> Any:
        both = _both(maker, given)
        answer = both["fit"](X, y)
        kept = inspect.getclosurevars(both["predict"]).nonlocals
        held = [answer, *kept.values()] if isinstance(answer, dict) else [*kept.values()]
        return both["predict"], _weights(next((v for v in held if isinstance(v, dict)), dict(kept)))

    return made(maker.__name__, [maker], f"fit, predict = {maker.__name__}(...)", list(plain(maker).values()), learn)


def _both(function: Any, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """fit and predict, out of what a function hands back; empty where they are not there."""
    inner = {part.co_name for part in function.__code__.co_consts if inspect.iscode(part)}
    if "predict" not in inner or not inner & {*TEACH}:
        return {}
    try:
        found = function(**(given or {}))
    except Exception:
        return {}
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, tuple) else ()
    named = {f.__name__: f for f in inside if inspect.isfunction(f)}
    teach = next((named[n] for n in TEACH if n in named), None)
    return {"fit": teach, "predict": named["predict"]} if teach is not None and "predict" in named else {}
