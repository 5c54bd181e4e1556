"""The confusion matrix is transposed, with the predicted class down the rows.
task: formula confusion_matrix
candidate: confusion_matrix
"""

import numpy as np


def confusion_matrix(y, prediction):
    y = np.asarray(y)
    prediction = np.asarray(prediction)
    labels = np.unique(np.concatenate([y, prediction]))
    index = {label: i for i, label in enumerate(labels.tolist())}
    matrix = np.zeros((len(labels), len(labels)), dtype=int)
    for actual, guessed in zip(y.tolist(), prediction.tolist(), strict=True):
        matrix[index[guessed], index[actual]] += 1
    return matrix
