"""A saved model predicts the same bits; a file that is not one is refused in a sentence."""

from __future__ import annotations

import json
import warnings

import numpy as np
import pytest

from groundup.data.disk import write
from groundup.errors import GroundupError, InputError, InputTypeError, NotFittedError, UnknownNameError
from groundup.estimators import archive
from groundup.estimators.base import Estimator
from groundup.estimators.linear_regression import LinearRegression
from groundup.estimators.saving import classes, load, save
from groundup.formulas.losses import NAMES, Huber
from groundup.solve.adaptive import Adam
from groundup.solve.clipping import Clipped
from groundup.solve.descent import GradientDescent
from groundup.solve.loop import Method
from groundup.solve.schedules import Schedule

RNG = np.random.default_rng(0)
X = RNG.standard_normal((60, 3)) * [1, 1e-5, 1e6]
Y = X @ [1.0, 2e5, 3e-6] + RNG.standard_normal(60)


def fitted(**parameters):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return LinearRegression(**parameters).fit(X, Y)


MODELS = {
    "exact": {},
    "descent": {"solver": "gradient_descent", "epochs": 20, "learning_rate": 1e-13},
    "batches": {"solver": "gradient_descent", "epochs": 3, "batch_size": 7, "random_state": 3},
    "huber": {"loss": Huber(delta=2.5), "epochs": 5},
    "method": {"solver": GradientDescent(), "epochs": 5},
    "diverged": {"solver": "gradient_descent", "learning_rate": 1.0},
    "no bias": {"fit_intercept": False, "l2": np.float64(0.1)},
}


