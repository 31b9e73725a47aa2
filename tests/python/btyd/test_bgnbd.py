"""loyalty.BetaGeoModel: published numbers, kinds of data, and the conventions of estimators."""

from __future__ import annotations

import copy
import math
import pickle
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import loyalty as loy

CDNOW = Path(__file__).parents[3] / "examples/data/cdnow.csv"
PARAMS = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
# x, t_x, T at these parameters: ln L, P(alive), purchases in 39 weeks; mpmath, from the published formulas.
CUSTOMERS = {"frequency": [0, 2, 26], "recency": [0.0, 213 / 7, 216 / 7], "T": [272 / 7, 272 / 7, 31.0]}
DERT = [1.01664654843725186, 5.16054771835934456, 70.9486213846921268]  # at ln 1.0027 per unit of time
ALIVE = [1.0, 0.726589721835495, 0.968851562851896]
PURCHASES = [0.195109664993088, 1.22611580614932, 20.7483536943379]


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    """The 39 weeks of calibration, in weeks that are exact sevenths."""
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    return loy.rfm_summary(log, time_unit="W", observation_period_end="1997-09-30")


@pytest.fixture(scope="module")
def fitted(cdnow: pd.DataFrame) -> loy.BetaGeoModel:
    return loy.BetaGeoModel(time_unit="W").fit(cdnow)


@pytest.fixture
def model() -> loy.BetaGeoModel:
    return loy.BetaGeoModel.from_params(**PARAMS)


# ---- published numbers ----------------------------------------------------------------------------------------------


def test_summary_of_cdnow(cdnow: pd.DataFrame) -> None:
    assert len(cdnow) == 2357
    assert cdnow["frequency"].sum() == 2457
    assert cdnow["recency"].sum() == pytest.approx(16135.571428571, abs=1e-8)
    assert cdnow["T"].sum() == pytest.approx(77111.285714286, abs=1e-8)


