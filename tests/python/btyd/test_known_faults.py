"""What users of other packages ran into, at the level of Python: units of CLV, batches, memory, surprising answers. The
formulas that fail are in tests/c/btyd/test_known_faults.c."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import loyalty as loy

CDNOW = Path(__file__).parents[3] / "examples/data/cdnow.csv"
PARAMS: dict[type[Any], dict[str, float]] = {
    loy.BetaGeoModel: {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
    loy.ModifiedBetaGeoModel: {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614},
    loy.ParetoNBDModel: {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669},
    loy.GammaGompertzModel: {"r": 0.553, "alpha": 10.578, "b": 0.02, "s": 0.603, "beta": 0.26},
    loy.NBDModel: {"r": 0.385, "alpha": 12.072},
}
# The fits of lifetimes' documentation, to the file with two decimals, and its first customers.
ROUNDED = {"r": 0.242592906, "alpha": 4.413531515, "a": 0.792886253, "b": 2.425753831}
SPEND = loy.GammaGammaModel.from_params(p=6.24880331, q=3.74458854, v=15.44774629)
FIRST = {
    "frequency": [2, 1, 0, 7],
    "recency": [30.43, 1.71, 0.0, 29.43],
    "T": [38.86, 38.86, 38.86, 38.86],
    "monetary_value": [22.35, 11.77, 0.0, 73.74],
}


@pytest.fixture(params=list(PARAMS), ids=lambda cls: cls.__name__)
def model(request: pytest.FixtureRequest) -> Any:
    return request.param.from_params(**PARAMS[request.param], time_unit="W")


def by_months(model: loy.BetaGeoModel, month: float) -> np.ndarray[Any, Any]:
    """Twelve months at 1 % a month as lifetimes sums them, a month having this many units of time."""
    until = np.array([model.expected_purchases(FIRST, i * month) for i in range(13)])
    total = (np.diff(until, axis=0).T / 1.01 ** np.arange(1, 13)).sum(axis=1)
    spend: np.ndarray[Any, Any] = SPEND.expected_customer_spend(FIRST) * total
    return spend


def test_a_year_of_clv_is_a_year() -> None:
    """The quickstart of lifetimes takes weeks for days, so that its 12 months are 360 weeks: 140.10 for 36.28."""
    model = loy.BetaGeoModel.from_params(**ROUNDED, time_unit="W")
    wrong, right = by_months(model, 30.0), by_months(model, 4.345)
    assert_allclose(wrong, [140.096211, 18.943467, 38.180574, 1003.868107], rtol=1e-6)
    assert_allclose(right, [36.278494, 4.637465, 8.344095, 283.52358], rtol=1e-6)
    # Ours discounts each purchase at its time and not at the end of its month: half a month's interest more.
    year = 365.25 / 7
    clv = model.predict(FIRST, horizon=year, spend_model=SPEND, discount_rate=0.01, discount_period="month")["clv"]
    assert_allclose(clv, by_months(model, year / 12) * math.sqrt(1.01), rtol=2e-3)
    in_days = loy.BetaGeoModel.from_params(**{**ROUNDED, "alpha": 7 * ROUNDED["alpha"]}, time_unit="D")
    days = {**FIRST, "recency": [7 * t for t in FIRST["recency"]], "T": [7 * t for t in FIRST["T"]]}
    same = in_days.predict(days, horizon=365.25, spend_model=SPEND, discount_rate=0.01, discount_period="month")["clv"]
    assert_allclose(same, clv, rtol=1e-12)


def test_who_else_is_in_the_call_does_not_matter(model: Any) -> None:
    """BTYDplus: 14.66 purchases alone, 15.54 among 1,525 customers and 19.50 among 200."""
    rng = np.random.default_rng(5)
    x = np.append(9, rng.integers(0, 60, 1524))
    data = pd.DataFrame({"frequency": x, "recency": np.where(x, 30.0, 0.0), "T": 39.0})
    for method in (model.expected_purchases, model.expected_probability_alive):
        alone = method(frequency=9, recency=30.0, T=39.0, future_t=39.0)
        for n in (1, 200, len(data)):
            assert method(data.head(n), 39.0).iloc[0] == alone


def test_one_time_buyers() -> None:
    """lifetimes#44, #165, #212, #239, #358, #409: P(alive) of 1 surprises, so that it is in the documentation."""
    once = {"frequency": 0, "recency": 0.0, "T": 38.86}
    alive = {cls: cls.from_params(**params).expected_probability_alive(**once) for cls, params in PARAMS.items()}
    assert alive[loy.BetaGeoModel] == alive[loy.NBDModel] == 1.0
    assert alive[loy.ModifiedBetaGeoModel] == pytest.approx(0.38973508, abs=6e-9)
    assert alive[loy.ParetoNBDModel] < 0.3 and alive[loy.GammaGompertzModel] < 0.3
    for text in (loy.BetaGeoModel.__doc__, loy.NBDModel.__doc__):
        assert text is not None and "P(alive) is 1" in text
    assert "ModifiedBetaGeoModel" in str(loy.BetaGeoModel.__doc__)
    assert "one-time buyer" in str(loy.BetaGeoModel.expected_probability_alive.__doc__)


