import numpy as np


def r2_score(y_true, y_pred):
    """Coefficient of determination, 1 - SS_res / SS_tot.

    Column vectors and flat arrays may be mixed.
    """
    y_true = np.ravel(y_true).astype(float)
    y_pred = np.ravel(y_pred).astype(float)
    ss_res = ((y_true - y_pred) ** 2).sum()
    ss_tot = ((y_true - y_true.mean()) ** 2).sum()
    if ss_tot == 0:
        return 1.0 if ss_res == 0 else 0.0
    return float(1.0 - ss_res / ss_tot)
