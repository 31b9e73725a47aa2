"""Fits the models of purchases and spend, and puts intervals around what they say of the whole customer base.

Intervals come from seeded draws of the parameters' logarithms from the fitted covariance; a predicted count gets the
chance of the single customers on top. Everything else is the library's own arithmetic.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

import loyalty as loy

Array = npt.NDArray[np.float64]

LEVEL = 0.95
MOST_CELLS = 4000  # customers (or groups of equal ones) on which parameter draws are evaluated


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Fitted:
    """A fitted model: what the page prints, and the estimator itself."""

    name: str
    model: Any
    params: dict[str, float]
    std_errors: dict[str, float]
    covariance: Array
    log_likelihood: float
    converged: bool
    status: str
    customers: int

    @property
    def uncertain(self) -> tuple[str, ...]:
        """The parameters that have a standard error; the others are held where they are in the draws."""
        return tuple(name for name, error in self.std_errors.items() if math.isfinite(error) and error > 0)


def fitted(name: str, model: Any, customers: int) -> Fitted:
    """What a library estimator found."""
    return Fitted(
        name=name,
        model=model,
        params=dict(model.params_),
        std_errors=dict(model.std_errors_),
        covariance=np.asarray(model.covariance_, dtype=float),
        log_likelihood=float(model.log_likelihood_),
        converged=bool(model.converged_),
        status=str(model.status_),
        customers=customers,
    )


def parameter_draws(fit: Fitted, count: int, generator: np.random.Generator) -> list[dict[str, float]]:
    """`count` parameter sets, normal on the log scale with the covariance of the fit (delta method)."""
    names = list(fit.params)
    centre = np.log(np.array([fit.params[name] for name in names]))
    free = [index for index, name in enumerate(names) if name in fit.uncertain]
    normals = generator.standard_normal((count, len(free)))
    if not free:
        return [dict(fit.params) for _ in range(count)]
    natural = np.array([fit.params[names[index]] for index in free])
    covariance = fit.covariance[np.ix_(free, free)] / np.outer(natural, natural)
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    # The sign of an eigenvector is arbitrary; fix it, so that the same fit gives the same draws on any machine.
    vectors = vectors * np.where(
        np.take_along_axis(vectors, np.abs(vectors).argmax(axis=0)[None, :], axis=0) < 0, -1, 1
    )
    steps = normals @ (vectors * np.sqrt(np.maximum(values, 0))).T
    points = np.tile(centre, (count, 1))
    points[:, free] += steps
    return [dict(zip(names, np.exp(point).tolist(), strict=True)) for point in points]


def percentile_interval(value: float, draws: Array) -> Estimate:
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, float(low), float(high))


def counts_around(means: Array, variance_ratio: float, generator: np.random.Generator) -> Array:
    """Counts with the given means: Poisson, around a rate that itself varies where the variance exceeds the mean."""
    if variance_ratio <= 1 + 1e-9:
        return generator.poisson(means).astype(float)
    shape = means / (variance_ratio - 1)
    return generator.poisson(generator.gamma(np.maximum(shape, 1e-12), variance_ratio - 1)).astype(float)


@dataclass(frozen=True)
class Cells:
    """Customers with the same (frequency, recency, T) taken together; a weighted sample when they are many."""

    frame: pl.DataFrame  # frequency, recency, T
    members: npt.NDArray[np.int64]  # which customers are in the sample
    cell: npt.NDArray[np.int64]  # the cell of each of them
    weight: Array  # how many customers each of them stands for


def cells_of(summary: pl.DataFrame, importance: Array) -> Cells:
    """Groups customers so that a parameter draw costs little. Up to MOST_CELLS groups every customer is in; beyond, the
    half that matters most by `importance` goes in whole and every n-th of the rest, weighted. The draws are only used
    as ratios to the full sum at the fitted parameters, so that the sampling hardly shows."""
    columns = ["frequency", "recency", "T"]
    keyed = summary.select(columns)
    distinct = keyed.unique(maintain_order=True)
    members = np.arange(summary.height)
    weight = np.ones(summary.height)
    if distinct.height > MOST_CELLS:
        order = np.argsort(-importance, kind="stable")
        top, rest = order[: MOST_CELLS // 2], order[MOST_CELLS // 2 :]
        step = -(-len(rest) // (MOST_CELLS // 2))
        chosen = rest[step // 2 :: step]
        members = np.concatenate([top, chosen])
        weight = np.concatenate([np.ones(len(top)), np.full(len(chosen), len(rest) / len(chosen))])
        keyed = keyed[members]
        distinct = keyed.unique(maintain_order=True)
    numbered = distinct.with_row_index("cell")
    cell = keyed.join(numbered, on=columns, how="left", maintain_order="left")["cell"].to_numpy().astype(np.int64)
    return Cells(distinct, members, cell, weight)


def purchase_variance(frequency: Array, r: float, p_alive: Array, mean: Array) -> Array:
    """Variance of a customer's purchases ahead, given the model: alive or not is a binomial of one, purchases of the
    living are Poisson around the customer's own gamma distributed rate (shape r + x). Dropout ahead is in the mean."""
    alive = np.maximum(p_alive, 1e-12)
    spread: Array = mean + mean**2 / (alive * (r + frequency)) + mean**2 * (1 - alive) / alive
    return spread