def test_small_a_and_b() -> None:
    """lifetimes#302: NaN for a one-time buyer with a + b < 1."""
    model = loy.BetaGeoModel.from_params(r=1.0875, alpha=75.9149, a=0.107, b=0.8858)
    assert model.expected_purchases(frequency=0, recency=0, T=2.6179, future_t=71.9985) == pytest.approx(
        0.927262102604222846, rel=1e-13
    )


def test_infinite_spend_is_said() -> None:
    """lifetimes#146, #236, #362, #370: negative or infinite CLV where q < 1, without a word."""
    spend = loy.GammaGammaModel.from_params(p=0.5, q=0.7, v=10.0)
    with pytest.warns(loy.LoyaltyWarning):
        value = spend.expected_customer_spend(frequency=[0, 3], monetary_value=[0.0, 20.0])
    assert value[0] == math.inf and 0 < value[1] < math.inf


def test_heavy_buyers_and_other_units(model: Any) -> None:
    """lifetimes#25, #113, #141, #332, CLVTools#100, #112: more than 300 purchases; and times in seconds."""
    heavy = {"frequency": [301, 3000, 30000], "recency": [38.0, 38.9, 38.99], "T": [39.0, 39.0, 39.0]}
    alive = model.expected_probability_alive(heavy)
    assert ((alive >= 0) & (alive <= 1)).all()
    assert np.isfinite(model.log_likelihood(heavy)).all() and np.isfinite(model.expected_purchases(heavy, 52.0)).all()
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    weeks = loy.rfm_summary(log, time_unit="W", observation_period_end="1997-09-30")
    cls = type(model)
    if cls is loy.GammaGompertzModel:
        return  # not identified on these data, in any unit
    seconds = weeks.assign(recency=weeks["recency"] * 604800, T=weeks["T"] * 604800)
    fits = [cls().fit(data) for data in (weeks, seconds)]
    assert [fit.status_ for fit in fits] == ["OK", "OK"]
    assert fits[1].params_["r"] == pytest.approx(fits[0].params_["r"], rel=1e-9)
    assert fits[1].params_["alpha"] == pytest.approx(604800 * fits[0].params_["alpha"], rel=1e-9)


MEMORY = """
import resource, sys
import numpy as np
import loyalty as loy
n = 200_000
rng = np.random.default_rng(1)
x = rng.poisson(1.5, n)
data = {"frequency": x, "recency": np.where(x > 0, 30.0 * rng.random(n), 0.0), "T": np.full(n, 39.0)}
data["monetary_value"] = np.where(x > 0, 20.0 + rng.random(n), 0.0)
spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
bg = loy.BetaGeoModel.from_params(r=0.243, alpha=4.414, a=0.793, b=2.426, time_unit="W")
pareto = loy.ParetoNBDModel.from_params(r=0.553, alpha=10.578, s=0.606, beta=11.669, time_unit="W")
def score(some):
    for worth in (
        bg.predict(some, horizon=52, spend_model=spend),
        pareto.predict(some, horizon=52, spend_model=spend, discount_rate=0.1),
    ):
        assert len(worth["clv"]) == len(some["T"]) and np.isfinite(worth["clv"]).all()
score({name: column[:100] for name, column in data.items()})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
score(data)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / (1.0 if sys.platform != "darwin" else 1024.0))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_memory_of_200_000_customers() -> None:
    """pymc-marketing#1077: 40 GB. A prediction is four columns of 8 bytes, 6.4 MB, for each model."""
    kilobytes = float(subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True).stdout)
    assert kilobytes < 32 * 1024
