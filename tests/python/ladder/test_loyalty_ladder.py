"""loyalty.LoyaltyLadder as a chain: stages of any names, counts in every form, and the conventions of estimators."""

from __future__ import annotations

import pickle
import types
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.base import clone

import loyalty as loy
from loyalty import ladder

STEPS = list(ladder.STAGES[:5])
COUNTS = np.array(
    [[60, 30, 8, 2, 0], [5, 50, 30, 12, 3], [2, 10, 48, 32, 8], [1, 4, 15, 55, 25], [0, 2, 5, 18, 175]], dtype=float
)
CLUB = ["guest", "member", "gone"]
MOVES = {"guest": {"guest": 70, "member": 20, "gone": 10}, "member": {"member": 80, "gone": 5}}


def test_fit_from_counts() -> None:
    chain = loy.LoyaltyLadder(STEPS).fit(counts=COUNTS)
    assert chain.stages_ == tuple(STEPS)
    assert chain.transition_matrix_[0, 1] == chain.probability("unaware", "aware") == pytest.approx(0.3)
    assert chain.std_errors_ is not None and chain.std_errors_[0, 1] == pytest.approx(0.0458257569, abs=5.1e-11)
    assert chain.row_counts_ is not None and chain.row_counts_.tolist() == [100, 100, 100, 100, 200]
    assert (chain.n_transitions_, chain.status_, chain.absorbing_) == (600, "OK", ())
    assert chain.log_likelihood_ == pytest.approx(-547.10640056998280528, rel=1e-14)
    assert loy.LoyaltyLadder().fit(counts=COUNTS).stages_ == tuple(STEPS)
    smooth = loy.LoyaltyLadder(STEPS, prior=0.5).fit(counts=COUNTS)
    assert smooth.transition_matrix_[0, 4] == pytest.approx(0.0048780488, abs=5.1e-11)
    assert smooth.row_sizes_ is not None and smooth.row_sizes_[0] == 103.5
    assert smooth.row_counts_ is not None and smooth.row_counts_[0] == 100


def test_counts_with_names() -> None:
    forms: list[Any] = [
        pd.DataFrame(MOVES).T.fillna(0),
        pl.DataFrame({"from": ["member", "guest"], "gone": [5, 10], "guest": [0, 70], "member": [80, 20]}),
        pa.table({"from": ["guest", "member"], "guest": [70, 0], "member": [20, 80], "gone": [10, 5]}),
        MOVES,
        {"guest": [70, 20, 10], "member": [0, 80, 5], "gone": [0, 0, 0]},
        np.array([[70, 20, 10], [0, 80, 5], [0, 0, 0]]),
        pd.DataFrame([[70, 20, 10], [0, 80, 5], [0, 0, 0]], columns=CLUB),
        types.SimpleNamespace(counts=np.array([[5, 10, 0], [0, 0, 0], [0, 0, 0]]), stages=("gone", "guest", "member")),
    ]
    for form in forms[:-1]:
        chain = loy.LoyaltyLadder(CLUB, absorbing=["gone"]).fit(counts=form)
        assert chain.counts_ is not None and chain.counts_.tolist() == [[70, 20, 10], [0, 80, 5], [0, 0, 0]]
        assert chain.transition_matrix_[2].tolist() == [0, 0, 1]
        assert chain.absorbing_ == ("gone",)
    # Without stages those in the data, in the order of the ladder they belong to.
    found = loy.LoyaltyLadder(absorbing="churn").fit(
        counts={"loyal": {"loyal": 5, "churn": 1}, "aware": {"aware": 3, "loyal": 2}}
    )
    assert found.stages_ == ("aware", "loyal", "churn")
    assert found.probability("aware", "loyal") == 0.4
    assert loy.LoyaltyLadder(absorbing=["gone"]).fit(counts=MOVES).stages_ == ("guest", "member", "gone")
    with pytest.raises(loy.LoyaltyError, match=r"^counts: 'gold' is not a stage; there are 'guest', 'member', 'gone'"):
        loy.LoyaltyLadder(CLUB).fit(counts={"gold": {"gone": 1}})
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must be 3 by 3, as there are stages"):
        loy.LoyaltyLadder(CLUB).fit(counts=COUNTS)
    with pytest.raises(loy.LoyaltyError, match=r"^stages: must be given"):
        loy.LoyaltyLadder().fit(counts=np.ones((3, 3)))
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must be one table"):
        loy.LoyaltyLadder(CLUB).fit(counts=types.SimpleNamespace(counts=np.ones((2, 3, 3)), stages=CLUB))
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must name each stage once"):
        loy.LoyaltyLadder(CLUB).fit(counts=pl.DataFrame({"from": ["guest", "guest"], "guest": [1, 2], "gone": [1, 2]}))


