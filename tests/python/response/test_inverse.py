"""The inverse questions of loyalty.LoyaltyCurve: published numbers, many digits, round trips, and kinds of data."""

from __future__ import annotations

import math
import warnings
from typing import Any

import mpmath
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import loyalty as loy
from loyalty import response

WORKED = loy.LoyaltyCurve(alpha=0.3, beta=1.4, gamma=0.8, a=0.5, delta=0.03)
HELD = loy.LoyaltyCurve(alpha=0.3, beta=1.4, gamma=0.8, a=0.5, b=(0.4, 0.9), delta=0.03)


def test_published() -> None:
    assert WORKED.required_captivity(0.8, 0.65, 0.7) == pytest.approx(0.774367150680, rel=1e-11)
    assert WORKED.point(0.65, 0.7).captivity == pytest.approx(0.178337471969, rel=1e-11)
    assert WORKED.hostage_share(0.65, 0.7) == pytest.approx(0.0910618481, abs=5.1e-11)
    assert HELD.required_constraint(1, 0.8, 0.65, 0.7, [0.5, None]) == pytest.approx(0.440032976345, rel=1e-11)
    free = loy.LoyaltyCurve(a=0)
    assert free.competition_from_ratio(6) == pytest.approx(15 / 16, rel=1e-15)
    assert free.competition_from_ratio(1.42) == pytest.approx(0.5575221239, abs=5.1e-11)
    assert loy.LoyaltyCurve().competition_from_ratio(6) == pytest.approx(0.9470332002, abs=5.1e-11)
    assert loy.LoyaltyCurve().competition_from_ratio(1.42) == pytest.approx(0.6381752290, abs=5.1e-11)


SHARE = st.floats(0.001, 0.999)
CURVES = st.builds(
    loy.LoyaltyCurve, alpha=st.floats(-5, 5), beta=st.floats(0.1, 5), gamma=st.floats(0.05, 4), a=st.floats(0, 3),
    b=st.lists(st.floats(0.01, 3), min_size=1, max_size=3).map(tuple), delta=st.floats(0, 0.9),
)  # fmt: skip


def exact(curve: loy.LoyaltyCurve, s: float, z: Any, constraints: list[float]) -> Any:
    """1 - L/(1 - delta) at z = logit(c)."""
    with mpmath.workdps(50):
        x, odds = mpmath.mpf(s), mpmath.exp(-mpmath.mpf(z))
        eta = curve.alpha + curve.beta * mpmath.log(x / (1 - x)) - curve.gamma * mpmath.mpf(z)
        held = curve.a * mpmath.log1p(odds) + sum(mpmath.mpf(b) * k for b, k in zip(curve.b, constraints, strict=True))
        return mpmath.exp(-held) / (1 + mpmath.exp(eta))


def logit(c: float) -> Any:
    with mpmath.workdps(50):
        return mpmath.log(mpmath.mpf(c) / (1 - mpmath.mpf(c)))


@given(CURVES, SHARE, SHARE, SHARE)
def test_captivity_against_many_digits(curve: loy.LoyaltyCurve, part: float, s: float, c: float) -> None:
    target = part * (1 - curve.delta)
    free = loy.LoyaltyCurve(alpha=curve.alpha, beta=curve.beta, gamma=curve.gamma, a=0, delta=curve.delta)
    with mpmath.workdps(50):
        leave, allowed = mpmath.log(exact(free, s, logit(c), [])), mpmath.log(1 - target / mpmath.mpf(1 - curve.delta))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)
        found = curve.required_captivity(target, s, c)
    assert found == pytest.approx(max(0.0, float(leave - allowed)), abs=2e-14 * float(abs(leave) + abs(allowed)))


@given(CURVES, SHARE, SHARE, SHARE)
def test_constraint_gives_the_target(curve: loy.LoyaltyCurve, s: float, c: float, k: float) -> None:
    others = [0.3] * (len(curve.b) - 1)
    target = curve.loyalty(s, c, [k, *others])
    assume(target > curve.loyalty(s, c, [0, *others]))
    assert curve.loyalty(s, c, [curve.required_constraint(0, target, s, c, [0, *others]), *others]) == pytest.approx(
        target, abs=1e-14
    )


