"""Chains of every shape against brute force, and standard errors against repeated sampling."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from numpy.typing import NDArray

import loyalty as loy
from loyalty import ladder

Floats = NDArray[np.float64]


def sparse_chain(rng: np.random.Generator) -> Floats:
    """Up to seven states, most ways closed: several closed classes, transient states, states that only stay."""
    n = int(rng.integers(1, 8))
    p = rng.uniform(0.1, 1, (n, n)) * (rng.uniform(0, 1, (n, n)) < rng.choice([0.15, 0.3, 0.6]))
    for i in np.flatnonzero(p.sum(axis=1) == 0):
        p[i, i] = 1
    return np.asarray(p / p.sum(axis=1, keepdims=True))


def reach(p: Floats) -> NDArray[np.bool_]:
    """Whether j can be reached from i."""
    found = np.eye(len(p), dtype=bool) | (p > 0)
    for _ in range(len(p)):
        found = found | ((found.astype(int) @ found.astype(int)) > 0)
    return found


@pytest.mark.parametrize("seed", range(120))
def test_every_shape(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = sparse_chain(rng)
    n = len(p)
    to = sorted(rng.choice(n, int(rng.integers(1, n + 1)), replace=False).tolist())
    stopped = p.copy()
    stopped[to] = np.eye(n)[to]
    reached = reach(stopped)
    recurrent = np.array([all(reached[j, i] for j in range(n) if reached[i, j]) for i in range(n)])
    trap = recurrent & ~np.isin(np.arange(n), to)
    lost = np.array([any(reached[i, j] for j in np.flatnonzero(trap)) for i in range(n)])
    under_way = np.flatnonzero(~recurrent)
    visits = np.zeros((n, n))
    visits[np.ix_(under_way, under_way)] = np.linalg.inv(np.eye(len(under_way)) - stopped[np.ix_(under_way, under_way)])
    t = np.where(lost, np.inf, visits.sum(axis=1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)
        np.testing.assert_allclose(ladder.expected_steps(p, to), t, rtol=1e-11)
        variance = np.where(lost, np.inf, (2 * visits - np.eye(n)) @ np.where(lost, 0, t) - np.where(lost, 0, t) ** 2)
        np.testing.assert_allclose(ladder.steps_variance(p, to), np.where(t == 0, 0, variance), rtol=1e-9, atol=1e-11)
        expected = np.where(reached & trap, np.inf, visits)
        np.testing.assert_allclose(ladder.expected_visits(p, to), expected, rtol=1e-11, atol=1e-14)
        inflow = rng.uniform(0, 5, n) * (rng.uniform(0, 1, n) < 0.5)
        gathers = trap & ((inflow > 0) @ reached)
        np.testing.assert_allclose(
            ladder.steady_population(p, inflow, to), np.where(gathers, np.inf, inflow @ visits), rtol=1e-11, atol=1e-13
        )
    ends = ladder.absorption_probabilities(p, to)
    np.testing.assert_allclose(ends.probabilities.sum(axis=1), 1, rtol=1e-14)
    assert sorted(state for states in ends.classes for state in states) == np.flatnonzero(recurrent).tolist()
    for k, states in enumerate(ends.classes):
        chance = np.isin(np.arange(n), states).astype(float)
        chance[under_way] = visits[np.ix_(under_way, under_way)] @ stopped[np.ix_(under_way, states)].sum(axis=1)
        np.testing.assert_allclose(ends.probabilities[:, k], chance, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("seed", range(60))
def test_long_run_is_the_average(seed: int) -> None:
    p = sparse_chain(np.random.default_rng(seed))
    closed = ladder.absorption_probabilities(p).classes
    average = np.linalg.matrix_power((p + np.eye(len(p))) / 2, 10_000_000)
    if len(closed) > 1:
        with pytest.raises(loy.DomainError, match=rf"^transition\[{closed[1][0]}\]: must have one closed class"):
            ladder.stationary(p)
    else:
        np.testing.assert_allclose(ladder.stationary(p), average[0], rtol=1e-6, atol=1e-12)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)
        periods = ladder.recurrence_times(p)
    for i in range(len(p)):
        inside = any(i in states for states in closed)
        assert periods[i] == pytest.approx(1 / average[i, i], rel=1e-6) if inside else np.isinf(periods[i])


def test_std_errors_are_those_of_repeated_samples() -> None:
    rng = np.random.default_rng(7)
    p = np.array([[0.6, 0.3, 0.1, 0], [0.2, 0.5, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4], [0.3, 0, 0.2, 0.5]])
    counts = np.array([20_000, 50_000, 10_000, 30_000])
    found = []
    for _ in range(4000):
        sample = np.array([rng.multinomial(n, row) / n for n, row in zip(counts, p, strict=True)])
        found.append(
            [
                *ladder.stationary(sample),
                *ladder.expected_steps(sample, 3)[:3],
                *ladder.absorption_probabilities(sample, [0, 3]).probabilities[1:3, 1],
            ]
        )
    chance = ladder.absorption_probabilities(p, [0, 3], counts).std_errors
    assert chance is not None
    expected = [
        *ladder.stationary(p, counts).std_errors,
        *ladder.expected_steps(p, 3, counts).std_errors[:3],
        *chance[1:3, 1],
    ]
    # A standard deviation from 4000 samples has a relative standard error of 1.1 percent.
    np.testing.assert_allclose(np.std(found, axis=0), expected, rtol=0.045)
