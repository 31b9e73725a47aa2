"""The cusp: kinds of data, names in messages, published roots, the fit against SciPy, recovery, pictures."""

from __future__ import annotations

import pickle
import sys
import warnings
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import logsumexp

import loyalty as loy
from loyalty import response
from loyalty.response import CuspModel

GRID = np.linspace(-7, 7, 1401)
TRUTH = {"w0": -2.5, "w1": 0.5, "a0": 0.2, "a1": 0.9, "b0": -0.5, "b1": 1.5}


def simulated(n: int = 400) -> dict[str, NDArray[np.float64]]:
    rng = np.random.default_rng(7)
    x, v = rng.normal(size=n), rng.uniform(0, 2, n)
    a, b = TRUTH["a0"] + TRUTH["a1"] * x, TRUTH["b0"] + TRUTH["b1"] * v
    mass = np.cumsum(np.exp(np.outer(a, GRID) + np.outer(b, GRID**2 / 2) - GRID**4 / 4), axis=1)
    z = np.array([np.interp(rng.random(), m / m[-1], GRID) for m in mass])
    return {"y": (z - TRUTH["w0"]) / TRUTH["w1"], "x": x, "v": v}


DATA = simulated()


def fitted() -> CuspModel:
    return CuspModel().fit("y", "x", "v", data=DATA)


def minus_log_likelihood(t: NDArray[np.float64]) -> float:
    w0, w1, a0, a1, b0, b1 = t
    if w1 <= 0:
        return 1e10
    z, a, b = w0 + w1 * DATA["y"], a0 + a1 * DATA["x"], b0 + b1 * DATA["v"]
    exponent = np.outer(a, GRID) + np.outer(b, GRID**2 / 2) - GRID**4 / 4
    log_z = np.log(GRID[1] - GRID[0]) + logsumexp(exponent, axis=1)
    return float(-(np.log(w1) + a * z + b * z**2 / 2 - z**4 / 4 - log_z).sum())


def test_equilibria() -> None:
    states = response.cusp_equilibria(1, 3)
    assert [s.z for s in states] == pytest.approx([-1.5320888862, -0.3472963553, 1.8793852416], abs=1e-10)
    assert [s.stability for s in states] == ["stable", "unstable", "stable"]
    assert response.cusp_equilibria(2.0, 3.0) == ((-1.0, "half-stable"), (2.0, "stable"))
    assert response.cusp_equilibria(1.0, -1.0)[0].z == pytest.approx(0.6823278038, abs=1e-10)
    table = response.cusp_equilibria(pd.Series([0.0, 1.0], index=[5, 6]), 1.0)
    assert isinstance(table, pd.DataFrame) and list(table.index) == [5, 6]
    assert list(table.columns) == ["low", "middle", "high"]
    assert list(table.loc[5]) == [-1.0, 0.0, 1.0]
    assert np.isnan(table["middle"][6]) and table["low"][6] == table["high"][6]
    assert isinstance(response.cusp_equilibria("a", "b", data=pl.DataFrame({"a": [0.0], "b": [1.0]})), pl.DataFrame)


def test_fold_and_path() -> None:
    assert response.cusp_fold(3.0) == 2.0
    assert response.cusp_fold(np.array([3.0, -1.0]), errors="coerce")[0] == 2.0
    with pytest.raises(loy.DomainError, match=r"^b: must be from 0"):
        response.cusp_fold(-1.0)
    a = np.concatenate([np.linspace(-3, 3, 13), np.linspace(3, -3, 13)])
    path = response.cusp_path(a, 3.0)
    assert list(a[path["jump"] == 1]) == [2.5] and list(a[path["jump"] == -1]) == [-2.5]
    maxwell = response.cusp_path("a", 3.0, rule="maxwell", data=pl.DataFrame({"a": a}))
    assert isinstance(maxwell, pl.DataFrame) and list(a[maxwell["jump"].to_numpy() == 1]) == [0.5]
    assert response.cusp_path([0.0], 3.0, start="high")["z"][0] > 0
    with pytest.raises(loy.LoyaltyError, match="rule: must be"):
        response.cusp_path(a, 3.0, rule="no")  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match="start: must be"):
        response.cusp_path(a, 3.0, start="no")  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"a\[1\]"):
        response.cusp_path([0.0, np.nan], 3.0)


