"""The statistics behind the intervals, on their own."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from loyalty.report import forecast
from loyalty.report.holdout import default_start
from loyalty.report.settings import parse_horizon


def fit(errors: tuple[float, ...] = (0.05, 0.4)) -> forecast.Fitted:
    params, names = (0.5, 2.0), "ra"
    params, names = (0.5, 2.0), "ra"
    covariance = np.diag(np.array(errors) ** 2)
    if all(np.isfinite(errors)):
        covariance[0, 1] = covariance[1, 0] = 0.5 * errors[0] * errors[1]
    estimates = dict(zip(names, params, strict=True))
    return forecast.Fitted(
        "test", None, estimates, dict(zip(names, errors, strict=True)), covariance, 0.0, True, "OK", 10
    )


def test_draws_have_the_covariance_of_the_fit_on_the_log_scale() -> None:
    draws = forecast.parameter_draws(fit(), 200_000, np.random.default_rng(3))
    logs = np.log([[draw["r"], draw["a"]] for draw in draws])
    assert logs.mean(axis=0) == pytest.approx(np.log([0.5, 2.0]), abs=2e-3)
    assert np.cov(logs.T) == pytest.approx(np.array([[0.01, 0.01], [0.01, 0.04]]), abs=4e-4)


def test_draws_are_seeded_and_hold_a_parameter_at_its_bound() -> None:
    bound = fit(errors=(0.05, float("nan")))
    one = forecast.parameter_draws(bound, 50, np.random.default_rng(1))
    assert one == forecast.parameter_draws(bound, 50, np.random.default_rng(1))
    assert {draw["a"] for draw in one} == {2.0} and len({draw["r"] for draw in one}) == 50


@pytest.mark.parametrize("ratio", [1.0, 3.5])
def test_counts_have_their_mean_and_variance(ratio: float) -> None:
    counts = forecast.counts_around(np.full(100_000, 40.0), ratio, np.random.default_rng(2))
    assert counts.mean() == pytest.approx(40, rel=0.01)
    assert counts.var() == pytest.approx(40 * ratio, rel=0.03)


def test_variance_of_a_customer_agrees_with_simulation() -> None:
    """Alive or not, then a gamma distributed rate, then Poisson purchases."""
    rng = np.random.default_rng(4)
    r, frequency, alive, mean = 0.25, 3.0, 0.7, 1.2
    rate = rng.gamma(r + frequency, mean / alive / (r + frequency), 400_000)
    counts = rng.poisson(rate) * (rng.random(400_000) < alive)
    variance = forecast.purchase_variance(np.array([frequency]), r, np.array([alive]), np.array([mean]))
    assert counts.mean() == pytest.approx(mean, rel=0.01) and counts.var() == pytest.approx(variance[0], rel=0.02)


def test_cells_stand_for_everybody() -> None:
    rng = np.random.default_rng(5)
    few = pl.DataFrame({"frequency": [0.0, 1.0, 0.0], "recency": [0.0, 2.0, 0.0], "T": [5.0, 5.0, 5.0]})
    cells = forecast.cells_of(few, np.ones(3))
    assert cells.frame.height == 2 and cells.cell.tolist() == [0, 1, 0] and cells.weight.sum() == 3
    n = 30_000
    many = pl.DataFrame({"frequency": np.ones(n), "recency": rng.random(n), "T": 1 + rng.random(n)})
    cells = forecast.cells_of(many, rng.exponential(size=n))
    assert cells.frame.height <= forecast.MOST_CELLS and cells.weight.sum() == pytest.approx(n)
    assert (many["T"].to_numpy()[cells.members] @ cells.weight) == pytest.approx(many["T"].sum(), rel=0.01)


def test_half_of_cdnow_is_the_published_calibration() -> None:
    from datetime import date

    assert default_start(date(1997, 1, 1), date(1998, 6, 30)) == date(1997, 10, 1)


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [("1y", 365.25, "year"), ("6m", 182.625, "6 months"), ("26W", 182, "26 weeks"), ("90d", 90, "90 days")],
)
def test_horizon(text: str, days: float, words: str) -> None:
    horizon = parse_horizon(text)
    assert horizon.days == days and horizon.words == words
