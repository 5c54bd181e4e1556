import numpy as np


class Module:
    def params(self):
        return []

    def train(self, flag=True):
        self.training = flag


class Linear(Module):
    def __init__(self, d_in, d_out, rng):
        self.w = rng.normal(0, np.sqrt(2 / d_in), (d_in, d_out))
        self.b = np.zeros(d_out)
        self.gw, self.gb = np.zeros_like(self.w), np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, g):
        self.gw[...] = self.x.T @ g
        self.gb[...] = g.sum(0)
        return g @ self.w.T

    def params(self):
        return [(self.w, self.gw), (self.b, self.gb)]


class LeakyReLU(Module):
    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x):
        self.d = np.where(x > 0, 1.0, self.slope)
        return x * self.d

    def backward(self, g):
        return g * self.d


class LayerNorm(Module):
    def __init__(self, dim, eps=1e-5):
        self.g, self.b, self.eps = np.ones(dim), np.zeros(dim), eps
        self.gg, self.gb = np.zeros(dim), np.zeros(dim)

    def forward(self, x):
        c = x - x.mean(1, keepdims=True)
        self.s = np.sqrt((c * c).mean(1, keepdims=True) + self.eps)
        self.h = c / self.s
        return self.g * self.h + self.b

    def backward(self, g):
        self.gg[...] = (g * self.h).sum(0)
        self.gb[...] = g.sum(0)
        u = g * self.g
        return (u - u.mean(1, keepdims=True) - self.h * (u * self.h).mean(1, keepdims=True)) / self.s

    def params(self):
        return [(self.g, self.gg), (self.b, self.gb)]


class Sequential(Module):
    def __init__(self, *mods):
        self.mods = mods

    def forward(self, x):
        for m in self.mods:
            x = m.forward(x)
        return x

    def backward(self, g):
        for m in reversed(self.mods):
            g = m.backward(g)
        return g

    def params(self):
        return [p for m in self.mods for p in m.params()]


class Adam:
    def __init__(self, params, lr=1e-2, b1=0.9, b2=0.999, eps=1e-8):
        self.params, self.lr, self.b1, self.b2, self.eps, self.t = params, lr, b1, b2, eps, 0
        self.m = [np.zeros_like(p) for p, _ in params]
        self.v = [np.zeros_like(p) for p, _ in params]

    def step(self):
        self.t += 1
        a = self.lr * np.sqrt(1 - self.b2**self.t) / (1 - self.b1**self.t)
        for (p, g), m, v in zip(self.params, self.m, self.v):
            m += (1 - self.b1) * (g - m)
            v += (1 - self.b2) * (g * g - v)
            p -= a * m / (np.sqrt(v) + self.eps)


class Classifier:
    def __init__(self, hidden=32, epochs=60, batch_size=32, lr=1e-2, seed=0):
        self.hidden, self.epochs, self.batch_size, self.lr, self.seed = hidden, epochs, batch_size, lr, seed

    @staticmethod
    def loss(scores, t):
        """Mean cross-entropy of softmax(scores) and its derivative."""
        z = scores - scores.max(1, keepdims=True)
        lp = z - np.log(np.exp(z).sum(1, keepdims=True))
        d = np.exp(lp)
        d[np.arange(len(t)), t] -= 1
        return -lp[np.arange(len(t)), t].mean(), d / len(t)

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        X = np.asarray(X, float)
        self.classes_, t = np.unique(y, return_inverse=True)
        self.net = Sequential(
            Linear(X.shape[1], self.hidden, rng),
            LayerNorm(self.hidden),
            LeakyReLU(),
            Linear(self.hidden, len(self.classes_), rng),
        )
        opt = Adam(self.net.params(), self.lr)
        for _ in range(self.epochs):
            order = rng.permutation(len(X))
            for b in np.array_split(order, max(1, len(X) // self.batch_size)):
                _, d = self.loss(self.net.forward(X[b]), t[b])
                self.net.backward(d)
                opt.step()
        return self

    def predict(self, X):
        return self.classes_[self.net.forward(np.asarray(X, float)).argmax(1)]
