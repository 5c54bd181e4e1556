import numpy as np


def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1 and g.shape[i] != 1:
            g = g.sum(axis=i, keepdims=True)
    return g


class Tensor:
    def __init__(self, data, parents=()):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros_like(self.data)
        self._parents = parents
        self._backward = lambda: None

    @staticmethod
    def _t(x):
        return x if isinstance(x, Tensor) else Tensor(x)

    def _op(self, data, parents, grads):
        out = Tensor(data, parents)

        def run():
            for p, fn in zip(parents, grads):
                p.grad = p.grad + unbroadcast(fn(out.grad), p.data.shape)

        out._backward = run
        return out

    def __add__(self, o):
        o = self._t(o)
        return self._op(self.data + o.data, (self, o), (lambda g: g, lambda g: g))

    def __mul__(self, o):
        o = self._t(o)
        return self._op(self.data * o.data, (self, o), (lambda g: g * o.data, lambda g: g * self.data))

    def __pow__(self, k):
        return self._op(self.data**k, (self,), (lambda g: g * k * self.data ** (k - 1),))

    def __matmul__(self, o):
        return self._op(self.data @ o.data, (self, o), (lambda g: g @ o.data.T, lambda g: self.data.T @ g))

    def exp(self):
        e = np.exp(self.data)
        return self._op(e, (self,), (lambda g: g * e,))

    def log(self):
        return self._op(np.log(self.data), (self,), (lambda g: g / self.data,))

    def tanh(self):
        t = np.tanh(self.data)
        return self._op(t, (self,), (lambda g: g * (1 - t * t),))

    def relu(self):
        return self._op(np.maximum(self.data, 0), (self,), (lambda g: g * (self.data > 0),))

    def sigmoid(self):
        s = 0.5 * (1 + np.tanh(0.5 * self.data))
        return self._op(s, (self,), (lambda g: g * s * (1 - s),))

    def sum(self, axis=None, keepdims=False):
        def back(g):
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            return np.broadcast_to(g, self.data.shape)

        return self._op(self.data.sum(axis=axis, keepdims=keepdims), (self,), (back,))

    def mean(self, axis=None, keepdims=False):
        n = self.data.size if axis is None else self.data.shape[axis]
        return self.sum(axis, keepdims) * (1.0 / n)

    def __neg__(self):
        return self * -1.0

    def __sub__(self, o):
        return self + (-self._t(o))

    def __rsub__(self, o):
        return self._t(o) + (-self)

    def __truediv__(self, o):
        return self * self._t(o) ** -1.0

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        order, seen = [], set()

        def walk(t):
            if id(t) not in seen:
                seen.add(id(t))
                for p in t._parents:
                    walk(p)
                order.append(t)

        walk(self)
        self.grad = np.ones_like(self.data)
        for t in reversed(order):
            t._backward()


def train(X, y, hidden=16, lr=0.1, epochs=500, seed=0):
    """Regression net tanh(XW1 + b1)W2 + b2 with mean squared error; returns the parameters."""
    rng = np.random.default_rng(seed)
    P = [
        Tensor(rng.normal(size=(X.shape[1], hidden))),
        Tensor(np.zeros((1, hidden))),
        Tensor(rng.normal(size=(hidden, 1)) / np.sqrt(hidden)),
        Tensor(np.zeros((1, 1))),
    ]
    for _ in range(epochs):
        loss = ((((Tensor(X) @ P[0] + P[1]).tanh() @ P[2] + P[3]) - y.reshape(-1, 1)) ** 2).mean()
        for p in P:
            p.grad = np.zeros_like(p.data)
        loss.backward()
        for p in P:
            p.data -= lr * p.grad
    return P, float(loss.data)


if __name__ == "__main__":
    x = np.linspace(-2, 2, 100)[:, None]
    print(train(x, np.sin(2 * x))[1])