@given(CURVES, SHARE, SHARE)
def test_critical_competition_is_the_crossing(curve: loy.LoyaltyCurve, part: float, s: float) -> None:
    constraints = [0.2] * len(curve.b)
    target = part * (1 - curve.delta)
    with mpmath.workdps(50):
        allowed = 1 - target / mpmath.mpf(1 - curve.delta)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", loy.LoyaltyWarning)
            c = curve.critical_competition(target, s, constraints)
    except loy.LoyaltyWarning:
        assert exact(curve, s, 36, constraints) <= allowed * (1 + 1e-12)
        return
    except loy.DomainError as error:
        assert error.code == "ERR_INFEASIBLE"
        assert exact(curve, s, -740, constraints) >= allowed * (1 - 1e-12)
        return
    # Past the rounding of c and of the target, on either side, loyalty is above and below.
    assume(1e-300 < c < 1 - 1e-12)
    slack, z = mpmath.mpf("1e-13"), logit(c)
    step = 1e-13 * (1 + abs(z)) + mpmath.mpf(2e-16) / (1 - mpmath.mpf(c))
    assert exact(curve, s, z - step, constraints) <= allowed * (1 + slack)
    assert exact(curve, s, z + step, constraints) >= allowed * (1 - slack)


@given(CURVES, SHARE, SHARE, SHARE)
def test_ratio_is_reached_and_first(curve: loy.LoyaltyCurve, low: float, more: float, c: float) -> None:
    high = low + more * (1 - low)
    constraints = [0.2] * len(curve.b)
    ratio = curve.loyalty(high, c, constraints) / curve.loyalty(low, c, constraints)
    assume(1 + 1e-6 < ratio < 1e6)
    found = curve.competition_from_ratio(ratio, low, high, constraints)
    assert found <= c * (1 + 1e-6)
    assume(1 - found > 1e-9)
    assert curve.loyalty(high, found, constraints) / curve.loyalty(low, found, constraints) == pytest.approx(
        ratio, rel=1e-7
    )


def test_edges_are_notices() -> None:
    with pytest.warns(loy.LoyaltyWarning) as caught:
        assert WORKED.required_captivity(0.2, 0.65, 0.7) == 0.0
        assert HELD.required_constraint(0, 0.2, 0.65, 0.7) == 0.0
        assert HELD.critical_competition(0.2, 1.0) == 1.0
        assert WORKED.required_captivity([0.2, 0.8], 0.65, 0.7).tolist()[0] == 0.0
        assert WORKED.critical_competition([0.97, 0.8], [1.0, 0.65]).tolist()[0] == 1.0
    codes = [w.message.code for w in caught if isinstance(w.message, loy.LoyaltyWarning)]
    assert codes == [*["NOTICE_NOT_NEEDED"] * 2, "NOTICE_NONE", "NOTICE_NOT_NEEDED", "NOTICE_NONE"]


def test_errors() -> None:
    for ask in (
        lambda: WORKED.required_captivity(0.98, 0.5, 0.5),
        lambda: HELD.required_constraint(0, 0.9, 0.1, 0.9),
        lambda: WORKED.critical_competition([0.5, 0.99], 0.5),
    ):
        with pytest.raises(loy.DomainError, match=r"^l(\[1\])?: ") as caught:
            ask()
        assert caught.value.code == "ERR_INFEASIBLE"
    with pytest.raises(loy.DomainError, match=r"^ratio: must be a ratio to which") as caught:
        WORKED.competition_from_ratio(1e9, 0.5, 0.6)
    assert caught.value.code == "ERR_INFEASIBLE"
    with pytest.raises(loy.DomainError, match=r"^constraints\[1\]: "):
        HELD.critical_competition(0.8, 0.5, [0, 2])
    with pytest.raises(loy.DomainError, match=r"^constraints_after\[1\]: "):
        HELD.deregulation(0.5, 0.5, [0, 1], constraints_after=[0, 2])
    with pytest.raises(loy.DomainError, match=r"^c_after: "):
        HELD.deregulation(0.5, 0.5, c_after=1)
    with pytest.raises(loy.LoyaltyError, match=r"^j: must be below"):
        HELD.required_constraint(2, 0.8, 0.5, 0.5)
    with pytest.raises(loy.LoyaltyError, match=r"^j: must be below"):
        WORKED.required_constraint(0, [0.8], 0.5, 0.5)
    with pytest.raises(loy.LoyaltyError, match=r"^constraints: must have one entry for each of the 2"):
        HELD.required_constraint(0, 0.8, 0.5, 0.5, [0.1])
    with pytest.raises(loy.LoyaltyError, match=r"^errors: "):
        WORKED.required_captivity(0.8, 0.5, 0.5, errors="ignore")  # type: ignore[arg-type]
    assert math.isnan(WORKED.required_captivity(0.98, 0.5, 0.5, errors="coerce"))
    assert np.isnan(WORKED.critical_competition([0.5, 0.99], 0.5, errors="coerce")).tolist() == [False, True]
    assert math.isnan(HELD.deregulation(2.0, 0.5, errors="coerce").lost)