def test_errors_name_the_stage() -> None:
    with pytest.raises(loy.DomainError, match=r"^counts: 'gone' was never seen to be left: give a prior, or") as caught:
        loy.LoyaltyLadder(CLUB).fit(counts=MOVES)
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.DomainError, match=r"^counts: from 'guest' must be 0 for a move that cannot happen"):
        loy.LoyaltyLadder(CLUB, absorbing=["gone"], allowed={"guest": ["member"]}).fit(counts=MOVES)
    with pytest.raises(loy.LoyaltyError, match=r"^absorbing: 'left' is not a stage"):
        loy.LoyaltyLadder(CLUB, absorbing=["left"]).fit(counts=MOVES)
    for stages in ("abc", ["a"], ["a", "a"], [["a"], "b"]):
        with pytest.raises(loy.LoyaltyError, match=r"^stages: must be two different names or more"):
            loy.LoyaltyLadder(stages).fit(counts=np.ones((2, 2)))
    with pytest.raises(loy.LoyaltyError, match=r"^panel: give either a panel or counts"):
        loy.LoyaltyLadder().fit()
    with pytest.raises(loy.LoyaltyError, match=r"^step: is for a panel, not for counts"):
        loy.LoyaltyLadder(CLUB).fit(counts=MOVES, step=1)
    with pytest.raises(loy.LoyaltyError, match=r"^stages: the rule of assign needs five different names"):
        loy.LoyaltyLadder(ladder.CLASSIC_STAGES).assign({"purchases": [1]})


def test_allowed_moves() -> None:
    club = loy.LoyaltyLadder(CLUB, absorbing=["gone"], allowed={"member": ["member", "gone"]}, prior=1).fit(
        counts=MOVES
    )
    assert club.transition_matrix_[1].tolist() == [0, 81 / 87, 6 / 87]
    assert club.test_order().df == 1  # guest has two free chances, member one; less the two weights of three columns
    table = loy.LoyaltyLadder(CLUB, absorbing=["gone"], allowed=[[1, 1, 1], [0, 1, 1], [0, 0, 1]], prior=1)
    assert (table.fit(counts=MOVES).transition_matrix_ == club.transition_matrix_).all()


def test_classic_ladder() -> None:
    assert ladder.CLASSIC_STAGES == ("suspect", "prospect", "customer", "client", "supporter", "advocate", "partner")
    assert len(ladder.CLASSIC_STAGES_ZH) == 7 and ladder.CLASSIC_STAGES_ZH[6] == "合作伙伴"
    chain = loy.LoyaltyLadder(ladder.CLASSIC_STAGES).fit(counts=np.eye(7) * 8 + 1)
    assert chain.probability("client", "client") == pytest.approx(9 / 15)


