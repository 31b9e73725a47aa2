"""loyalty.ladder.fit_shares: frames, and minima against SciPy's optimisers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from scipy.optimize import lsq_linear, minimize

import loyalty as loy
from loyalty import ladder

P = np.array([[0.8, 0.2, 0], [0.1, 0.7, 0.2], [0, 0.1, 0.9]])


def follow(p: NDArray[np.float64], times: int) -> NDArray[np.float64]:
    rows = [np.eye(len(p))[0]]
    for _ in range(times - 1):
        rows.append(rows[-1] @ p)
    return np.array(rows)


def noisy(rng: np.random.Generator, p: NDArray[np.float64], times: int, size: int) -> NDArray[np.float64]:
    rows = [rng.dirichlet(np.ones(len(p)))]
    for _ in range(times - 1):
        rows.append(rng.multinomial(size, rows[-1] @ p) / size)
    return np.array(rows)


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_frames(make: Any) -> None:
    rows = follow(P, 9)
    columns = {name: rows[:, i] for i, name in enumerate(["low", "mid", "top"])}
    fit = ladder.fit_shares(make(columns))
    assert np.allclose(fit.transition_matrix, P, atol=1e-12)
    assert (fit.stages, fit.rank, fit.n_steps, fit.status_) == (("low", "mid", "top"), 3, 8, "OK")
    assert np.isnan(fit.std_errors).all()
    more = {"wave": np.arange(9), "n": np.arange(9) + 100, **columns}
    fit = ladder.fit_shares(make(more), stages=["top", "mid", "low"], weights="n")
    assert np.allclose(fit.transition_matrix, P[::-1, ::-1], atol=1e-12)
    fit = ladder.fit_shares(make({"n": more["n"], **columns}), weights="n")
    assert fit.stages == ("low", "mid", "top")


def test_arrays_and_counts() -> None:
    rows = follow(P, 9)
    assert np.allclose(ladder.fit_shares(rows.tolist(), stages=list("abc")).transition_matrix, P, atol=1e-12)
    counts = rows * np.arange(100, 109)[:, None]
    assert np.allclose(ladder.fit_shares(counts, normalize=True).transition_matrix, P, atol=1e-12)
    with pytest.raises(loy.DomainError, match=r"shares\[0\]: must have rows that sum to one"):
        ladder.fit_shares(counts)


@pytest.mark.parametrize("seed", range(12))
def test_minima_are_those_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 6))
    y = noisy(rng, rng.dirichlet(np.ones(n) * 0.5, n), n + 3 + 2 * seed, 50)
    weights = rng.uniform(0.5, 2, len(y))
    ridge = 0.1 if seed % 3 == 0 else 0.0
    prior = np.eye(n) if ridge else None
    allowed = np.maximum(rng.random((n, n)) < 0.7, np.eye(n)) if seed % 2 else np.ones((n, n))
    fit = ladder.fit_shares(y, weights=weights, prior=prior, ridge=ridge, allowed=allowed)

    def loss(x: NDArray[np.float64]) -> float:
        p = x.reshape(n, n)
        return float((weights[1:, None] * (y[1:] - y[:-1] @ p) ** 2).sum() + ridge * ((p - np.eye(n)) ** 2).sum())

    def slope(x: NDArray[np.float64]) -> NDArray[np.float64]:
        p = x.reshape(n, n)
        g = -2 * y[:-1].T @ (weights[1:, None] * (y[1:] - y[:-1] @ p)) + 2 * ridge * (p - np.eye(n))
        return np.asarray(g.ravel())

    best = minimize(
        loss, (allowed / allowed.sum(1, keepdims=True)).ravel(), jac=slope, method="SLSQP",
        bounds=[(0, float(may)) for may in allowed.ravel()],
        constraints=[{"type": "eq", "fun": lambda x: x.reshape(n, n).sum(1) - 1}],
        options={"ftol": 1e-15, "maxiter": 1000},
    )  # fmt: skip
    assert loss(fit.transition_matrix.ravel()) <= best.fun + 1e-12
    assert best.fun - loss(fit.transition_matrix.ravel()) < 1e-9
    assert np.allclose(fit.transition_matrix.sum(1), 1, atol=1e-14)
    assert (fit.transition_matrix[allowed == 0] == 0).all()
    if not ridge:
        assert fit.rss == pytest.approx(loss(fit.transition_matrix.ravel()), rel=1e-9)
        # Without the rows' sums the problem falls apart by columns, and its minimum can only be lower.
        root = np.sqrt(weights[1:])[:, None]
        free = sum(
            2 * lsq_linear(root * y[:-1], root[:, 0] * y[1:, j], (0, allowed[:, j] + 1e-300)).cost for j in range(n)
        )
        assert free <= fit.rss + 1e-9


def test_an_interior_minimum_is_plain_least_squares() -> None:
    truth = np.array([[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.25, 0.25, 0.5]])
    rng = np.random.default_rng(5)
    y = rng.dirichlet(np.ones(3), 60)
    after = y @ truth + rng.normal(0, 0.01, (60, 2)) @ np.array([[1, -1, 0], [0, 1, -1]])
    pairs = np.stack([y, after], axis=1).reshape(-1, 3)  # every second step counts
    weights = np.tile([0.0, 1.0], 60)
    fit = ladder.fit_shares(pairs, weights=weights, bootstrap=4000)
    assert np.allclose(fit.transition_matrix, np.linalg.lstsq(y, after, rcond=None)[0], atol=1e-13)
    residual = after - y @ fit.transition_matrix
    variance = (residual**2).sum(0) / (60 - 3)
    wanted = np.sqrt(np.outer(np.diag(np.linalg.inv(y.T @ y)), variance))
    assert np.allclose(fit.std_errors, wanted, rtol=0.06)
    assert ((fit.lower < fit.transition_matrix) & (fit.transition_matrix < fit.upper)).all()
    assert np.allclose((fit.upper - fit.lower) / fit.std_errors, 2 * 1.96, rtol=0.08)
    narrow = ladder.fit_shares(pairs, weights=weights, bootstrap=4000, level=0.5)
    assert np.allclose(narrow.std_errors, fit.std_errors)
    assert (narrow.upper < fit.upper).all()
    assert not np.allclose(ladder.fit_shares(pairs, weights=weights, bootstrap=100, seed=1).lower, fit.lower)


def test_recovers_the_truth() -> None:
    """Percentile intervals cover about as often as they say, inside and at the edge."""
    rng = np.random.default_rng(8)
    inside = []
    for _ in range(60):
        fit = ladder.fit_shares(noisy(rng, P, 40, 2000), bootstrap=199)
        inside.append((fit.lower <= P + 1e-12) & (fit.upper >= P - 1e-12))
    assert 0.85 < np.mean(inside) < 0.99


def test_rank_and_prior() -> None:
    still = np.tile([0.2, 0.3, 0.5], (9, 1))
    with pytest.raises(loy.DomainError, match="independent rows") as caught:
        ladder.fit_shares(still)
    assert caught.value.code == "ERR_SINGULAR"
    with pytest.raises(loy.DomainError, match="more rows than states") as caught:
        ladder.fit_shares(still[:3])
    assert caught.value.code == "ERR_TOO_FEW"
    fit = ladder.fit_shares(still[:3], prior=np.eye(3), ridge=0.5)
    assert fit.rank == 1
    assert np.allclose(fit.transition_matrix, np.eye(3))


@pytest.mark.parametrize(
    ("shares", "options", "message"),
    [
        (5, {}, "data: must be a table"),
        ([1, 2, 3], {}, "shares: must have a row for each time"),
        ([[1, 0], [1]], {}, "shares: must have rows of equal length"),
        ([[1], [1]], {}, "shares: must have from 2 to 32 stages"),
        (follow(P, 5), {"stages": ["a", "b"]}, "stages: must name 3 columns"),
        (follow(P, 5), {"weights": "n"}, "weights: 'n' names a column"),
        (follow(P, 5), {"weights": [1, 2]}, "weights: must have 5 elements"),
        (follow(P, 5), {"weights": [1, 1, 1, 1, -1]}, r"weights\[4\]"),
        (follow(P, 5), {"prior": np.eye(3)}, "ridge: must be above 0"),
        (follow(P, 5), {"ridge": 1}, "prior: must be given"),
        (follow(P, 5), {"prior": np.eye(2), "ridge": 1}, "prior: must have 3 rows and columns, not 2"),
        (follow(P, 5), {"bootstrap": 5}, "bootstrap: must be 0 or from 100"),
        (follow(P, 5), {"bootstrap": 100, "level": 0.999}, "level"),
        (follow(P, 5), {"allowed": [[1, 1, 1], [0, 0, 0], [1, 1, 1]]}, r"allowed\[1\]"),
        ({"a": [1.0, 0.5], "b": ["x", "y"]}, {}, "b"),
    ],
)
def test_misuse(shares: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(loy.LoyaltyError, match=message):
        ladder.fit_shares(shares, **options)
