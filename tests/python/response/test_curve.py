"""loyalty.LoyaltyCurve: a worked point, evaluation in many digits, and properties."""

from __future__ import annotations

import pickle
from typing import Any

import mpmath
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import loyalty as loy
from loyalty import response

WORKED = loy.LoyaltyCurve(alpha=0.3, beta=1.4, gamma=0.8, a=0.5, delta=0.03)


def test_worked_point() -> None:
    p = WORKED.point(0.65, 0.7)
    assert p.loyalty == pytest.approx(0.661467213218, rel=1e-11)
    assert p.free_choice == pytest.approx(0.619827614763, rel=1e-11)
    assert p.captivity == pytest.approx(0.178337471969, rel=1e-11)
    assert p.slope_s == pytest.approx(1.176843946507, rel=1e-11)
    assert p.slope_c == pytest.approx(-0.948903005063, rel=1e-11)
    assert p.elasticity_s == pytest.approx(1.156442148521, rel=1e-11)
    assert p.elasticity_c == pytest.approx(-1.004179935560, rel=1e-11)
    assert p.hostage_share == pytest.approx(0.0910618481, abs=5.1e-11)
    assert WORKED.required_satisfaction(0.8, 0.7) == pytest.approx(0.771804868208, rel=1e-11)
    assert WORKED.loyalty(0.65, 0.7) == p.loyalty
    assert WORKED.slope(0.65, 0.7) == p.slope_s
    assert WORKED.slope(0.65, 0.7, wrt="c") == p.slope_c
    assert WORKED.hostage_share(0.65, 0.7) == p.hostage_share


def test_zones_and_thresholds() -> None:
    curve = loy.LoyaltyCurve()
    assert curve.thresholds(0.8) == pytest.approx((2 / 3,), rel=1e-15)
    assert curve.thresholds(0.2) == pytest.approx((1 / 3,), rel=1e-15)
    assert curve.inflection(0.8) is None
    with pytest.warns(loy.LoyaltyWarning, match=r"no threshold") as caught:
        assert curve.thresholds(0.5) == ()
    assert isinstance(caught[0].message, loy.LoyaltyWarning)
    assert caught[0].message.code == "NOTICE_NONE"
    s_curve = loy.LoyaltyCurve(beta=2.5)
    assert s_curve.thresholds(0.6) == pytest.approx((0.3254166906, 0.7577180330), abs=5.1e-11)
    assert s_curve.inflection(0.6) == pytest.approx(0.5480965891, abs=5.1e-11)
    assert loy.LoyaltyCurve(beta=0.5).thresholds(0.6) == pytest.approx((0.0704995141, 0.8649261149), abs=5.1e-11)
    assert curve.zone(0.6, 0.8)[:3] == ("high competition", "quality-insensitive", "mercenary")
    assert curve.zone(0.7, 0.8).role == "apostle"
    assert curve.zone(0.7, 0.5)[:3] == ("neutral", "neutral", "none")
    assert curve.zone(0.3, 0.2).role == "hostage"
    held = loy.LoyaltyCurve(b=(2.0,))
    assert held.zone(0.3, 0.8).role == "none"
    assert held.zone(0.3, 0.8, [1.0]).role == "hostage"
    assert held.zone([0.3, 0.3], 0.8, [[0.0, 1.0]])["role"].tolist() == ["none", "hostage"]
    assert response.ROLES_ZH == ("无", "图利者", "传道者", "囚禁者")
    assert response.QUALITY_ZONES_ZH[2] == "质量敏感区"
    assert response.MARKET_ZONES_ZH[2] == "高度竞争区"


SHARE = st.floats(1e-9, 1 - 1e-9)
CURVES = st.builds(
    loy.LoyaltyCurve, alpha=st.floats(-5, 5), beta=st.floats(0.1, 8), gamma=st.floats(0, 4), a=st.floats(0, 3),
    b=st.lists(st.floats(0, 3), max_size=3).map(tuple), delta=st.floats(0, 0.9),
)  # fmt: skip


def exact(curve: loy.LoyaltyCurve, s: Any, c: Any, constraints: list[float]) -> Any:
    s, c = mpmath.mpf(s), mpmath.mpf(c)
    eta = curve.alpha + curve.beta * mpmath.log(s / (1 - s)) - curve.gamma * mpmath.log(c / (1 - c))
    held = mpmath.mpf(curve.a) * -mpmath.log(c) + sum(
        mpmath.mpf(b) * k for b, k in zip(curve.b, constraints, strict=True)
    )
    return (1 - mpmath.mpf(curve.delta)) * (-mpmath.expm1(-held) + mpmath.exp(-held) / (1 + mpmath.exp(-eta)))