@pytest.mark.parametrize("name", MODELS)
def test_a_loaded_model_is_the_same_to_the_last_bit(tmp_path, name):
    model = fitted(**MODELS[name])
    save(model, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    assert type(again) is LinearRegression
    assert again.predict(X).tobytes() == model.predict(X).tobytes()
    assert repr(again) == repr(model)
    assert again.reason_ == model.reason_
    assert list(again.history_) == list(model.history_)
    for key, values in model.history_.items():
        assert again.history_[key].tobytes() == values.tobytes()
    assert type(again.intercept_) is type(model.intercept_)
    assert again.n_features_in_ == 3


def test_several_outputs_and_float32(tmp_path):
    model = LinearRegression().fit(X.astype(np.float32), np.column_stack([Y, -Y]).astype(np.float32))
    save(model, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    assert again.coef_.dtype == model.coef_.dtype
    assert again.predict(X).tobytes() == model.predict(X).tobytes()


def test_names_of_columns_come_back(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(X, columns=["größe", "air time", "<img src=x onerror=alert(1)>"])
    model = LinearRegression().fit(frame, Y)
    save(model, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    assert again.feature_names_in_.tolist() == list(frame.columns)
    assert again.predict(frame).tobytes() == model.predict(frame).tobytes()


INSIDE = {"BorrowedNewton", "Newton"}  # made by LogisticRegression itself for its own objective, never a parameter


@pytest.mark.parametrize(
    "cls", [c for c in (*classes(Method).values(), *classes(Schedule).values()) if c.__name__ not in INSIDE]
)
def test_every_method_and_schedule_of_the_house_can_be_kept(tmp_path, cls):
    examples = cls.examples() if hasattr(cls, "examples") else [cls(Adam(), norm=1.0)] if cls is Clipped else [cls()]
    for one in examples:
        model = fitted()
        model.solver, model.schedule = (one, None) if isinstance(one, Method) else ("auto", one)
        save(model, tmp_path / "m.npz")
        again = load(tmp_path / "m.npz")
        kept = again.solver if isinstance(one, Method) else again.schedule
        assert type(kept) is type(one)
        assert vars(kept) == vars(one)


@pytest.mark.parametrize("loss", sorted(NAMES))
def test_every_loss_of_the_house_can_be_kept(tmp_path, loss):
    model = fitted()
    model.loss = NAMES[loss]
    save(model, tmp_path / "m.npz")
    assert load(tmp_path / "m.npz").loss == NAMES[loss]


def test_a_loaded_model_learns_on(tmp_path):
    model = fitted(solver="gradient_descent", epochs=5, warm_start=True)
    save(model, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert again.fit(X, Y).coef_.tobytes() == model.fit(X, Y).coef_.tobytes()


def test_what_is_ones_own_is_left_out(tmp_path):
    model = fitted(
        solver="gradient_descent",
        epochs=2,
        batch_size=9,
        listeners=(lambda state: None,),
        schedule=lambda epoch: 1.0,
        random_state=np.random.default_rng(0),
    )
    save(model, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    assert (again.listeners, again.schedule, again.random_state) == ((), None, None)
    assert again.predict(X).tobytes() == model.predict(X).tobytes()


def test_saving_twice_gives_the_same_file(tmp_path):
    save(fitted(), tmp_path / "a.npz")
    save(fitted(), tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_before_fit_there_is_nothing_to_save(tmp_path):
    with pytest.raises(NotFittedError, match="call fit before save"):
        save(LinearRegression(), tmp_path / "m.npz")


def test_strangers_and_broken_models_are_not_saved(tmp_path):
    class Mine(LinearRegression):
        pass

    with pytest.raises(InputTypeError, match=r"groundup's own estimators.*got Mine"):
        save(Mine().fit(X, Y), tmp_path / "m.npz")
    with pytest.raises(InputTypeError, match="got dict"):
        save({"coef_": 1}, tmp_path / "m.npz")
    model = fitted()
    model.coef_ = np.array([1.0, np.nan, 2.0])
    with pytest.raises(InputError, match="coef_ holds nan"):
        save(model, tmp_path / "m.npz")
    model = fitted()
    model.loss = object()
    with pytest.raises(InputTypeError, match="loss cannot be saved"):
        save(model, tmp_path / "m.npz")
    assert not list(tmp_path.iterdir())


def test_three_hundred_mutations_are_refused(tmp_path):
    path = tmp_path / "m.npz"
    save(fitted(), path)
    good = path.read_bytes()
    for number in range(300):
        rng = np.random.default_rng(number)
        bad = bytearray(good)
        place = int(rng.integers(len(bad)))
        match number % 3:
            case 0:
                bad[place] ^= 1 << int(rng.integers(8))
            case 1:
                del bad[place:]
            case _:
                bad[place:place] = rng.bytes(5)
        path.write_bytes(bytes(bad))
        with pytest.raises(InputError):
            load(path)


def changed(path, **changes):
    """The saved model with another page, sealed again as an author of hostile files would."""
    page, arrays = archive.unpack(path.read_bytes())
    page |= {key: value for key, value in changes.items() if key != "arrays"}
    write(path, archive.pack(page, arrays | changes.get("arrays", {})))
    return path


@pytest.fixture
def saved(tmp_path):
    save(fitted(solver="gradient_descent", epochs=3), tmp_path / "m.npz")
    return tmp_path / "m.npz"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "this groundup reads 'groundup model' of version 1"),
        ({"format": "other"}, "is a 'other'"),
        ({"class": "os.system"}, "the class in"),
        ({"class": ["LinearRegression"]}, "the class in"),
        ({"class": "LinearRegresion"}, "Did you mean 'LinearRegression'"),
        ({"parameters": {"lossy": 1}}, "has no parameter 'lossy'"),
        ({"parameters": None}, "is missing"),
        ({"parameters": {"loss": {"part": "os.system", "with": {}}}}, "cannot be understood"),
        (
            {"parameters": {"loss": {"part": "groundup.formulas.losses.robust.Huber", "with": {"delta": -1}}}},
            "delta must",
        ),
        (
            {"parameters": {"loss": {"part": "groundup.formulas.losses.robust.Huber", "with": {"d": 1}}}},
            "no parameter 'd'",
        ),
        ({"parameters": {"loss": {"float": "1"}}}, "cannot be understood"),
        ({"fitted": {"__class__": 1}}, "an attribute named '__class__'"),
        ({"fitted": {"_flat_": 1}}, "an attribute named '_flat_'"),
        ({"fitted": {"predict": 1}}, "an attribute named 'predict'"),
        ({"fitted": {"coef_": {"array": "nowhere"}}}, "cannot be understood"),
        ({"fitted": {"coef_": {"array": ["coef_"]}}}, "cannot be understood"),
        ({"fitted": {}}, "belongs to nothing"),
        ({"arrays": {"coef_": np.array([np.nan])}}, "coef_ holds nan"),
        ({"arrays": {"intercept_": np.array(np.inf)}}, "intercept_ holds inf"),
        ({"arrays": {"extra_": np.zeros(1)}}, "belongs to nothing"),
    ],
)
def test_a_well_sealed_page_of_nonsense_is_refused(saved, changes, message):
    with pytest.raises(GroundupError, match=message) as caught:
        load(changed(saved, **changes))
    assert "\n" not in str(caught.value)


def test_an_unknown_class_is_an_unknown_name(saved):
    with pytest.raises(UnknownNameError):
        load(changed(saved, **{"class": "Forest"}))


def test_the_file_can_be_read_without_groundup(saved):
    with np.load(saved, allow_pickle=False) as content:
        assert content["coef_"].shape == (3,)
        page = json.loads(content["model.json"])
    assert page["class"] == "LinearRegression"
    assert page["parameters"]["epochs"] == 3
    assert page["groundup"]


def test_every_estimator_of_the_house_can_be_found():
    assert LinearRegression in classes(Estimator).values()
    assert all(cls.__module__.startswith("groundup.") for cls in classes(Estimator).values())
