"""fit: the penalty against SciPy and lifetimes; progress, cancellation, exceptions and signals."""

from __future__ import annotations

import os
import pickle
import re
import signal
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize
from sklearn.base import clone

import loyalty as loy

ROOT = Path(__file__).resolve().parents[3]
# Some of these fits end at a bound (CDNOW knows no growing risk of stopping), or with q below 1.
pytestmark = pytest.mark.filterwarnings("ignore::loyalty.LoyaltyWarning")
MODELS: list[type[Any]] = [
    loy.BetaGeoModel, loy.ModifiedBetaGeoModel, loy.ParetoNBDModel, loy.NBDModel, loy.GammaGompertzModel,
    loy.GammaGammaModel,
]  # fmt: skip
# Exponents of the unit of time in that of a parameter.
POWERS = {"alpha": 1, "b": 0, "beta": 0}
PARETO = {"alpha": 1, "beta": 1}
GOMPERTZ = {"alpha": 1, "b": -1}

every_model = pytest.mark.parametrize("cls", MODELS, ids=lambda cls: cls.__name__)


def _columns(header: str, width: int) -> np.ndarray:
    text = (ROOT / "tests/c/btyd" / header).read_text()
    return np.array([[int(v) for v in row] for row in re.findall(r"\{" + r"(\d+), " * (width - 1) + r"(\d+)\}", text)])


@pytest.fixture(scope="module")
def cdnow() -> dict[str, np.ndarray]:
    """CDNOW in weeks of two decimals, as lifetimes' data set has them, and the number of customers of each row."""
    x, t_x, t, customers = _columns("cdnow_cells.h", 4).T
    return {
        "frequency": x.astype(float), "recency": np.round(t_x / 7, 2), "T": np.round(t / 7, 2),
        "customers": customers.astype(float),
    }  # fmt: skip


@pytest.fixture(scope="module")
def spend() -> dict[str, np.ndarray]:
    """The spend of the 946 repeat buyers, as lifetimes' data set has it."""
    x, _exact, cents = _columns("cdnow_spend.h", 3).T
    return {"frequency": x.astype(float), "monetary_value": cents / 100, "customers": np.ones(len(x))}


@pytest.fixture
def data(cls: type[Any], request: pytest.FixtureRequest) -> dict[str, np.ndarray]:
    return request.getfixturevalue("spend" if cls is loy.GammaGammaModel else "cdnow")  # type: ignore[no-any-return]


def _units(cls: type[Any], names: list[str], latest: float) -> np.ndarray:
    """What makes the parameters those in units of the latest T."""
    powers = {loy.ParetoNBDModel: PARETO, loy.GammaGompertzModel: GOMPERTZ, loy.GammaGammaModel: {}}.get(cls, POWERS)
    return np.array([latest ** -powers.get(name, 0) for name in names])


@every_model
@pytest.mark.parametrize("penalty", [0.01, 0.5])
def test_scipy_finds_the_same_optimum(cls: type[Any], data: dict[str, np.ndarray], penalty: float) -> None:
    model = cls(penalty=penalty).fit(data, weights="customers")
    names, weights = list(model.params_), data["customers"]
    units = _units(cls, names, data["T"].max() if "T" in data else 1.0)

    def log_likelihood(params: np.ndarray) -> float:
        each = cls.from_params(**dict(zip(names, params, strict=True))).log_likelihood(data)
        return float(weights @ each)

    def objective(logs: np.ndarray) -> float:
        params = np.exp(logs)
        return -log_likelihood(params) / weights.sum() + penalty * float(np.sum((params * units) ** 2))

    found = np.array(list(model.params_.values()))
    start = np.log(found) + np.linspace(-0.4, 0.5, len(found))
    best = minimize(objective, start, method="BFGS", options={"gtol": 1e-7})
    assert_allclose(found, np.exp(best.x), rtol=1e-2)  # b and beta of Gompertz lie on a flat ridge
    assert objective(np.log(found)) <= best.fun + 1e-12
    assert model.log_likelihood_ == pytest.approx(log_likelihood(found), rel=1e-12)
    assert model.converged_


# lifetimes 0.11.3, penalizer_coef=.1 (BetaGeoFitter, ModifiedBetaGeoFitter; ParetoNBDFitter adds it to the total, hence
# .1 * 2357) and .01 (GammaGammaFitter), tol=2e-8 (1e-9), on its own CDNOW data sets.
LIFETIMES = {
    loy.BetaGeoModel: (0.1, [0.23094706433, 4.21928852174, 0.12865468114, 0.26712676255]),
    loy.ModifiedBetaGeoModel: (0.1, [0.40821969778, 5.31208704636, 0.20482192692, 0.34678811989]),
    loy.ParetoNBDModel: (0.1, [0.37056147869, 7.23514170308, 0.21395257047, 2.95701181355]),
    loy.GammaGammaModel: (0.01, [4.10925037138, 0.96838547720, 3.78080161276]),
}


@pytest.mark.parametrize("cls", list(LIFETIMES), ids=lambda cls: cls.__name__)
def test_lifetimes_coefficient_carries_over(cls: type[Any], data: dict[str, np.ndarray]) -> None:
    penalty, expected = LIFETIMES[cls]
    assert_allclose(list(cls(penalty=penalty).fit(data, weights="customers").params_.values()), expected, rtol=3e-7)