@given(CURVES, SHARE, SHARE, st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_against_400_digits(curve: loy.LoyaltyCurve, s: float, c: float, k: list[float]) -> None:
    k = k[: len(curve.b)]
    with mpmath.workdps(400):  # slopes down to 1e-300 are differences of numbers near 1
        loyalty = exact(curve, s, c, k)
        slope_s = mpmath.diff(
            lambda x: exact(curve, x, c, k),
            mpmath.mpf(s),
            h=mpmath.mpf(s) * (1 - mpmath.mpf(s)) * mpmath.mpf(10) ** -60,
        )
        slope_c = mpmath.diff(
            lambda x: exact(curve, s, x, k),
            mpmath.mpf(c),
            h=mpmath.mpf(c) * (1 - mpmath.mpf(c)) * mpmath.mpf(10) ** -60,
        )
    assert curve.loyalty(s, c, k or None) == pytest.approx(float(loyalty), rel=2e-13)
    assert curve.slope(s, c, k or None) == pytest.approx(float(slope_s), rel=1e-11, abs=1e-300)
    assert curve.slope(s, c, k or None, wrt="c") == pytest.approx(float(slope_c), rel=1e-11, abs=1e-300)


@given(CURVES, SHARE, SHARE)
def test_inverse(curve: loy.LoyaltyCurve, s: float, c: float) -> None:
    p = curve.point(s, c)
    assume(p.floor < p.loyalty < p.ceiling)
    back = curve.required_satisfaction(p.loyalty, c)
    assert back == pytest.approx(s, rel=1e-12, abs=1e-15 + 4e-16 / p.slope_s)
    assert curve.loyalty(back, c) == pytest.approx(p.loyalty, rel=1e-13)


@given(CURVES, SHARE, SHARE, SHARE)
def test_monotone(curve: loy.LoyaltyCurve, s: float, c: float, other: float) -> None:
    low, high = sorted((s, other))
    assert curve.loyalty(low, c) <= curve.loyalty(high, c) * (1 + 1e-13)
    low, high = sorted((c, other))
    assert curve.loyalty(s, low) * (1 + 1e-13) >= curve.loyalty(s, high)
    p = curve.point(s, c)
    assert p.floor <= p.loyalty * (1 + 1e-15)
    assert p.loyalty <= p.ceiling
    assert curve.point(0.0, c).loyalty == p.floor
    assert curve.point(1.0, c).loyalty == p.ceiling


@pytest.mark.parametrize("make", [pd.Series, pl.Series, pa.array, np.array])
def test_columns_in_columns_out(make: Any) -> None:
    s = make([0.1, 0.65, 0.9])
    for f in (WORKED.loyalty, WORKED.slope, WORKED.hostage_share):
        out = f(s, 0.7)
        assert isinstance(out, type(s))
        assert [float(v) for v in np.asarray(out)] == [f(float(v), 0.7) for v in np.asarray(s)]
    out = WORKED.required_satisfaction(make([0.5, 0.8]), make([0.7, 0.6]))
    assert isinstance(out, type(s))


def test_frames() -> None:
    frame = pd.DataFrame({"sat": [0.1, 0.65], "comp": [0.8, 0.7]}, index=[7, 8])
    out = WORKED.loyalty("sat", "comp", data=frame)
    assert out.index.tolist() == [7, 8]
    assert out.name == "loyalty"
    zones = WORKED.zone("sat", "comp", data=pl.DataFrame(frame))
    assert isinstance(zones, pl.DataFrame)
    assert zones["market"].to_list() == ["high competition"] * 2
    assert WORKED.zone(np.array([0.1, 0.65]), 0.7)["role"].tolist() == ["none", "apostle"]
    assert loy.LoyaltyCurve().loyalty([], []).tolist() == []


def test_constraints() -> None:
    curve = loy.LoyaltyCurve(b=(0.5, 1.0))
    one = curve.loyalty(0.3, 0.6, [1, 0.5])
    assert one > curve.loyalty(0.3, 0.6)
    assert curve.loyalty([0.3, 0.3], 0.6, [1, np.array([0.5, 0])]).tolist() == [one, curve.loyalty(0.3, 0.6, [1, 0])]
    assert curve.loyalty([0.3, 0.3], 0.6, np.array([[1, 0.5], [0, 0]])).tolist() == [one, curve.loyalty(0.3, 0.6)]
    frame = pl.DataFrame({"s": [0.3], "law": [1.0], "contract": [0.5]})
    assert curve.loyalty("s", 0.6, ["law", "contract"], data=frame).to_list() == [one]
    single = loy.LoyaltyCurve(b=[0.5])
    assert single.loyalty(0.3, 0.6, 1) == single.loyalty(0.3, 0.6, [1]) == single.loyalty([0.3], 0.6, [[1]])[0]
    assert curve.slope_constraint(1, 0.3, 0.6) == pytest.approx(0.6**0.5 * (1 - curve.point(0.3, 0.6).free_choice))
    assert curve.thresholds(0.8, [1, 1]) == curve.thresholds(0.8)
    with pytest.raises(loy.LoyaltyError, match=r"^constraints: must have one entry for each of the 2"):
        curve.loyalty(0.3, 0.6, [1])
    with pytest.raises(loy.DomainError, match=r"^constraints\[1\]: must be from 0 to 1"):
        curve.loyalty(0.3, 0.6, [1, 1.5])
    with pytest.raises(loy.LoyaltyError, match=r"^constraints: must have one entry for each of the 0"):
        WORKED.loyalty(0.3, 0.6, [1])


def test_bad_data() -> None:
    for s, c, message in [
        (1.5, 0.5, "^s: must be from 0 to 1"),
        (0.5, 0, "^c: must be above 0 and below 1"),
        (0.5, 1, "^c: "),
    ]:
        with pytest.raises(loy.DomainError, match=message) as caught:
            WORKED.loyalty(s, c)
        assert caught.value.index is None
        with pytest.raises(loy.DomainError) as caught:
            WORKED.loyalty([0.5, s], [0.5, c])
        assert caught.value.index == 1
        with pytest.raises(loy.DomainError):
            WORKED.zone(s, c)
        assert np.isnan(WORKED.loyalty([0.5, s], [0.5, c], errors="coerce")).tolist() == [False, True]
        assert WORKED.zone([0.5, s], [0.5, c], errors="coerce")["role"].tolist()[1] is None
        assert np.isnan(WORKED.loyalty(s, c, errors="coerce"))
    with pytest.raises(loy.DomainError, match=r"^s\[1\]: "):
        WORKED.slope(pd.Series([0.5, None]), 0.5)
    with pytest.raises(loy.DomainError, match=r"^l: must not exceed the ceiling 1 - delta$") as caught:
        WORKED.required_satisfaction(0.98, 0.5)
    assert caught.value.code == "ERR_INFEASIBLE"
    with pytest.warns(loy.LoyaltyWarning, match=r"already met"):
        assert WORKED.required_satisfaction(0.01, 0.5) == 0.0
    with pytest.raises(loy.LoyaltyError, match=r"has 3 elements where"):
        WORKED.loyalty([0.1, 0.2], [0.1, 0.2, 0.3])
    with pytest.raises(loy.LoyaltyError, match=r"wrt: must be"):
        WORKED.slope(0.5, 0.5, wrt="k")  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"tau"):
        WORKED.zone(0.5, 0.5, tau=0)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"alpha": np.inf}, "alpha"), ({"beta": 0}, "beta"), ({"gamma": -1}, "gamma"), ({"a": np.nan}, "a"),
        ({"delta": 1}, "delta"), ({"b": (1, -1)}, r"b\[1\]"), ({"b": [0.1] * 9}, "b: must have at most 8"),
    ],
)  # fmt: skip
def test_bad_parameters(params: dict[str, Any], message: str) -> None:
    curve = loy.LoyaltyCurve(**params)
    for ask in (curve.loyalty, curve.slope, curve.point, curve.zone, curve.required_satisfaction):
        with pytest.raises(loy.LoyaltyError, match=r"^" + message):
            ask(0.5, 0.5)
    with pytest.raises(loy.LoyaltyError, match=r"^" + message):
        curve.loyalty([0.5], 0.5)


