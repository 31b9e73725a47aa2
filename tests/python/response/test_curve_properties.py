"""Properties of L = f(C, S) over random parameters, section by section of its theory."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit, logit

import loyalty as loy
from loyalty import _loyalty

SHARE = st.floats(0.02, 0.98)


def curve_of(alpha: float, beta: float, gamma: float, a: float, b: float, delta: float) -> loy.LoyaltyCurve:
    return loy.LoyaltyCurve(alpha=alpha, beta=beta, gamma=gamma, a=a, b=[b], delta=delta)


CURVES = st.builds(
    curve_of, st.floats(-2, 2), st.floats(0.3, 4), st.floats(0, 3), st.floats(0, 2), st.floats(0, 2), st.floats(0, 0.5)
)


def kappa_of(curve: loy.LoyaltyCurve, c: float) -> float:
    return curve.gamma * float(logit(c)) - curve.alpha


def log_relative_slope(curve: loy.LoyaltyCurve, x: NDArray[np.float64], c: float) -> NDArray[np.float64]:
    """ln g'(s) at logit(s) = x, computed without s."""
    eta = curve.beta * x - kappa_of(curve, c)
    slope = math.log(curve.beta) - np.logaddexp(0, eta) - np.logaddexp(0, -eta)
    result: NDArray[np.float64] = slope + np.logaddexp(0, x) + np.logaddexp(0, -x)
    return result


@given(CURVES, SHARE, SHARE, st.floats(0, 0.9))
def test_rises_with_satisfaction_and_constraints_and_falls_with_competition(
    curve: loy.LoyaltyCurve, s: float, c: float, k: float
) -> None:
    level = curve.loyalty(s, c, [k])
    assert curve.loyalty(s + 0.01, c, [k]) > level
    assert curve.loyalty(s, c + 0.01, [k]) <= level
    assert curve.loyalty(s, c, [k + 0.1]) >= level
    assert curve.slope(s, c, [k]) > 0 >= curve.slope(s, c, [k], wrt="c")
    assert curve.slope_constraint(0, s, c, [k]) >= 0


@given(CURVES, SHARE, SHARE, st.floats(0, 1))
def test_inverse_of_inverse(curve: loy.LoyaltyCurve, s: float, c: float, k: float) -> None:
    level = curve.loyalty(s, c, [k])
    # where the curve is flat in s, its inverse can only be as exact as L is
    assert abs(curve.required_satisfaction(level, c, [k]) - s) <= 1e-10 + 1e-15 / curve.slope(s, c, [k])


@given(CURVES, SHARE, st.floats(0, 1), st.floats(0.01, 0.99))
def test_curve_of_the_inverse(curve: loy.LoyaltyCurve, c: float, k: float, part: float) -> None:
    floor, ceiling = curve.loyalty(0.0, c, [k]), curve.loyalty(1.0, c, [k])
    assume(ceiling - floor > 1e-3)
    target = floor + part * (ceiling - floor)
    needed = curve.required_satisfaction(target, c, [k])
    assume(1e-12 < needed < 1 - 1e-9)  # beyond, s itself cannot say which loyalty is meant
    # s is known to its last bit, which the slope turns into loyalty
    assert abs(curve.loyalty(needed, c, [k]) - target) <= 1e-13 + 2e-16 * curve.slope(needed, c, [k])


@given(CURVES, SHARE, SHARE, st.floats(0, 1))
def test_floor_and_ceiling(curve: loy.LoyaltyCurve, s: float, c: float, k: float) -> None:
    captivity = -curve.a * math.log(c) + curve.b[0] * k
    floor, ceiling = (1 - curve.delta) * -math.expm1(-captivity), 1 - curve.delta
    assert curve.loyalty(0.0, c, [k]) == pytest.approx(floor, abs=1e-14)
    assert curve.loyalty(1.0, c, [k]) == pytest.approx(ceiling, abs=1e-15)
    assert floor - 1e-15 <= curve.loyalty(s, c, [k]) <= ceiling + 1e-15