def test_density_is_that_of_quadrature() -> None:
    def f(z: float) -> float:
        return float(np.exp(0.5 * z + z * z - z**4 / 4))

    total = quad(f, -10, 10, epsabs=0, epsrel=1e-13)[0]
    assert response.cusp_density(1.25, 0.5, 2.0) == pytest.approx(f(1.25) / total, rel=1e-12)
    assert response.cusp_density(1.25, 0.5, 2.0, log=True) == pytest.approx(np.log(f(1.25) / total), rel=1e-12)
    moments = response.cusp_moments(0.5, 2.0)
    assert moments.log_normalizer == pytest.approx(np.log(total), rel=1e-13)
    assert moments.mean == pytest.approx(quad(lambda z: z * f(z) / total, -10, 10)[0], rel=1e-9)
    both = response.cusp_moments([0.5, -0.5], 2.0)
    assert both["mean"][0] == moments.mean == -both["mean"][1] and both["variance"][0] == moments.variance
    assert np.isnan(response.cusp_moments([0.5, np.nan], 2.0, errors="coerce")["mean"][1])
    with pytest.raises(loy.DomainError, match=r"^a: "):
        response.cusp_moments(1e8, 0.0)
    with pytest.raises(loy.DomainError, match=r"^z\[1\]: "):
        response.cusp_density([0.0, np.nan], 0.5, 2.0)


def test_fit_is_scipy_s_optimum_and_recovers() -> None:
    model = fitted()
    assert model.status_ == "OK" and model.converged_ and model.limit_ is None
    assert list(model.params_) == list(TRUTH) == list(model.std_errors_)
    estimate = np.array(list(model.params_.values()))
    error = np.array(list(model.std_errors_.values()))
    assert (np.abs(estimate - list(TRUTH.values())) < 3 * error).all()
    assert model.log_likelihood_ == pytest.approx(-minus_log_likelihood(estimate), abs=1e-9)
    found = minimize(minus_log_likelihood, list(TRUTH.values()), method="BFGS", options={"gtol": 1e-5})
    assert estimate == pytest.approx(found.x, abs=1e-4)
    assert -found.fun <= model.log_likelihood_ + 1e-8
    assert np.sqrt(np.diag(model.covariance_)) == pytest.approx(error)
    assert model.aic_ == pytest.approx(12 - 2 * model.log_likelihood_) and model.aic_ < model.linear_.aic
    assert model.n_rows_ == 400 and 0.2 < model.bistable_ < 0.9
    assert model.log_likelihood("y", "x", "v", data=DATA).sum() == pytest.approx(model.log_likelihood_, abs=1e-9)
    line = np.linalg.lstsq(np.column_stack([np.ones(400), DATA["x"], DATA["v"]]), DATA["y"], rcond=None)
    assert model.linear_.r_squared == pytest.approx(1 - line[1][0] / 400 / DATA["y"].var(), rel=1e-9)


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_frames(frame: Any) -> None:
    data = frame(DATA)
    model = CuspModel().fit("y", normal=["x"], splitting="v", data=data)
    assert model.params_ == fitted().params_
    controls = model.controls("x", "v", data=data)
    assert type(controls) is type(data)
    predicted = model.predict("x", "v", "y", rule="delay", data=data)
    assert np.asarray(predicted).shape == (400,)
    states = model.equilibria(["x"], ["v"], data=data)
    high, low = np.asarray(states["high"]), np.asarray(states["low"])
    either = np.minimum(np.abs(np.asarray(predicted) - high), np.abs(np.asarray(predicted) - low))
    assert either.max() < 1e-12
    summary = model.summary()
    assert list(summary["parameter"] if frame is not pa.table else summary["parameter"].to_pylist()) == list(TRUTH)


