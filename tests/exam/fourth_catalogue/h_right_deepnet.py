import numpy as np


class Param:
    def __init__(self, value, decay=False):
        self.value = value
        self.grad = np.zeros_like(value)
        self.decay = decay


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.W = Param(rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)), decay=True)
        self.b = Param(np.zeros(n_out))
        self.params = [self.W, self.b]

    def forward(self, x, train):
        self.x = x
        return x @ self.W.value + self.b.value

    def backward(self, g):
        self.W.grad = self.x.T @ g
        self.b.grad = g.sum(0)
        return g @ self.W.value.T


class BatchNorm:
    def __init__(self, n, momentum=0.9, eps=1e-5):
        self.gamma, self.beta = Param(np.ones(n)), Param(np.zeros(n))
        self.params = [self.gamma, self.beta]
        self.mean, self.var = np.zeros(n), np.ones(n)
        self.momentum, self.eps = momentum, eps

    def forward(self, x, train):
        if train:
            mu, var = x.mean(0), x.var(0)
            m = len(x)
            self.mean = self.momentum * self.mean + (1 - self.momentum) * mu
            self.var = self.momentum * self.var + (1 - self.momentum) * var * m / max(m - 1, 1)
        else:
            mu, var = self.mean, self.var
        self.inv = 1 / np.sqrt(var + self.eps)
        self.xhat = (x - mu) * self.inv
        return self.gamma.value * self.xhat + self.beta.value

    def backward(self, g):
        self.gamma.grad = (g * self.xhat).sum(0)
        self.beta.grad = g.sum(0)
        gx = g * self.gamma.value
        return self.inv * (gx - gx.mean(0) - self.xhat * (gx * self.xhat).mean(0))


class ReLU:
    params = []

    def forward(self, x, train):
        self.on = x > 0
        return x * self.on

    def backward(self, g):
        return g * self.on


class Dropout:
    params = []

    def __init__(self, p, rng):
        self.p, self.rng = p, rng

    def forward(self, x, train):
        if not train or self.p == 0:
            self.mask = 1.0
        else:
            self.mask = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        return x * self.mask

    def backward(self, g):
        return g * self.mask


class AdamW:
    def __init__(self, params, lr=1e-2, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        self.params, self.lr, self.betas, self.eps, self.wd = params, lr, betas, eps, weight_decay
        self.m = [np.zeros_like(p.value) for p in params]
        self.v = [np.zeros_like(p.value) for p in params]
        self.t = 0

    def step(self):
        self.t += 1
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            mh, vh = self.m[i] / (1 - b1**self.t), self.v[i] / (1 - b2**self.t)
            if p.decay:
                p.value = p.value - self.lr * self.wd * p.value
            p.value = p.value - self.lr * mh / (np.sqrt(vh) + self.eps)


class NetClassifier:
    def __init__(
        self, hidden=(32, 32), epochs=60, batch_size=32, lr=1e-2, dropout=0.1, smoothing=0.0, weight_decay=1e-2, seed=0
    ):
        self.__dict__.update(
            hidden=hidden,
            epochs=epochs,
            batch_size=batch_size,
            lr=lr,
            dropout=dropout,
            smoothing=smoothing,
            weight_decay=weight_decay,
            seed=seed,
        )

    def _run(self, x, train=False):
        for layer in self.layers:
            x = layer.forward(x, train)
        return x

    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        X = np.asarray(X, float)
        self.classes_, y = np.unique(y, return_inverse=True)
        k = len(self.classes_)
        sizes = [X.shape[1], *self.hidden]
        self.layers = []
        for a, b in zip(sizes, sizes[1:]):
            self.layers += [Dense(a, b, rng), BatchNorm(b), ReLU(), Dropout(self.dropout, rng)]
        self.layers.append(Dense(sizes[-1], k, rng))
        opt = AdamW([p for l in self.layers for p in l.params], self.lr, weight_decay=self.weight_decay)
        T = np.eye(k)[y] * (1 - self.smoothing) + self.smoothing / k
        n = len(X)
        for epoch in range(self.epochs):
            opt.lr = self.lr * (1 + np.cos(np.pi * epoch / self.epochs)) / 2
            order = rng.permutation(n)
            for idx in np.array_split(order, max(1, n // self.batch_size)):
                z = self._run(X[idx], train=True)
                z = np.exp(z - z.max(1, keepdims=True))
                g = (z / z.sum(1, keepdims=True) - T[idx]) / len(idx)
                for layer in reversed(self.layers):
                    g = layer.backward(g)
                opt.step()
        return self

    def predict_proba(self, X):
        z = self._run(np.asarray(X, float))
        z = np.exp(z - z.max(1, keepdims=True))
        return z / z.sum(1, keepdims=True)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(1)]