def test_fit_of_cdnow(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    expected = {"r": 0.242594517, "alpha": 4.413602187, "a": 0.792921991, "b": 2.425906751}
    assert list(fitted.params_) == list(expected)
    assert fitted.params_ == pytest.approx(expected, rel=1e-6)
    assert fitted.log_likelihood_ == pytest.approx(-9582.429206674, abs=1e-8)
    assert fitted.log_likelihood(cdnow).sum() == pytest.approx(fitted.log_likelihood_, abs=1e-9)
    errors = {"r": 0.0125573, "alpha": 0.3782213, "a": 0.1857186, "b": 0.7053436}
    assert fitted.std_errors_ == pytest.approx(errors, rel=2e-4)
    assert_allclose(np.sqrt(np.diag(fitted.covariance_)), list(fitted.std_errors_.values()), rtol=1e-15)
    assert_allclose(fitted.covariance_, fitted.covariance_.T, rtol=1e-12)
    assert (fitted.status_, fitted.converged_, fitted.n_customers_) == ("OK", True, 2357.0)
    assert 0 < fitted.n_iter_ <= fitted.n_evaluations_ < 30
    assert 0 <= fitted.decrement_ < 1e-13


def test_holdout_of_cdnow(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    assert fitted.expected_purchases(cdnow, 39).sum() == pytest.approx(1653.4087, abs=5e-5)
    # At the estimates that CLVTools prints, with its totals.
    m = loy.BetaGeoModel.from_params(r=0.2425945, alpha=4.4136019, a=0.7929199, b=2.4258881)
    assert m.expected_purchases(cdnow, 39).sum() == pytest.approx(1653.407839, abs=1e-4)
    assert m.expected_probability_alive(cdnow).sum() == pytest.approx(1917.277036, abs=1e-4)


@pytest.mark.parametrize(
    ("x", "t_x", "T", "expected"),
    [(0, 0, 40, -0.599473818), (200, 38, 40, 100.795693093)],
)
def test_log_likelihood(x: int, t_x: float, T: float, expected: float) -> None:
    m = loy.BetaGeoModel.from_params(r=0.25, alpha=4, a=0.8, b=2.5)
    assert m.log_likelihood(frequency=x, recency=t_x, T=T) == pytest.approx(expected, abs=6e-10)


def test_log_likelihood_of_the_published_sheet(model: loy.BetaGeoModel) -> None:
    values = model.log_likelihood(
        frequency=[2, 1, 0, 7, 1, 2, 5, 10, 1],
        recency=[30.43, 1.71, 0, 29.43, 5, 35.71, 24.43, 34.14, 4.86],
        T=38.86,
    )
    expected = [-9.458606, -4.469093, -0.554713, -21.863276, -4.863923, -9.535677, -17.358102, -27.3132, -4.851124]
    assert_allclose(values, expected, atol=6e-7)


def test_predictions(model: loy.BetaGeoModel) -> None:
    assert_allclose(model.expected_probability_alive(CUSTOMERS), ALIVE, rtol=1e-12)
    assert_allclose(model.expected_purchases(CUSTOMERS, 39), PURCHASES, rtol=1e-12)
    assert_allclose(
        model.expected_purchases_new_customer([1, 39, 52, 78]),
        [0.0532678911716583, 1.19672319332082, 1.4460505953964, 1.86051905794277],
        rtol=1e-12,
    )
    assert model.expected_purchases(frequency=2, recency=27, T=39, future_t=2) == pytest.approx(0.0691225530383)
    later = model.expected_probability_alive(CUSTOMERS, 39)
    assert (later < ALIVE).all() and (later > 0).all()
    assert model.expected_probability_alive(CUSTOMERS, math.inf).tolist() == [0, 0, 0]


def test_probability_alive_of_the_manual(model: loy.BetaGeoModel) -> None:
    first = [0.705626847158, 0.687091132532, 0.663866180954, 0.636545641921, 0.605614489279, 0.571551734243]
    alive = model.expected_probability_alive(frequency=range(5, 11), recency=30, T=39)
    assert_allclose(alive, first, rtol=1e-11)
    assert model.expected_probability_alive(frequency=1000, recency=10, T=100) == pytest.approx(0, abs=1e-300)


def test_purchase_probability(model: loy.BetaGeoModel) -> None:
    assert model.purchase_probability(10, 2) == pytest.approx(1.07868964036e-07, rel=1e-11)
    assert model.purchase_probability(0, 39) == pytest.approx(0.573786352096, rel=1e-11)
    assert_allclose(
        model.purchase_probability(range(11, 21), 30),
        [0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638, 0.0005517902, 0.0004361913,
         0.0003467171, 0.0002769613, 0.0002222260],
        atol=6e-11,
    )  # fmt: skip
    # Dropout before the interval counts, unlike in BTYD 2.4.3; mpmath, an integral over p with 40 digits.
    assert model.purchase_probability_interval(0, 39, 78) == pytest.approx(0.754001146120876906, rel=1e-13)
    assert_allclose(
        model.purchase_probability_interval(range(5), 0, 39), model.purchase_probability(range(5), 39), rtol=1e-12
    )


def test_purchase_probability_says_what_its_times_must_be(model: loy.BetaGeoModel) -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^t\[0\]: must be 0 or a number"):
        model.purchase_probability(1, -1)
    with pytest.raises(loy.LoyaltyError, match="at least t0"):
        model.purchase_probability_interval(1, 2, 1)


def test_purchase_probability_given_the_history(model: loy.BetaGeoModel) -> None:
    customer = {"frequency": 2, "recency": 213 / 7, "T": 272 / 7}
    n = np.arange(400)
    p = model.purchase_probability_future(customer, n, 39)
    assert p.sum() == pytest.approx(1, abs=1e-12)
    assert (p * n).sum() == pytest.approx(PURCHASES[1], rel=1e-10)
    assert p[0] > 1 - ALIVE[1]
    each = model.purchase_probability_future(CUSTOMERS, 3, 39)
    assert each.shape == (3,)
    assert each[1] == p[3]
    assert_array_equal(model.purchase_probability_future(CUSTOMERS, [1, 3, 1], [39, 39, 2])[1], p[3])
    assert isinstance(model.purchase_probability_future(customer, 3, 39), float)


def test_discounted_expected_purchases(model: loy.BetaGeoModel) -> None:
    customer = {"frequency": 2, "recency": 213 / 7, "T": 272 / 7}
    rate = math.expm1(0.0027)
    assert model.discounted_expected_purchases(customer, rate, "unit") == pytest.approx(5.156649774, abs=6e-10)
    undiscounted = model.discounted_expected_purchases(customer, 0, "unit", horizon=39)
    assert undiscounted == pytest.approx(PURCHASES[1], rel=1e-12)
    weeks = loy.BetaGeoModel.from_params(**PARAMS, time_unit="W")
    days = loy.BetaGeoModel.from_params(**{**PARAMS, "alpha": 7 * PARAMS["alpha"]}, time_unit="D")
    in_weeks = weeks.discounted_expected_purchases(CUSTOMERS, 0.1)
    in_days = days.discounted_expected_purchases(
        frequency=CUSTOMERS["frequency"], recency=np.multiply(7, CUSTOMERS["recency"]),
        T=np.multiply(7, CUSTOMERS["T"]), discount_rate=0.1,
    )  # fmt: skip
    assert_allclose(in_days, in_weeks, rtol=1e-12)
    per_week = 1.1 ** (7 / 365.25) - 1
    assert_allclose(weeks.discounted_expected_purchases(CUSTOMERS, per_week, "week"), in_weeks, rtol=1e-11)
    assert_allclose(weeks.discounted_expected_purchases(CUSTOMERS, per_week, "unit"), in_weeks, rtol=1e-11)


def test_posterior_mean(model: loy.BetaGeoModel) -> None:
    found = model.posterior_mean(CUSTOMERS)
    assert list(found) == ["purchase_rate", "dropout_probability"]
    assert found["purchase_rate"][0] == pytest.approx(PARAMS["r"] / (PARAMS["alpha"] + 272 / 7), rel=1e-14)
    assert found["dropout_probability"][0] == pytest.approx(PARAMS["a"] / (PARAMS["a"] + PARAMS["b"]), rel=1e-14)
    k, died = PARAMS["r"] + 2, 1 - ALIVE[1]
    rate = ALIVE[1] * k / (PARAMS["alpha"] + 272 / 7) + died * k / (PARAMS["alpha"] + 213 / 7)
    assert found["purchase_rate"][1] == pytest.approx(rate, rel=1e-13)
    assert found["dropout_probability"][1] == pytest.approx((PARAMS["a"] + died) / (PARAMS["a"] + PARAMS["b"] + 2))


# ---- fitting --------------------------------------------------------------------------------------------------------


def test_fit_takes_columns_names_and_weights(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    want = fitted.params_
    x, t_x, length = cdnow["frequency"], cdnow["recency"], cdnow["T"]
    assert loy.BetaGeoModel().fit(frequency=x, recency=t_x, T=length).params_ == want
    renamed = cdnow.rename(columns={"frequency": "x", "recency": "t_x", "T": "len"})
    by_name = loy.BetaGeoModel().fit(renamed, frequency="x", recency="t_x", T="len")
    assert by_name.params_ == want
    assert_array_equal(
        by_name.expected_purchases(renamed, 39, frequency="x", recency="t_x", T="len"),
        fitted.expected_purchases(cdnow, 39),
    )
    cells = cdnow.groupby(["frequency", "recency", "T"], as_index=False).size()
    grouped = loy.BetaGeoModel().fit(cells, weights="size")
    assert grouped.params_ == pytest.approx(want, rel=1e-9)
    assert grouped.log_likelihood_ == pytest.approx(fitted.log_likelihood_, abs=1e-8)
    assert grouped.n_customers_ == 2357
    assert loy.BetaGeoModel().fit(cells, weights=cells["size"].to_numpy()).params_ == grouped.params_
    pipeline_style = loy.BetaGeoModel().fit(cdnow, None)
    assert pipeline_style.params_ == want


@pytest.mark.parametrize("threads", [1, 2, 5, None])
def test_threads_never_change_a_bit(threads: int | None, fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    m = loy.BetaGeoModel(time_unit="W", threads=threads).fit(cdnow)
    assert m.params_ == fitted.params_
    assert m.log_likelihood_ == fitted.log_likelihood_
    assert_array_equal(m.covariance_, fitted.covariance_)
    for method, rest in [
        ("log_likelihood", ()), ("expected_probability_alive", (3.0,)), ("expected_purchases", (39,)),
        ("discounted_expected_purchases", (0.1,)), ("posterior_mean", ()),
    ]:  # fmt: skip
        assert_array_equal(getattr(m, method)(cdnow, *rest), getattr(fitted, method)(cdnow, *rest))
    assert_array_equal(m.simulate(500, 39, 7)["recency"], fitted.simulate(500, 39, 7)["recency"])


def test_row_order_hardly_matters(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    shuffled = loy.BetaGeoModel().fit(cdnow.sample(frac=1, random_state=5))
    assert shuffled.params_ == pytest.approx(fitted.params_, rel=1e-9)
    assert shuffled.log_likelihood_ == pytest.approx(fitted.log_likelihood_, rel=1e-13)


def test_time_unit_is_a_change_of_scale(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    days = cdnow.assign(recency=cdnow["recency"] * 7, T=cdnow["T"] * 7)
    m = loy.BetaGeoModel(time_unit="D").fit(days)
    assert m.params_ == pytest.approx({**fitted.params_, "alpha": 7 * fitted.params_["alpha"]}, rel=1e-8)


def test_a_fit_with_a_remark_is_kept() -> None:
    """So few customers that all dropout probabilities may be alike: a and b run to the edge."""
    with pytest.warns(loy.LoyaltyWarning) as caught:
        m = loy.BetaGeoModel().fit(frequency=[3, 1, 0, 0, 4], recency=[2, 1, 0, 0, 5], T=[5, 6, 4, 3, 5])
    assert m.status_ == caught[0].message.code == "NOTICE_AT_BOUND"  # type: ignore[union-attr]
    assert "all customers seem alike" in str(caught[0].message)
    assert caught[0].filename == __file__
    assert math.isfinite(m.log_likelihood_)
    assert math.isnan(m.std_errors_["b"])
    assert 0 < m.expected_probability_alive(frequency=3, recency=2, T=5) < 1


def test_too_little_data() -> None:
    with pytest.raises(loy.DomainError, match=r"^frequency: ") as caught:
        loy.BetaGeoModel().fit(frequency=[0, 0, 0], recency=[0, 0, 0], T=[3, 4, 5])
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.DomainError):
        loy.BetaGeoModel().fit(frequency=[], recency=[], T=[])


def test_a_fit_recovers_what_was_simulated() -> None:
    truth = loy.BetaGeoModel.from_params(r=0.8, alpha=6.0, a=1.2, b=3.5)
    m = loy.BetaGeoModel().fit(truth.simulate(40_000, 60, seed=11))
    assert m.status_ == "OK"
    for name, value in truth.params_.items():
        assert abs(m.params_[name] - value) < 4 * m.std_errors_[name]
        assert m.std_errors_[name] < 0.2 * value


def test_an_error_leaves_the_model_as_it_was(fitted: loy.BetaGeoModel) -> None:
    m = copy.deepcopy(fitted)
    with pytest.raises(loy.DomainError):
        m.fit(frequency=[1, -1], recency=[1, 0], T=[2, 2])
    assert m.params_ == fitted.params_


# ---- kinds of data --------------------------------------------------------------------------------------------------


def structured(columns: dict[str, list[float]]) -> Any:
    out = np.empty(3, dtype=[("frequency", "i4"), ("recency", "f8"), ("T", "f8")])
    for name, values in columns.items():
        out[name] = values
    return out


KINDS = {
    "pandas": (lambda c: pd.DataFrame(c, index=[7, 8, 9]), pd.Series, pd.DataFrame),
    "polars": (pl.DataFrame, pl.Series, pl.DataFrame),
    "pyarrow": (pa.table, pa.Array, pa.Table),
    "numpy": (structured, np.ndarray, np.ndarray),
    "dict": (dict, np.ndarray, dict),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_that_comes_in_comes_out(kind: str, model: loy.BetaGeoModel) -> None:
    make, column, frame = KINDS[kind]
    data = make(CUSTOMERS)
    for result in [
        model.expected_purchases(data, 39), model.expected_probability_alive(data), model.log_likelihood(data),
        model.discounted_expected_purchases(data, 0.01, "unit"), model.purchase_probability_future(data, 1, 39),
    ]:  # fmt: skip
        assert isinstance(result, column)
        assert len(result) == 3
    assert_allclose(np.asarray(model.expected_purchases(data, 39)), PURCHASES, rtol=1e-12)
    means = model.posterior_mean(data)
    assert isinstance(means, frame)
    assert_allclose(np.asarray(means["dropout_probability"])[0], 0.793 / 3.219)
    if kind == "pandas":
        purchases = model.expected_purchases(data, 39)
        assert list(purchases.index) == [7, 8, 9]
        assert purchases.name == "expected_purchases"
        assert list(means.index) == [7, 8, 9]
    if kind == "polars":
        assert model.expected_purchases(data, 39).name == "expected_purchases"


def test_numbers_in_a_float_out(model: loy.BetaGeoModel) -> None:
    value = model.expected_purchases(frequency=2, recency=213 / 7, T=272 / 7, future_t=39)
    assert isinstance(value, float)
    assert value == model.expected_purchases(CUSTOMERS, 39)[1]
    assert isinstance(model.expected_purchases({"frequency": 2, "recency": 1, "T": 3}, 39), float)
    assert isinstance(model.expected_purchases_new_customer(39), float)
    assert isinstance(model.purchase_probability(np.int64(3), np.float64(39)), float)
    assert set(model.posterior_mean(frequency=2, recency=1, T=3)) == {"purchase_rate", "dropout_probability"}


@pytest.mark.parametrize("series", [pd.Series, pl.Series, pa.array, np.array, list])
def test_separate_columns(series: Any, model: loy.BetaGeoModel) -> None:
    x, t_x, length = (series([float(v) for v in values]) for values in CUSTOMERS.values())
    result = model.expected_purchases(frequency=x, recency=t_x, T=length, future_t=39)
    assert_allclose(np.asarray(result), PURCHASES, rtol=1e-12)
    assert isinstance(result, {pd.Series: pd.Series, pl.Series: pl.Series, pa.array: pa.Array}.get(series, np.ndarray))
    assert_allclose(
        np.asarray(model.expected_purchases_new_customer(series([1.0, 39.0]))), [0.0532678911716583, 1.19672319332082]
    )


def test_no_customers(model: loy.BetaGeoModel) -> None:
    empty = pd.DataFrame({"frequency": [], "recency": [], "T": []})
    assert len(model.expected_purchases(empty, 39)) == 0
    assert len(model.posterior_mean(empty)) == 0


# ---- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"frequency": [0, -1, 26]}, r"^frequency\[1\]: "),
        ({"frequency": [0, 1.5, 26]}, r"^frequency\[1\]: "),
        ({"frequency": [0, math.nan, 26]}, r"^frequency\[1\]: "),
        ({"recency": [0, 20, 31.5]}, r"^T\[2\]: "),
        ({"recency": [0, -1, 30]}, r"^recency\[1\]: "),
        ({"recency": [1, 20, 30]}, r"^recency\[0\]: "),
        ({"T": [30, math.inf, 31]}, r"^T\[1\]: "),
        ({"T": [30, 40, -1]}, r"^T\[2\]: "),
    ],
)
@pytest.mark.parametrize("method", ["fit", "expected_purchases", "log_likelihood", "posterior_mean", "pmf"])
def test_a_bad_row_is_named(change: dict[str, list[float]], message: str, method: str, model: loy.BetaGeoModel) -> None:
    data = pd.DataFrame({**CUSTOMERS, **change})
    ask: dict[str, Any] = {
        "fit": lambda: loy.BetaGeoModel().fit(data),
        "expected_purchases": lambda: model.expected_purchases(data, 39),
        "log_likelihood": lambda: model.log_likelihood(data),
        "posterior_mean": lambda: model.posterior_mean(data),
        "pmf": lambda: model.purchase_probability_future(data, 1, 39),
    }
    with pytest.raises(loy.DomainError, match=message) as caught:
        ask[method]()
    assert caught.value.index is not None


def test_coerce_gives_nan(model: loy.BetaGeoModel) -> None:
    data = pd.DataFrame({**CUSTOMERS, "frequency": [0, -1, 26]})
    for result in [
        model.expected_purchases(data, 39, errors="coerce"),
        model.expected_probability_alive(data, errors="coerce"),
        model.log_likelihood(data, errors="coerce"),
        model.discounted_expected_purchases(data, 0.01, "unit", errors="coerce"),
        model.purchase_probability_future(data, 1, 39, errors="coerce"),
        model.posterior_mean(data, errors="coerce")["purchase_rate"],
    ]:
        assert list(np.isnan(result)) == [False, True, False]
    assert list(np.isnan(model.purchase_probability([1, 1.5], 3, errors="coerce"))) == [False, True]
    assert list(np.isnan(model.expected_purchases_new_customer([-1, 1], errors="coerce"))) == [True, False]
    with pytest.raises(loy.LoyaltyError, match="errors: must be 'raise' or 'coerce'"):
        model.log_likelihood(data, errors="ignore")  # type: ignore[arg-type]


def test_bad_calls(model: loy.BetaGeoModel) -> None:
    with pytest.raises(loy.LoyaltyError, match="recency: there is no such column; the data have 'frequency', 'T'"):
        model.expected_purchases({"frequency": [1], "T": [1]}, 39)
    with pytest.raises(loy.LoyaltyError, match="recency: has 2 elements"):
        model.expected_purchases(frequency=[1], recency=[1, 1], T=[2], future_t=39)
    with pytest.raises(loy.LoyaltyError, match="future_t: is missing"):
        model.expected_purchases(CUSTOMERS)
    with pytest.raises(loy.LoyaltyError, match="future_t: must be a number, not str"):
        model.expected_purchases(CUSTOMERS, "39")  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"^future_t: "):
        model.expected_purchases(CUSTOMERS, -1)
    with pytest.raises(loy.DomainError, match=r"^future_t: "):
        model.expected_purchases(CUSTOMERS, math.inf)
    with pytest.raises(loy.LoyaltyError, match="frequency: is missing: give a table, or every column"):
        model.log_likelihood(recency=1, T=1)
    with pytest.raises(loy.LoyaltyError, match=r"frequency\[0\]: must be a number, not '2'"):
        model.log_likelihood({"frequency": ["2"], "recency": [1], "T": [3]})
    with pytest.raises(loy.DomainError, match=r"^n\[0\]: "):
        model.purchase_probability(1.5, 3)
    with pytest.raises(loy.DomainError, match=r"^t\[1\]: "):
        model.purchase_probability(1, [3, -3])
    with pytest.raises(loy.DomainError, match=r"^t1\[0\]: "):
        model.purchase_probability_interval(1, 3, 2)
    with pytest.raises(loy.LoyaltyError, match="n: is missing"):
        model.purchase_probability_future(CUSTOMERS)
    with pytest.raises(loy.LoyaltyError, match="t: must be a number or a column, not 'T'"):
        model.expected_purchases_new_customer("T")


def test_discount_rates_need_a_unit(model: loy.BetaGeoModel) -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^time_unit: ") as caught:
        model.discounted_expected_purchases(CUSTOMERS, 0.1)
    assert caught.value.argument == "time_unit"
    with pytest.raises(loy.LoyaltyError, match="discount_period: must be one of"):
        model.discounted_expected_purchases(CUSTOMERS, 0.1, "decade")
    with pytest.raises(loy.DomainError, match=r"^discount_rate: "):
        model.discounted_expected_purchases(CUSTOMERS, -0.1, "unit")
    with pytest.raises(loy.LoyaltyError, match="discount_rate: must be greater than 0 without a horizon"):
        model.discounted_expected_purchases(CUSTOMERS, 0, "unit")
    with pytest.raises(loy.DomainError, match=r"^horizon: "):
        model.discounted_expected_purchases(CUSTOMERS, 0.1, "unit", horizon=-1)


@pytest.mark.parametrize("name", PARAMS)
@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_bad_parameters_are_named(name: str, value: float) -> None:
    with pytest.raises(loy.DomainError, match=f"^{name}: "):
        loy.BetaGeoModel.from_params(**{**PARAMS, name: value})


def test_bad_construction() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^b: is missing"):
        loy.BetaGeoModel.from_params(r=1, alpha=1, a=1)
    with pytest.raises(loy.LoyaltyError, match="time_unit: must be one of 'h', 'D', 'W', 'M', 'Y'"):
        loy.BetaGeoModel.from_params(**PARAMS, time_unit="week")
    with pytest.raises(loy.LoyaltyError, match="time_unit: must be one of"):
        loy.BetaGeoModel(time_unit="week").fit(CUSTOMERS)
    with pytest.raises(loy.LoyaltyError, match="threads: must be a whole number"):
        loy.BetaGeoModel(threads=0).fit(CUSTOMERS)
    with pytest.raises(TypeError):
        loy.BetaGeoModel("W")  # type: ignore[misc]


def test_not_fitted() -> None:
    m = loy.BetaGeoModel()
    assert not hasattr(m, "params_")
    for ask in [
        lambda: m.expected_purchases(CUSTOMERS, 39), lambda: m.log_likelihood(CUSTOMERS), m.summary,
        lambda: m.purchase_probability(1, 2), lambda: m.simulate(1, 2, 3), lambda: m.predict(CUSTOMERS),
        lambda: m.discounted_expected_purchases(CUSTOMERS, 0.1, "unit"), lambda: m.posterior_mean(CUSTOMERS),
    ]:  # fmt: skip
        with pytest.raises(loy.StateError, match="not fitted"):
            ask()


# ---- estimators -----------------------------------------------------------------------------------------------------


def test_scikit_learn(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    sklearn_base = pytest.importorskip("sklearn.base")
    sklearn_validation = pytest.importorskip("sklearn.utils.validation")
    assert fitted.get_params() == {"time_unit": "W", "threads": None, "penalty": 0.0}
    fresh = sklearn_base.clone(fitted)
    assert fresh.get_params() == fitted.get_params()
    assert not hasattr(fresh, "params_")
    assert fresh.__sklearn_tags__().requires_fit
    with pytest.raises(Exception, match="not fitted"):
        sklearn_validation.check_is_fitted(fresh)
    assert fresh.fit(cdnow) is fresh
    sklearn_validation.check_is_fitted(fresh)
    assert fresh.params_ == fitted.params_
    assert fresh.set_params(threads=2) is fresh and fresh.threads == 2
    with pytest.raises(loy.LoyaltyError, match="speed"):
        fresh.set_params(speed=3)


def test_pickle_and_copy(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    for same in (pickle.loads(pickle.dumps(fitted)), copy.deepcopy(fitted), copy.copy(fitted)):
        assert same.params_ == fitted.params_
        assert_array_equal(same.expected_purchases(cdnow, 39), fitted.expected_purchases(cdnow, 39))
        assert repr(same) == repr(fitted)
    assert len(pickle.dumps(fitted)) < 2000  # no data are kept


def test_numbers_out_of_range_are_named(model: loy.BetaGeoModel) -> None:
    """What is absurd but finite is an error with a name, never a NaN."""
    with pytest.raises(loy.DomainError, match=r"^r: must be a number greater than 0, from 1e-10 to 1e10"):
        loy.BetaGeoModel.from_params(r=1e-300, alpha=1e-300, a=1e-300, b=1e-300)
    with pytest.raises(loy.DomainError, match=r"^t\[1\]: must be 0 or a number from 1e-40 to 1e40"):
        model.expected_purchases_new_customer([1.0, 1e300])
    with pytest.raises(loy.DomainError, match=r"^T\[0\]: must be 0 or a number from 1e-40 to 1e40"):
        model.expected_purchases(frequency=[1], recency=[1.0], T=[1e41], future_t=1.0)
    few = {"frequency": [1, 2, 0], "recency": [1.0, 2.0, 0.0], "T": [3.0, 4.0, 5.0]}
    with pytest.raises(loy.DomainError, match=r"^weights\[1\]: must be a number greater than 0, from 1e-40 to 1e40"):
        loy.BetaGeoModel().fit(**few, weights=[1.0, 1.7e308, 1.7e308])
    wide = loy.BetaGeoModel.from_params(r=1e10, alpha=1e-40, a=1e-10, b=1e10)
    assert wide.expected_purchases_new_customer(1e40) == pytest.approx(9.9999998167931952e89, rel=1e-13)  # mpmath


def test_without_a_horizon(model: loy.BetaGeoModel) -> None:
    found = model.discounted_expected_purchases(CUSTOMERS, 0.0027, "unit")
    # mpmath, E[lambda / (delta + lambda p)] with delta = ln 1.0027, 30 digits
    assert_allclose(found, DERT, rtol=1e-13)
    assert_array_equal(found, model.discounted_expected_purchases(CUSTOMERS, 0.0027, "unit", horizon=math.inf))
    for i in range(3):
        one = {name: values[i] for name, values in CUSTOMERS.items()}
        assert model.discounted_expected_purchases(one, 0.0027, "unit") == found[i]
    with pytest.raises(loy.DomainError, match=r"^discount_rate: must be a number greater than 0, from 1e-40"):
        model._each("dert_batch", "", (CUSTOMERS, None, None, None), [0.0], "raise", delta="discount_rate")


def test_model_file(fitted: loy.BetaGeoModel) -> None:
    same = loy.BetaGeoModel.from_json(fitted.to_json())
    assert (same.params_, same.time_unit, same.status_) == (fitted.params_, "W", "OK")
    assert_array_equal(same.covariance_, fitted.covariance_)


def test_repr(model: loy.BetaGeoModel) -> None:
    assert repr(loy.BetaGeoModel(time_unit="W")) == "BetaGeoModel(time_unit='W')"
    assert repr(model) == "BetaGeoModel(r=0.243, alpha=4.414, a=0.793, b=2.426)"


def test_summary(fitted: loy.BetaGeoModel, model: loy.BetaGeoModel) -> None:
    table = fitted.summary()
    assert list(table.columns) == ["parameter", "estimate", "std_error", "lower", "upper"]
    assert list(table["parameter"]) == ["r", "alpha", "a", "b"]
    rows = table.set_index("parameter")
    assert dict(rows["estimate"]) == fitted.params_ and dict(rows["std_error"]) == fitted.std_errors_
    # The interval is 1.96 standard errors to both sides of the logarithm.
    reach = 1.9599639845400545 * rows["std_error"] / rows["estimate"]
    assert_allclose(rows["lower"], np.exp(np.log(rows["estimate"]) - reach), rtol=1e-12)
    assert_allclose(rows["upper"], np.exp(np.log(rows["estimate"]) + reach), rtol=1e-12)
    wider = fitted.summary(level=0.99)
    assert (wider["lower"] < table["lower"]).all() and (wider["upper"] > table["upper"]).all()
    given = model.summary()  # parameters that were given have no standard errors
    assert list(given["estimate"]) == [0.243, 4.414, 0.793, 2.426]
    assert given[["std_error", "lower", "upper"]].isna().all(axis=None)


def test_summary_is_of_the_kind_of_the_data(cdnow: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    weeks = cdnow[["frequency", "recency", "T"]]
    polars = pl.from_pandas(weeks)
    assert isinstance(loy.BetaGeoModel().fit(polars).summary(), pl.DataFrame)
    arrays = loy.BetaGeoModel().fit({name: weeks[name].to_numpy() for name in weeks})
    assert isinstance(arrays.summary(), pd.DataFrame)
    monkeypatch.setitem(sys.modules, "pandas", None)  # as where it is not installed
    found = arrays.summary()
    assert isinstance(found, dict) and list(found["parameter"]) == ["r", "alpha", "a", "b"]
    assert found["lower"].dtype == np.float64


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan, "0.95", None, True])
def test_summary_needs_a_level(fitted: loy.BetaGeoModel, level: Any) -> None:
    with pytest.raises(loy.LoyaltyError, match=r"level: must be a number between 0 and 1, such as 0.95, not ") as e:
        fitted.summary(level=level)
    assert e.value.argument == "level"


def test_many_threads_may_use_one_model(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    want = fitted.expected_purchases(cdnow, 39).to_numpy()
    found: list[bool] = []

    def ask() -> None:
        for _ in range(5):
            found.append(bool((fitted.expected_purchases(cdnow, 39).to_numpy() == want).all()))

    workers = [threading.Thread(target=ask) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [True] * 20


# ---- simulation -----------------------------------------------------------------------------------------------------


def test_simulate(model: loy.BetaGeoModel) -> None:
    drawn = model.simulate(20_000, 39, seed=5)
    assert list(drawn) == ["customer_id", "frequency", "recency", "T", "alive"]
    x, t_x, length = drawn["frequency"], drawn["recency"], drawn["T"]
    assert x.dtype == np.int64 and drawn["alive"].dtype == bool
    assert ((t_x >= 0) & (t_x <= length)).all() and (t_x[x == 0] == 0).all()
    assert x.mean() == pytest.approx(1.19672319332082, abs=5 * x.std() / math.sqrt(20_000))
    assert (x == 0).mean() == pytest.approx(0.573786352096, abs=0.015)
    alive = model.expected_probability_alive(drawn)
    assert drawn["alive"].mean() == pytest.approx(alive.mean(), abs=0.015)
    again = model.simulate(100, 39, seed=5)
    assert_array_equal(again["recency"], t_x[:100])  # who else is drawn does not matter
    assert (model.simulate(100, 39, seed=6)["recency"] != again["recency"]).any()
    assert np.isfinite(model.log_likelihood(drawn)).all()


def test_simulated_log(model: loy.BetaGeoModel) -> None:
    drawn, log = model.simulate(300, 39, seed=5), model.simulate_log(300, 39, seed=5)
    assert list(log) == ["customer_id", "time"]
    frame = pd.DataFrame(log)
    assert frame.sort_values(["customer_id", "time"], kind="stable").index.equals(frame.index)
    per_customer = frame.groupby("customer_id")["time"]
    assert_array_equal(per_customer.size() - 1, drawn["frequency"])
    assert (per_customer.min() == 0).all()
    assert_array_equal(per_customer.max(), drawn["recency"])


def test_simulation_answers_in_kind(fitted: loy.BetaGeoModel, model: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    assert isinstance(fitted.simulate(5, 39, 1), pd.DataFrame)
    assert isinstance(fitted.simulate_log(5, 39, 1), pd.DataFrame)
    lengths = pl.Series("T", [1.0, 20.0, 39.0])
    drawn = model.simulate(3, lengths, 1)
    assert isinstance(drawn, pl.DataFrame) and drawn["T"].to_list() == [1, 20, 39]
    indexed = model.simulate(2, pd.Series([1.0, 2.0], index=[5, 6]), 1)
    assert list(indexed.index) == [5, 6]
    on_polars = loy.BetaGeoModel().fit(pl.from_pandas(cdnow[["frequency", "recency", "T"]]))
    assert isinstance(pickle.loads(pickle.dumps(on_polars)).simulate(5, 39, 1), pl.DataFrame)
    assert len(model.simulate(0, 39, 1)["T"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 39, 1), "^n: must be a whole number"), ((1.5, 39, 1), "^n: must be a whole number"),
        ((2, [1, 2, 3], 1), "^T: has 3 elements for 2 customers"), ((2, -1, 1), r"^T\[0\]: "),
        ((2, [1, math.nan], 1), r"^T\[1\]: "), ((2, 39, -1), "^seed: "), ((2, 39, 2**64), "^seed: "),
        ((2, 39, 1.5), "^seed: "), ((2, None, 1), "^T: is missing"),
    ],
)  # fmt: skip
def test_bad_simulations(arguments: tuple[Any, ...], message: str, model: loy.BetaGeoModel) -> None:
    with pytest.raises(loy.LoyaltyError, match=message):
        model.simulate(*arguments)


# ---- value ----------------------------------------------------------------------------------------------------------


def test_predict(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    spend = loy.GammaGammaModel().fit(cdnow)
    table = fitted.predict(cdnow, horizon=52, spend_model=spend, discount_rate=0.1)
    assert list(table.columns) == ["p_alive", "expected_purchases", "expected_spend", "clv"]
    assert_array_equal(table["p_alive"], fitted.expected_probability_alive(cdnow))
    assert_allclose(table["expected_purchases"], fitted.expected_purchases(cdnow, 52), rtol=1e-13)
    discounted = fitted.discounted_expected_purchases(cdnow, 0.1, horizon=52)
    assert_allclose(table["clv"], discounted * spend.expected_customer_spend(cdnow), rtol=1e-12)
    short = fitted.predict(cdnow, horizon=52)
    assert list(short.columns) == ["p_alive", "expected_purchases"]