@given(st.floats(-2, 2), st.floats(0.1, 3), st.floats(0, 1), st.floats(0, 0.5), SHARE)
def test_convex_or_concave_by_the_side_of_the_diagonal(
    alpha: float, gamma: float, a: float, delta: float, c: float
) -> None:
    curve = loy.LoyaltyCurve(alpha=alpha, beta=1, gamma=gamma, a=a, delta=delta)
    kappa = kappa_of(curve, c)
    assume(abs(kappa) > 1e-3)
    slopes = curve.slope(np.linspace(0.01, 0.99, 50), c)
    assert (np.sign(np.diff(slopes)) == np.sign(kappa)).all()


@given(st.floats(0.1, 3), st.floats(0, 1), st.floats(0, 0.5), SHARE)
def test_straight_on_the_diagonal(gamma: float, a: float, delta: float, c: float) -> None:
    curve = loy.LoyaltyCurve(alpha=gamma * float(logit(c)), beta=1, gamma=gamma, a=a, delta=delta)
    s = np.linspace(0, 1, 21)
    floor = curve.loyalty(0.0, c)
    assert curve.loyalty(s, c) == pytest.approx(floor + (1 - delta - floor) * s, abs=1e-14)


@given(CURVES, SHARE)
def test_single_inflection(curve: loy.LoyaltyCurve, c: float) -> None:
    assume(abs(curve.beta - 1) > 0.05)
    bend = curve.inflection(c)
    assert bend is not None
    # the slope rises to it and falls from it for beta > 1, the other way round for beta < 1
    x = np.linspace(-30, 30, 241)
    steps = np.diff(log_relative_slope(curve, x, c)) * math.copysign(1, curve.beta - 1)
    signs = np.sign(steps[np.abs(steps) > 1e-9])
    assert np.count_nonzero(np.diff(signs)) == 1 and signs[0] == 1
    if 1e-12 < bend < 1 - 1e-12:
        g = float(expit(curve.beta * float(logit(bend)) - kappa_of(curve, c)))
        assert curve.beta * (1 - 2 * g) == pytest.approx(1 - 2 * bend, abs=1e-7)
        turn = int(np.argmax(np.cumsum(steps)))
        assert x[turn] <= float(logit(bend)) <= x[min(turn + 2, 240)]


@given(CURVES, SHARE, st.sampled_from([0.5, 1.0]))
def test_two_thresholds(curve: loy.LoyaltyCurve, c: float, tau: float) -> None:
    assume(abs(curve.beta - 1) > 0.05)
    status, count, s1, s2, x1, x2 = _loyalty.curve_thresholds(*curve._params(), c, tau)
    if tau == 1.0:
        assert (status, count) == ("OK", 2)
    assume(count == 2)
    # in logit(s), as s2 can round to 1
    assert log_relative_slope(curve, np.array([x1, x2]), c) == pytest.approx(math.log(tau), abs=1e-10)
    assert x1 < x2 and (s1, s2) == pytest.approx((float(expit(x1)), float(expit(x2))), rel=1e-13)
    if x2 - x1 > 1e-3:  # nearer where tau is the extreme slope itself, which rounding may put on either side
        inside = float(log_relative_slope(curve, np.array([(x1 + x2) / 2]), c)[0])
        assert (inside > math.log(tau)) == (curve.beta > 1)
    bend = curve.inflection(c)
    assert bend is not None and s1 <= bend <= s2


@given(st.floats(-2, 2), st.floats(0.1, 3), SHARE)
def test_one_threshold(alpha: float, gamma: float, c: float) -> None:
    curve = loy.LoyaltyCurve(alpha=alpha, beta=1, gamma=gamma)
    kappa = kappa_of(curve, c)
    assume(abs(kappa) > 1e-6)
    (s,) = curve.thresholds(c)
    assert s == pytest.approx(float(expit(kappa / 2)), rel=1e-12)


@given(CURVES, SHARE, SHARE, st.floats(0, 1))
def test_hostages(curve: loy.LoyaltyCurve, s: float, c: float, k: float) -> None:
    captive = -math.expm1(curve.a * math.log(c) - curve.b[0] * k)
    g = float(expit(curve.beta * float(logit(s)) - kappa_of(curve, c)))
    share = captive * (1 - g) / (captive + (1 - captive) * g)
    assert curve.hostage_share(s, c, [k]) == pytest.approx(share, abs=1e-12)