def test_scikit_learn_manners() -> None:
    from sklearn.base import clone

    assert repr(WORKED) == "LoyaltyCurve(alpha=0.3, beta=1.4, gamma=0.8, delta=0.03)"
    assert clone(WORKED).get_params() == WORKED.get_params()
    assert pickle.loads(pickle.dumps(WORKED)).loyalty(0.65, 0.7) == WORKED.loyalty(0.65, 0.7)
    assert loy.LoyaltyCurve().set_params(beta=2).beta == 2
    with pytest.raises(loy.LoyaltyError, match=r"there is no such parameter"):
        loy.LoyaltyCurve().set_params(bta=2)


FAR = [1e-300, 1e-280, 1e-189, 1e-60, 1e-9, 0.3, 0.999, 1 - 2**-40, 1 - 2**-53]


@pytest.mark.parametrize("params", [{}, {"alpha": -4, "beta": 7.5, "gamma": 2}, {"alpha": 3, "beta": 0.4, "a": 2.5}])
def test_far_tails(params: dict[str, float]) -> None:
    """Where the factors of a slope underflow though the slope does not."""
    curve = loy.LoyaltyCurve(**params)
    for s in FAR:
        for c in FAR:
            p = curve.point(s, c)
            with mpmath.workdps(60):
                big_s, big_c = mpmath.mpf(s), mpmath.mpf(c)
                odds = mpmath.log(big_s / (1 - big_s)) * curve.beta - mpmath.log(big_c / (1 - big_c)) * curve.gamma
                g, h = 1 / (1 + mpmath.exp(-odds - curve.alpha)), 1 / (1 + mpmath.exp(odds + curve.alpha))
                free = big_c**curve.a
                loyalty = 1 - free + free * g
                slope_s = free * curve.beta * g * h / (big_s * (1 - big_s))
                slope_c = -free * (curve.gamma * g * h / (big_c * (1 - big_c)) + curve.a / big_c * h)
            for got, want in [(p.loyalty, loyalty), (p.slope_s, slope_s), (p.slope_c, slope_c)]:
                if 1e-290 < abs(want) < 1e300:
                    assert got == pytest.approx(float(want), rel=1e-12)
