"""The families beside the curve and the comparison: other programs' numbers, kinds of data, names in messages."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import logit, xlogy

import loyalty as loy
from loyalty.response import FAMILIES, ResponseFamily, compare_curves, held_out_deviance

S = np.tile([0.1, 0.3, 0.5, 0.7, 0.9], 4)
C = np.repeat([0.2, 0.5, 0.8, 0.95], 5)
Y = np.array([218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259.0])
N = np.full(20, 400.0)
FRAMES = [pd.DataFrame, pl.DataFrame, pa.table, dict]
COLUMNS = [
    "model", "parameters", "log_likelihood", "aic", "bic", "deviance", "held_out_deviance", "status",
]  # fmt: skip


def fitted(family: Any, **options: Any) -> ResponseFamily:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)
        return ResponseFamily(family).fit(S, C, Y, N, **options)


def shape(family: str, p: dict[str, float], s: Any) -> Any:
    """h(s) again, from the definition."""
    if family == "logit_linear":
        return 1 / (1 + np.exp(-(p["intercept"] + p["slope"] * s)))
    if family == "power":
        rise = s ** p["exponent"]
    elif family == "exponential":
        rise = np.expm1(p["curvature"] * s) / np.expm1(p["curvature"])
    else:
        at_first = p["rise_1"]
        at_second = at_first + p["rise_2"] * (1 - at_first)
        rise = np.interp(s, [0, p["first"], p["second"], 1], [0, at_first, at_second, 1])
    return p["floor"] + (p["top"] - p["floor"]) * rise


def definition(family: str, p: dict[str, float], s: Any, c: Any) -> Any:
    h = shape(family, p, s)
    odds = h / (1 - h) * (c / (1 - c)) ** p["competition"]
    return odds / (1 + odds)


@given(
    st.sampled_from(FAMILIES), st.floats(0, 0.4), st.floats(0.5, 1), st.floats(-2, 2), st.floats(0.05, 0.95),
    st.floats(0, 1), st.floats(0.02, 0.98), st.floats(0.02, 0.98),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_definition(family: Any, floor: float, top: float, q: float, x: float, r: float, s: float, c: float) -> None:
    names = {
        "power": {"floor": floor, "top": top, "competition": q, "exponent": 5 * x},
        "exponential": {"floor": floor, "top": top, "competition": q, "curvature": 20 * x - 9.5},
        "logit_linear": {"intercept": 4 * q, "slope": 10 * x, "competition": q},
        "piecewise": {"floor": floor, "top": top, "competition": q, "rise_1": x, "rise_2": r, "first": 0.3 * x,
                      "second": 0.3 + 0.6 * x},
    }  # fmt: skip
    params = names[family]
    assert ResponseFamily(family, params=params).loyalty(s, c) == pytest.approx(
        float(definition(family, params, s, c)), rel=1e-11, abs=1e-14
    )


def test_logit_linear_is_statsmodels() -> None:
    fit = fitted("logit_linear")
    X = np.column_stack([np.ones(20), S, logit(C)])
    glm = sm.GLM(np.column_stack([Y, N - Y]), X, family=sm.families.Binomial()).fit(tol=1e-15)
    assert list(fit.params_.values()) == pytest.approx(glm.params, rel=1e-8)
    assert list(fit.std_errors_.values()) == pytest.approx(glm.bse, rel=1e-8)
    assert fit.deviance_ == pytest.approx(glm.deviance, rel=1e-8)
    assert fit.pearson_ == pytest.approx(glm.pearson_chi2, rel=1e-8)
    assert fit.status_ == "OK" and fit.converged_ and fit.n_params_ == 3


@pytest.mark.parametrize("covariance", ["quasi", "robust"])
def test_covariance_is_statsmodels(covariance: Any) -> None:
    groups = np.arange(20) // 2
    fit = fitted("logit_linear", covariance=covariance, clusters=groups)
    X = np.column_stack([np.ones(20), S, logit(C)])
    model = sm.GLM(np.column_stack([Y, N - Y]), X, family=sm.families.Binomial())
    if covariance == "quasi":
        glm = model.fit(tol=1e-15)
        expected = glm.bse * np.sqrt(glm.pearson_chi2 / 17)
    else:
        options = {"groups": groups, "use_correction": False}
        expected = model.fit(tol=1e-15, cov_type="cluster", cov_kwds=options).bse * np.sqrt(10 / 9)
    assert list(fit.std_errors_.values()) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("fixed", [(), ("competition",)])
def test_no_better_fit_is_found(family: str, fixed: Any) -> None:
    """SciPy's simplex from many places comes no higher."""
    fit = fitted(family, fixed=fixed)
    names = [name for name in fit.params_ if name not in (*fixed, *fit.profiled_)]
    low = {"intercept": -20.0, "slope": -20.0, "competition": -5.0, "curvature": -20.0, "exponent": 1e-3}
    high = {"intercept": 20.0, "slope": 20.0, "competition": 5.0, "curvature": 20.0, "exponent": 20.0}
    bounds = [(low.get(name, 1e-9), high.get(name, 1 - 1e-9)) for name in names]

    def loss(x: Any, more: dict[str, float]) -> float:
        mean = definition(family, {**fit.params_, **more, **dict(zip(names, x, strict=True))}, S, C)
        return float(-np.sum(xlogy(Y, mean) + xlogy(N - Y, 1 - mean)))

    pairs = [(0.3, 0.5), (0.3, 0.7), (0.5, 0.7)] if family == "piecewise" else [(0.0, 0.0)]
    rng = np.random.default_rng(3)
    for first, second in pairs:
        more = {"first": first, "second": second} if family == "piecewise" else {}
        for _ in range(4):
            start = [rng.uniform(max(a, -3), min(b, 3)) for a, b in bounds]
            found = minimize(loss, start, args=(more,), method="Nelder-Mead", bounds=bounds, options={"maxiter": 4000})
            assert -found.fun <= fit.log_likelihood_ + 1e-6


