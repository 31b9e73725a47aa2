"""loyalty.csat: the Wilson interval."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import loyalty as loy


def test_counts() -> None:
    r = loy.csat_from_counts(80, 120)
    assert r.score == 80 / 120
    assert r.standard_error == pytest.approx(math.sqrt(2 / 9 / 120), rel=1e-15)
    assert r.interval() == pytest.approx((0.5783110162, 0.7446825950), abs=5.1e-11)


@pytest.mark.parametrize("make", [list, np.array, pd.Series, pl.Series])
def test_scores(make: Any) -> None:
    r = loy.csat(make([5, 4, 3, 2, 1]))
    assert (r.top, r.n, r.missing, r.score) == (2, 5, 0, 0.4)
    assert loy.csat(make([5, 4, 3, 2, 1]), boxes=1).top == 1
    assert loy.csat(make([7, 6, 5, 1]), highest=7, boxes=3).top == 3
    assert loy.csat("x", data={"x": make([5, 4])}).score == 1.0


def test_missing_and_bad() -> None:
    assert loy.csat([5, None, 1], skip_missing=True).missing == 1
    with pytest.raises(loy.DomainError, match=r"^scores\[1\]: "):
        loy.csat([5, None, 1])
    with pytest.raises(loy.DomainError, match=r"^scores\[2\]: must be a whole number on the scale"):
        loy.csat([5, 1, 6])
    with pytest.raises(loy.LoyaltyError, match=r"boxes"):
        loy.csat([5], boxes=5)
    with pytest.raises(loy.DomainError, match=r"level"):
        loy.csat([5]).interval(0)
    with pytest.raises(loy.DomainError, match=r"top"):
        loy.csat_from_counts(3, 2)
