"""PyTorch's modules with a training function: lines, classes and networks, in double and in single precision."""

from __future__ import annotations

import pytest

import groundup as gu

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")


class Linear(torch.nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = torch.nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)


class Own(torch.nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = torch.nn.Parameter(torch.zeros(n_features))
        self.b = torch.nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x @ self.w + self.b


class Logistic(Linear):
    def forward(self, x):
        return torch.sigmoid(self.linear(x))


class Softmax(torch.nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.linear = torch.nn.Linear(n_features, n_classes)

    def forward(self, x):
        return self.linear(x)


class Network(torch.nn.Module):
    def __init__(self, n_in=3, hidden=8):
        super().__init__()
        self.whole = torch.nn.Sequential(torch.nn.Linear(n_in, hidden), torch.nn.Tanh(), torch.nn.Linear(hidden, 1))

    def forward(self, x):
        return self.whole(x)


class ManyClasses(torch.nn.Module):
    def __init__(self, n_in, n_classes):
        super().__init__()
        self.first, self.last = torch.nn.Linear(n_in, 7), torch.nn.Linear(7, n_classes)

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))


def training(loss, prepare=lambda X, y: (X, y), zero=True):
    def train(model, X, y, lr, epochs):
        X, y = prepare(X, y)
        optimiser = torch.optim.SGD(model.parameters(), lr=lr)
        for _ in range(epochs):
            if zero:
                optimiser.zero_grad()
            loss(model(X), y).backward()
            optimiser.step()
        return model

    return train


def single(X, y):
    return torch.as_tensor(X, dtype=torch.float32), torch.as_tensor(y, dtype=torch.float32)


def makes_a_column(X, y):
    return X, y.unsqueeze(1)


CANDIDATES = {
    "line": ((Linear, training(torch.nn.MSELoss())), "regression"),
    "own parameters": ((Own, training(torch.nn.MSELoss())), "regression"),
    "single precision": ((Linear, training(torch.nn.MSELoss(), single)), "regression"),
    "column inside": ((Linear, training(torch.nn.MSELoss(), makes_a_column)), "regression"),
    "logistic": ((Logistic, training(torch.nn.BCELoss())), "classification"),
    "logits": ((Linear, training(torch.nn.BCEWithLogitsLoss())), "classification"),
    "softmax": ((Softmax, training(torch.nn.CrossEntropyLoss())), "multiclass"),
    "network": ((Network, training(torch.nn.MSELoss())), "regression"),
    "network, single": ((Network, training(torch.nn.MSELoss(), single)), "network"),
    "network, many classes": ((ManyClasses, training(torch.nn.CrossEntropyLoss())), "multiclass"),
}
QUICK = ("single precision", "network", "network, many classes")


@pytest.mark.parametrize("name", QUICK)
def test_right_modules_pass(name):
    """Kills: float32, logits or labels in a column taken for mistakes."""
    card = gu.exam.examine(*CANDIDATES[name], seed=2)
    assert card.passed, str(card)
    assert "loss" in card.conventions


@pytest.mark.slow
@pytest.mark.parametrize("name", CANDIDATES)
def test_right_modules_pass_with_many_seeds(name):
    for seed in range(100, 110):
        torch.manual_seed(seed)
        card = gu.exam.examine(*CANDIDATES[name], seed=seed)
        assert card.passed, str(card)


def test_gradients_that_are_not_set_to_zero_are_named():
    card = gu.exam.examine((Network, training(torch.nn.MSELoss(), zero=False)))
    assert not card.passed
    assert card.mistake == "gradients pile up from epoch to epoch: they are not set to zero"