def test_tables() -> None:
    chain = loy.LoyaltyLadder(STEPS).fit(counts=COUNTS)
    wide = chain.to_frame()
    assert wide.loc["unaware", "aware"] == chain.transition_matrix_[0, 1]
    assert loy.LoyaltyLadder.from_transition_matrix(None, wide).stages_ == tuple(STEPS)
    table = chain.summary()
    assert list(table.columns) == ["from", "to", "count", "probability", "std_error", "lower", "upper"]
    row = table.iloc[1].to_dict()
    assert (row["from"], row["to"], row["count"]) == ("unaware", "aware", 30)
    assert (row["lower"], row["upper"]) == (pytest.approx(0.2189488529), pytest.approx(0.3958485463))
    frame = pl.DataFrame(COUNTS, schema=STEPS)
    narrow = loy.LoyaltyLadder(STEPS, prior=0.5).fit(counts=frame).summary(level=0.5)
    assert isinstance(narrow, pl.DataFrame)
    assert narrow["lower"][1] < narrow["probability"][1] < narrow["upper"][1] < 0.35
    assert isinstance(loy.LoyaltyLadder(STEPS).fit(counts=frame).to_frame(), pl.DataFrame)


def test_tests() -> None:
    chain = loy.LoyaltyLadder(STEPS).fit(counts=COUNTS)
    found = chain.test_order()
    assert (found.statistic, found.df) == (pytest.approx(747.3302728144, abs=5.1e-11), 16)
    periods = np.stack([COUNTS, COUNTS + 1, COUNTS + 2])
    expected = ladder.homogeneity_test(periods)
    named = types.SimpleNamespace(counts=periods[:, ::-1, ::-1], stages=STEPS[::-1])
    for given in (periods, list(periods), {"a": COUNTS, "b": COUNTS + 1, "c": COUNTS + 2}, named):
        assert chain.test_homogeneity(given).statistic == pytest.approx(expected.statistic, rel=1e-12)
    triples = np.arange(125.0).reshape(5, 5, 5) % 11
    assert chain.test_order(2, counts=triples) == ladder.second_order_test(triples)
    assert chain.test_order(1, counts=COUNTS.T) == ladder.order_test(COUNTS.T)
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must be given for order 2"):
        chain.test_order(2)
    with pytest.raises(loy.LoyaltyError, match=r"^order: must be 1 or 2, not 3"):
        chain.test_order(3)


def test_from_transition_matrix() -> None:
    chain = loy.LoyaltyLadder.from_transition_matrix(["a", "b"], [[0.9, 0.1], [0, 1]], absorbing=["b"])
    assert chain.probability("a", "b") == 0.1 and chain.absorbing_ == ("b",)
    assert chain.counts_ is None and chain.std_errors_ is None and chain.row_counts_ is None
    assert chain.summary()["probability"].tolist() == [0.9, 0.1, 0, 1]
    assert chain.summary()["lower"].isna().all()
    with pytest.raises(loy.StateError, match="there are no counts"):
        chain.test_order()
    with pytest.raises(loy.DomainError, match=r"^transition: from 'b' must have rows that sum to one"):
        loy.LoyaltyLadder.from_transition_matrix(["a", "b"], [[0.9, 0.1], [0, 0.9]])
    with pytest.raises(loy.LoyaltyError, match=r"^absorbing: 'a' is left"):
        loy.LoyaltyLadder.from_transition_matrix(["a", "b"], [[0.9, 0.1], [0, 1]], absorbing=["a"])
    for method in ("summary", "to_frame", "test_order"):
        with pytest.raises(loy.StateError, match="this ladder has no chain"):
            getattr(loy.LoyaltyLadder(), method)()


def test_conventions_of_estimators() -> None:
    rule = loy.LoyaltyLadder(STEPS, prior=np.full((5, 5), 0.5), n_loyal=2)
    assert set(rule.get_params()) == {
        "stages", "absorbing", "allowed", "prior", "window", "r_max", "r_churn", "n_loyal", "share_from",
        "advocate_from",
    }  # fmt: skip
    copy = clone(rule)
    assert not copy.__sklearn_is_fitted__() and (copy.prior == rule.prior).all()
    assert repr(rule).startswith("LoyaltyLadder(stages=['unaware'") and "n_loyal=2" in repr(rule)
    assert copy.fit(counts=COUNTS) is copy and copy.__sklearn_is_fitted__()
    again = pickle.loads(pickle.dumps(copy))
    assert (again.transition_matrix_ == copy.transition_matrix_).all()
    assert again.summary().equals(copy.summary())
    # What was fitted stays so when parameters change.
    before = copy.summary()
    assert copy.set_params(prior=None).summary().equals(before)


