import numpy as np


def r2_score(y, yhat):
    """Coefficient of determination. A constant y gives 1.0 for a perfect fit and 0.0 otherwise."""
    y = np.ravel(y).astype(float)
    yhat = np.ravel(yhat).astype(float)
    ss_res = np.sum((y - yhat) ** 2)
    ss_tot = np.sum((y - yhat.mean()) ** 2)
    if ss_tot == 0:
        return 1.0 if ss_res == 0 else 0.0
    return 1 - ss_res / ss_tot
