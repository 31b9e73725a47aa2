"""loyalty.ladder: what customers on a chain are worth."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from mpmath import mp, mpf

import loyalty as loy
from loyalty import ladder

P = [[0.3, 0.7, 0, 0, 0], [0.2, 0, 0.8, 0, 0], [0.15, 0, 0, 0.85, 0], [0.05, 0, 0, 0, 0.95], [0, 0, 0, 0, 1]]
R = [36, -4, -4, -4, 0]


def test_published() -> None:
    found = ladder.chain_value(P, R, 0.2)
    assert found.value == pytest.approx([52.319609, 5.553784, 1.250773, -1.820016, 0], abs=5e-7)
    assert found.standard_deviation[0] == pytest.approx(28.0762104038, rel=1e-11)
    assert found.visits @ R == pytest.approx(found.value)
    assert found.std_errors is None and found.status_ == "OK"
    four = ladder.chain_value(P, R, 0.2, horizon=4)
    assert four.value == pytest.approx([50.114969, 4.219907, 0.592110, -1.980131, 0], abs=5e-7)
    frame = ladder.chain_value(pd.DataFrame(P), pd.Series(R), 0.2, row_counts=[50, 40, 30, 20, 0])
    assert frame.value.tolist() == found.value.tolist()
    assert frame.std_errors is not None and frame.std_errors[4] == 0


def test_spread_is_that_of_simulated_customers() -> None:
    rng = np.random.default_rng(7)
    n, state = 200_000, np.zeros(200_000, dtype=int)
    total = np.zeros(n)
    cumulated = np.cumsum(P, axis=1)
    for t in range(60):
        total += np.array(R)[state] / 1.2**t
        state = (rng.random(n)[:, None] > cumulated[state]).sum(axis=1)
    found = ladder.chain_value(P, R, 0.2)
    assert total.mean() == pytest.approx(found.value[0], abs=5 * total.std() / math.sqrt(n))
    assert total.std() == pytest.approx(found.standard_deviation[0], rel=0.01)


def test_std_errors_are_those_of_resampled_counts() -> None:
    rng = np.random.default_rng(8)
    p, n = np.array(P), np.array([400, 300, 200, 150, 1])
    values = []
    for _ in range(2000):
        drawn = np.array([rng.multinomial(n[i], p[i]) / n[i] for i in range(5)])
        values.append(np.linalg.solve(np.eye(5) - drawn / 1.2, R))
    expected = ladder.chain_value(P, R, 0.2, row_counts=n).std_errors
    assert expected is not None
    assert np.std(values, axis=0)[:4] == pytest.approx(expected[:4], rel=0.06)


def test_random_chains_against_many_digits() -> None:
    rng = np.random.default_rng(9)
    for _ in range(20):
        n = int(rng.integers(2, 7))
        p = rng.dirichlet(np.full(n, 0.5), size=n)
        p[np.abs(p) < 1e-12] = 0
        r = rng.normal(size=n) * 10
        d = float(rng.uniform(0.01, 0.5))
        found = ladder.chain_value(p, r, d)
        with mp.workdps(40):
            exact = mp.matrix(n, n)
            for i in range(n):
                for j in range(n):
                    exact[i, j] = mpf(p[i, j]) if i != j else 1 - sum(mpf(p[i, k]) for k in range(n) if k != i)
            b = 1 / (1 + mpf(d))
            v = mp.lu_solve(mp.eye(n) - b * exact, mp.matrix(r.tolist()))
            square = mp.matrix([mpf(r[i]) ** 2 + 2 * mpf(r[i]) * (v[i] - mpf(r[i])) for i in range(n)])
            second = mp.lu_solve(mp.eye(n) - b**2 * exact, square)
            deviation = [float(mp.sqrt(abs(second[i] - v[i] ** 2))) for i in range(n)]
            slope = -mp.lu_solve(mp.eye(n) - b * exact, b * exact * v) / (1 + mpf(d))
        assert found.value == pytest.approx([float(x) for x in v], rel=1e-12, abs=1e-11)
        assert found.standard_deviation == pytest.approx(deviation, rel=1e-11, abs=1e-12)
        assert found.discount_slope == pytest.approx([float(x) for x in slope], rel=1e-11, abs=1e-9)


def test_slopes_point_where_the_money_is() -> None:
    slope = ladder.chain_value_slopes(P, R, 0.2, [1, 0, 0, 0, 0])
    found = ladder.chain_value(P, R, 0.2)
    expected = found.visits[0][:, None] * (found.value[None, :] - found.value[:, None]) / 1.2
    assert slope == pytest.approx(expected)


def test_without_an_end() -> None:
    with pytest.raises(loy.DomainError, match=r"^discount_rate: must be above the growth") as caught:
        ladder.chain_value([[0.5, 0.5], [0.1, 0.9]], [1, 2], 0)
    assert caught.value.code == "ERR_DOMAIN"
    with pytest.warns(loy.LoyaltyWarning, match="growth outruns the discount"):
        found = ladder.chain_value([[0.5, 0.5], [0.1, 0.9]], [1, 2], 0.02, growth=0.03)
    assert found.status_ == "NOTICE_DIVERGES" and np.isposinf(found.value).all()
    leaving = ladder.chain_value([[0.9, 0.1], [0, 1]], [1, 0], 0.0)
    assert leaving.value == pytest.approx([10, 0])


def test_bad_arguments() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^transition: must be a square"):
        ladder.chain_value([[1, 0]], [1], 0.1)
    with pytest.raises(loy.DomainError, match=r"^transition\[1\]: must have rows that sum to one"):
        ladder.chain_value([[1, 0], [0, 0.5]], [1, 2], 0.1)
    with pytest.raises(loy.LoyaltyError, match=r"^reward: must have 2 elements, not 3"):
        ladder.chain_value(np.eye(2), [1, 2, 3], 0.1)
    with pytest.raises(loy.DomainError, match=r"^row_counts\[0\]"):
        ladder.chain_value(np.eye(2), [1, 2], 0.1, row_counts=[-1, 1])
    with pytest.raises(loy.DomainError, match=r"^horizon"):
        ladder.chain_value(np.eye(2), [1, 2], 0.1, horizon=-1)
    with pytest.raises(loy.DomainError, match=r"^start\[1\]"):
        ladder.chain_value_slopes(np.eye(2), [1, 2], 0.1, [1, -1])
