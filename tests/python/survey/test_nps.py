"""loyalty.nps: intervals computed from the formulas of Rocks 2016."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy


def test_counts() -> None:
    r = loy.nps_from_counts(50, 30, 20)
    assert r.score == 0.3
    assert r.standard_error == pytest.approx(math.sqrt(0.61 / 100), rel=1e-15)
    assert (r.promoters, r.passives, r.detractors, r.n) == (50, 30, 20, 100)
    assert r.interval(method="wald") == pytest.approx((0.1469219, 0.4530781), abs=5e-8)
    assert r.interval() == pytest.approx((0.1405113, 0.4420130), abs=5e-8)


@pytest.mark.parametrize(
    "make", [list, tuple, np.array, pd.Series, pl.Series, pa.array, lambda s: np.array(s, dtype=np.int8)]
)
def test_scores_of_any_kind(make: Any) -> None:
    r = loy.nps(make([10, 9, 8, 7, 6, 0]))
    assert (r.score, r.promoters, r.passives, r.detractors) == (0.0, 2, 2, 2)


def test_weights() -> None:
    r = loy.nps([10, 9, 8, 0, 1, 10], [1, 2, 1, 0.5, 1.5, 1])
    assert r.score == pytest.approx(0.2857142857, abs=1e-10)
    assert r.standard_error == pytest.approx(0.4221087065, abs=1e-10)
    assert r.effective_n == pytest.approx(5.1578947368, abs=1e-10)
    assert r.weighted


def test_cut_offs_and_missing() -> None:
    assert loy.nps([8, 9, 10], promoter_from=8).promoters == 3
    missing = pd.Series([10, None, 8], dtype="Int64")
    assert loy.nps(missing, skip_missing=True).missing == 1
    with pytest.raises(loy.DomainError, match=r"^scores\[1\]: "):
        loy.nps(missing)


def test_bad_data_names_the_row() -> None:
    with pytest.raises(loy.DomainError, match=r"^scores\[2\]: ") as caught:
        loy.nps([10, 9, 11])
    assert (caught.value.code, caught.value.argument, caught.value.index) == ("ERR_DOMAIN", "scores", 2)
    with pytest.raises(loy.DomainError) as caught:
        loy.nps([])
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.LoyaltyError, match=r"weights: has 1 elements"):
        loy.nps([1, 2], [1])
    with pytest.raises(loy.LoyaltyError, match=r"scores\[0\]: must be a number, not '10'"):
        loy.nps(["10", "9"])


def test_bad_calls() -> None:
    r = loy.nps_from_counts(1, 1, 1)
    with pytest.raises(loy.LoyaltyError, match=r"method: must be one of 'adjusted_wald', 'wald'"):
        r.interval(method="exact")  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"level"):
        r.interval(level=1.0)
    with pytest.raises(TypeError, match=r"promoters: expected an integer, got str"):
        loy.nps_from_counts("1", 1, 1)  # type: ignore[arg-type]


def test_result_is_a_value() -> None:
    r = loy.nps_from_counts(50, 30, 20)
    assert pickle.loads(pickle.dumps(r)) == r
    assert "score=0.3" in repr(r)
    with pytest.raises(AttributeError):
        r.score = 1.0  # type: ignore[misc]


def test_bytes() -> None:
    scores = np.array([10, 9, 8, 7, 6, 0] * 100, dtype=np.uint8)
    assert loy.nps(scores) == loy.nps(scores.astype(float))
    assert loy.nps(scores[::2]) == loy.nps(scores[::2].astype(float))
    assert loy.nps(scores.astype(np.int8)) == loy.nps(scores.astype(float))
    with pytest.raises(loy.DomainError, match=r"^scores\[3\]: "):
        loy.nps(np.array([1, 2, 3, -1], dtype=np.int8))
    with pytest.raises(loy.DomainError) as caught:
        loy.nps(np.empty(0, dtype=np.uint8))
    assert caught.value.code == "ERR_TOO_FEW"


SURVEY = {
    "recommend": [10, 9, 3, 8, 7, None, 9],
    "segment": ["new", "old", "new", None, "old", "empty", "old"],
    "weight": [1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 0.5],
}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_by(make: Any) -> None:
    frame = make(SURVEY)
    by = loy.nps("recommend", by="segment", data=frame, skip_missing=True)
    assert type(by) is type(frame)
    rows = by.to_pydict() if isinstance(by, pa.Table) else pl.DataFrame(by).to_dict(as_series=False)
    assert rows["segment"][:3] == ["empty", "new", "old"]
    assert rows["n"] == [0, 2, 3, 1]
    assert rows["missing"] == [1, 0, 0, 0]
    assert rows["promoters"] == [0, 1, 2, 0]
    assert rows["score"][1:] == [0.0, pytest.approx(2 / 3), 0.0]
    assert rows["score"][0] is None or math.isnan(rows["score"][0])
    old = loy.nps([9, 7, 9])
    assert (rows["lower"][2], rows["upper"][2]) == old.interval()
    assert rows["standard_error"][2] == old.standard_error


def test_by_with_weights_level_and_arrays() -> None:
    frame = pd.DataFrame(SURVEY).iloc[[0, 1, 2, 4, 6]]
    by = loy.nps("recommend", "weight", by="segment", data=frame, level=0.5, method="wald")
    old = loy.nps([9, 7, 9], [2, 1, 0.5])
    assert by.loc[1, "score"] == old.score
    assert (by.loc[1, "lower"], by.loc[1, "upper"]) == old.interval(0.5, "wald")
    same = loy.nps(frame["recommend"], frame["weight"], by=frame["segment"], level=0.5, method="wald")
    pd.testing.assert_frame_equal(same, by)
    arrays = loy.nps([10, 9, 3], by=[1, 2, 1])
    assert arrays["group"].tolist() == [1, 2]
    assert arrays["score"].tolist() == [0.0, 1.0]
    mixed = loy.nps([10, 9, 3], by=np.array(["b", 2, "b"], dtype=object))
    assert mixed["group"].tolist() == ["b", 2]


def test_by_names_the_callers_row() -> None:
    with pytest.raises(loy.DomainError) as caught:
        loy.nps([10, 9, 11, 3], by=["b", "a", "b", "a"])
    assert (caught.value.argument, caught.value.index) == ("scores", 2)


def test_missing_says_what_to_do() -> None:
    for scores in ([9, None], pd.Series([9, None], dtype="Int64"), pl.Series([9, None]), np.array([9, np.nan])):
        with pytest.raises(loy.DomainError, match=r"^scores\[1\]: must not be missing, unless skip_missing"):
            loy.nps(scores)
    with pytest.raises(loy.DomainError, match=r"^scores\[1\]: must be a whole number from 0 to 10"):
        loy.nps([9, 11])


def test_options_of_intervals_are_checked_when_no_group_has_one() -> None:
    missing = {"scores": [math.nan, math.nan], "by": ["a", "b"], "skip_missing": True}
    assert np.isnan(loy.nps(**missing)["lower"]).all()
    with pytest.raises(loy.DomainError, match=r"^level: "):
        loy.nps(**missing, level=95)
    with pytest.raises(loy.DomainError, match=r"^replicates: "):
        loy.nps(**missing, method="bootstrap", replicates=10)
    with pytest.raises(loy.LoyaltyError, match=r"^prior: "):
        loy.nps(**missing, method="bayes", prior=(1, 2))


def test_stream_is_at_the_front() -> None:
    assert loy.NPSStream().update([10, 9, 3]).result().score == loy.nps([10, 9, 3]).score
