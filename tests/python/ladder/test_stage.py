"""loyalty.LoyaltyLadder: the rule of the five steps on frames."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy
from loyalty import ladder

CUSTOMERS: dict[str, list[Any]] = {
    "customer_id": ["a", "b", "c", "d", "e", "f", "g"],
    "purchases": [0, 0, 0, 2, 3, 4, 5],
    "recency_days": [None, None, None, 20.0, 10.0, 5.0, 400.0],
    "share": [None, None, None, 0.6, 0.5, None, 0.9],
    "rank": [None, None, 2, None, None, 1, 1],
    "aware": [False, True, True, True, True, True, True],
    "considered": [None, False, True, True, True, True, True],
    "recommendation": [None, None, None, 10, 8, 9, 10],
    "previous_stage": [None, None, None, None, None, "prefer", "loyal"],
}
STAGES = ["unaware", "aware", "consider", "prefer", "loyal", "loyal", "churn"]
ADVOCATES = [False, False, False, False, False, True, False]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_every_stage(make: Any) -> None:
    frame = make(CUSTOMERS)
    rule = loy.LoyaltyLadder()
    found = rule.assign(frame)
    assert type(found) is type(frame)
    rows = found.to_pydict() if isinstance(found, pa.Table) else pl.DataFrame(found).to_dict(as_series=False)
    assert rows == {"customer_id": CUSTOMERS["customer_id"], "stage": STAGES, "advocate": ADVOCATES}
    assert rule.status_ == "OK"
    a = rule.assignment_
    assert a.counts == {"unaware": 1, "aware": 1, "consider": 1, "prefer": 1, "loyal": 2, "churn": 1}
    assert (a.advocates, a.missing, a.unreachable, a.bad) == (1, (), (), 0)
    assert a.unknown["recency_days"] == 3


def test_dicts_and_numbers() -> None:
    numbers = {
        key: np.array([np.nan if v is None else v for v in CUSTOMERS[key]], dtype=float) for key in ladder.INPUTS[:7]
    }
    numbers["previous_stage"] = np.array([np.nan] * 5 + [3, 4])
    found = loy.LoyaltyLadder().assign(numbers)
    assert found["stage"].tolist() == STAGES
    assert found["advocate"].tolist() == ADVOCATES


def test_a_log_alone_says_what_is_missing() -> None:
    log = pd.DataFrame({"purchases": [0, 5], "recency_days": [np.nan, 3.0]}, index=["x", "y"])
    rule = loy.LoyaltyLadder()
    with pytest.warns(
        loy.LoyaltyWarning, match=r"nobody can be found on aware, prefer, loyal, churn.*share, rank"
    ) as caught:
        found = rule.assign(log)
    assert isinstance(caught[0].message, loy.LoyaltyWarning)
    assert caught[0].message.code == rule.status_ == "NOTICE_INCOMPLETE"
    assert found["stage"].to_dict() == {"x": "unaware", "y": "consider"}
    assert rule.assignment_.missing == ("share", "rank", "aware", "considered", "recommendation", "previous_stage")
    assert rule.assignment_.unreachable == ("aware", "prefer", "loyal", "churn")


def test_own_names() -> None:
    assert ladder.STAGES_ZH == ("未接触", "意识", "考虑", "偏爱", "忠诚", "流失")
    frame = pd.DataFrame(CUSTOMERS).rename(columns={"purchases": "orders"})
    found = loy.LoyaltyLadder(stages=ladder.STAGES_ZH).assign(frame, columns={"purchases": "orders"})
    assert found["stage"].tolist() == ["未接触", "意识", "考虑", "偏爱", "忠诚", "忠诚", "流失"]
    again = frame.assign(previous_stage=found["stage"])
    five = loy.LoyaltyLadder(stages=list("12345")).assign(
        again, columns={"purchases": "orders", "previous_stage": "considered"}
    )
    assert five["stage"].tolist()[:5] == list("12345")
    with pytest.raises(loy.LoyaltyError, match=r"^orders: there is no such column"):
        loy.LoyaltyLadder().assign(CUSTOMERS, columns={"purchases": "orders"})
    with pytest.raises(loy.LoyaltyError, match=r"'size' is not an input of the rule"):
        loy.LoyaltyLadder().assign(CUSTOMERS, columns={"size": "orders"})
    with pytest.raises(loy.LoyaltyError, match=r"^stages: "):
        loy.LoyaltyLadder(stages=["a", "b"]).assign(CUSTOMERS)


def test_cut_offs() -> None:
    everyone: dict[str, list[Any]] = {key: [None] for key in ladder.INPUTS}
    everyone |= {"purchases": [1], "recency_days": [100.0], "share": [0.3]}
    assert loy.LoyaltyLadder().assign(everyone)["stage"].tolist() == ["consider"]
    easy = loy.LoyaltyLadder(n_loyal=1, share_from=0.3)
    assert easy.assign(everyone)["stage"].tolist() == ["loyal"]
    assert easy.set_params(r_max=99).assign(everyone)["stage"].tolist() == ["prefer"]
    with pytest.raises(loy.DomainError, match=r"^r_churn: must be at least r_max"):
        loy.LoyaltyLadder(r_max=400).assign(everyone)
    assert repr(easy) == "LoyaltyLadder(r_max=99, n_loyal=1, share_from=0.3)"


def test_bad_rows() -> None:
    bad = dict(CUSTOMERS, share=[None, 1.5, None, 0.6, 0.5, None, 0.9])
    with pytest.raises(loy.DomainError, match=r"^share\[1\]: must be from 0 to 1$"):
        loy.LoyaltyLadder().assign(bad)
    rule = loy.LoyaltyLadder()
    found = rule.assign(bad, errors="coerce")
    assert found["stage"].tolist() == [STAGES[0], None, *STAGES[2:]]
    assert rule.assignment_.bad == 1
    with pytest.raises(loy.LoyaltyError, match=r"^previous_stage\[0\]: 'gold' is not a stage"):
        loy.LoyaltyLadder().assign(dict(CUSTOMERS, previous_stage=["gold"] * 7))
    with pytest.raises(loy.LoyaltyError, match=r"^purchases\[0\]: must be a number, not 'many'"):
        loy.LoyaltyLadder().assign(dict(CUSTOMERS, purchases=["many"] * 7))


def test_long_frames_equal_short_ones() -> None:
    r = np.random.default_rng(5)
    n = 1000
    frame = pl.DataFrame(
        {
            "purchases": r.integers(0, 6, n), "recency_days": r.uniform(0, 500, n), "share": r.uniform(0, 1, n),
            "rank": r.integers(1, 4, n), "aware": r.integers(0, 2, n), "considered": r.integers(0, 2, n),
            "recommendation": r.integers(0, 11, n), "previous_stage": r.integers(0, 6, n),
        }
    )  # fmt: skip
    rule = loy.LoyaltyLadder()
    whole = rule.assign(frame)
    counts = dict(rule.assignment_.counts)
    assert sum(counts.values()) == n
    for i in range(0, n, 97):
        assert rule.assign(frame[i : i + 1]).row(0) == whole.row(i)
    assert counts == {s: whole["stage"].to_list().count(s) for s in ladder.STAGES}
