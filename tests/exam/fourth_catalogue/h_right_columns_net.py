# two layer net, events are columns: X is (n_features, n_events), Y is (n_out, n_events)
import numpy as np


def init_params(n_in, n_hid, n_out, rng):
    return [
        rng.normal(0, 1 / np.sqrt(n_in), (n_hid, n_in)),
        np.zeros((n_hid, 1)),
        rng.normal(0, 1 / np.sqrt(n_hid), (n_out, n_hid)),
        np.zeros((n_out, 1)),
    ]


def forward(p, X):
    W1, b1, W2, b2 = p
    H = np.tanh(W1 @ X + b1)
    return H, W2 @ H + b2


def chi2(p, X, Y):
    return 0.5 * np.sum((forward(p, X)[1] - Y) ** 2) / X.shape[1]


def grad(p, X, Y):
    W1, b1, W2, b2 = p
    H, out = forward(p, X)
    d2 = (out - Y) / X.shape[1]
    d1 = (W2.T @ d2) * (1 - H * H)
    return [d1 @ X.T, d1.sum(axis=1, keepdims=True), d2 @ H.T, d2.sum(axis=1, keepdims=True)]


def minimise(p, X, Y, n_steps=3000, eta=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    m = [np.zeros_like(a) for a in p]
    v = [np.zeros_like(a) for a in p]
    trace = []
    for k in range(1, n_steps + 1):
        g = grad(p, X, Y)
        rate = eta * 0.5 * (1 + np.cos(np.pi * k / n_steps))
        for i in range(len(p)):
            m[i] = beta1 * m[i] + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
            p[i] = p[i] - rate * (m[i] / (1 - beta1**k)) / (np.sqrt(v[i] / (1 - beta2**k)) + eps)
        trace.append(chi2(p, X, Y))
    return p, trace


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    x = np.linspace(-2, 2, 80)[None, :]
    y = np.sin(2 * x)
    p, trace = minimise(init_params(1, 12, 1, rng), x, y)
    print(trace[0], trace[-1])
