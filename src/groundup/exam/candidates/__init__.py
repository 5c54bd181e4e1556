"""Whatever learns, in one shape: what it can be asked, what it learnt, and which conventions it uses.

spelling     the usual names of knobs, weights and functions
makers       a class with fit and predict, or a function that trains: teach a fresh one
structure    methods in any language, and networks of pairs of columns: what they take and store tells
started      a training that is given its first weights before the rows
tensors      rows and labels as tensors, where arrays raise inside PyTorch
reading      from what a training hands back to weights and a bias
facade       Candidate: `study(X, y, rate=..., epochs=...)` in the exam's words
learnt       Learnt: predictions, probabilities, weights
inference    which scale of the loss, which labels, from which start
"""

from groundup.exam.candidates.facade import Candidate
from groundup.exam.candidates.inference import candidate
from groundup.exam.candidates.learnt import Learnt

__all__ = ["Candidate", "Learnt", "candidate"]
