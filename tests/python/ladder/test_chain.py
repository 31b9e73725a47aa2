"""loyalty.ladder: transition matrices from counts, and tests of chains; golden numbers of the five-step ladder."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

import loyalty as loy
from loyalty import ladder

COUNTS = np.array(
    [[60, 30, 8, 2, 0], [5, 50, 30, 12, 3], [2, 10, 48, 32, 8], [1, 4, 15, 55, 25], [0, 2, 5, 18, 175]], dtype=float
)


def test_maximum_likelihood() -> None:
    found = ladder.chain_estimate(COUNTS)
    assert found.transition[0, 1] == pytest.approx(0.3, rel=1e-15)
    assert found.std_errors[0, 1] == pytest.approx(0.0458257569, abs=5.1e-11)
    np.testing.assert_allclose(found.transition, COUNTS / COUNTS.sum(axis=1, keepdims=True), rtol=1e-15)
    assert found.row_counts.tolist() == found.row_sizes.tolist() == [100, 100, 100, 100, 200]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(COUNTS > 0, COUNTS * np.log(COUNTS / COUNTS.sum(axis=1, keepdims=True)), 0)
    assert found.log_likelihood == pytest.approx(terms.sum(), rel=1e-13)


@pytest.mark.parametrize("make", [list, np.asarray, pd.DataFrame, pl.DataFrame])
def test_kinds_of_tables(make: Any) -> None:
    found = ladder.chain_estimate(make(COUNTS), prior=0.5)
    expected = (0.5902439024, 0.2975609756, 0.0829268293, 0.0243902439, 0.0048780488)
    assert found.transition[0].tolist() == pytest.approx(expected, abs=5.1e-11)
    assert found.row_sizes[0] == 103.5
    same = ladder.chain_estimate(make(COUNTS), prior=np.full((5, 5), 0.5))
    assert (same.transition == found.transition).all()


def test_intervals_are_those_of_scipy() -> None:
    lower, upper = ladder.chain_interval(COUNTS, level=0.9)
    for i in range(5):
        for j in range(5):
            wilson = stats.binomtest(int(COUNTS[i, j]), int(COUNTS[i].sum())).proportion_ci(0.9, "wilson")
            assert lower[i, j] == pytest.approx(wilson.low, rel=1e-12, abs=1e-15)
            assert upper[i, j] == pytest.approx(wilson.high, rel=1e-12)
    lower, upper = ladder.chain_interval(COUNTS, prior=0.5, level=0.9)
    a = COUNTS + 0.5
    b = a.sum(axis=1, keepdims=True) - a
    np.testing.assert_allclose(lower, stats.beta.ppf(0.05, a, b), rtol=1e-10)
    np.testing.assert_allclose(upper, stats.beta.isf(0.05, a, b), rtol=1e-10)


def test_row_covariance() -> None:
    found = ladder.chain_estimate(COUNTS)
    for i in range(5):
        p = found.transition[i]
        covariance = ladder.chain_row_covariance(p, found.row_sizes[i])
        np.testing.assert_allclose(
            covariance, stats.multinomial(100, p).cov() * 100 / found.row_sizes[i] / 100**2, atol=1e-16
        )
        np.testing.assert_allclose(np.sqrt(np.diag(covariance)), found.std_errors[i], rtol=1e-14)
    with pytest.raises(loy.DomainError, match=r"^chances\[1\]: must be 0 or from"):
        ladder.chain_row_covariance([0.5, -0.5], 1)


def test_structure_and_errors() -> None:
    never = COUNTS.copy()
    never[4] = 0
    with pytest.raises(loy.DomainError, match=r"^counts\[4\]: must have moves out of this state") as caught:
        ladder.chain_estimate(never)
    assert caught.value.code == "ERR_TOO_FEW"
    assert ladder.chain_estimate(never, absorbing=[4]).transition[4].tolist() == [0, 0, 0, 0, 1]
    assert ladder.chain_estimate(never, prior=1).transition[4].tolist() == [0.2] * 5
    with pytest.raises(loy.DomainError, match=r"^counts\[4\]: must be 0 for a move that cannot happen"):
        ladder.chain_estimate(COUNTS, absorbing=[4])
    with pytest.raises(loy.DomainError, match=r"^allowed\[0\]: must allow at least one move"):
        ladder.chain_estimate(np.zeros((2, 2)), allowed=np.zeros((2, 2)))
    with pytest.raises(loy.LoyaltyError, match=r"^allowed\[1\]: must hold 0 and 1"):
        ladder.chain_estimate(np.ones((2, 2)), allowed=[[1, 1], [2, 1]])
    with pytest.raises(loy.LoyaltyError, match=r"^allowed: must be 2 by 2"):
        ladder.chain_estimate(np.ones((2, 2)), allowed=[[1]])
    with pytest.raises(loy.LoyaltyError, match=r"^absorbing: must hold positions of states, from 0 to 4, not 5"):
        ladder.chain_estimate(COUNTS, absorbing=[5])
    with pytest.raises(loy.DomainError, match=r"^prior: must be a number greater than 0"):
        ladder.chain_estimate(COUNTS, prior=0)
    with pytest.raises(loy.DomainError, match=r"^prior\[1\]: must hold numbers, 0 or from"):
        ladder.chain_estimate([[1, 2], [3, 4]], prior=[[1, 1], [1, -1]])
    with pytest.raises(loy.LoyaltyError, match=r"^prior: must be a number or 5 by 5"):
        ladder.chain_estimate(COUNTS, prior=[[1]])
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must be a square table of numbers, not 2 by 5"):
        ladder.chain_estimate(COUNTS[:2])
    with pytest.raises(loy.LoyaltyError, match=r"^level: must be a number between 0 and 1"):
        ladder.chain_interval(COUNTS, level=95)
    assert ladder.chain_check([[0.5, 0.5], [0, 1]]).tolist() == [[0.5, 0.5], [0, 1]]
    with pytest.raises(loy.DomainError, match=r"^transition\[1\]: must have rows that sum to one"):
        ladder.chain_check([[0.5, 0.5], [0.5, 0.6]])


def test_order() -> None:
    found = ladder.order_test(COUNTS)
    assert (found.statistic, found.df, found.status) == (pytest.approx(747.3302728144, abs=5.1e-11), 16, "OK")
    scipy = stats.chi2_contingency(COUNTS, lambda_="log-likelihood", correction=False)
    assert found.statistic == pytest.approx(scipy.statistic, rel=1e-12)
    assert found.p_value == pytest.approx(scipy.pvalue, rel=1e-10)
    # An absorbing state drops out.
    rows = COUNTS.copy()
    rows[4] = [0, 0, 0, 0, 90]
    found = ladder.order_test(rows, absorbing=[4])
    scipy = stats.chi2_contingency(rows[:4], lambda_="log-likelihood", correction=False)
    assert (found.statistic, found.df) == (pytest.approx(scipy.statistic, rel=1e-12), scipy.dof)


def test_second_order_and_homogeneity() -> None:
    triples = np.arange(27.0).reshape(3, 3, 3) % 7 + 1
    each = [stats.chi2_contingency(triples[:, j], lambda_="log-likelihood") for j in range(3)]
    found = ladder.second_order_test(triples)
    assert found.statistic == pytest.approx(sum(e.statistic for e in each), rel=1e-12)
    assert (found.df, found.p_value) == (12, pytest.approx(stats.chi2.sf(found.statistic, 12), rel=1e-10))
    periods = [COUNTS + t + 1 for t in range(3)]
    each = [stats.chi2_contingency([p[i] for p in periods], lambda_="log-likelihood") for i in range(5)]
    for given in (periods, np.array(periods), dict(enumerate(periods))):
        found = ladder.homogeneity_test(given)
        assert (found.statistic, found.df) == (pytest.approx(sum(e.statistic for e in each), rel=1e-10), 40)
    allowed = np.ones((5, 5))
    allowed[0, 4] = 0
    one = [p * allowed for p in periods]
    assert ladder.homogeneity_test(one, allowed=allowed).df == 38


def test_errors_of_tests() -> None:
    with pytest.raises(loy.DomainError, match=r"^counts: must leave something to test") as caught:
        ladder.order_test([[3, 1], [0, 0]])
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.LoyaltyError, match=r"^triples: must be 2 tables of 2 by 2, not 3"):
        ladder.second_order_test(np.ones((3, 2, 2)))
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must hold tables of the same size"):
        ladder.homogeneity_test([COUNTS, COUNTS[:2, :2]])
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must hold tables of counts, not none"):
        ladder.homogeneity_test([])
    with pytest.raises(loy.LoyaltyError, match=r"^counts\[1\]: must be a square table"):
        ladder.homogeneity_test([COUNTS, COUNTS[:2]])
    with pytest.raises(loy.DomainError, match=r"^counts: must be two periods or groups, or more"):
        ladder.homogeneity_test([COUNTS])
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must hold tables of counts, not 5"):
        ladder.homogeneity_test(5)
    with pytest.raises(loy.DomainError, match=r"^counts\[1\]\[0\]: must hold numbers"):
        ladder.homogeneity_test([[[1, 2], [3, 4]], [[1, np.nan], [3, 4]]])
    with pytest.raises(loy.DomainError, match=r"^triples\[1\]\[0\]: must hold numbers"):
        ladder.second_order_test([[[1, 2], [3, 4]], [[1, -1], [3, 4]]])


def test_absorbing_is_a_list() -> None:
    for wrong in (1, None, "01"):
        with pytest.raises(loy.LoyaltyError, match=r"^absorbing: must be a list of positions of states"):
            ladder.chain_estimate([[5, 1], [0, 3]], absorbing=wrong)  # type: ignore[arg-type]


def test_an_empty_row_of_chances() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^chances: must be from 1 to 1024"):
        ladder.chain_row_covariance([], 3)


def test_a_fit_that_does_not_converge_warns() -> None:
    n = 300
    near = np.abs(np.subtract.outer(np.arange(n), np.arange(n))) <= 1
    with pytest.warns(loy.LoyaltyWarning, match="fewer digits"):
        found = ladder.order_test(np.where(near, (np.arange(n * n).reshape(n, n) % 50) + 1.0, 0.0), allowed=near)
    assert found.status == "NOTICE_NOT_CONVERGED"
