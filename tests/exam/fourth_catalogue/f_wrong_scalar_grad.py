import math
import random


class Scalar:
    """A number that remembers how it was made, for reverse-mode differentiation."""

    def __init__(self, value, parents=(), op=""):
        self.value = float(value)
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self._push = lambda: None

    def __repr__(self):
        return f"Scalar({self.value:.4g}, grad={self.grad:.4g})"

    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, Scalar) else other)

    def __lt__(self, other):
        return self.value < (other.value if isinstance(other, Scalar) else other)

    def __hash__(self):
        return hash(self.value)

    @staticmethod
    def lift(x):
        return x if isinstance(x, Scalar) else Scalar(x)

    def __add__(self, other):
        other = Scalar.lift(other)
        out = Scalar(self.value + other.value, (self, other), "+")

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out._push = push
        return out

    def __mul__(self, other):
        other = Scalar.lift(other)
        out = Scalar(self.value * other.value, (self, other), "*")

        def push():
            self.grad += other.value * out.grad
            other.grad += self.value * out.grad

        out._push = push
        return out

    def __pow__(self, k):
        out = Scalar(self.value**k, (self,), f"**{k}")

        def push():
            self.grad += k * self.value ** (k - 1) * out.grad

        out._push = push
        return out

    def relu(self):
        out = Scalar(self.value if self.value > 0 else 0.0, (self,), "relu")

        def push():
            self.grad += (out.value > 0) * out.grad

        out._push = push
        return out

    def tanh(self):
        t = math.tanh(self.value)
        out = Scalar(t, (self,), "tanh")

        def push():
            self.grad += (1 - t * t) * out.grad

        out._push = push
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-Scalar.lift(other))

    def __truediv__(self, other):
        return self * Scalar.lift(other) ** -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Scalar.lift(other) - self

    def __rtruediv__(self, other):
        return Scalar.lift(other) / self

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node in seen:
                return
            seen.add(node)
            for p in node.parents:
                visit(p)
            order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._push()


class Neuron:
    def __init__(self, n, rng, linear=False):
        self.w = [Scalar(rng.uniform(-1, 1)) for _ in range(n)]
        self.b = Scalar(0.0)
        self.linear = linear

    def __call__(self, x):
        s = sum((w * xi for w, xi in zip(self.w, x)), self.b)
        return s if self.linear else s.tanh()


class MLP:
    def __init__(self, sizes, seed=0):
        rng = random.Random(seed)
        last = len(sizes) - 2
        self.layers = [
            [Neuron(a, rng, i == last) for _ in range(b)] for i, (a, b) in enumerate(zip(sizes[:-1], sizes[1:]))
        ]

    def __call__(self, x):
        for layer in self.layers:
            x = [n(x) for n in layer]
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for n in layer for p in n.w + [n.b]]

    def fit(self, X, y, lr=0.05, epochs=100):
        losses = []
        for _ in range(epochs):
            loss = sum((self(row) - t) ** 2 for row, t in zip(X, y)) / len(X)
            for p in self.parameters():
                p.grad = 0.0
            loss.backward()
            for p in self.parameters():
                p.value -= lr * p.grad
            losses.append(loss.value)
        return losses


if __name__ == "__main__":
    X = [[2.0, 3.0], [-1.5, 0.7], [0.4, -1.2], [1.1, 0.9]]
    losses = MLP([2, 4, 1]).fit(X, [1.0, -1.0, -1.0, 1.0])
    print(losses[0], losses[-1])
