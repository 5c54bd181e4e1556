import math


class Learner:
    """My first classifier! Learns yes/no answers from rows of numbers.

    brain = Learner()
    brain.learn(rows, answers)     # answers: any two different labels, e.g. "cat" / "dog"
    brain.infer(row)               # -> label
    brain.how_sure(row)            # -> probability of the second label (sorted order)
    """

    def __init__(self, speed=0.5, times=1500):
        self.speed = speed
        self.times = times

    def _squash(self, z):
        if z < 0:
            e = math.exp(max(z, -700))
            return e / (1 + e)
        return 1 / (1 + math.exp(-z))

    def learn(self, rows, answers):
        self.labels = sorted(set(answers))
        if len(self.labels) != 2:
            raise ValueError("need exactly two different answers")
        ys = [self.labels.index(a) for a in answers]
        n, d = len(rows), len(rows[0])
        self.center = [sum(r[j] for r in rows) / n for j in range(d)]
        self.width = []
        for j in range(d):
            var = sum((r[j] - self.center[j]) ** 2 for r in rows) / n
            self.width.append(math.sqrt(var) or 1.0)
        data = [self._shape(r) for r in rows]
        self.weights = [0.0] * (d + 1)
        for _ in range(self.times):
            change = [0.0] * (d + 1)
            for x, t in zip(data, ys):
                miss = t - self._squash(sum(w * v for w, v in zip(self.weights, x)))
                for j in range(d + 1):
                    change[j] += miss * x[j]
            for j in range(d + 1):
                self.weights[j] += self.speed * change[j] / n

    def _shape(self, row):
        return [1.0] + [(v - c) / s for v, c, s in zip(row, self.center, self.width)]

    def how_sure(self, row):
        return self._squash(sum(w * v for w, v in zip(self.weights, self._shape(row))))

    def infer(self, row):
        return self.labels[1] if self.how_sure(row) >= 0.5 else self.labels[0]
