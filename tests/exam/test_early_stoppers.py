"""Early stoppers in a file: right ones of every style pass, their wrong twins fail, and their mistake is told.

Kills: weights that are handed over and never looked at again, so that references to them pass; a stopper that is taken
for an optimiser, because it has a step; and one whose larger values are better, asked as if smaller ones were.
"""

import sys
import textwrap
import types

import numpy as np
import pytest

import groundup as gu
from groundup.exam import guessing

RIGHT = {
    "answers": """
        import copy

        class EarlyStopping:
            def __init__(self, patience=10, min_delta=0.0, mode="min"):
                self.patience, self.min_delta = patience, min_delta
                self.sign = 1.0 if mode == "min" else -1.0
                self.best = self.best_state = None
                self.bad = 0
            def step(self, value, state=None):
                if self.best is None or self.sign * (self.best - value) > self.min_delta:
                    self.best, self.bad = value, 0
                    self.best_state = copy.deepcopy(state)
                else:
                    self.bad += 1
                return self.bad >= self.patience
    """,
    "puts back": """
        import numpy as np

        class EarlyStopper:
            '''weights is a list of numpy arrays, on which the optimiser works.'''
            def __init__(self, patience=5, min_delta=0.0):
                self.patience, self.min_delta, self.best_loss, self.counter = patience, min_delta, np.inf, 0
            def check(self, loss, weights):
                if loss < self.best_loss - self.min_delta:
                    self.best_loss, self.counter = loss, 0
                    self.best_weights = [w.copy() for w in weights]
                    return False
                self.counter += 1
                return self.counter > self.patience
            def restore(self, weights):
                for w, best in zip(weights, self.best_weights):
                    w[...] = best
    """,
    "flag of a model": """
        import copy

        class EarlyStopping:
            def __init__(self, patience=7, verbose=False, delta=0):
                self.patience, self.delta, self.verbose = patience, delta, verbose
                self.counter, self.best_score, self.early_stop = 0, None, False
            def __call__(self, val_loss, model):
                score = -val_loss
                if self.best_score is None or score >= self.best_score + self.delta:
                    self.best_score, self.counter = score, 0
                    self.best_weights = copy.deepcopy(model.state_dict())
                    return
                self.counter += 1
                if self.counter >= self.patience:
                    self.early_stop = True
            def load_best(self, model):
                model.load_state_dict(self.best_weights)
    """,
    "dict by epochs": """
        class Patience:
            def __init__(self, patience):
                self.patience, self.lowest, self.at, self.kept = patience, float("inf"), -1, {}
            def update(self, epoch, val_loss, params):
                if val_loss < self.lowest:
                    self.lowest, self.at = val_loss, epoch
                    self.kept = {name: p.copy() for name, p in params.items()}
                return epoch - self.at >= self.patience
            def get_best(self):
                return self.kept
    """,
    "an array that is copied": """
        class EarlyStop:
            def __init__(self, patience=3, tol=0.0):
                self.patience, self.tol, self.best, self.waited, self.best_w = patience, tol, None, 0, None
                self.stop = False
            def update(self, loss, w):
                better = self.best is None or loss < self.best - self.tol
                if better:
                    self.best, self.waited, self.best_w = loss, 0, w.copy()
                else:
                    self.waited += 1
                self.stop = self.waited >= self.patience
                return better
    """,
    "a record of weights and biases": """
        from dataclasses import dataclass, field
        import numpy as np

        @dataclass
        class EarlyStopper:
            patience: int = 5
            best: float = float("inf")
            bad: int = 0
            best_W: object = None
            best_b: object = None
            history: list = field(default_factory=list)
            def step(self, val_loss, W, b):
                self.history.append(val_loss)
                if val_loss < self.best:
                    self.best, self.bad = val_loss, 0
                    self.best_W, self.best_b = W.copy(), b.copy()
                else:
                    self.bad += 1
                return self.bad > self.patience
    """,
    "a model from the start": """
        import numpy as np

        class EarlyStopping:
            def __init__(self, model, patience, min_delta):
                self.model, self.patience, self.min_delta, self.best, self.bad = model, patience, min_delta, np.inf, 0
            def step(self, val_loss):
                if np.isnan(val_loss):
                    raise ValueError("the loss is not a number")
                if val_loss < self.best - self.min_delta:
                    self.best, self.bad = val_loss, 0
                    self.best_params = {k: v.copy() for k, v in self.model.params.items()}
                else:
                    self.bad += 1
                return self.bad >= self.patience
    """,
    "larger is better": """
        class EarlyStopping:
            def __init__(self, patience=3):
                self.patience, self.best, self.bad = patience, -1e300, 0
            def should_stop(self, accuracy):
                if accuracy > self.best:
                    self.best, self.bad = accuracy, 0
                else:
                    self.bad += 1
                return self.bad >= self.patience
    """,
}
WRONG = {
    "kept by reference": ("answers", "copy.deepcopy(state)", "state", "by reference"),
    "a list of references": ("puts back", "[w.copy() for w in weights]", "list(weights)", "by reference"),
    "a copy of a list": ("puts back", "[w.copy() for w in weights]", "weights.copy()", "by reference"),
    "the state of a model": ("flag of a model", "copy.deepcopy(model.state_dict())", "model.state_dict()", "reference"),
    "a dict of references": ("dict by epochs", "{name: p.copy() for name, p in params.items()}", "dict(params)", "ref"),
    "an array by reference": ("an array that is copied", "w.copy()", "w", "by reference"),
    "a bias by reference": ("a record of weights and biases", "b.copy()", "b", "by reference"),
    "a model by reference": ("a model from the start", "k: v.copy()", "k: v", "by reference"),
    "never set back": ("answers", "self.best, self.bad = value, 0", "self.best = value", "not set back"),
    "against the last": (
        "an array that is copied",
        "self.waited += 1",
        "self.waited, self.best = self.waited + 1, loss",
        "the last one",
    ),
    "min_delta turned": (
        "puts back",
        "self.best_loss - self.min_delta",
        "self.best_loss + self.min_delta",
        "min_delta",
    ),
    "max as min": ("answers", "else -1.0", "else 1.0", "larger is better"),
    "min_delta of max": (
        "answers",
        "self.sign * (self.best - value) > self.min_delta",
        "self.sign * (self.best - value - self.min_delta) > 0",
        "min_delta has the wrong sign",
    ),
    "the last weights": (
        "answers",
        "        self.bad += 1",
        "        self.bad += 1\n                    self.best_state = copy.deepcopy(state)",
        "the last ones",
    ),
}