@pytest.mark.parametrize("kind", FRAMES)
def test_kinds_of_data(kind: Any) -> None:
    frame = kind({"sat": S, "comp": C, "stayed": Y, "asked": N})
    fit = ResponseFamily("logit_linear").fit("sat", "comp", "stayed", "asked", data=frame)
    assert fit.params_ == fitted("logit_linear").params_
    column = fit.loyalty("sat", "comp", data=frame)
    assert np.asarray(column) == pytest.approx(np.asarray(fit.loyalty(S, C)), rel=1e-15)
    table = compare_curves("sat", "comp", "stayed", "asked", data=frame, folds=4, seed=2)
    assert type(table) is type(frame)
    assert list(table if kind is dict else table.columns if kind is not pa.table else table.column_names) == COLUMNS
    assert np.asarray(table["model"]).tolist() == ["loyalty_curve", *FAMILIES]
    assert np.isfinite(np.asarray(table["held_out_deviance"])).all()
    if kind is not dict:
        assert type(fit.summary()) is type(frame)


def test_the_table_agrees_with_the_fits() -> None:
    table = pd.DataFrame(compare_curves(S, C, Y, N, fixed=())).set_index("model")
    curve = loy.LoyaltyCurve().fit(S, C, Y, N, fixed=())
    assert table.loc["loyalty_curve", "aic"] == curve.aic_
    assert table.loc["loyalty_curve", "parameters"] == 5
    for family in FAMILIES:
        fit = fitted(family)
        assert table.loc[family, "bic"] == fit.bic_ and table.loc[family, "parameters"] == fit.n_params_
        assert table.loc[family, "status"] == fit.status_
        assert held_out_deviance(fit, S, C, Y, N) == pytest.approx(fit.deviance_, rel=1e-10)
    assert held_out_deviance(curve, S, C, Y, N) == pytest.approx(curve.deviance_, abs=1e-9)
    assert table["aic"].idxmin() == "loyalty_curve"  # which made the rows


def test_worked_example() -> None:
    """The table of docs/response/family.md."""
    free = pd.DataFrame(compare_curves(S, C, Y, N, fixed=(), folds=C)).set_index("model")
    plain = pd.DataFrame(compare_curves(S, C, Y, N, plain=True, folds=C)).set_index("model")
    rows = [free.loc["loyalty_curve"], plain.loc["loyalty_curve"]]
    rows += [table.loc[f] for table in (free, plain) for f in ("exponential", "piecewise", "power", "logit_linear")]
    page = (Path(__file__).parents[3] / "docs/response/family.md").read_text(encoding="utf-8")
    for row in rows:
        numbers = (f"{row[name]:.3f}" for name in ("log_likelihood", "aic", "bic", "deviance", "held_out_deviance"))
        assert f"| {row['parameters']} | {' | '.join(numbers)} |" in page


