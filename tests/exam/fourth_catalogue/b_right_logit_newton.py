import numpy as np


def make_logit(C=1.0, max_iter=50, tol=1e-10):
    """L2-regularised binary logistic regression by Newton's method, as a pair of closures.

    Minimises  C * sum(log loss) + 0.5 * ||w||^2  with the intercept left out of the penalty.
    Returns fit(X, y) and predict(X); fit returns a dict with the solution.
    """
    state = {}

    def fit(X, y):
        X = np.asarray(X, dtype=float)
        classes, t = np.unique(y, return_inverse=True)
        if classes.size != 2:
            raise ValueError("binary labels expected")
        A = np.column_stack([X, np.ones(len(X))])
        R = np.eye(A.shape[1])
        R[-1, -1] = 0.0
        beta = np.zeros(A.shape[1])

        def objective(b):
            z = A @ b
            return C * np.sum(np.logaddexp(0, z) - t * z) + 0.5 * b @ R @ b

        for _ in range(max_iter):
            p = 0.5 * (1 + np.tanh(0.5 * (A @ beta)))
            grad = C * (A.T @ (p - t)) + R @ beta
            if np.abs(grad).max() < tol:
                break
            hess = C * (A.T * (p * (1 - p))) @ A + R
            step = np.linalg.lstsq(hess, grad, rcond=None)[0]
            lr, f0 = 1.0, objective(beta)
            while objective(beta - lr * step) > f0 and lr > 1e-8:
                lr *= 0.5
            beta = beta - lr * step
        state.clear()
        state.update(coef=beta[:-1], intercept=beta[-1], classes=classes)
        return dict(state)

    def predict(X):
        z = np.asarray(X, dtype=float) @ state["coef"] + state["intercept"]
        return state["classes"][(z > 0).astype(int)]

    return fit, predict