def _module(code):
    module = types.ModuleType("stopper")
    sys.modules["stopper"] = module
    exec(textwrap.dedent(code), module.__dict__)
    return module


def card(code):
    module = _module(code)
    task, _ = guessing.task_of(module)
    assert task == "parts"
    return gu.exam.examine(module, task)


@pytest.mark.parametrize("style", RIGHT)
def test_right_ones_pass(style):
    found = card(RIGHT[style])
    assert found.outcome == "passed", [(v.id, v.words) for v in found.verdicts if v.outcome != "passed"]
    asked = {v.id.split()[0] for v in found.verdicts}
    assert {"Y01", "Y02"} <= asked
    assert ("Y07" in asked) == (style != "larger is better")


@pytest.mark.parametrize("mistake", WRONG)
def test_wrong_twins_fail(mistake):
    style, right, wrong, words = WRONG[mistake]
    assert right in RIGHT[style]
    code = RIGHT[style].replace(right, wrong)
    found = card(code)
    assert found.outcome == "not passed"
    assert words in found.mistake


def test_an_early_stopper_is_no_optimiser():
    """Kills: a class with a step that says no rule, which is refused as an optimiser."""
    module = _module(RIGHT["answers"])
    assert guessing.task_of(module.EarlyStopping)[0] == "parts"
    assert gu.exam.grade(module.EarlyStopping, "early_stopping").passed


def test_one_that_waits_for_the_loss_to_stand_still_is_no_early_stopper():
    """Kills: a comparison with the last loss that is the aim of a class, and is called a mistake."""
    from groundup.exam.pieces.early_stoppers import kind_of

    class Plateau:
        def __init__(self, tol=1e-4, patience=3):
            self.tol, self.patience, self.before, self.count = tol, patience, np.inf, 0

        def check(self, loss):
            self.count = self.count + 1 if self.before - loss < self.tol else 0
            self.before = loss
            return self.count >= self.patience

    assert kind_of(Plateau) == ""