def test_power_wins_where_it_is_true() -> None:
    """The numbers of docs/response/family.md."""
    rng = np.random.default_rng(1)
    truth = ResponseFamily("power", params={"floor": 0.05, "top": 0.95, "competition": -0.8, "exponent": 2.0})
    s = rng.choice([0.1, 0.3, 0.5, 0.7, 0.9], 20000)
    c = rng.choice([0.2, 0.5, 0.8, 0.95], 20000)
    y = rng.random(20000) < truth.loyalty(s, c)
    table = pd.DataFrame(compare_curves(s, c, y, fixed=(), folds=5, seed=1)).set_index("model")
    assert table["aic"].round(1).tolist() == [16195.2, 16186.3, 16192.3, 16238.1, 16199.7]
    assert table["held_out_deviance"].idxmin() == "power"


def test_held_out_rows() -> None:
    test = C == 0.8
    table = pd.DataFrame(compare_curves(S, C, Y, N, test=test)).set_index("model")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)
        for family in FAMILIES:
            fit = ResponseFamily(family).fit(S[~test], C[~test], Y[~test], N[~test])
            assert table.loc[family, "deviance"] == pytest.approx(fit.deviance_, rel=1e-9)
            assert table.loc[family, "held_out_deviance"] == pytest.approx(
                held_out_deviance(fit, S[test], C[test], Y[test], N[test]), rel=1e-7
            )
    curve = loy.LoyaltyCurve().fit(S[~test], C[~test], Y[~test], N[~test])
    expected = held_out_deviance(curve, S[test], C[test], Y[test], N[test])
    assert table.loc["loyalty_curve", "held_out_deviance"] == pytest.approx(expected, rel=1e-7)
    folded = pd.DataFrame(compare_curves(S, C, Y, N, folds=4, seed=5, clusters=np.arange(20) // 5))
    again = pd.DataFrame(compare_curves(S, C, Y, N, folds=4, seed=5, clusters=np.arange(20) // 5))
    assert folded.equals(again) and np.isfinite(folded["held_out_deviance"]).all()


def test_folds_from_a_column() -> None:
    """Each market held out in turn: the sum of four test sets."""
    market = np.repeat(["phone", "air", "banks", "cars"], 5)
    table = pd.DataFrame(compare_curves(S, C, Y, N, folds=market))
    parts = [pd.DataFrame(compare_curves(S, C, Y, N, test=market == name)) for name in np.unique(market)]
    expected = sum(part["held_out_deviance"] for part in parts)
    assert table["held_out_deviance"].to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-9)
    with pytest.raises(loy.LoyaltyError, match="folds: must have from 2"):
        compare_curves(S, C, Y, N, folds=np.zeros(20))


def test_constraints_go_to_the_curve() -> None:
    """A floor that holds everywhere is a constraint of 1: in one market the curve then has one too."""
    one = C == 0.8
    curve = loy.LoyaltyCurve(a=0, b=(0.0,))
    table = pd.DataFrame(compare_curves(S[one], C[one], Y[one], N[one], constraints=np.ones(5), curve=curve))
    with pytest.warns(loy.LoyaltyWarning, match="single value"):
        fit = loy.LoyaltyCurve().fit(S[one], C[one], Y[one], N[one], constraints=np.ones(5))
    assert table["parameters"][0] == 3
    assert table["log_likelihood"][0] == pytest.approx(fit.log_likelihood_, rel=1e-12)
    with pytest.raises(loy.LoyaltyError, match="constraints: must be 1 columns"):
        held_out_deviance(fit, S, C, Y, N)


def test_competition_from_market_shares() -> None:
    shares = {"near": [0.5, 0.5], "far": [0.25] * 4}
    segment = np.array(["near", "far"] * 10)
    c = np.where(segment == "near", 0.5, 0.75)
    fit = ResponseFamily("logit_linear").fit(S, shares, Y, N, segment=segment)
    assert fit.params_ == ResponseFamily("logit_linear").fit(S, c, Y, N).params_
    with pytest.raises(loy.LoyaltyError, match="segment: must say"):
        ResponseFamily().fit(S, shares, Y, N)


def test_notices() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="top: at the edge"):
        fit = ResponseFamily("power").fit(S, C, Y, N)
    assert fit.at_bound_ == ("top",) and np.isnan(fit.std_errors_["top"]) and fit.status_ == "NOTICE_AT_BOUND"
    with pytest.warns(loy.LoyaltyWarning, match="1 rows without"):
        ResponseFamily("logit_linear").fit(S, C, Y, N, weights=np.r_[np.ones(19), 0])
    with pytest.warns(loy.LoyaltyWarning, match="run away"):
        ResponseFamily("logit_linear").fit([0.2, 0.4, 0.6, 0.8], 0.5, [0, 0, 1, 1])
    with pytest.warns(loy.LoyaltyWarning, match="certificate"):
        ResponseFamily("logit_linear").fit(S, C, Y, N, max_iter=1)


def test_conventions() -> None:
    model = ResponseFamily("power", params={"floor": 0.1})
    assert model.get_params() == {"family": "power", "params": {"floor": 0.1}}
    assert repr(model) == "ResponseFamily(params={'floor': 0.1})"
    assert model.loyalty(0.0, 0.5) == pytest.approx(0.1)
    assert not model.__sklearn_is_fitted__()
    model.fit(S, C, Y, N, fixed=("floor", "competition"))
    assert model.params_["floor"] == 0.1 and model.fixed_ == ("floor", "competition")
    assert model.params == {"floor": 0.1}
    again = pickle.loads(pickle.dumps(model))
    assert again.loyalty(0.3, 0.5) == model.loyalty(0.3, 0.5)
    assert list(np.asarray(model.summary()["parameter"])) == ["top", "exponent"]
    bad = model.loyalty([0.5, 2.0], 0.5, errors="coerce")
    assert np.isnan(bad[1]) and bad[0] == model.loyalty(0.5, 0.5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ResponseFamily("cubic").loyalty(0.5, 0.5), "family: must be one of 'power'"),  # type: ignore[arg-type]
        (lambda: ResponseFamily(params={"slope": 1}).loyalty(0.5, 0.5), "params: 'slope' is no parameter"),
        (lambda: ResponseFamily(params={"floor": 2}).loyalty(0.5, 0.5), "floor: must be from 0 to 1"),
        (lambda: ResponseFamily().loyalty([0.5, 2], 0.5), r"s\[1\]: must be from 0 to 1"),
        (lambda: ResponseFamily().loyalty(0.5, 1), "c: must be above 0"),
        (lambda: ResponseFamily().summary(), "is not fitted"),
        (lambda: ResponseFamily().fit(S, C, Y, N, fixed=("slope",)), "fixed: 'slope' is no parameter"),
        (lambda: ResponseFamily().fit(S, C, Y, N, covariance="none"), "covariance: must be one of"),  # type: ignore[arg-type]
        (lambda: ResponseFamily().fit(S + 0.2, C, Y, N), r"satisfaction\[4\]: must be from 0 to 1"),
        (lambda: ResponseFamily().fit(S, C, 0 * Y, N), "loyal: must not be all zero"),
        (lambda: ResponseFamily("piecewise").fit(S[:3], C[:3], Y[:3], N[:3]), "satisfaction: must have more distinct"),
        (lambda: compare_curves(S, C, Y, N, folds=1), "folds: must be from 2 to 1000"),
        (lambda: compare_curves(S, C, Y, N, folds=2, test=S > 0.5), "test: must not be given together"),
        (lambda: compare_curves(S, C, Y, N, test=S), r"test\[0\]: must be true or false"),
        (lambda: compare_curves(S, C, Y, N, families=("cubic",)), "family: must be one of"),
        (lambda: compare_curves(S, C, Y, N, fixed=("d",)), "fixed: 'd' is no parameter"),
        (lambda: held_out_deviance(ResponseFamily(), S, C, Y, N / 4), r"loyal\[0\]: must be from 0 to the number"),
    ],
)
def test_errors(call: Any, message: str) -> None:
    with pytest.raises(loy.LoyaltyError, match=message):
        call()
