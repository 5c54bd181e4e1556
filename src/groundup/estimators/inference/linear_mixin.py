"""`summary` and `predict_interval`, as a model offers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.read import as_targets, as_weights
from groundup.errors import InputError, InputTypeError, UnknownNameError
from groundup.estimators.base.features import Features
from groundup.estimators.inference.geometry import Geometry
from groundup.estimators.inference.influence import Influence, of_rows
from groundup.estimators.inference.kept import Kept, Remembering, keep
from groundup.formulas.losses import Squared, named
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective


class Interval(NamedTuple):
    """From where to where, for each row; (rows,) or (rows, outputs)."""

    lower: Array
    upper: Array


class LinearInference(Features):
    """What a linear regression can say about how sure it is."""

    predict: Callable[[Any], Array]

    statistics_: dict[str, Any]
    loss: Any
    l1: Any
    l2: Any
    fit_intercept: Any

    def _keep(self, objective: Objective, parameters: Array) -> None:
        """Remember what `summary` needs, if it is at hand; called at the end of a fit."""
        kept = objective.kept(parameters) if isinstance(objective, Remembering) else None
        if kept is None:
            self.__dict__.pop("statistics_", None)
        else:
            self.statistics_ = kept._asdict()

    def summary(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        covariance: str = "classical",
        level: float = 0.95,
        weights: str = "precision",
        show: bool = True,
    ) -> Any:
        """Print the table of coefficients, standard errors, tests and fit, and return its numbers by name.

        Without rows it speaks of those that `fit` saw; X, y and sample_weight must be those same rows where it needs to
        see them again, for `covariance` "HC0" to "HC3". `weights` says what sample_weight means: "precision" (noise
        of variance s² / weight) or "repeats" (a row of weight 2 is two rows). `show=False` prints nothing.

        Where a number would not be honest it is NaN, and a note says why: with a penalty, away from the minimum, for
        coefficients that the rows do not determine. For other losses than squared ones there is no such table.

        >>> from groundup import LinearRegression, examples
        >>> cars = examples.cars()
        >>> table = LinearRegression().fit(cars.X, cars.y).summary()
        Least squares on 7 rows
        --------------------------------------------------------------------------------
        rows                                 7    p of F                          0.0031
        degrees of freedom                   5    log-likelihood                -11.2802
        residual deviation               1.434    AIC                            26.5604
        R²                            0.850594    BIC                            26.4522
        adjusted R²                   0.820713    condition                        22.62
        F(1, 5)                          28.47    condition, standardised              1
        --------------------------------------------------------------------------------
                          coefficient std. error        t        p  95 % from         to
        bias                    33.59      3.129    10.73   0.0001      25.54      41.63
        x0                     -4.569     0.8564    -5.34   0.0031     -6.771     -2.368
        --------------------------------------------------------------------------------
        >>> table.standard_errors.round(4)
        array([3.1291, 0.8564])

        Greene, Econometric Analysis, chapter 4.
        """
        from groundup.estimators.inference.linear import Question, summarise
        from groundup.estimators.inference.rows import COVARIANCES, rows_of

        self._check_is_fitted()
        level = level_between(level)
        if covariance not in COVARIANCES:
            raise UnknownNameError("covariance", covariance, COVARIANCES)
        if weights not in ("precision", "repeats"):
            raise UnknownNameError("weights", weights, ("precision", "repeats"))
        if covariance != "classical" and X is None:
            raise InputError(
                f"covariance={covariance!r} needs the residual of every row; no rows came. "
                "Give the rows of fit: summary(X, y)."
            )
        W, bias = self._weights_and_bias()
        blocks = None if X is None else self._rows_again(X, y, sample_weight)
        kept = self._kept(blocks)
        geometry = Geometry.of(kept)
        with np.errstate(all="ignore"):
            seen = None
            if blocks is not None and covariance != "classical":
                seen = rows_of(kept, geometry, blocks.X, blocks.y, blocks.sample_weight, W, bias)
            outputs = None if np.ndim(self.__dict__["coef_"]) == 1 else [f"y{j}" for j in range(W.shape[1])]
            names = (["bias"] if kept.fit_intercept else []) + self._names()
            table = summarise(
                kept, geometry, Question(W, bias, names, outputs, level, covariance, weights == "repeats", seen)
            )
        if show:
            print(table)
        return table

    def predict_interval(
        self, X: Any, level: float = 0.95, kind: str = "prediction", *, sample_weight: Any = None
    ) -> Any:
        """prediction ± t s sqrt(1 / weight + |u|²): where a new y at X will lie, with chance `level`; (lower, upper).

        kind="mean" leaves the noise of the new row out, ± t s |u|: where the mean of many y at X lies. `sample_weight`
        is the precision of the new rows, 1 unless given. Rows in a direction that the training rows never went have
        the interval from -inf to inf.

        Raises InputError where no such interval is honest: with a penalty, a loss that is not squared, or away from the
        minimum.

        >>> from groundup import LinearRegression
        >>> model = LinearRegression().fit([[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 2.0, 4.0])
        >>> lower, upper = model.predict_interval([[2.5]])
        >>> lower.round(3), upper.round(3)
        (array([-0.596]), array([5.096]))

        Faraway, Linear Models with R, section 4.1.
        """
        from groundup.formulas.distributions import StudentT

        level = level_between(level)
        if kind not in ("prediction", "mean"):
            raise UnknownNameError("kind", kind, ("prediction", "mean"))
        prediction = self.predict(X)
        matrix = self._read_features(X)
        with np.errstate(all="ignore"):
            kept = self._kept(None)
            geometry = Geometry.of(kept)
            df, s = self._optimum(kept, "an interval")
            spread = np.square(geometry.rows(matrix)).sum(axis=1)
            if kind == "prediction":
                w = as_weights(sample_weight, len(matrix))
                spread = spread + (1.0 if w is None else 1 / w)
            spread[~geometry.seen(matrix - kept.means)] = np.inf
            reach = np.sqrt(spread)[:, None] * s
            reach = (StudentT(df).upper_quantile((1 - level) / 2) * reach).reshape(prediction.shape)
        return Interval(prediction - reach, prediction + reach)

    def _influence(self, X: Any, y: Any, sample_weight: Any) -> Influence:
        """`influence` of these rows."""
        from groundup.estimators.inference.rows import rows_of

        self._check_is_fitted()
        blocks = self._rows_again(X, y, sample_weight)
        with np.errstate(all="ignore"):
            kept = self._kept(blocks)
            df, s = self._optimum(kept, "influence")
            rows = rows_of(kept, Geometry.of(kept), blocks.X, blocks.y, blocks.sample_weight, *self._weights_and_bias())
            scaled = np.sqrt(rows.weight)[:, None] * rows.residual / s
        flat = slice(None) if np.ndim(self.__dict__["coef_"]) == 2 else 0
        return of_rows(rows.residual[:, flat], rows.leverage, scaled[:, flat], df, rows.u.shape[1])

    def _optimum(self, kept: Kept, what: str) -> tuple[float, Array]:
        """Degrees of freedom, and s for each output, once it is sure that the model is the least squares."""
        from groundup.estimators.inference.linear import FAR, fit_of

        if kept.l1 > 0 or kept.l2 > 0:
            raise InputError(
                f"{what} needs predictions without bias; l1 and l2 pull them towards the mean, and how far is "
                "unknown. Fit with l1=0 and l2=0."
            )
        W, bias = self._weights_and_bias()
        fits = [fit_of(kept, W[:, j], bias[j], j) for j in range(len(bias))]
        farthest = max(fit.distance for fit in fits)
        if farthest > FAR:
            raise InputError(
                f"{what} needs the least-squares fit; this model is {farthest:.3g} standard errors away from it. "
                "Train longer, or use solver='exact'."
            )
        if not fits[0].df > 0:
            raise InputError(
                f"{what} needs more rows than coefficients; this model was fitted to {kept.n_rows} rows with as many. "
                "Give more rows."
            )
        return fits[0].df, np.array([fit.s for fit in fits])

    def _kept(self, blocks: ArrayBlocks | None) -> Kept:
        """The statistic of the fit, or of these rows."""
        loss: Any = named(self.loss)
        if type(loss) is not Squared:
            raise InputError(
                f"standard errors and intervals here are those of squared loss; this model has loss={self.loss!r}, for "
                "which the formulas do not hold. Use loss='mse', or refit on resampled rows (the bootstrap)."
            )
        if blocks is not None:
            model = Affine(blocks.n_features, blocks.n_outputs, fit_intercept=bool(self.fit_intercept))
            condensed = Objective(Cost(model, loss), blocks, ElasticNet(self.l1, self.l2)).condensed()
            assert condensed is not None
            return keep(condensed, model.pack(*self._weights_and_bias()))
        if "statistics_" not in self.__dict__:
            raise InputError(
                "this model kept no statistics of its rows, because it was trained without condensing them or has more "
                "than 500 features. Give the rows of fit: summary(X, y)."
            )
        return Kept(**self.statistics_)

    def _rows_again(self, X: Any, y: Any, sample_weight: Any) -> ArrayBlocks:
        if y is None:
            raise InputError("rows are X and y together; only X came. Give both: summary(X, y).")
        matrix = self._read_features(X, finite=True)
        targets, _ = as_targets(y, len(matrix))
        n_outputs = len(self._weights_and_bias()[1])
        if targets.shape[1] != n_outputs:
            raise InputError(
                f"y must have the {n_outputs} outputs of fit; came {targets.shape[1]}. Give the rows of fit."
            )
        return ArrayBlocks(matrix, targets, as_weights(sample_weight, len(matrix)))

    def _weights_and_bias(self) -> tuple[Array, Array]:
        """W (features, outputs) and bias (outputs,)."""
        coef: Array = np.asarray(self.__dict__["coef_"])
        return coef.reshape(-1, coef.shape[-1]).T, np.atleast_1d(np.asarray(self.__dict__["intercept_"]))

    def _names(self) -> list[str]:
        names = self.__dict__.get("feature_names_in_")
        return [f"x{i}" for i in range(self.n_features_in_)] if names is None else [str(name) for name in names]


def level_between(level: Any) -> float:
    """`level` as a number between 0 and 1."""
    try:
        number = float(level)
    except (TypeError, ValueError):
        raise InputTypeError(f"level must be a number between 0 and 1; got {level!r}. The usual one is 0.95.") from None
    if not 0 < number < 1:
        raise InputError(f"level must lie between 0 and 1; got {level!r}. The usual one is 0.95.")
    return number
