"""Errors travel between processes, and scikit-learn's handlers catch ours."""

import pickle

import pytest
import sklearn.exceptions

import groundup as gu
from groundup.errors import twin


def test_a_twin_survives_pickling():
    """Kills: a class made anew at each call, which breaks parallel workers."""
    error = twin(gu.NotFittedError, "NotFittedError")("call fit first")
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, sklearn.exceptions.NotFittedError)
    assert isinstance(again, gu.NotFittedError)
    assert again.args == ("call fit first",)


def test_every_error_is_a_groundup_error():
    for name in ("InputError", "InputTypeError", "NotFittedError", "MissingExtraError", "UnknownNameError"):
        assert issubclass(getattr(gu, name), gu.GroundupError)


@pytest.mark.parametrize(("typed", "nearest"), [("gelo", "gelu"), ("msee", "mse")])
def test_the_nearest_name_is_offered(typed, nearest):
    assert f"Did you mean {nearest!r}?" in str(gu.UnknownNameError("formula", typed, ["gelu", "mse", "tanh"]))


def test_a_long_list_of_names_is_not_read_out():
    """Kills: a sentence of 115 names in which the answer is lost."""
    told = str(gu.UnknownNameError("formula", "f7x", [f"f{i}" for i in range(115)]))
    assert told == "formula must be one of the 115 names from 'f0' to 'f99'; got 'f7x'. Did you mean 'f7'?"
