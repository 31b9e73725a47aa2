"""Pictures of purchases: the numbers behind them against independent computations, and what is drawn."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from datetime import date, timedelta
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_allclose
from scipy import stats

import loyalty as loy
from loyalty.btyd import plots
from loyalty.btyd._transactions import TransactionModel

matplotlib.use("agg")
from matplotlib import pyplot
from matplotlib.figure import Figure

TRAIN, END = "1997-09-30", "1998-06-30"
SPAN = {"train_period_end": TRAIN, "test_period_end": END}
PARAMS: dict[str, dict[str, float]] = {
    "BetaGeoModel": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
    "ModifiedBetaGeoModel": {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614},
    "ParetoNBDModel": {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669},
    "NBDModel": {"r": 0.385, "alpha": 12.072},
    "GammaGompertzModel": {"r": 0.553, "alpha": 10.578, "b": 0.02, "s": 0.603, "beta": 0.26},
}
MODELS = [getattr(loy, name).from_params(**params, time_unit="W") for name, params in PARAMS.items()]
BG, NBD = MODELS[0], MODELS[3]
GAMMA = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
DATES = ["1997-01-01", "1997-03-09", "1997-03-09", "1997-06-30"]


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    return pd.read_csv("examples/data/cdnow.csv", dtype={"customer_id": str})


@pytest.fixture(scope="module")
def rfm(log: pd.DataFrame) -> pd.DataFrame:
    table: pd.DataFrame = loy.rfm_train_test_split(log, time_unit="W", **SPAN)
    return table


@pytest.fixture(params=MODELS, ids=PARAMS)
def model(request: pytest.FixtureRequest) -> Any:
    return request.param


class WholePeriods(loy.BetaGeoModel):
    """A model that has no answer between periods."""

    def expected_probability_alive(self, data: Any = None, future_t: float = 0.0, **options: Any) -> Any:
        assert data is not None
        alive = super().expected_probability_alive(data, future_t, **options)
        return np.where(np.floor(data["recency"]) + np.floor(data["T"]) == data["recency"] + data["T"], alive, np.nan)


WHOLE = WholePeriods.from_params(**PARAMS["BetaGeoModel"], time_unit="W")


# ---- matrices ----------------------------------------------------------------------------------------------------


def test_matrices_are_direct_calls(model: Any, rfm: pd.DataFrame) -> None:
    ahead = plots.frequency_recency_matrix_data(model, rfm, 39)
    alive = plots.probability_alive_matrix_data(model, rfm)
    assert list(ahead.columns) == ["frequency", "recency", "T", "expected_purchases"]
    assert list(alive.columns) == ["frequency", "recency", "T", "p_alive"]
    assert len(ahead) == 30 * 100 and set(ahead["frequency"]) == set(range(int(rfm["frequency"].max()) + 1))
    assert ahead["recency"].max() == rfm["T"].max() and (ahead["T"] == rfm["T"].max()).all()
    for k in (0, 100, 1234, 2999):
        row = ahead.iloc[k]
        at = {name: float(row[name]) for name in ("frequency", "recency", "T")}
        assert row["expected_purchases"] == model.expected_purchases(**at, future_t=39)
        assert alive["p_alive"].iloc[k] == model.expected_probability_alive(**at)
    nobody = (ahead["frequency"] == 0) & (ahead["recency"] > 0)
    assert np.isnan(ahead["expected_purchases"][nobody]).all() and nobody.sum() == 99
    assert np.isfinite(alive["p_alive"][~nobody]).all()


def test_matrices_are_capped() -> None:
    tracemalloc.start()
    wide = plots.probability_alive_matrix_data(BG, max_frequency=10**6, max_recency=1e6)
    plots.plot_probability_alive_matrix(BG, max_frequency=10**6, max_recency=1e6)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(wide) == 100 * 100 and peak < 30e6
    assert wide["frequency"].max() == 10**6 and wide["recency"].max() == 1e6
    assert np.ptp(np.diff(np.unique(wide["frequency"]))) <= 1  # evenly
    data = {"frequency": np.array([0.0, 70.0]), "T": np.array([3.0, 1e6])}
    assert len(plots.frequency_recency_matrix_data(BG, data)["frequency"]) == 71 * 100


def test_matrix_of_whole_periods() -> None:
    found = plots.probability_alive_matrix_data(WHOLE, max_frequency=3, max_recency=6.5)
    assert sorted(set(found["recency"])) == [0, 1, 2, 3, 4, 5, 6] and set(found["T"]) == {6}
    found = plots.probability_alive_matrix_data(WHOLE, max_frequency=3, max_recency=1000)
    assert found["recency"].nunique() == 100 and (found["recency"] % 1 == 0).all()
    with pytest.raises(loy.LoyaltyError, match="max_recency: must be a whole period"):
        plots.probability_alive_matrix_data(WHOLE, max_frequency=3, max_recency=0.5)
    assert list(plots.expected_repeat_purchases_data(WHOLE, 4.5)["t"]) == [0, 1, 2, 3, 4]


# ---- tracking ----------------------------------------------------------------------------------------------------


def test_tracking_by_brute_force(model: Any, log: pd.DataFrame, rfm: pd.DataFrame) -> None:
    found = plots.tracking_data(model, log, **SPAN)
    days = pd.to_datetime(log["date"])
    first = days.groupby(log["customer_id"]).transform("min")
    births = days.groupby(log["customer_id"]).min()
    births = births[births <= TRAIN]
    visits = log.assign(day=days, first=first)[first <= TRAIN].drop_duplicates(["customer_id", "day"])
    assert len(found) == 78 and found["holdout"].sum() == 39
    for row in found.iloc[[0, 1, 20, 38, 39, 77]].itertuples():
        assert row.actual == ((visits["day"] <= row.date) & (visits["day"] > visits["first"])).sum()
        ages = ((row.date - births).dt.days / 7).to_numpy()
        ages = ages[ages > 0]
        expected = model.expected_purchases_new_customer(ages).sum() if len(ages) else 0.0
        assert row.expected == pytest.approx(expected, rel=1e-12)
    # What was fitted is what is tracked.
    assert found["actual"].iloc[-1] == (rfm["frequency"] + rfm["test_frequency"]).sum()
    at_end = found[~found["holdout"]].iloc[-1]
    assert at_end["date"] == pd.Timestamp(TRAIN) and at_end["actual"] == rfm["frequency"].sum()
    assert at_end["expected"] == pytest.approx(model.expected_purchases_new_customer(rfm["T"]).sum(), rel=1e-12)
    steps = plots.tracking_data(model, log, "incremental", **SPAN)
    for name in ("actual", "expected"):
        assert_allclose(np.cumsum(steps[name]), found[name], rtol=1e-12)
    assert_allclose(np.cumsum(steps["length"]), (found["date"] - births.min()).dt.days / 7)
    pd.testing.assert_frame_equal(plots.incremental_transactions_data(model, log, **SPAN), steps)
    pd.testing.assert_frame_equal(plots.cumulative_transactions_data(model, log, **SPAN), found)


def test_tracking_without_a_holdout_and_other_steps(log: pd.DataFrame) -> None:
    found = plots.tracking_data(BG, log, step=4)
    last = pd.to_datetime(log["date"]).max()
    assert not found["holdout"].any() and found["date"].iloc[-1] == last
    assert (found["date"].diff().dt.days[1:] == 28).all()
    everyone = loy.rfm_summary(log, time_unit="W")
    assert found["actual"].iloc[-1] == everyone["frequency"].sum()
    expected = BG.expected_purchases_new_customer(everyone["T"]).sum()
    assert found["expected"].iloc[-1] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("unit", "merge"), [("h", "h"), ("D", "D"), ("W", "W"), ("M", "M"), ("M", "D"), ("Y", "D")])
def test_tracking_ages_are_those_of_the_summary(unit: Any, merge: Any) -> None:
    model = loy.NBDModel.from_params(r=0.5, alpha=7, time_unit=unit)  # linear in time: E = t r/alpha
    start = np.datetime64("2020-01-03T05:00")
    length = 60 if unit == "h" else 900
    rng = np.random.default_rng(5)
    when = start + (rng.random(300) * length * 24).astype("timedelta64[h]")
    data = {"customer_id": rng.integers(0, 60, 300), "date": when}
    found = plots.tracking_data(model, data, merge=merge, monetary_value_col=None)
    for end, expected in zip(found["date"], found["expected"], strict=True):
        summary = loy.rfm_summary(data, merge=merge, time_unit=unit, monetary_value_col=None,
                                  observation_period_end=end)  # fmt: skip
        assert expected == pytest.approx(summary["T"].sum() / 14, rel=1e-9)


def test_tracking_of_many_first_dates() -> None:
    rng = np.random.default_rng(8)
    n = 20_000
    first = np.datetime64("2020-01-01") + np.sort(rng.integers(0, 40 * 86400, n)).astype("timedelta64[s]")
    data = {"customer_id": np.arange(n), "date": first}
    found = plots.tracking_data(BG, data, merge=None, monetary_value_col=None)
    summary = loy.rfm_summary(data, merge=None, time_unit="W", monetary_value_col=None)
    exact = BG.expected_purchases_new_customer(summary["T"]).sum()
    assert found["expected"][-1] == pytest.approx(exact, rel=1e-6) and not found["actual"].any()


@pytest.mark.parametrize("frame", [dict, pd.DataFrame, pl.DataFrame])
def test_frames_come_back_in_kind(frame: Any, log: pd.DataFrame, rfm: pd.DataFrame) -> None:
    columns = {name: rfm[name].to_numpy() for name in rfm.columns if name != "customer_id"}
    data = frame(columns)
    purchases = frame({name: log[name].to_numpy() for name in log.columns})
    kept = columns["monetary_value"] > 0
    spent = frame({name: column[kept] for name, column in columns.items()})
    answers = [
        plots.tracking_data(BG, purchases, **SPAN),
        plots.calibration_purchases_vs_holdout_purchases_data(BG, data),
        plots.period_transactions_data(BG, data),
        plots.probability_alive_matrix_data(BG, data),
        plots.spend_density_data(GAMMA, spent),
    ]
    assert all(type(answer) is frame for answer in answers)
    fitted = loy.NBDModel(time_unit="W").fit(data)
    kind = pd.DataFrame if frame is dict else frame
    assert type(plots.pmf_data(fitted, 3)) is kind
    assert type(plots.transaction_rate_heterogeneity_data(fitted)) is kind
    for name in ("tracking", "calibration_purchases_vs_holdout_purchases", "period_transactions"):
        getattr(plots, f"plot_{name}")(BG, purchases if name == "tracking" else data)
    plots.plot_spend_density(GAMMA, spent)


# ---- calibration and holdout -------------------------------------------------------------------------------------


def test_holdout_by_frequency(model: Any, rfm: pd.DataFrame) -> None:
    found = plots.calibration_purchases_vs_holdout_purchases_data(model, rfm)
    expected = model.expected_purchases(rfm, 39)
    bins = rfm["frequency"].clip(upper=7)
    assert_allclose(found["actual"], rfm.groupby(bins)["test_frequency"].mean(), rtol=1e-12)
    assert_allclose(found["expected"], expected.groupby(bins).mean(), rtol=1e-12)
    assert list(found["customers"]) == list(bins.value_counts().sort_index())
    assert list(found["upper"]) == [0, 1, 2, 3, 4, 5, 6, np.inf]
    total = model.holdout(rfm)
    assert (found["customers"] * found["actual"]).sum() == pytest.approx(total.actual)
    assert (found["customers"] * found["expected"]).sum() == pytest.approx(total.expected)


@pytest.mark.parametrize("kind", ["recency", "T", "time_since_last_purchase"])
def test_holdout_by_time(kind: Any, rfm: pd.DataFrame) -> None:
    found = plots.calibration_purchases_vs_holdout_purchases_data(BG, rfm, kind, 12)
    by = rfm["T"] - rfm["recency"] if kind == "time_since_last_purchase" else rfm[kind]
    expected = BG.expected_purchases(rfm, 39)
    assert found["customers"].sum() == len(rfm)
    assert (found["customers"] * found["mean"]).sum() == pytest.approx(by.sum())
    assert (found["customers"] * found["expected"]).sum() == pytest.approx(expected.sum())
    for k, row in enumerate(found.itertuples()):
        at = (by >= row.lower) & ((by < row.upper) | (row.upper == by.max()))
        if kind == "recency":
            at = at & (rfm["frequency"] > 0) if k else rfm["frequency"] == 0
        assert row.customers == at.sum()
        assert row.actual == pytest.approx(rfm["test_frequency"][at].mean())
        assert row.expected == pytest.approx(expected[at].mean())


def test_holdouts_of_several_lengths_and_weights(rfm: pd.DataFrame) -> None:
    length = np.where(np.arange(len(rfm)) % 3, 10.0, 20.0)
    weight = 1.0 + np.arange(len(rfm)) % 4
    found = plots.calibration_purchases_vs_holdout_purchases_data(
        BG, rfm.assign(test_T=length, w=weight), bins=1, weights="w"
    )
    each = np.where(length == 10, BG.expected_purchases(rfm, 10), BG.expected_purchases(rfm, 20))
    once = rfm["frequency"].to_numpy() == 0
    assert found["expected"].iloc[0] == pytest.approx(np.average(each[once], weights=weight[once]))
    assert found["customers"].sum() == weight.sum()
    late = rfm.assign(test_T=length, recency=rfm["recency"].where(np.arange(len(rfm)) != 7, 99.0), frequency=1)
    with pytest.raises(loy.LoyaltyError, match=r"T\[7\]"):
        plots.calibration_purchases_vs_holdout_purchases_data(BG, late)
    with pytest.raises(loy.LoyaltyError, match="test_T: must have at most 1000 distinct values"):
        plots.calibration_purchases_vs_holdout_purchases_data(BG, rfm.assign(test_T=np.arange(len(rfm)) + 1.0))


# ---- counts ------------------------------------------------------------------------------------------------------


def test_period_transactions(model: Any, rfm: pd.DataFrame) -> None:
    found = plots.period_transactions_data(model, rfm, 5)
    assert list(found["actual"][:5]) == [(rfm["frequency"] == k).sum() for k in range(5)]
    assert found["actual"].iloc[5] == (rfm["frequency"] >= 5).sum()
    assert found["actual"].sum() == len(rfm)
    assert found["expected"].sum() == pytest.approx(len(rfm), rel=1e-14)
    for k in range(5):
        each = model.purchase_probability(k, rfm["T"]).sum()  # a customer at a time
        assert found["expected"].iloc[k] == pytest.approx(each, rel=1e-12)


def test_period_transactions_by_scipy(rfm: pd.DataFrame) -> None:
    r, alpha = PARAMS["NBDModel"].values()
    weight = 1.0 + np.arange(len(rfm)) % 3
    found = plots.period_transactions_data(NBD, rfm, 3, weights=weight)
    law = stats.nbinom(r, alpha / (alpha + rfm["T"].to_numpy()))
    assert_allclose(found["expected"][:3], [(weight * law.pmf(k)).sum() for k in range(3)], rtol=1e-12)
    assert found["expected"].iloc[3] == pytest.approx((weight * law.sf(2)).sum(), rel=1e-10)
    assert found["actual"].sum() == weight.sum()


def test_many_lengths_of_observation() -> None:
    rng = np.random.default_rng(2)
    T = rng.gamma(2.0, 20.0, 20_000)
    T[:10] = 0.0
    frequency = rng.poisson(0.05 * T).astype(float)
    found = plots.period_transactions_data(NBD, {"frequency": frequency, "T": T})
    r, alpha = PARAMS["NBDModel"].values()
    law = stats.nbinom(r, alpha / (alpha + T))
    assert_allclose(found["expected"][:7], [law.pmf(k).sum() for k in range(7)], rtol=1e-6)
    everybody = plots.period_transactions_data(NBD, {"frequency": np.zeros(3), "T": np.zeros(3)}, 1)
    assert list(everybody["expected"]) == [3, 0]


def test_pmf(model: Any) -> None:
    found = plots.pmf_data(model, 39)
    assert list(found["purchases"]) == list(range(len(found)))
    assert 0.99 <= found["probability"].sum() < 1 and found["probability"].sum() - found["probability"].iloc[-1] < 0.99
    assert found["probability"].iloc[2] == model.purchase_probability(2, 39)
    all_of_it = plots.pmf_data(model, 39, 1000)
    assert len(all_of_it) == 1001 and all_of_it["probability"].sum() == pytest.approx(1, abs=1e-9)
    mean = (all_of_it["purchases"] * all_of_it["probability"]).sum()
    path = plots.expected_repeat_purchases_data(model, 39)
    assert path["expected_purchases"].iloc[-1] == pytest.approx(mean, rel=1e-9)
    assert path["expected_purchases"].iloc[0] == 0 and len(path) == 101


# ---- heterogeneity -----------------------------------------------------------------------------------------------


def test_rates_by_scipy(model: Any) -> None:
    p = model.params_
    found = plots.transaction_rate_heterogeneity_data(model)
    law = stats.gamma(p["r"], scale=1 / p["alpha"])
    assert_allclose(found["density"], law.pdf(found["value"]), rtol=1e-12)
    assert_allclose(found["below"], law.cdf(found["value"]), rtol=1e-12)
    assert 0.99 <= found["below"].iloc[-1] < 0.995 and len(found) == 200
    if isinstance(model, loy.NBDModel):
        with pytest.raises(loy.LoyaltyError, match="model: must have dropout, which NBDModel does not"):
            plots.dropout_rate_heterogeneity_data(model)
        return
    found = plots.dropout_rate_heterogeneity_data(model)
    beta = "a" in p
    law = stats.beta(p["a"], p["b"]) if beta else stats.gamma(p["s"], scale=1 / p["beta"])
    assert_allclose(found["density"], law.pdf(found["value"]), rtol=1e-12)
    assert_allclose(found["below"], law.cdf(found["value"]), rtol=1e-12)
    narrow = plots.dropout_rate_heterogeneity_data(model, upper=0.5)
    assert narrow["value"].max() == pytest.approx(0.5 if not beta else 0.49875)


def test_densities_integrate_to_one() -> None:
    smooth = loy.ParetoNBDModel.from_params(r=3, alpha=10, s=2.5, beta=8)
    for found in (
        plots.transaction_rate_heterogeneity_data(smooth, upper=3),
        plots.dropout_rate_heterogeneity_data(smooth, upper=4),
        plots.dropout_rate_heterogeneity_data(loy.BetaGeoModel.from_params(r=1, alpha=1, a=2, b=3)),
    ):
        assert found["density"].sum() * (found["value"][1] - found["value"][0]) == pytest.approx(1, abs=1e-3)
        assert np.diff(found["below"]).min() > 0
        slope = np.gradient(found["below"], found["value"])[5:-5]
        assert_allclose(slope, found["density"][5:-5], atol=0.02 * found["density"].max())


def test_erlang_purchases_and_whole_periods() -> None:
    regular = loy.BetaGeoModel.from_params(**PARAMS["BetaGeoModel"])
    regular.k = 3  # as a model of Erlang-3 gaps keeps it
    found = plots.transaction_rate_heterogeneity_data(regular)
    assert_allclose(found["density"], stats.gamma(0.243, scale=1 / (3 * 4.414)).pdf(found["value"]), rtol=1e-12)
    discrete = loy.BetaGeoModel.from_params(**PARAMS["BetaGeoModel"])
    discrete.params_ = {"alpha": 1.2, "beta": 0.75, "gamma": 0.66, "delta": 2.78}  # those of BG/BB
    discrete._names = tuple(discrete.params_)  # type: ignore[misc]
    buys = plots.transaction_rate_heterogeneity_data(discrete)
    stops = plots.dropout_rate_heterogeneity_data(discrete)
    assert_allclose(buys["density"], stats.beta(1.2, 0.75).pdf(buys["value"]), rtol=1e-12)
    assert_allclose(stops["below"], stats.beta(0.66, 2.78).cdf(stops["value"]), rtol=1e-12)


# ---- one customer ------------------------------------------------------------------------------------------------


def test_history(model: Any) -> None:
    found = plots.history_alive_data(model, DATES, "1997-12-31")
    day = date(1997, 1, 1)
    purchases = [found["date"][k].item().date() for k in np.flatnonzero(found["purchase"])]
    assert purchases == [day, date(1997, 3, 9), date(1997, 6, 30)]  # two on one day are one
    assert found["date"][-1].item().date() == date(1997, 12, 31) and (np.diff(found["T"]) >= 0).all()
    assert found["T"][-1] == (date(1997, 12, 31) - day).days / 7
    for k in (0, 3, 100, len(found["T"]) - 1):
        x, t_x, T = (float(found[name][k]) for name in ("frequency", "recency", "T"))
        assert found["p_alive"][k] == model.expected_probability_alive(frequency=x, recency=t_x, T=T)
        known = [d for d in purchases if (d - day).days / 7 <= T]
        assert x in (len(known) - 1, len(known) - 2) and (found["date"][k].item().date() - day) >= timedelta(0)
    around = np.flatnonzero(found["T"] == (purchases[2] - day).days / 7)  # right before and right after a purchase
    assert list(found["frequency"][around]) == [1, 2] and list(found["purchase"][around]) == [False, True]


def test_history_kinds_of_dates() -> None:
    text = plots.history_alive_data(BG, DATES, "1997-12-31")
    for dates in (
        pd.Series(pd.to_datetime(DATES)), pl.Series(DATES).str.to_date(), np.array(DATES, dtype="datetime64[ns]"),
        [date.fromisoformat(day) for day in DATES], pd.Series(DATES)[::-1],
    ):  # fmt: skip
        found = plots.history_alive_data(BG, dates, date(1997, 12, 31))
        assert_allclose(found["p_alive"], text["p_alive"])
    assert isinstance(plots.history_alive_data(BG, pd.Series(DATES), "1997-12-31"), pd.DataFrame)
    weeks = plots.history_alive_data(BG, [0, 67 / 7, 180 / 7], 52)
    assert_allclose(weeks["p_alive"], text["p_alive"])
    assert weeks["time"][-1] == 52
    hours = loy.NBDModel.from_params(r=1, alpha=1, time_unit="h")
    found = plots.history_alive_data(hours, ["2020-01-01T05:00:00", "2020-01-01T07:30:00"], "2020-01-01T09:00:00")
    assert found["purchase"].sum() == 2 and found["recency"].max() == 2.5 and found["T"][-1] == 4
    periods = plots.history_alive_data(WHOLE, DATES, "1997-12-31")
    assert (periods["T"] % 1 == 0).all() and len(periods["T"]) == 53 and periods["purchase"].sum() == 3
    assert np.isfinite(periods["p_alive"]).all()
    unknown = loy.BetaGeoModel.from_params(**PARAMS["BetaGeoModel"])
    assert_allclose(plots.history_alive_data(unknown, DATES, "1997-12-31", time_unit="W")["p_alive"], text["p_alive"])
    assert plots.history_alive_data(BG, "1997-01-01", "1997-12-31")["frequency"].max() == 0


# ---- spend -------------------------------------------------------------------------------------------------------


def test_spend_by_scipy(rfm: pd.DataFrame) -> None:
    spent = rfm[rfm["monetary_value"] > 0]
    p, q, v = GAMMA.params_.values()
    found = plots.spend_density_data(GAMMA, rfm[(rfm["frequency"] == 0) | (rfm["monetary_value"] > 0)])
    assert found["upper"].iloc[-1] == pytest.approx(spent["monetary_value"].quantile(0.98))
    edges = np.append(found["lower"], found["upper"].iloc[-1])
    assert list(found["customers"]) == list(np.histogram(spent["monetary_value"], edges)[0])
    shares = spent["frequency"].value_counts(normalize=True)
    below = sum(share * stats.betaprime(p * x, q, scale=v / x).cdf(edges) for x, share in shares.items())
    assert_allclose(found["expected"] * np.diff(edges), np.diff(below), rtol=1e-4, atol=1e-9)
    wide = plots.spend_density_data(GAMMA, spent, bins=1000, upper=5000)
    width = wide["upper"] - wide["lower"]
    assert (wide["actual"] * width).sum() == pytest.approx(1)
    assert (wide["expected"] * width).sum() == pytest.approx(1, abs=1e-4)
    assert wide["customers"].sum() == len(spent)


# ---- pictures ----------------------------------------------------------------------------------------------------


def draw_all(model: Any, log: Any, rfm: Any, figure: Any = None) -> dict[str, Any]:
    def ax() -> Any:
        return None if figure is None else figure.add_subplot()

    spent = rfm[rfm["monetary_value"] > 0]
    drawn = {
        "tracking": plots.plot_tracking(model, log, **SPAN, ax=ax()),
        "cumulative": plots.plot_cumulative_transactions(model, log, **SPAN, ax=ax()),
        "incremental": plots.plot_incremental_transactions(model, log, **SPAN, ax=ax()),
        "matrix": plots.plot_frequency_recency_matrix(model, rfm, 39, ax=ax()),
        "alive": plots.plot_probability_alive_matrix(model, rfm, ax=ax()),
        "holdout": plots.plot_calibration_purchases_vs_holdout_purchases(model, rfm, ax=ax()),
        "silence": plots.plot_calibration_purchases_vs_holdout_purchases(
            model, rfm, "time_since_last_purchase", ax=ax()
        ),
        "period": plots.plot_period_transactions(model, rfm, ax=ax()),
        "pmf": plots.plot_pmf(model, 52, ax=ax()),
        "new": plots.plot_expected_repeat_purchases(model, 52, ax=ax()),
        "rate": plots.plot_transaction_rate_heterogeneity(model, ax=ax()),
        "history": plots.plot_history_alive(model, DATES, "1997-12-31", ax=ax()),
        "spend": plots.plot_spend_density(GAMMA, spent, ax=ax()),
    }
    if not isinstance(model, loy.NBDModel):
        drawn["dropout"] = plots.plot_dropout_rate_heterogeneity(model, ax=ax())
    return drawn


def test_axes_and_labels(model: Any, log: pd.DataFrame, rfm: pd.DataFrame) -> None:
    settings = matplotlib.rcParams.copy()
    drawn = draw_all(model, log, rfm)
    for name, axes in drawn.items():
        assert isinstance(axes, matplotlib.axes.Axes) and isinstance(axes.figure, Figure), name
        assert axes.get_title(loc="left"), name
        axes.figure.canvas.draw()
    assert not pyplot.get_fignums() and matplotlib.rcParams == settings
    titles = {name: axes.get_title(loc="left") for name, axes in drawn.items()}
    below = {name: axes.get_xlabel() for name, axes in drawn.items()}
    assert titles["matrix"] == "Expected purchases in the next 39 weeks"
    assert titles["incremental"] == "Repeat purchases per week"
    assert drawn["alive"].get_ylabel() == "Recency in weeks"
    assert below["silence"] == "Weeks since the last purchase at the end of calibration"
    assert below["rate"] == "Purchases per week while alive"
    assert below["pmf"] == "Repeat purchases of a new customer in 52 weeks"
    assert below["new"] == "Weeks since the first purchase"
    ticks = [label.get_text() for label in drawn["period"].get_xticklabels()]
    assert ticks == ["0", "1", "2", "3", "4", "5", "6", "7+"]
    assert [label.get_text() for label in drawn["holdout"].get_xticklabels()] == ticks
    many = plots.plot_period_transactions(model, rfm, 40).get_xticklabels()
    assert [label.get_text() for label in many[-2:]] == ["36", "40+"] and len(many) <= 16  # apart from each other
    actual, expected = drawn["tracking"].lines[-2:]
    found = plots.tracking_data(model, log, **SPAN)
    assert_allclose(actual.get_ydata(), found["actual"])
    assert_allclose(expected.get_ydata(), found["expected"])


def test_axes_of_the_caller(log: pd.DataFrame, rfm: pd.DataFrame) -> None:
    figure = Figure()
    for name, axes in draw_all(BG, log, rfm, figure).items():
        assert axes.figure is figure, name
    axes = plots.plot_pmf(BG, 10)
    plots.plot_pmf(NBD, 10, ax=axes)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["BetaGeoModel", "NBDModel"]
    assert axes.lines[0].get_color() != axes.lines[1].get_color()


def test_units_nobody_stated(rfm: pd.DataFrame) -> None:
    unknown = loy.BetaGeoModel.from_params(**PARAMS["BetaGeoModel"])
    assert plots.plot_transaction_rate_heterogeneity(unknown).get_xlabel() == "Purchases per unit of time while alive"
    axes = plots.plot_history_alive(unknown, [0, 3, 4.5], 10)
    assert axes.get_xlabel() == "Units of time since the first purchase"


def test_pyplot_is_not_needed() -> None:
    program = f"""