@pytest.mark.parametrize("cls", MODELS[:-1], ids=lambda cls: cls.__name__)
def test_the_unit_of_time_does_not_matter(cls: type[Any], data: dict[str, np.ndarray]) -> None:
    days = data | {name: data[name] * 7 for name in ("recency", "T")}
    weekly, daily = (cls(penalty=0.03).fit(d, weights="customers") for d in (data, days))
    assert_allclose(
        daily.expected_purchases(days, 7 * 39.0), weekly.expected_purchases(data, 39.0), rtol=1e-9
    )  # fmt: skip
    assert_allclose(daily.params_["r"], weekly.params_["r"], rtol=1e-9)


def test_an_optimum_where_there_is_none_without(cdnow: dict[str, np.ndarray]) -> None:
    """Customers who are all alike: r and alpha, and a and b, grow without end."""
    alike = loy.BetaGeoModel.from_params(r=1e9, alpha=1e10, a=1e9, b=4e9).simulate(400, 40.0, 3)
    with pytest.warns(loy.LoyaltyWarning, match="edge|bound"):
        free = loy.BetaGeoModel().fit(alike)
    assert free.status_ == "NOTICE_AT_BOUND"
    held = loy.BetaGeoModel(penalty=1e-4).fit(alike)
    assert held.status_ == "OK"
    assert held.converged_
    assert np.isfinite(held.covariance_).all()
    assert held.log_likelihood_ < free.log_likelihood_


@every_model
def test_conventions(cls: type[Any], data: dict[str, np.ndarray]) -> None:
    model = cls(penalty=0.02, threads=1)
    assert clone(model).get_params() == {"time_unit": None, "threads": 1, "penalty": 0.02}
    assert repr(model) == f"{cls.__name__}(threads=1, penalty=0.02)"
    fitted = pickle.loads(pickle.dumps(model.fit(data, weights="customers")))
    assert fitted.penalty == 0.02
    assert cls.from_params(**fitted.params_).penalty == 0.0
    assert cls.from_json(fitted.to_json()).params_ == fitted.params_
    assert cls(penalty=0).fit(data, weights="customers").params_ == cls().fit(data, weights="customers").params_
    with pytest.raises(loy.DomainError, match="penalty: must be 0 or"):
        cls(penalty=-1).fit(data)
    with pytest.raises(TypeError, match="penalty: expected a number"):
        cls(penalty="much").fit(data)


@every_model
def test_progress(cls: type[Any], data: dict[str, np.ndarray]) -> None:
    seen: list[tuple[int, float]] = []
    model = cls().fit(data, weights="customers", progress=lambda n, value: seen.append((n, value)))
    assert [n for n, _ in seen] == list(range(1, len(seen) + 1))
    assert max(value for _, value in seen) == pytest.approx(model.log_likelihood_, rel=1e-12)
    assert model.params_ == cls().fit(data, weights="customers").params_


@every_model
@pytest.mark.parametrize("stop", [False, np.False_], ids=["bool", "numpy"])
def test_false_cancels(cls: type[Any], data: dict[str, np.ndarray], stop: Any) -> None:
    model = cls()
    calls = []
    with pytest.raises(loy.Canceled) as raised:
        model.fit(data, weights="customers", progress=lambda n, _: calls.append(n) or (stop if n == 3 else True))
    assert calls == [1, 2, 3]
    assert raised.value.code == "ERR_CANCELED"
    assert not hasattr(model, "params_")


@every_model
def test_the_callers_exception_comes_through(cls: type[Any], data: dict[str, np.ndarray]) -> None:
    with pytest.raises(ZeroDivisionError):
        cls().fit(data, progress=lambda n, _: n / 0)
    with pytest.raises(TypeError, match="positional argument"):
        cls().fit(data, progress=lambda: True)
    with pytest.raises(TypeError, match="progress: expected a function, got int"):
        cls().fit(data, progress=3)
    with pytest.raises(ValueError, match="truth value"):
        cls().fit(data, progress=lambda *_: np.zeros(2))


def test_a_fit_inside_a_fit(cdnow: dict[str, np.ndarray]) -> None:
    inner: list[float] = []

    def progress(n: int, value: float) -> None:
        inner.append(loy.NBDModel().fit(cdnow, weights="customers", progress=lambda n, _: None).log_likelihood_)

    loy.BetaGeoModel().fit(cdnow, weights="customers", progress=progress)
    assert len(set(inner)) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="signals of POSIX")
def test_control_c_ends_a_fit() -> None:
    """Without a function, a fit of some seconds looks at signals ten times a second."""
    length = np.random.default_rng(1).uniform(27.0, 39.0, 2_000_000)  # no two rows are equal, so that none is merged
    many = loy.ParetoNBDModel.from_params(r=0.55, alpha=10.5, s=0.6, beta=11.6).simulate(len(length), length, 1)
    finished = threading.Event()
    main = threading.main_thread().ident
    assert main is not None

    def interrupt() -> None:
        if not finished.wait(0.2):
            signal.pthread_kill(main, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background a shell has it ignored
    before = time.monotonic()
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            loy.ParetoNBDModel(threads=1).fit(many)
            finished.set()
    finally:
        finished.set()
        thread.join()
        signal.signal(signal.SIGINT, kept)
    assert time.monotonic() - before < 30
