"""What only scikit-learn asks: which kind of estimator this is, and which extra arguments its methods want.

scikit-learn is imported here, inside the methods that it alone calls; nobody else needs it.
"""

from __future__ import annotations

import inspect
from typing import Any, Self

from groundup.errors import UnknownNameError

_UNCHANGED = "$UNCHANGED$"  # scikit-learn's own mark for "leave it as it was"

_METHODS = ("fit", "partial_fit", "predict", "predict_proba", "decision_function", "score", "transform")


class Manners:
    """Tags and metadata routing."""

    _kind: str = ""
    """ "regressor", "classifier" or "transformer". """

    _multi_output = False
    """Whether y may have several columns."""

    _takes_sparse = False
    """Whether X may be a sparse matrix: only where every formula does without a dense one."""

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import (  # pyright: ignore[reportMissingTypeStubs]
            ClassifierTags,
            InputTags,
            RegressorTags,
            Tags,
            TargetTags,
            TransformerTags,
        )

        learns_from_y = self._kind in ("regressor", "classifier")
        return Tags(
            estimator_type=self._kind if learns_from_y else None,
            target_tags=TargetTags(required=learns_from_y, multi_output=self._multi_output),
            regressor_tags=RegressorTags() if self._kind == "regressor" else None,
            classifier_tags=ClassifierTags() if self._kind == "classifier" else None,
            transformer_tags=TransformerTags(["float64", "float32"]) if self._kind == "transformer" else None,
            input_tags=InputTags(sparse=self._takes_sparse),
        )

    def get_metadata_routing(self) -> Any:
        """scikit-learn's MetadataRequest: what `set_fit_request` and `set_score_request` asked for."""
        from sklearn.utils.metadata_routing import MetadataRequest  # pyright: ignore[reportMissingTypeStubs]

        request = MetadataRequest(owner=self)
        asked: dict[str, dict[str, Any]] = self.__dict__.get("_requests", {})
        for method in _METHODS:
            if "sample_weight" in _arguments(self, method):
                alias = asked.get(method, {}).get("sample_weight")
                getattr(request, method).add_request(param="sample_weight", alias=alias)
        return request

    def set_fit_request(self, *, sample_weight: bool | str | None = _UNCHANGED) -> Self:
        """Whether a Pipeline or GridSearchCV hands `sample_weight` on to `fit`; text is the name it has there."""
        return self._ask("fit", sample_weight)

    def set_score_request(self, *, sample_weight: bool | str | None = _UNCHANGED) -> Self:
        """Whether a Pipeline or GridSearchCV hands `sample_weight` on to `score`; text is the name it has there."""
        return self._ask("score", sample_weight)

    def set_partial_fit_request(self, *, sample_weight: bool | str | None = _UNCHANGED) -> Self:
        """Whether a Pipeline hands `sample_weight` on to `partial_fit`; text is the name it has there."""
        return self._ask("partial_fit", sample_weight)

    def set_callbacks(self, *callbacks: Any) -> Self:
        """scikit-learn's callbacks, such as its ProgressBar, told by every later `fit`; without any, none are told."""
        from groundup.estimators.callbacks import attach

        return attach(self, callbacks)

    def _ask(self, method: str, sample_weight: bool | str | None) -> Self:
        if sample_weight == _UNCHANGED:
            return self
        if "sample_weight" not in _arguments(self, method):
            takers = [name for name in _METHODS if "sample_weight" in _arguments(self, name)]
            raise UnknownNameError(f"the method of {type(self).__name__} that takes sample_weight", method, takers)
        requests: dict[str, dict[str, Any]] = self.__dict__.setdefault("_requests", {})
        requests.setdefault(method, {})["sample_weight"] = sample_weight
        return self


def _arguments(estimator: object, method: str) -> list[str]:
    function = getattr(type(estimator), method, None)
    return [] if function is None else list(inspect.signature(function).parameters)
