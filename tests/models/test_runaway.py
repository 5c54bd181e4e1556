"""What keeps Newton's method from an end: cells far from all others, and rare classes that can be cut off."""

import warnings

import numpy as np
import pytest

import groundup as gu
from groundup.models import runaway, separation
from groundup.models.far_cells import far_cells

pytestmark = pytest.mark.filterwarnings("ignore::groundup.NotConvergedWarning")


def classes(n, d, K, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    return X, (X @ rng.normal(size=(d, K)) + rng.gumbel(size=(n, K))).argmax(axis=1)


class TestFarCells:
    @pytest.mark.parametrize("value", [1e30, -1e30, 1e300, -1e300])
    @pytest.mark.parametrize("K", [2, 4])
    def test_the_minimum_or_a_sentence_that_names_the_cell(self, value, K, monkeypatch):
        """It took 200 Newton steps and three runs of the exact simplex on numbers of 150 bits, 50 s, and named none."""
        monkeypatch.setattr(separation, "_widest", None)  # nobody asks the exact simplex
        X, y = classes(1000, 5, K)
        X[17, 2] = value
        model = gu.LogisticRegression().fit(X, y)
        others = np.arange(len(X)) != 17
        rest = gu.LogisticRegression().fit(X[others], y[others])
        assert model.coef_ == pytest.approx(rest.coef_, rel=1e-9)
        assert model.n_iter_ < 30
        if model.reason_.startswith("converged"):
            # Then the slope of all rows is 0: the far one is right beyond all doubt, and pulls at nothing.
            chance = model.predict_proba(X)
            assert chance[17, y[17]] == 1
            assert (chance - np.eye(K)[y]).T @ np.nan_to_num(X, posinf=0) == pytest.approx(0, abs=1e-6)
            assert model.history_["loss"][-1] == pytest.approx(-np.log(chance[np.arange(1000), y]).mean(), rel=1e-12)
        else:
            assert model.reason_.startswith(f"not converged after {model.n_iter_} Newton steps: x2 is {value:g} in ")

    def test_what_newton_s_method_can_reach_is_still_reached(self):
        """A far cell on the wrong side that is not beyond 20 digits: the minimum exists, and was found before."""
        X, y = classes(1000, 5, 2)
        X[17, 2] = 1e9 * (1 if y[17] == 0 else -1) * np.sign(gu.LogisticRegression().fit(X, y).coef_[0, 2])
        model = gu.LogisticRegression().fit(X, y)
        assert model.reason_.startswith("converged")
        g = model.predict_proba(X)[:, 1] - y
        assert np.abs(X.T @ g / np.sqrt((X * X).sum(axis=0))).max() < 1e-6

    def test_training_that_is_watched_says_so_too(self):
        X, y = classes(200, 3, 2)
        X[5, 1] = 1e40 * (1 if y[5] == 0 else -1) * np.sign(gu.LogisticRegression().fit(X, y).coef_[0, 1])
        model = gu.LogisticRegression(solver="newton").training(X, y).finish()
        assert "x1 is " in model.reason_

    def test_a_class_of_far_rows_only(self):
        X, y = classes(300, 3, 2)
        y[:] = 0
        y[:3] = 1
        X[:3, 0] = 1e30
        with warnings.catch_warnings(record=True):
            assert not gu.LogisticRegression().fit(X, y).reason_.startswith("converged")

    @pytest.mark.parametrize("column", [[0, 0, 0, 1e300], [5, 5, 5, 5], [-1e308, 1e308, 0, 3], [1, 2, 3, 1e8]])
    def test_none(self, column):
        """A number beside zeros says no more than 1 beside zeros; half of the columns may be large."""
        assert far_cells(np.array(column, dtype=float)[:, None]) is None

    def test_all_rows_are_found_in_pieces(self, monkeypatch):
        monkeypatch.setattr("groundup.models.far_cells.TOGETHER", 1)
        X = np.random.default_rng(0).normal(size=(50, 4))
        X[7, 3], X[9, 1] = 1e30, -1e300
        found = far_cells(X)
        assert (found.row, found.column) == (7, 3)
        assert np.flatnonzero(found.rows).tolist() == [7, 9]


class TestRareClasses:
    @pytest.mark.parametrize("rare", [1, 2])
    def test_a_row_that_can_be_cut_off_is_a_question_of_two_classes(self, rare, monkeypatch):
        """With 84 unknowns the exact simplex gave up, and after 22 s and 200 steps nobody knew anything."""
        monkeypatch.setattr(separation, "_widest", None)
        X, y = classes(2000, 20, 4)
        y[:rare] = 4
        X[:rare] *= 2  # outside
        model = gu.LogisticRegression().fit(X, y)
        assert model.reason_.startswith("the classes are separated quasi-completely")
        assert "tells 0 from 4, 1 from 4, 2 from 4, 3 from 4" in model.reason_
        assert model.n_iter_ <= 40
        # Beside the rare class all others are at their own best place.
        own = gu.LogisticRegression().fit(X[rare:], y[rare:])
        assert model.coef_[1:4] - model.coef_[0] == pytest.approx(own.coef_[1:] - own.coef_[0], abs=1e-5)

    def test_two_rare_classes_at_once(self, monkeypatch):
        monkeypatch.setattr(separation, "_widest", None)
        X, y = classes(3000, 20, 4)
        y[0], y[1] = 4, 5
        X[:2] *= 2
        model = gu.LogisticRegression().fit(X, y)
        assert model.reason_.startswith("the classes are separated quasi-completely")

    def test_classes_that_overlap_are_not_called_separated(self):
        X, y = classes(2000, 3, 3)
        y[np.argsort((X * X).sum(axis=1))[:2]] = 3  # in the middle
        model = gu.LogisticRegression().fit(X, y)
        assert model.reason_.startswith("converged")

    def test_groups_are_those_that_move_together(self):
        asked = runaway.Runaway.__new__(runaway.Runaway)
        moved = np.array([[0.0, 0.01, 1.0, 0.98, -1.0], [0.0, 0.0, 0.0, 0.01, 0.0]])

        class Whitened:
            @staticmethod
            def parts(parameters):
                return moved[:1], moved[1]

        asked.objective = type("Objective", (), {"whitened": Whitened})
        asked._path = [np.zeros(1), np.ones(1)]
        assert asked._groups().tolist() == [0, 0, 1, 1, 2]
