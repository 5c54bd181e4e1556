import numpy as np


def r2_score(y_true, y_pred):
    """Coefficient of determination."""
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    ss_res = np.sum((y_true - y_pred) ** 2)
    ss_tot = np.sum((y_true - np.mean(y_pred)) ** 2)
    return 1 - ss_res / ss_tot


if __name__ == "__main__":
    x = np.linspace(0, 1, 50)
    y = 3 * x + 1 + 0.1 * np.random.RandomState(0).randn(50)
    a, b = np.polyfit(x, y, 1)
    print("R2 of the fitted line:", r2_score(y, a * x + b))
