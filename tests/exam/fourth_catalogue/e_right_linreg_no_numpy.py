"""
Linear regression in plain Python. No numpy, no sklearn, just lists.

    model = LinReg()
    model.train([[1.0, 2.0], [2.0, 1.0], ...], [3.1, 4.2, ...])
    model.guess([[1.5, 1.5]])
"""


def mean(values):
    return sum(values) / len(values)


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


class LinReg:
    def __init__(self, lr=0.1, rounds=2000):
        self.lr = lr
        self.rounds = rounds
        self.slopes = []
        self.offset = 0.0

    def _column_stats(self, rows):
        stats = []
        for col in zip(*rows):
            m = mean(col)
            spread = mean([(v - m) ** 2 for v in col]) ** 0.5
            stats.append((m, spread if spread > 0 else 1.0))
        return stats

    def train(self, rows, targets):
        rows = [list(map(float, r)) for r in rows]
        targets = [float(t) for t in targets]
        stats = self._column_stats(rows)
        scaled = [[(v - m) / s for v, (m, s) in zip(r, stats)] for r in rows]
        n, d = len(scaled), len(scaled[0])
        w = [0.0] * d
        b = mean(targets)
        for _ in range(self.rounds):
            errors = [dot(w, r) + b - t for r, t in zip(scaled, targets)]
            step_w = [sum(e * r[j] for e, r in zip(errors, scaled)) / n for j in range(d)]
            step_b = sum(errors) / n
            w = [wj - self.lr * g for wj, g in zip(w, step_w)]
            b = b - self.lr * step_b
        self.slopes = [wj / s for wj, (_, s) in zip(w, stats)]
        self.offset = b - sum(sl * m for sl, (m, _) in zip(self.slopes, stats))
        return self

    def guess(self, rows):
        return [dot(self.slopes, r) + self.offset for r in rows]

    def r2(self, rows, targets):
        mid = mean(targets)
        left = sum((t - g) ** 2 for t, g in zip(targets, self.guess(rows)))
        total = sum((t - mid) ** 2 for t in targets)
        return 1 - left / total


if __name__ == "__main__":
    hours = [[1], [2], [3], [4], [5], [6]]
    marks = [12, 19, 33, 39, 52, 58]
    m = LinReg().train(hours, marks)
    print(m.slopes, m.offset, m.r2(hours, marks))
