"""loyalty.ladder.fit_gaps: counts in every form, and maxima against SciPy's optimiser on a likelihood of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize

import loyalty as loy
from loyalty import ladder

SQUARE = [[60, 40], [30, 70]]
ROOT = np.array([[0.7415557471, 0.2584442529], [0.1938331896, 0.8061668104]])  # spec 4.3
UNEVEN = {
    1: [[50, 12, 0], [9, 40, 11], [0, 7, 45]],
    2: [[30, 14, 3], [10, 22, 12], [2, 9, 31]],
    4: [[18, 11, 6], [9, 13, 12], [5, 11, 20]],
}


@pytest.mark.parametrize("make", [list, np.array, pd.DataFrame, lambda rows: pl.DataFrame(rows, orient="row")])
def test_the_root_of_a_square(make: Any) -> None:
    with pytest.warns(loy.LoyaltyWarning, match="another matrix explains the counts as well"):
        fit = ladder.fit_gaps({2: make(SQUARE)})
    assert np.allclose(fit.transition_matrix, ROOT, atol=1e-10, rtol=0)
    assert (fit.maxima, fit.n, fit.status_, fit.converged) == (2, 200.0, "NOTICE_WEAK_ID", True)
    assert np.allclose(np.linalg.matrix_power(fit.transition_matrix, 2) * 100, SQUARE)
    # The delta method: d vec(P^2) = (P x I + I x P') d vec(P), and the rows of P^2 are multinomial.
    p, q = fit.transition_matrix, np.array(SQUARE) / 100
    jacobian = np.kron(p, np.eye(2)) + np.kron(np.eye(2), p.T)
    rows = [(np.diag(row) - np.outer(row, row)) / 100 for row in q]
    two = np.zeros((4, 4))
    two[:2, :2], two[2:, 2:] = rows
    inverse = np.linalg.inv(jacobian)
    assert np.allclose(fit.covariance, inverse @ two @ inverse.T, atol=1e-15)
    assert np.allclose(fit.std_errors.ravel() ** 2, np.diag(fit.covariance))


def test_one_step_in_a_list_or_an_array() -> None:
    counts = np.array(UNEVEN[1], dtype=float)
    for given in ([UNEVEN[1]], counts[None], {np.int64(1): UNEVEN[1]}):
        fit = ladder.fit_gaps(given)
        assert np.allclose(fit.transition_matrix, counts / counts.sum(1, keepdims=True), atol=1e-15)
        assert np.allclose(fit.expected_counts, counts)
        assert np.isnan(fit.next_log_likelihood)


def likelihood(x: NDArray[np.float64], counts: NDArray[np.float64], states: int) -> float:
    p = np.exp(x.reshape(states, states))
    p /= p.sum(1, keepdims=True)
    value, power = 0.0, np.eye(states)
    for table in counts:
        power = power @ p
        seen = table > 0
        value += float(table[seen] @ np.log(power[seen]))
    return -value


@pytest.mark.parametrize("seed", range(6))
def test_maxima_are_those_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    states, longest = int(rng.integers(2, 5)), int(rng.integers(2, 6))
    truth = 0.5 * np.eye(states) + 0.5 * rng.dirichlet(np.ones(states), states)
    power, counts = np.eye(states), np.zeros((longest, states, states))
    for k in range(longest):
        power = power @ truth
        for i in range(states):
            counts[k, i] = rng.multinomial(60, power[i] / power[i].sum())
    fit = ladder.fit_gaps(counts)
    best = max(
        -minimize(likelihood, rng.normal(size=states**2), (counts, states), method="BFGS", tol=1e-9).fun
        for _ in range(6)
    )
    assert fit.log_likelihood >= best - 1e-6
    assert fit.log_likelihood == pytest.approx(best, abs=1e-4)
    with np.errstate(divide="ignore"):
        x = np.log(np.maximum(fit.transition_matrix, 1e-300)).ravel()
    assert -likelihood(x, counts, states) == pytest.approx(fit.log_likelihood, rel=1e-12)


def test_zeros() -> None:
    band = np.abs(np.subtract.outer(range(3), range(3))) <= 1
    fit = ladder.fit_gaps(UNEVEN, allowed=band)
    assert fit.status_ == "OK"
    assert fit.transition_matrix[0, 2] == fit.transition_matrix[2, 0] == fit.std_errors[0, 2] == 0
    lower, upper = fit.interval()
    assert lower[0, 0] == pytest.approx(0.789467009198435 - 1.959963984540054 * 0.0302079825498032)
    assert np.isnan(lower[0, 2])
    narrow, wide = fit.interval(0.5), fit.interval(1 - 1e-12)
    assert narrow[0][1, 1] > lower[1, 1]
    assert np.nanmin(wide[0]) == 0
    assert np.nanmax(wide[1]) == 1
    assert upper[2, 2] < 1
    with pytest.raises(loy.LoyaltyError, match="level"):
        fit.interval(1)
    again = ladder.fit_gaps(UNEVEN, allowed=pd.DataFrame(band.astype(int)), starts=3, seed=5)
    assert np.allclose(again.transition_matrix, fit.transition_matrix, atol=1e-12)
    with pytest.raises(loy.DomainError, match=r"counts_by_gap\[1\]\[0\]: cannot have happened") as caught:
        ladder.fit_gaps({1: np.array([[5, 5, 5], [5, 5, 5], [5, 5, 5]])}, allowed=band)
    assert caught.value.code == "ERR_INFEASIBLE"


def test_notices() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="a state is not passed through"):
        fit = ladder.fit_gaps([[[10, 5, 0], [3, 9, 0], [0, 0, 0]]])
    assert fit.unseen == 1
    assert np.isnan(fit.transition_matrix[2]).all()
    with pytest.warns(loy.LoyaltyWarning, match="did not converge"):
        fit = ladder.fit_gaps(UNEVEN, max_iter=1)
    assert (fit.status_, fit.converged, fit.maxima) == ("NOTICE_NOT_CONVERGED", False, 0)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({}, "counts_by_gap: must not be empty"),
        (5, "counts_by_gap: must be a dict"),
        ({0: SQUARE}, "counts_by_gap: must have whole gaps from 1 to 64, not 0"),
        ({1.5: SQUARE}, "counts_by_gap: must have whole gaps"),
        ({65: SQUARE}, "counts_by_gap: must have whole gaps"),
        ({1: SQUARE, 2: UNEVEN[1]}, "counts_by_gap: must be tables of one size"),
        ({1: [[5]]}, "counts_by_gap: must have from 2 to 32 states"),
        ({1: [[5, 1]]}, r"counts_by_gap\[1\]: must be a square table"),
        ({3: [[5, 1], [1, -1]]}, r"counts_by_gap\[3\]\[1\]: must be 0 or a number"),
        ({3: [[0, 0], [0, 0]]}, "counts_by_gap: must not all be 0"),
    ],
)
def test_misuse(counts: Any, message: str) -> None:
    with pytest.raises(loy.LoyaltyError, match=message):
        ladder.fit_gaps(counts)


def test_options() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^allowed: must have 2 rows and columns, not 3"):
        ladder.fit_gaps({1: [[5, 1], [1, 5]]}, allowed=np.ones((3, 3)))
    for option, value in (("starts", 0), ("max_iter", 0), ("allowed", [[1, 1], [0, 0]])):
        with pytest.raises(loy.LoyaltyError, match=option):
            ladder.fit_gaps({2: SQUARE}, **{option: value})  # type: ignore[arg-type]