def test_deregulation() -> None:
    change = HELD.deregulation(0.4, 0.3, [0.5, 1.0], c_after=0.8)
    assert isinstance(change, response.Deregulation)
    assert change.loyalty_before == HELD.loyalty(0.4, 0.3, [0.5, 1.0])
    assert change.loyalty_after == HELD.loyalty(0.4, 0.8)
    assert change.lost == change.loyalty_before - change.loyalty_after
    assert change.hostage_share_before == HELD.hostage_share(0.4, 0.3, [0.5, 1.0])
    assert HELD.deregulation(0.4, 0.3, [0.5, 1.0], constraints_after=[0.5, 1.0]).lost == 0.0
    assert HELD.deregulation(0.4, 0.3).loyalty_after == HELD.loyalty(0.4, 0.3)


def test_columns_in_columns_out() -> None:
    frame = pd.DataFrame(
        {"want": [0.8, 0.85], "s": [0.65, 0.5], "c": [0.7, 0.5], "contract": [0.5, 1.0], "program": [0.0, 0.2]},
        index=["x", "y"],
    )
    held = ["contract", "program"]
    for i, (x, row) in enumerate(frame.iterrows()):
        k = [row["contract"], row["program"]]
        captivity = WORKED.required_captivity("want", "s", "c", data=frame)
        assert captivity[x] == WORKED.required_captivity(row["want"], row["s"], row["c"])
        assert captivity.name == "captivity"
        strength = HELD.required_constraint(1, "want", "s", "c", held, data=frame)
        assert strength.iloc[i] == HELD.required_constraint(1, row["want"], row["s"], row["c"], k)
        critical = HELD.critical_competition("want", "s", held, data=frame)
        assert critical.iloc[i] == HELD.critical_competition(row["want"], row["s"], k)
        change = HELD.deregulation("s", "c", held, c_after=0.9, data=frame)
        assert list(change.columns) == list(response.Deregulation._fields)
        assert tuple(change.loc[x]) == HELD.deregulation(row["s"], row["c"], k, c_after=0.9)
    found = HELD.critical_competition(pl.Series([0.8, 0.7]), 0.65)
    assert isinstance(found, pl.Series)
    assert found.name == "competition"


def test_fitted_parameters_are_used() -> None:
    s = np.tile([0.1, 0.3, 0.5, 0.7, 0.9], 3)
    c = np.repeat([0.2, 0.5, 0.8], 5)
    loyal = np.array([218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340])
    curve = loy.LoyaltyCurve().fit(s, c, loyal, 400)
    same = loy.LoyaltyCurve(**{name: curve.params_[name] for name in ("alpha", "beta", "gamma", "a", "delta")})
    assert curve.required_captivity(0.9, 0.5, 0.5) == same.required_captivity(0.9, 0.5, 0.5)
    assert curve.critical_competition(0.6, 0.5) == same.critical_competition(0.6, 0.5)
    assert curve.competition_from_ratio(1.3) == same.competition_from_ratio(1.3)
    assert curve.deregulation(0.5, 0.5, c_after=0.8) == same.deregulation(0.5, 0.5, c_after=0.8)
