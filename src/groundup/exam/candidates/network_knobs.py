"""What the settings of a network are called, and where they stand when a question is not about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from groundup.exam.candidates import spelling, torch_models

KNOBS: dict[str, tuple[str, ...]] = {
    "rate": ("learning_rate", "lr", "learning_rate_init", "eta", "eta0", "alpha", "rate", "step_size"),
    "epochs": (*spelling.KNOBS["epochs"], "n"),
    "batch": (*spelling.KNOBS["batch"],),
    "seed": (*spelling.KNOBS["seed"],),
    "hidden": (
        *(
            "hidden",
            "hidden_size",
            "n_hidden",
            "hidden_dim",
            "hidden_units",
            "hidden_layer_sizes",
            "n_h",
            "hidden_nodes",
        ),
        *("hidden_neurons", "num_hidden", "hidden_layers", "hidden_sizes", "nhidden", "h"),
    ),
    "sizes": (
        *("layers", "layer_sizes", "sizes", "layer_dims", "layers_dims", "architecture", "topology", "dims"),
        *(
            "layers_sizes",
            "layer_dimensions",
            "layers_dimensions",
            "dimensions",
            "dim_layers",
            "layer_dim",
            "layers_dim",
        ),
        *(
            "layer_widths",
            "widths",
            "net_dims",
            "network_dims",
            "nn_dims",
            "nn_architecture",
            "units_per_layer",
            "arch",
        ),
    ),
    "columns": (*torch_models.SIZES["columns"], "n_x", "input_nodes", "num_inputs", "ninput", "n_input", "input"),
    "outputs": (*torch_models.SIZES["outputs"], "n_y", "output_nodes", "num_outputs", "n_output", "output", "k", "o"),
    "solver": ("solver", "optimizer", "optimiser"),
    "momentum": ("momentum",),
    "nesterov": ("nesterovs_momentum", "nesterov"),
    "l2": ("l2", "alpha", "weight_decay", "lam", "lambda", "reg", "lambd", "l2_reg"),
    "l1": ("l1",),
    "tolerance": ("tol", "tolerance"),
    "shuffle": ("shuffle",),
    "dropout": ("dropout", "dropout_rate", "p_drop", "drop_prob", "dropout_prob", "drop", "drop_rate", "p_dropout"),
    "keep": ("keep_prob", "keep_probability", "keep", "p_keep"),
    "standardise": ("standardise", "standardize", "normalize", "normalise"),
    "patience": ("n_iter_no_change", "patience"),
    "early": ("early_stopping", "early_stop"),
    "verbose": ("verbose", "print_cost", "print_loss"),
}
QUIET: dict[str, Any] = {
    **{"momentum": 0.0, "nesterov": False, "l2": 0.0, "l1": 0.0, "tolerance": 0.0, "shuffle": False, "dropout": 0.0},
    **{"keep": 1.0},
    **{"standardise": False, "patience": 10**6, "early": False, "seed": 7, "verbose": False},
}


def knobs(names: Iterable[str]) -> dict[str, str]:
    """The settings among these argument names, by the exam's word: each name is one setting only.

    >>> knobs(["layers_dims", "eta", "num_iterations"])
    {'rate': 'eta', 'epochs': 'num_iterations', 'sizes': 'layers_dims'}
    """
    given = {spelling.plain(name): name for name in names}
    found: dict[str, str] = {}
    for word, spellings in KNOBS.items():
        name = next((given[s] for s in spellings if s in given and given[s] not in found.values()), None)
        if name is not None:
            found[word] = name
    return found