@dataclass(frozen=True)
class Outlook:
    """What the models say of the customers over the horizon."""

    p_alive: Array
    expected_purchases: Array
    expected_spend: Array
    clv: Array
    active: Estimate
    one_time_active: float
    purchases: Estimate
    revenue: Estimate
    equity: Estimate
    top_tenth: Estimate  # share of equity held by the tenth of customers with the largest CLV
    revenue_per_active: Estimate  # over the horizon, per customer counted as active
    purchase_sets: list[dict[str, float]]  # the parameter draws, for intervals of single customers
    spend_sets: list[dict[str, float]]
    draws_without_mean: int  # of the spend model, with q <= 1: the estimate stands in for the infinite mean


def outlook(
    summary: pl.DataFrame,
    purchases: Fitted,
    spend: Fitted | None,
    flat_spend: float,
    *,
    horizon: float,
    time_unit: str,
    discount_rate: float,
    draws: int,
    seed: int,
) -> Outlook:
    """Point predictions per customer, and totals with intervals. Without a spend model every purchase is worth
    `flat_spend`."""
    model = purchases.model
    frequency = summary["frequency"].to_numpy().astype(float)
    p_alive = column(model.expected_probability_alive(summary))
    expected = column(model.expected_purchases(summary, horizon))
    discounted = column(
        model.discounted_expected_purchases(summary, discount_rate, discount_period="year", horizon=horizon)
    )
    spenders = paying(summary)
    money = column(spend.model.expected_customer_spend(spenders)) if spend else np.full(summary.height, flat_spend)
    clv = discounted * money

    generator = np.random.default_rng(seed)
    purchase_sets = parameter_draws(purchases, draws, generator)
    spend_sets = parameter_draws(spend, draws, generator) if spend else [{} for _ in range(draws)]
    cells = cells_of(summary, clv)
    group, weight, cell = arrays(spenders[cells.members]), cells.weight, cells.cell
    histories = arrays(cells.frame)

    active_draws, purchase_draws = np.empty(draws), np.empty(draws)
    revenue_draws, equity_draws, top_draws = np.empty(draws), np.empty(draws), np.empty(draws)
    top = np.zeros(summary.height)
    top[np.argsort(-clv, kind="stable")[: max(1, -(-summary.height // 10))]] = 1.0
    sampled_top = top[cells.members]
    discount_ratio = discounted[cells.members] / np.maximum(expected[cells.members], 1e-300)
    without_mean = 0
    for index in range(draws):
        drawn = type(model).from_params(**purchase_sets[index], time_unit=time_unit)
        alive = column(drawn.expected_probability_alive(histories))[cell]
        ahead = column(drawn.expected_purchases(histories, horizon))[cell]
        if spend:
            worth = drawn_spend(spend, spend_sets[index], group, money[cells.members])
            without_mean += spend_sets[index]["q"] <= 1
        else:
            worth = money[cells.members]
        active_draws[index] = alive @ weight
        purchase_draws[index] = ahead @ weight
        revenue_draws[index] = (ahead * worth) @ weight
        # The discount on a customer's purchases depends on when they fall within the horizon, hardly on the draw.
        values = ahead * worth * discount_ratio
        equity_draws[index] = values @ weight
        top_draws[index] = (values * sampled_top) @ weight

    def ratios(values: Array, point: Array) -> Array:
        sampled = float(point[cells.members] @ weight)
        scaled: Array = values * (float(point.sum()) / sampled if sampled > 0 else 1.0)
        return scaled

    active_draws = ratios(active_draws, p_alive)
    purchase_draws = ratios(purchase_draws, expected)
    revenue_draws = ratios(revenue_draws, expected * money)
    equity_draws = ratios(equity_draws, clv)
    top_draws = ratios(top_draws, clv * top)
    per_active = float((expected * money).sum()) / max(float(p_alive.sum()), 1e-300)

    binomial_sd = math.sqrt(float((p_alive * (1 - p_alive)).sum()))
    active_counts = np.clip(active_draws + binomial_sd * generator.standard_normal(draws), 0, summary.height)
    variance = purchase_variance(frequency, purchases.params["r"], p_alive, expected)
    total = float(expected.sum())
    purchase_counts = counts_around(purchase_draws, float(variance.sum()) / max(total, 1e-300), generator)
    revenue_sd = math.sqrt(float((money**2 * variance).sum()))
    revenue_totals = np.maximum(revenue_draws + revenue_sd * generator.standard_normal(draws), 0)
    return Outlook(
        p_alive=p_alive,
        expected_purchases=expected,
        expected_spend=money,
        clv=clv,
        active=percentile_interval(float(p_alive.sum()), active_counts),
        one_time_active=float(p_alive[frequency == 0].sum()),
        purchases=percentile_interval(total, purchase_counts),
        revenue=percentile_interval(float((expected * money).sum()), revenue_totals),
        equity=percentile_interval(float(clv.sum()), equity_draws),
        top_tenth=percentile_interval(
            float((clv * top).sum()) / max(float(clv.sum()), 1e-300), top_draws / np.maximum(equity_draws, 1e-300)
        ),
        revenue_per_active=percentile_interval(per_active, revenue_draws / np.maximum(active_draws, 1e-300)),
        purchase_sets=purchase_sets,
        spend_sets=spend_sets,
        draws_without_mean=without_mean,
    )


def single_customers(
    summary: pl.DataFrame,
    rows: npt.NDArray[np.int64],
    purchases: Fitted,
    spend: Fitted | None,
    ahead: Outlook,
    *,
    horizon: float,
    time_unit: str,
) -> tuple[list[Estimate], list[Estimate]]:
    """P(alive) and value at risk of a few customers, with the intervals that the parameters' uncertainty gives."""
    few, spenders = arrays(summary[rows]), arrays(paying(summary)[rows])
    ratio = ahead.clv[rows] / np.maximum(ahead.expected_purchases[rows], 1e-300)
    alive, risk = np.empty((len(ahead.purchase_sets), len(rows))), np.empty((len(ahead.purchase_sets), len(rows)))
    for index, (bought, paid) in enumerate(zip(ahead.purchase_sets, ahead.spend_sets, strict=True)):
        drawn = type(purchases.model).from_params(**bought, time_unit=time_unit)
        scale = np.ones(len(rows))
        if spend:
            worth = drawn_spend(spend, paid, spenders, ahead.expected_spend[rows])
            scale = worth / np.maximum(ahead.expected_spend[rows], 1e-300)
        alive[index] = column(drawn.expected_probability_alive(few))
        risk[index] = column(drawn.expected_purchases(few, horizon)) * ratio * scale * (1 - alive[index])
    at_risk = ahead.clv[rows] * (1 - ahead.p_alive[rows])
    return (
        [percentile_interval(float(ahead.p_alive[row]), alive[:, index]) for index, row in enumerate(rows)],
        [percentile_interval(float(at_risk[index]), risk[:, index]) for index in range(len(rows))],
    )


def drawn_spend(spend: Fitted, params: dict[str, float], customers: dict[str, Array], estimate: Array) -> Array:
    """Expected spend at drawn parameters; the estimate where the drawn mean is infinite."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)  # counted instead
        worth = column(type(spend.model).from_params(**params).expected_customer_spend(customers))
    return np.where(np.isfinite(worth), worth, estimate)


def paying(summary: pl.DataFrame) -> pl.DataFrame:
    """The summary as the spend model takes it: repeat purchases that cost nothing say nothing about spend."""
    free = (pl.col("frequency") > 0) & (pl.col("monetary_value") <= 0)
    return summary.with_columns(frequency=pl.when(free).then(0.0).otherwise(pl.col("frequency")))


def arrays(frame: pl.DataFrame) -> dict[str, Array]:
    """The columns of a summary as NumPy arrays: the library takes them as they are, many times over."""
    names = ("frequency", "recency", "T", "monetary_value")
    return {name: frame[name].to_numpy().astype(float) for name in names if name in frame.columns}


def column(values: Any) -> Array:
    """One number per customer as a NumPy array."""
    return np.asarray(values, dtype=float)


def fit_purchases(summary: pl.DataFrame, time_unit: str) -> Fitted:
    return fitted("BG/NBD", loy.BetaGeoModel(time_unit=time_unit).fit(summary), summary.height)


def fit_spend(summary: pl.DataFrame) -> Fitted:
    repeat = summary.filter((pl.col("frequency") > 0) & (pl.col("monetary_value") > 0))
    return fitted("Gamma-Gamma", loy.GammaGammaModel().fit(repeat), repeat.height)


def describe(params: Mapping[str, float], digits: int = 4) -> str:
    return ", ".join(f"{name} {value:.{digits}g}" for name, value in params.items())
