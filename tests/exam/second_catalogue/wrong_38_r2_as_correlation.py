"""R squared is taken as the squared correlation, which does not see a shifted or stretched prediction.
task: formula r2
candidate: r2_score
"""

import numpy as np


def r2_score(y, prediction):
    y = np.asarray(y, dtype=float).ravel()
    prediction = np.asarray(prediction, dtype=float).ravel()
    dy = y - y.mean()
    dp = prediction - prediction.mean()
    denominator = np.sqrt(np.sum(dy**2) * np.sum(dp**2))
    if denominator == 0:
        return 0.0
    return float((np.sum(dy * dp) / denominator) ** 2)
