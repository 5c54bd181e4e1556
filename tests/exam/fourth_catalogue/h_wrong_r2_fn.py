import numpy as np


def r2_score(y_true, y_pred):
    """Coefficient of determination, 1 - SS_res / SS_tot."""
    y_true = np.asarray(y_true, dtype=float).ravel()
    y_pred = np.asarray(y_pred, dtype=float).ravel()
    ss_res = np.sum((y_true - y_pred) ** 2)
    ss_tot = np.sum((y_true - y_pred.mean()) ** 2)
    if ss_tot == 0:
        return 1.0 if ss_res == 0 else 0.0
    return 1.0 - ss_res / ss_tot


if __name__ == "__main__":
    x = np.arange(20.0)
    y = 2 * x + 1 + np.random.default_rng(0).normal(size=20)
    a, b = np.polyfit(x, y, 1)
    print(r2_score(y, a * x + b), np.corrcoef(x, y)[0, 1] ** 2)