def test_scalars_weights_and_copies() -> None:
    model = fitted()
    assert isinstance(model.predict(0.5, 1.0), float)
    assert model.predict(0.5, 1.0) == CuspModel.from_params(
        w0=model.params_["w0"], w1=model.params_["w1"], a=[model.params_["a0"], model.params_["a1"]],
        b=[model.params_["b0"], model.params_["b1"]],
    ).predict(0.5, 1.0)  # fmt: skip
    assert pickle.loads(pickle.dumps(model)).params_ == model.params_
    doubled = CuspModel().fit("y", "x", "v", weights=np.full(400, 2.0), data=DATA)
    assert doubled.params_["a1"] == pytest.approx(model.params_["a1"], rel=1e-9)
    assert doubled.std_errors_["a1"] == pytest.approx(model.std_errors_["a1"] / np.sqrt(2), rel=1e-9)
    assert model.predict(0.0, 0.0, rule="mean") == pytest.approx(
        (response.cusp_moments(model.params_["a0"], model.params_["b0"]).mean - model.params_["w0"])
        / model.params_["w1"]
    )


def test_notices() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="two values"):
        model = CuspModel().fit(DATA["y"] > 5, DATA["x"])
    assert model.status_ == "NOTICE_SEPARATED" and model.limit_ == "two_values"
    assert np.isnan(list(model.std_errors_.values())).all()
    with pytest.warns(loy.LoyaltyWarning, match="certificate"):
        assert not CuspModel().fit("y", "x", "v", data=DATA, max_iter=1).converged_
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fitted()


def test_errors() -> None:
    with pytest.raises(loy.StateError):
        CuspModel().predict(1.0)
    with pytest.raises(loy.LoyaltyError, match="normal: must have 1 columns"):
        fitted().controls(None, 1.0)
    with pytest.raises(loy.LoyaltyError, match="rule"):
        fitted().predict(1.0, 1.0, rule="no")  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match="loyalty: must be given"):
        fitted().predict(1.0, 1.0, rule="delay")
    with pytest.raises(loy.DomainError, match=r"normal\[0\]: must not be constant"):
        CuspModel().fit(DATA["y"], np.ones(400))
    with pytest.raises(loy.DomainError, match=r"loyalty\[1\]"):
        CuspModel().fit([1.0, np.nan, 2.0, 3.0, 5.0, 6.0])
    with pytest.raises(loy.DomainError, match="loyalty: must have more rows"):
        CuspModel().fit([1.0, 2.0])
    with pytest.raises(loy.DomainError, match=r"weights\[0\]"):
        CuspModel().fit("y", "x", data=DATA, weights=np.full(400, -1.0))
    with pytest.raises(loy.LoyaltyError, match="at most 6"):
        CuspModel().fit(DATA["y"], [DATA["x"]] * 7)
    with pytest.raises(loy.DomainError, match=r"^w1: "):
        CuspModel.from_params(w0=0, w1=-1, a=[0], b=[0])
    with pytest.raises(loy.LoyaltyError, match=r"^a: must begin"):
        CuspModel.from_params(w0=0, w1=1, a=[], b=[0])


def test_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    axes = response.plot_cusp(3.0, path=[-3.0, 0.0, 3.0])
    assert len(axes.lines) == 6  # three sheets, two folds, the path
    assert list(axes.lines[-1].get_ydata())[1] == pytest.approx(-np.sqrt(3))
    assert response.plot_cusp(-1.0, ax=axes) is axes
    assert fitted().plot("x", "v", data=DATA).get_xlabel() == "normal control a"
    matplotlib.pyplot.close("all")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot", raising=False)
    with pytest.raises(ImportError, match=r"loyalty\[plot\]"):
        response.plot_cusp()