def test_panel() -> None:
    panel = pd.DataFrame({"customer_id": [1, 1, 1, 2, 2, 2], "time": [0, 1, 2, 0, 1, 2], "stage": list("aabbba")})
    chain = loy.LoyaltyLadder(["a", "b"]).fit(panel)
    assert chain.transition_matrix_.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_options_of_a_panel_are_those_of_transitions() -> None:
    panel = pl.DataFrame({"id": [1, 1, 1, 2], "t": [0, 2, 4, 4], "s": ["aware", "aware", "loyal", "loyal"]})
    chain = loy.LoyaltyLadder(absorbing=["loyal"]).fit(
        panel, customer_id_col="id", datetime_col="t", stage_col="s", step=2
    )
    assert chain.probability("aware", "loyal") == 0.5
    assert isinstance(chain.summary(), pl.DataFrame)
    with pytest.raises(loy.LoyaltyError, match="step"):
        chain.fit(panel, customer_id_col="id", datetime_col="t", stage_col="s", step=-1)


def test_stages_that_are_numbers_by_themselves() -> None:
    chain = loy.LoyaltyLadder(stages=np.array([1, 2]), absorbing=2).fit(counts=[[5, 5], [0, 8]])
    assert chain.stages_ == (1, 2) and type(chain.stages_[0]) is int
    assert chain.absorbing_ == (2,)
    assert chain.expected_steps(2).tolist() == [2, 0]
    assert loy.LoyaltyLadder(stages=[1, 2], allowed={2: 2}).fit(counts=[[5, 5], [0, 8]]).absorbing_ == (2,)
    with pytest.raises(loy.LoyaltyError, match=r"^to: 9 is not a stage; there are 1, 2"):
        chain.expected_steps(9)


def test_never_left_is_what_the_other_chances_say() -> None:
    rounded = [[0.5, 0.5], [0, 1 - 1e-12]]
    assert loy.LoyaltyLadder.from_transition_matrix(["a", "b"], rounded, absorbing="b").absorbing_ == ("b",)
    with pytest.raises(loy.LoyaltyError, match=r"^absorbing: 'b' is left with a chance above 0"):
        loy.LoyaltyLadder.from_transition_matrix(["a", "b"], [[0.5, 0.5], [1e-12, 1]], absorbing="b")


def test_a_table_without_columns() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must have a column for each stage"):
        loy.LoyaltyLadder().fit(counts=pd.DataFrame())


def test_intervals_suit_what_they_are_of() -> None:
    chain = loy.LoyaltyLadder(stages=["a", "b"]).fit(counts=[[1, 1], [1, 7]])
    z = 1.959963984540054
    share = chain.stationary_summary()
    odds = np.log(share["share"] / (1 - share["share"]))
    reach = z * share["std_error"] / (share["share"] * (1 - share["share"]))
    assert np.allclose(share["lower"], 1 / (1 + np.exp(-odds + reach)), rtol=1e-12)
    assert np.allclose(share["upper"], 1 / (1 + np.exp(-odds - reach)), rtol=1e-12)
    assert (share["upper"] < 1).all()
    gains = chain.value_summary([1, 2], 0.1)
    assert np.allclose(gains["upper"], gains["value"] * np.exp(z * gains["std_error"] / gains["value"]), rtol=1e-12)
    mixed = chain.value_summary([-5, 2], 0.1)  # a value that may be below 0 has an interval that may
    assert np.allclose(mixed["lower"], mixed["value"] - z * mixed["std_error"], rtol=1e-12)
    assert np.allclose(mixed["upper"], mixed["value"] + z * mixed["std_error"], rtol=1e-12)
    steps = chain.steps_summary("b")
    assert (steps["lower"][1], steps["upper"][1]) == (0, 0)
    assert steps["upper"][0] == pytest.approx(2 * np.exp(z * steps["std_error"][0] / 2), rel=1e-12)