import sys
import loyalty as loy
model = loy.BetaGeoModel.from_params(**{PARAMS["BetaGeoModel"]})
axes = loy.btyd.plots.plot_pmf(model, 3)
loy.btyd.plots.plot_probability_alive_matrix(model, max_frequency=3, max_recency=9).figure.canvas.draw()
print("matplotlib.pyplot" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_matplotlib_is_an_extra() -> None:
    program = f"""
import sys
sys.modules["matplotlib"] = None
import loyalty as loy
model = loy.BetaGeoModel.from_params(**{PARAMS["BetaGeoModel"]})
print(len(loy.btyd.plots.pmf_data(model, 3, 1)["purchases"]))
try:
    loy.btyd.plots.plot_pmf(model, 3)
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == '2\npictures need matplotlib: pip install "loyalty[plot]"\n'


# ---- what cannot be drawn ----------------------------------------------------------------------------------------

ROWS = {"frequency": [0.0, 2.0], "recency": [0.0, 3.0], "T": [5.0, 5.0], "test_frequency": [0, 1], "test_T": [4.0, 4.0]}
VISITS = {"customer_id": [1, 1], "date": ["2020-01-01", "2020-02-01"], "amount": [1.0, 2.0]}
HOLDOUT = plots.calibration_purchases_vs_holdout_purchases_data


def without(name: str) -> dict[str, Any]:
    return {key: column for key, column in ROWS.items() if key != name}


NONE: dict[str, Any] = {name: np.empty(0) for name in ROWS}
NAMELESS = loy.BetaGeoModel.from_params(**PARAMS["BetaGeoModel"])


@pytest.mark.parametrize(
    ("function", "arguments", "options", "argument"),
    [
        (plots.frequency_recency_matrix_data, (GAMMA, ROWS), {}, "model"),
        (plots.frequency_recency_matrix_data, (3, ROWS), {}, "model"),
        (plots.frequency_recency_matrix_data, (BG,), {}, "max_frequency"),
        (plots.frequency_recency_matrix_data, (BG,), {"max_frequency": 3}, "max_recency"),
        (plots.frequency_recency_matrix_data, (BG, NONE), {}, "data"),
        (plots.frequency_recency_matrix_data, (BG, without("T")), {}, "T"),
        (plots.frequency_recency_matrix_data, (BG, ROWS), {"max_frequency": 1.5}, "max_frequency"),
        (plots.frequency_recency_matrix_data, (BG, ROWS), {"max_recency": np.inf}, "max_recency"),
        (plots.frequency_recency_matrix_data, (BG, ROWS, 0.0), {}, "future_t"),
        (plots.frequency_recency_matrix_data, (BG, {**ROWS, "frequency": [0, -1]}), {}, "frequency"),
        (plots.tracking_data, (NAMELESS, VISITS), {}, "time_unit"),
        (plots.tracking_data, (BG, VISITS), {"time_unit": "D"}, "time_unit"),
        (plots.tracking_data, (NAMELESS, VISITS), {"time_unit": "x"}, "time_unit"),
        (plots.tracking_data, (BG, VISITS, "both"), {}, "kind"),
        (plots.tracking_data, (BG, VISITS), {"step": 0}, "step"),
        (plots.tracking_data, (BG, VISITS), {"step": 1e-9}, "step"),
        (plots.tracking_data, (BG, {}), {}, "customer_id"),
        (plots.tracking_data, (BG, {name: [] for name in VISITS}), {}, "log"),
        (plots.tracking_data, (BG, VISITS), {"train_period_end": "2019-01-01"}, "log"),
        (plots.tracking_data, (BG, VISITS), {"train_period_end": "soon"}, "train_period_end"),
        (plots.tracking_data, (BG, VISITS), {"test_period_end": "soon"}, "test_period_end"),
        (HOLDOUT, (GAMMA, ROWS), {}, "model"),
        (HOLDOUT, (BG, ROWS, "monetary_value"), {}, "kind"),
        (HOLDOUT, (BG, without("test_T")), {}, "test_T"),
        (HOLDOUT, (BG, NONE), {}, "data"),
        (HOLDOUT, (BG, ROWS), {"bins": 0}, "bins"),
        (HOLDOUT, (BG, ROWS), {"weights": [1.0]}, "weights"),
        (HOLDOUT, (BG, ROWS), {"weights": [1.0, 0.0]}, "weights"),
        (HOLDOUT, (BG, {**ROWS, "recency": [0.0, 6.0]}), {}, "T"),
        (plots.period_transactions_data, (BG, without("frequency")), {}, "frequency"),
        (plots.period_transactions_data, (BG, {**ROWS, "frequency": [0, 1.5]}), {}, "frequency"),
        (plots.period_transactions_data, (BG, {**ROWS, "T": [np.nan, 1]}), {}, "T"),
        (plots.period_transactions_data, (BG, ROWS), {"max_frequency": 0}, "max_frequency"),
        (plots.period_transactions_data, (BG, ROWS), {"weights": "w"}, "w"),
        (plots.pmf_data, (BG, -1), {}, "t"),
        (plots.pmf_data, (BG, 3, -1), {}, "max_purchases"),
        (plots.pmf_data, (GAMMA, 3), {}, "model"),
        (plots.expected_repeat_purchases_data, (BG, "long"), {}, "t"),
        (plots.transaction_rate_heterogeneity_data, (GAMMA,), {}, "model"),
        (plots.transaction_rate_heterogeneity_data, (BG,), {"upper": 0}, "upper"),
        (plots.transaction_rate_heterogeneity_data, (BG,), {"upper": 1e300}, "upper"),
        (plots.dropout_rate_heterogeneity_data, (NBD,), {}, "model"),
        (plots.history_alive_data, (BG, [], "2020-01-01"), {}, "dates"),
        (plots.history_alive_data, (BG, ["x"], "2020-01-01"), {}, "dates"),
        (plots.history_alive_data, (BG, [0.0, np.nan], 3), {}, "dates"),
        (plots.history_alive_data, (BG, np.array(["NaT"], "datetime64[D]"), "2020-01-01"), {}, "dates"),
        (plots.history_alive_data, (BG, ["2020-01-01"], "2020-01-01"), {}, "end"),
        (plots.history_alive_data, (BG, ["2020-01-01", "2020-03-01"], "2020-02-01"), {}, "end"),
        (plots.history_alive_data, (BG, ["2020-01-01"], 7), {}, "end"),
        (plots.history_alive_data, (BG, [0, 1], "2020-01-01"), {}, "end"),
        (plots.history_alive_data, (NAMELESS, ["2020-01-01"], "2020-02-01"), {}, "time_unit"),
        (plots.history_alive_data, (BG, ["2020-01-01"], "2020-02-01"), {"time_unit": "D"}, "time_unit"),
        (plots.spend_density_data, (BG, {**ROWS, "monetary_value": [0, 3]}), {}, "model"),
        (plots.spend_density_data, (GAMMA, ROWS), {}, "monetary_value"),
        (plots.spend_density_data, (GAMMA, {**ROWS, "monetary_value": [0, 0.0]}), {}, "monetary_value"),
        (plots.spend_density_data, (GAMMA, {"frequency": [0], "monetary_value": [0.0]}), {}, "frequency"),
        (plots.spend_density_data, (GAMMA, {**ROWS, "monetary_value": [0, 3.0]}), {"bins": 1001}, "bins"),
        (plots.spend_density_data, (GAMMA, {**ROWS, "monetary_value": [0, 3.0]}), {"upper": -1}, "upper"),
    ],
)
def test_what_cannot_be_drawn(function: Any, arguments: Any, options: Any, argument: str) -> None:
    with pytest.raises(loy.LoyaltyError) as caught:
        function(*arguments, **options)
    assert caught.value.argument == argument, str(caught.value)


def test_models_that_are_not_fitted() -> None:
    for function, arguments in (
        (plots.probability_alive_matrix_data, (ROWS,)), (plots.tracking_data, (VISITS,)), (HOLDOUT, (ROWS,)),
        (plots.period_transactions_data, (ROWS,)), (plots.pmf_data, (3,)), (plots.expected_repeat_purchases_data, (3,)),
        (plots.transaction_rate_heterogeneity_data, ()), (plots.dropout_rate_heterogeneity_data, ()),
        (plots.history_alive_data, (DATES, END)),
    ):  # fmt: skip
        with pytest.raises(loy.StateError, match="not fitted"):
            function(loy.BetaGeoModel(), *arguments)
    with pytest.raises(loy.StateError, match="not fitted"):
        plots.spend_density_data(loy.GammaGammaModel(), ROWS)


def test_every_model_of_purchases_is_here() -> None:
    classes = {cls.__name__ for cls in TransactionModel.__subclasses__() if cls.__module__.startswith("loyalty.")}
    assert classes >= set(PARAMS)


def test_every_plot_has_its_data() -> None:
    names = {name.removeprefix("plot_") for name in plots.__all__ if name.startswith("plot_")}
    assert {f"{name}_data" for name in names} | {f"plot_{name}" for name in names} == set(plots.__all__)
    assert all(getattr(plots, name).__doc__ for name in plots.__all__)
