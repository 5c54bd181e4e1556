# a change is one line of code, as it stands in the candidate
"""Mistakes of optimisers, clipping, early stopping and schedules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundup.exam.mutants.making import Mutant, of

FUNCTIONS: dict[str, dict[str, Any]] = {
    "sgd": {
        "step uphill": ("return w - lr * g\n", "return w + lr * g\n"),
        "step squares the rate": ("return w - lr * g\n", "return w - lr**2 * g\n"),
        "step twice as far": ("return w - lr * g\n", "return w - 2 * lr * g\n"),
        "gradient changed": ("return w - lr * g\n", "g *= lr\n    return w - g\n"),
    },
    "momentum": {
        "velocity not kept": ("return w - lr * velocity, velocity", "return w - lr * velocity, v"),
        "velocity without end": ("velocity = beta * v + g", "velocity = v + g"),
        "velocity of the wrong sign": ("velocity = beta * v + g", "velocity = -beta * v + g"),
        "momentum on the gradient": ("velocity = beta * v + g", "velocity = v + beta * g"),
        "shares swapped": ("velocity = beta * v + g", "velocity = (1 - beta) * v + beta * g"),
        "step uphill": ("return w - lr * velocity", "return w + lr * velocity"),
        "setting not used": ("velocity = beta * v + g", "velocity = 0.9 * v + g"),
        "momentum squared": ("velocity = beta * v + g", "velocity = beta**2 * v + g"),
    },
    "nesterov": {
        "no look ahead": ("return w - lr * (g + mu * speed), speed", "return w - lr * speed, speed"),
        "looks twice": ("return w - lr * (g + mu * speed), speed", "return w - lr * (speed + mu * speed), speed"),
        "gradient left out of the look ahead": (
            "return w - lr * (g + mu * speed), speed",
            "return w - lr * mu * speed, speed",
        ),
    },
    "adagrad": {
        "root of squares forgotten": ("g / (np.sqrt(squares) + eps), squares", "g / (squares + eps), squares"),
        "squares not kept": ("squares = total + g**2", "squares = g**2"),
        "magnitudes for squares": ("squares = total + g**2", "squares = total + np.abs(g)"),
        "gradients for squares": ("squares = total + g**2", "squares = np.abs(total + g)"),
        "old squares": ("g / (np.sqrt(squares) + eps), squares", "g / (np.sqrt(total) + eps), squares"),
        "epsilon forgotten": ("g / (np.sqrt(squares) + eps), squares", "g / np.sqrt(squares), squares"),
    },
    "rmsprop": {
        "root of squares forgotten": ("g / (np.sqrt(recent) + eps), recent", "g / (recent + eps), recent"),
        "squares not kept": ("recent = rho * s + (1 - rho) * g**2", "recent = (1 - rho) * g**2"),
        "shares swapped": ("recent = rho * s + (1 - rho) * g**2", "recent = (1 - rho) * s + rho * g**2"),
        "squares pile up": ("recent = rho * s + (1 - rho) * g**2", "recent = s + g**2"),
        "share left out": ("recent = rho * s + (1 - rho) * g**2", "recent = rho * s + g**2"),
        "magnitudes for squares": ("recent = rho * s + (1 - rho) * g**2", "recent = rho * s + (1 - rho) * np.abs(g)"),
        "old squares": ("g / (np.sqrt(recent) + eps), recent", "g / (np.sqrt(s) + eps), recent"),
        "setting not used": ("recent = rho * s + (1 - rho) * g**2", "recent = 0.9 * s + 0.1 * g**2"),
    },
    "adadelta": {
        "upside down": ("g * np.sqrt(u + eps) / np.sqrt(slopes + eps)", "g * np.sqrt(slopes + eps) / np.sqrt(u + eps)"),
        "root of squares forgotten": ("g * np.sqrt(u + eps) / np.sqrt(slopes + eps)", "g * (u + eps) / (slopes + eps)"),
        "gradients for steps": ("(1 - rho) * move * move", "(1 - rho) * g * g * 1.0"),
        "shares swapped": [
            ("rho * s + (1 - rho) * g * g", "(1 - rho) * s + rho * g * g"),
            ("rho * u + (1 - rho) * move * move", "(1 - rho) * u + rho * move * move"),
        ],
    },
    "adam": {
        "no bias correction": [
            ("mean_hat = mean / (1 - beta1**t)", "mean_hat = mean"),
            ("size_hat = size / (1 - beta2**t)", "size_hat = size"),
        ],
        "squares not corrected": ("size_hat = size / (1 - beta2**t)", "size_hat = size"),
        "mean not corrected": ("mean_hat = mean / (1 - beta1**t)", "mean_hat = mean"),
        "correction without power": [("(1 - beta1**t)", "(1 - beta1)"), ("(1 - beta2**t)", "(1 - beta2)")],
        "correction times the step": [("(1 - beta1**t)", "(1 - beta1 * t)"), ("(1 - beta2**t)", "(1 - beta2 * t)")],
        "epsilon inside the root": ("(np.sqrt(size_hat) + eps)", "np.sqrt(size_hat + eps)"),
        "epsilon forgotten": ("(np.sqrt(size_hat) + eps)", "np.sqrt(size_hat)"),
        "root of squares forgotten": ("(np.sqrt(size_hat) + eps)", "(size_hat + eps)"),
        "shares swapped": ("mean = beta1 * m + (1 - beta1) * g", "mean = (1 - beta1) * m + beta1 * g"),
        "betas swapped": [
            (
                "mean = beta1 * m + (1 - beta1) * g",
                "beta1, beta2 = beta2, beta1\n    mean = beta1 * m + (1 - beta1) * g",
            )
        ],
        "square of the mean": ("(1 - beta2) * g**2", "(1 - beta2) * mean**2"),
        "magnitudes for squares": ("(1 - beta2) * g**2", "(1 - beta2) * np.abs(g)"),
        "gradients for squares": ("(1 - beta2) * g**2", "(1 - beta2) * g"),
        "share left out": ("mean = beta1 * m + (1 - beta1) * g", "mean = beta1 * m + g"),
        "share of the squares left out": ("(1 - beta2) * g**2", "g**2"),
        "gradient for its mean": ("lr * mean_hat /", "lr * g /"),
        "step uphill": ("return w - lr * mean_hat", "return w + lr * mean_hat"),
        "mean not kept": ("+ eps), mean, size", "+ eps), m, size"),
        "setting not used": (
            "size = beta2 * v + (1 - beta2) * g**2\n    mean_hat",
            "beta2 = 0.999\n    size = beta2 * v + (1 - beta2) * g**2\n    mean_hat",
        ),
        "correction in place of the averages": ("+ eps), mean, size", "+ eps), mean_hat, size_hat"),
    },
}
CLASSES: dict[str, tuple[str, dict[str, Any]]] = {
    "momentum": (
        "Momentum",
        {
            "memory lost on resume": ('self.velocity = [v.copy() for v in state["velocity"]]', "self.velocity = None"),
            "memory shared": [
                ("        self.velocity = None\n\n    def step", "\n    def step"),
                (
                    "\n    def __init__(self, lr=0.01, momentum",
                    "\n    velocity = [np.zeros(4)]\n\n    def __init__(self, lr=0.01, momentum",
                ),
                (
                    "self.velocity[k] = self.momentum * self.velocity[k] + pull",
                    "self.velocity[k][...] = self.momentum * self.velocity[k] + pull",
                ),
            ],
            "decay of the wrong sign": ("g + self.weight_decay * p", "g - self.weight_decay * p"),
            "decay without effect": ("g + self.weight_decay * p", "g"),
            "decay in place of the gradient": ("g + self.weight_decay * p", "self.weight_decay * g + g"),
            "gradient changed": (
                "pull = g + self.weight_decay * p",
                "g += self.weight_decay * p\n            g *= 1.0 + 1e-12\n            pull = g",
            ),
            "velocity not kept": (
                "self.velocity = [np.zeros_like(p) for p in params]\n        moved",
                "pass\n        self.velocity = [np.zeros_like(p) for p in params]\n        moved",
            ),
        },
    ),
    "adam": (
        "Adam",
        {
            "count for each array": (
                "        self.count += 1\n        for p, g, m, v in zip(params, grads, self.m, self.v, strict=True):\n",
                "        for p, g, m, v in zip(params, grads, self.m, self.v):\n            self.count += 1\n",
            ),
            "memory of the first array": (
                "self.v = [np.zeros_like(p) for p in params]",
                "self.v = [np.zeros_like(params[0])] * len(params)",
            ),
        },
    ),
    "adamw": (
        "AdamW",
        {
            "l2 for weight decay": [
                ("slope = grad", "slope = grad + self.weight_decay * w"),
                ("shrunk = w - self.lr * self.weight_decay * w", "shrunk = w"),
            ],
            "decay without effect": ("shrunk = w - self.lr * self.weight_decay * w", "shrunk = w"),
            "decay of the wrong sign": ("shrunk = w - self.lr", "shrunk = w + self.lr"),
            "count lost on resume": (
                'self.t, self.m, self.v = state["t"], state["m"], state["v"]',
                'self.m, self.v = state["m"], state["v"]',
            ),
            "count from 0": ("        self.t += 1\n        self.m = self", "        self.m = self"),
            "count one late": ("        self.t = 0\n", "        self.t = 1\n"),
            "squares lost on resume": (
                'return {"t": self.t, "m": self.m, "v": self.v}',
                'return {"t": self.t, "m": self.m, "v": 0.0}',
            ),
        },
    ),
}
PARTS: dict[str, tuple[str, dict[str, Any]]] = {
    "clip_by_norm": (
        "clip_by_norm",
        {
            "by value": ("    length = np.sqrt((g**2).sum())\n", "    return np.clip(g, -max_norm, max_norm)\n"),
            "always clipped": ("if length > max_norm:", "if True:"),
            "root of the length forgotten": ("length = np.sqrt((g**2).sum())", "length = (g**2).sum()"),
            "length 1": ("return g * (max_norm / length)", "return g / length"),
            "largest number for length": ("length = np.sqrt((g**2).sum())", "length = np.abs(g).max()"),
            "sum of magnitudes for length": ("length = np.sqrt((g**2).sum())", "length = np.abs(g).sum()"),
            "never clipped": ("if length > max_norm:", "if length > 1e6 * max_norm:"),
            "clipped to zero": ("return g * (max_norm / length)", "return g * 0"),
            "longer, not shorter": ("return g * (max_norm / length)", "return g * (length / max_norm)"),
        },
    ),
    "early_stopping": (
        "EarlyStopping",
        {
            "against the last loss": (
                "            self.bad += 1\n",
                "            self.bad += 1\n            self.best = loss\n",
            ),
            "count not set back": ("            self.bad = 0\n", ""),
            "stops when it improves": (
                "loss < self.best - self.min_delta",
                "loss > self.best + self.min_delta or self.best == math.inf",
            ),
            "one epoch early": ("self.bad >= self.patience", "self.bad >= self.patience - 1"),
            "never stops": ("self.bad >= self.patience", "self.bad > 1000 * self.patience"),
            "best not kept": (
                "            self.best = loss\n",
                "            self.best = loss if self.best == math.inf else self.best\n",
            ),
            "smallest fall not used": ("self.best - self.min_delta", "self.best"),
            "smallest fall of the wrong sign": ("self.best - self.min_delta", "self.best + self.min_delta"),
            "count from the start": ("            self.bad = 0\n", "            self.bad += 1\n"),
            "twice the patience": ("self.bad >= self.patience", "self.bad >= 2 * self.patience"),
        },
    ),
    "exponential_schedule": (
        "exponential_schedule",
        {
            "rate grows": ("initial_lr * decay**epoch", "initial_lr * decay**-epoch"),
            "decay times the epoch": ("initial_lr * decay**epoch", "initial_lr * decay * epoch"),
            "share of the fall": ("initial_lr * decay**epoch", "initial_lr * (1 - decay) ** epoch"),
            "schedule one epoch early": ("initial_lr * decay**epoch", "initial_lr * decay ** (epoch + 1)"),
        },
    ),
    "step_schedule": (
        "step_schedule",
        {
            "no stairs": ("drop ** (epoch // every)", "drop ** (epoch / every)"),
            "rest for quotient": ("drop ** (epoch // every)", "drop ** (epoch % every)"),
            "drops once": ("drop ** (epoch // every)", "(drop if epoch >= every else 1)"),
            "rounded quotient": ("drop ** (epoch // every)", "drop ** round(epoch / every)"),
            "drops every epoch": ("drop ** (epoch // every)", "drop**epoch"),
            "schedule never changes": ("drop ** (epoch // every)", "1"),
        },
    ),
    "inverse_schedule": (
        "inverse_schedule",
        {
            "one forgotten in the divisor": ("(1 + decay * epoch)", "(decay * max(epoch, 1))"),
            "minus for over": ("lr0 / (1 + decay * epoch)", "lr0 * (1 - decay * epoch)"),
            "root of the epoch": ("(1 + decay * epoch)", "math.sqrt(1 + decay * epoch)"),
        },
    ),
    "cosine_schedule": (
        "cosine_schedule",
        {
            "degrees": ("math.pi * epoch / total", "180 * epoch / total"),
            "half forgotten": ("0.5 * (lr_max - lr_min)", "(lr_max - lr_min)"),
            "whole turn": ("math.pi * epoch / total", "2 * math.pi * epoch / total"),
            "quarter turn": ("math.pi * epoch / total", "math.pi * epoch / total / 2"),
            "upside down schedule": ("(1 + math.cos", "(1 - math.cos"),
            "lowest rate added": ("(lr_max - lr_min)", "lr_max"),
            "one forgotten beside the cosine": (
                "(1 + math.cos(math.pi * epoch / total))",
                "math.cos(math.pi * epoch / total)",
            ),
            "schedule one epoch early": ("math.pi * epoch / total", "math.pi * (epoch + 1) / total"),
        },
    ),
    "warmup_schedule": (
        "warmup_schedule",
        {
            "goes on rising": ("min(1.0, step / warmup_steps)", "step / warmup_steps"),
            "warm-up falls": ("min(1.0, step / warmup_steps)", "max(1.0 - step / warmup_steps, 0.0)"),
            "warm-up in whole numbers": ("min(1.0, step / warmup_steps)", "min(1, step // warmup_steps)"),
        },
    ),
}


def _all() -> Iterator[Mutant]:
    for name, changes in FUNCTIONS.items():
        yield from of("optimiser_functions", f"formula {name}", name, changes, formula=name)
    for name, (thing, changes) in CLASSES.items():
        yield from of("optimiser_classes", f"formula {name}", thing, changes, formula=name)
    for name, (thing, changes) in PARTS.items():
        yield from of("training_parts", f"formula {name}", thing, changes, formula=name)


MUTANTS: list[Mutant] = list(_all())
