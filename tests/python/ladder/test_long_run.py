"""loyalty.ladder: where a chain is in the long run, steps, absorption, projection."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy
from loyalty import ladder

COUNTS = np.array(
    [[60, 30, 8, 2, 0], [5, 50, 30, 12, 3], [2, 10, 48, 32, 8], [1, 4, 15, 55, 25], [0, 2, 5, 18, 175]], dtype=float
)
ROWS = COUNTS.sum(axis=1)
P = COUNTS / ROWS[:, None]
LAW = [0.0208674579, 0.0683540681, 0.1340390891, 0.2248497972, 0.5518895877]
STEPS = [11.20695372, 9.15965701, 7.72125274, 5.85920829, 0]
STEPS_SE = [1.2307384263806, 1.1919287699383, 1.1632761167343, 1.0874117374816, 0]
NAMES = ["unaware", "aware", "consider", "prefer", "loyal"]
CHURN = [
    [0.60, 0.25, 0.05, 0.02, 0.00, 0.08],
    [0.05, 0.55, 0.25, 0.05, 0.02, 0.08],
    [0.02, 0.10, 0.50, 0.25, 0.06, 0.07],
    [0.01, 0.03, 0.12, 0.58, 0.20, 0.06],
    [0.00, 0.01, 0.03, 0.10, 0.82, 0.04],
    [0, 0, 0, 0, 0, 1],
]
ENDS = [[0, 0, 1, 0], [0.25, 0.5, 0, 0.25], [1, 0, 0, 0], [0, 0, 0, 1]]


@pytest.mark.parametrize(
    "make",
    [
        np.asarray,
        np.ndarray.tolist,
        lambda p: pd.DataFrame(p, columns=NAMES, index=NAMES),
        lambda p: pl.DataFrame(p, schema=NAMES),
        lambda p: pa.table(dict(zip(NAMES, p.T, strict=True))),
    ],
)
def test_golden(make: Any) -> None:
    transition = make(P)
    np.testing.assert_allclose(ladder.stationary(transition), LAW, rtol=1e-8)
    found = ladder.stationary(transition, ROWS)
    np.testing.assert_array_equal(found.values, ladder.stationary(P))
    np.testing.assert_allclose(found.std_errors[:2], [0.009613556475091, 0.019065247087713], rtol=1e-12)
    np.testing.assert_allclose(ladder.expected_steps(transition, 4), STEPS, rtol=1e-8)
    steps = ladder.expected_steps(transition, to=4, row_counts=ROWS)
    assert steps.status_ == "OK"
    np.testing.assert_allclose(steps.std_errors, STEPS_SE, rtol=1e-12)
    np.testing.assert_allclose(ladder.recurrence_times(transition) * ladder.stationary(P), 1, rtol=1e-14)
    np.testing.assert_allclose(
        ladder.steps_variance(transition, to=[4])[:2], [54.456557657871, 51.176396325238], rtol=1e-12
    )
    np.testing.assert_allclose(ladder.expected_visits(transition, 4).sum(axis=1), STEPS, rtol=1e-8)
    if not isinstance(transition, (np.ndarray, list)) and not isinstance(transition, pa.Table):
        np.testing.assert_array_equal(ladder.expected_steps(transition, "loyal"), steps.values)


def test_absorption() -> None:
    both = ladder.absorption_probabilities(pd.DataFrame(P, columns=NAMES), to=["unaware", "loyal"], row_counts=ROWS)
    assert both.classes == ((0,), (4,))
    np.testing.assert_allclose(both.probabilities[1:4, 1], [0.80460736505801, 0.8736898155933, 0.91830614875848])
    assert both.std_errors is not None
    np.testing.assert_allclose(both.std_errors[:, 1], both.std_errors[:, 0], rtol=1e-14)
    np.testing.assert_allclose(both.std_errors[1, 1], 0.061877277662797, rtol=1e-12)
    ends = ladder.absorption_probabilities(ENDS)
    assert ends.classes == ((0, 2), (3,))
    assert ends.probabilities.tolist() == [[1, 0], [0.5, 0.5], [1, 0], [0, 1]]
    assert ends.std_errors is None


def test_infinite() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="may never be reached") as caught:
        steps = ladder.expected_steps(ENDS, 3, row_counts=[1, 9, 1, 1])
    assert getattr(caught[0].message, "code", "") == steps.status_ == "NOTICE_DIVERGES"
    assert steps.values.tolist() == [np.inf, np.inf, np.inf, 0]
    assert np.isnan(steps.std_errors[:3]).all()
    with pytest.warns(loy.LoyaltyWarning):
        assert ladder.steps_variance(ENDS, 3).tolist() == [np.inf, np.inf, np.inf, 0]
    with pytest.warns(loy.LoyaltyWarning):
        assert ladder.expected_visits(ENDS, 3)[1].tolist() == [np.inf, 2, np.inf, 0]
    with pytest.warns(loy.LoyaltyWarning, match="left for ever"):
        assert ladder.recurrence_times(ENDS).tolist() == [2, np.inf, 2, 1]
    with pytest.warns(loy.LoyaltyWarning, match="gather"):
        assert ladder.steady_population(ENDS, [0, 3, 0, 0], absorbing=3).tolist() == [np.inf, 6, np.inf, 0]


def test_cohorts() -> None:
    start, inflow = [1000, 500, 200, 100, 50, 0], [100, 20, 0, 0, 5, 0]
    rows = ladder.project(CHURN, start, 3, inflow)
    assert rows.shape == (4, 6)
    assert rows[0].tolist() == start
    np.testing.assert_allclose(rows[3], [480.79265, 508.0381, 368.3315, 263.8627, 192.4802, 411.49485], rtol=1e-13)
    np.testing.assert_array_equal(ladder.project(CHURN, start, 3, [inflow] * 3), rows)
    np.testing.assert_allclose(ladder.project(CHURN, start, 1)[1], np.array(start) @ np.array(CHURN), rtol=1e-14)
    assert ladder.project(CHURN, start, 0).tolist() == [start]
    settled = ladder.steady_population(CHURN, pd.Series(inflow))
    np.testing.assert_allclose(settled[:2], [318.87308616028, 336.64147592922], rtol=1e-12)
    np.testing.assert_allclose(ladder.project(CHURN, settled, 1, inflow)[1, :5], settled[:5], rtol=1e-14)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quasi = ladder.quasi_stationary(CHURN)
    np.testing.assert_allclose(quasi.law[:2], [0.028652937302487, 0.087558859601675], rtol=1e-12)
    np.testing.assert_allclose(
        [quasi.survival, quasi.mean_life, quasi.survival + quasi.exit],
        [0.9458093998146, 18.453384841259, 1],
        rtol=1e-12,
    )
    assert ladder.quasi_stationary(CHURN, absorbing=[5]).mean_life == quasi.mean_life


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ladder.stationary(ENDS), r"transition\[3\]: must have one closed class"),
        (lambda: ladder.stationary([[0.5, 0.4], [0, 1]]), r"transition\[0\]: must have rows that sum to one"),
        (lambda: ladder.stationary([]), "transition: must be a square table"),
        (lambda: ladder.stationary(np.zeros((0, 0))), "transition: must have from 1 to 1024 rows"),
        (lambda: ladder.stationary(np.eye(1025)), "transition: must have from 1 to 1024 rows"),
        (lambda: ladder.expected_steps(P, 1.5), "to: 1.5 is not a state"),
        (lambda: ladder.expected_steps(P, np.bool_(True)), "to: .*True.* is not a state"),
        (lambda: ladder.project(P, [1] * 5, 2, [[1], [1, 2]]), "inflow: must have rows of equal length"),
        (lambda: ladder.project(P, [1] * 5, 2, [[1] * 5, [1, np.nan, 1, 1, 1]]), r"inflow\[1\]\[1\]: must be 0 or"),
        (lambda: ladder.project(P, [1] * 5, 1, [1, np.nan, 1, 1, 1]), r"inflow\[1\]: must be 0 or"),
        (lambda: ladder.project(P, [1] * 5, True), "periods: must be a whole number"),
        (lambda: ladder.stationary(P, [0, 1, 1, 1, 1]), r"row_counts\[0\]: must be from 1e-40"),
        (lambda: ladder.stationary(P, [1, 1]), "row_counts: must have 5 elements, not 2"),
        (lambda: ladder.expected_steps(P), "transition: must have a state that is never left"),
        (lambda: ladder.expected_steps(P, []), "to: must have a state"),
        (lambda: ladder.expected_steps(P, 5), "to: 5 is not a state; these are 0 to 4"),
        (lambda: ladder.expected_steps(P, [True]), "to: True is not a state"),
        (lambda: ladder.expected_steps(P, "loyal"), "to: 'loyal' is not a state"),
        (lambda: ladder.project(P, [1] * 5, -1), "periods: must be a whole number"),
        (lambda: ladder.project(P, [1] * 4, 2), "start: must have 5 elements"),
        (lambda: ladder.project(P, [1, 1, -1, 1, 1], 2), r"start\[2\]: must be 0 or"),
        (lambda: ladder.project(P, [1] * 5, 2, [[1] * 5] * 3), "inflow: must have 5 elements, or 2 rows"),
        (lambda: ladder.steady_population(P, [1] * 5, 7), "absorbing: 7 is not a state"),
        (lambda: ladder.quasi_stationary(ENDS, 0), r"absorbing\[3\]: cannot be reached"),
        (
            lambda: ladder.quasi_stationary([[0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]]),
            r"transition\[0\]: must have states",
        ),
    ],
)
def test_refused(call: Any, message: str) -> None:
    with pytest.raises(loy.LoyaltyError, match=f"^{message}"):
        call()
