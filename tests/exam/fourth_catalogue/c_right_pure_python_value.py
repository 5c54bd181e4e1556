import math
import random


class Value:
    def __init__(self, data, parents=(), backs=()):
        self.data = data
        self.grad = 0.0
        self._parents = parents
        self._backs = backs

    @staticmethod
    def _lift(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, o):
        o = self._lift(o)
        return Value(self.data + o.data, (self, o), (1.0, 1.0))

    def __mul__(self, o):
        o = self._lift(o)
        return Value(self.data * o.data, (self, o), (o.data, self.data))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, o):
        return self + (-self._lift(o))

    def __pow__(self, k):
        return Value(self.data**k, (self,), (k * self.data ** (k - 1),))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, o):
        return self._lift(o) - self

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((p, False) for p in node._parents)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node._parents, node._backs):
                parent.grad += local * node.grad


class MLP:
    def __init__(self, sizes, seed=0):
        rnd = random.Random(seed)
        self.layers = [
            [([Value(rnd.gauss(0, 1) / math.sqrt(m)) for _ in range(m)], Value(0.0)) for _ in range(n)]
            for m, n in zip(sizes, sizes[1:])
        ]

    def parameters(self):
        return [p for layer in self.layers for ws, b in layer for p in ws + [b]]

    def __call__(self, x):
        for depth, layer in enumerate(self.layers):
            x = [sum((w * v for w, v in zip(ws, x)), b) for ws, b in layer]
            if depth < len(self.layers) - 1:
                x = [v.tanh() for v in x]
        return x[0] if len(x) == 1 else x

    def fit(self, X, y, lr=0.1, epochs=100):
        history = []
        for _ in range(epochs):
            loss = sum((self(x) - t) ** 2 for x, t in zip(X, y)) * (1.0 / len(X))
            for p in self.parameters():
                p.grad = 0.0
            loss.backward()
            for p in self.parameters():
                p.data -= lr * p.grad
            history.append(loss.data)
        return history
