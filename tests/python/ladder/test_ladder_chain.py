"""What a fitted LoyaltyLadder answers, in names of stages; numbers of the specification's worked example."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_allclose

import loyalty as loy

STAGES = loy.ladder.STAGES[:5]
COUNTS = np.array(
    [[60, 30, 8, 2, 0], [5, 50, 30, 12, 3], [2, 10, 48, 32, 8], [1, 4, 15, 55, 25], [0, 2, 5, 18, 175]], dtype=float
)
# Pfeifer and Carraway 2000: recency 1 to 4 and former customers, contribution 40, mailing 4, discount .2.
RECENCY = ["1", "2", "3", "4", "former"]
MOVES = [[0.3, 0.7, 0, 0, 0], [0.2, 0, 0.8, 0, 0], [0.15, 0, 0, 0.85, 0], [0.05, 0, 0, 0, 0.95], [0, 0, 0, 0, 1]]
REWARD = {"1": 36, "2": -4, "3": -4, "4": -4}


@pytest.fixture
def chain() -> loy.LoyaltyLadder:
    return loy.LoyaltyLadder(STAGES).fit(counts=COUNTS)


@pytest.fixture
def mailed() -> loy.LoyaltyLadder:
    return loy.LoyaltyLadder.from_transition_matrix(RECENCY, MOVES, absorbing=["former"])


@pytest.fixture
def panel() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    p = COUNTS / COUNTS.sum(axis=1, keepdims=True)
    rows = []
    for customer in range(300):
        stage = 0
        for month in range(6):
            rows.append((customer, pd.Timestamp(2025, month + 1, 3), STAGES[stage]))
            stage = int(rng.choice(5, p=p[stage]))
    return pd.DataFrame(rows, columns=["customer_id", "time", "stage"])


def test_long_run(chain: loy.LoyaltyLadder) -> None:
    law = [0.0208674579, 0.0683540681, 0.1340390891, 0.2248497972, 0.5518895877]
    assert_allclose(chain.stationary(), law, rtol=1e-8)
    table = chain.stationary_summary()
    assert list(table.columns) == ["stage", "share", "std_error", "lower", "upper"]
    assert (table["lower"] < table["share"]).all() and (table["share"] < table["upper"]).all()
    assert_allclose(chain.recurrence_times(), 1 / np.array(law), rtol=1e-8)


def test_steps(chain: loy.LoyaltyLadder) -> None:
    steps = [11.20695372, 9.15965701, 7.72125274, 5.85920829, 0]
    assert_allclose(chain.expected_steps(to="loyal"), steps, rtol=1e-8)
    table = chain.steps_summary(to=["loyal"])
    assert_allclose(table["std_error"], [1.2307384264, 1.1919287699, 1.1632761167, 1.0874117374, 0], rtol=1e-9)
    assert table["lower"].iloc[-1] == table["upper"].iloc[-1] == 0
    assert (table["lower"] >= 0).all()
    assert_allclose(chain.expected_visits(to="loyal").sum(axis=1), steps, rtol=1e-8)
    ends = chain.absorption_probabilities(to=["unaware", "loyal"])
    assert_allclose(ends.probabilities.sum(axis=1), 1)


def test_value(mailed: loy.LoyaltyLadder) -> None:
    published = [52.319609, 5.553784, 1.250773, -1.820016, 0]
    assert_allclose(mailed.value(REWARD, 0.2), published, atol=5e-7)
    assert_allclose(mailed.value([36, -4, -4, -4, 0], 0.2, horizon=4)[0], 50.114969, atol=5e-7)
    table = mailed.value_summary(REWARD, 0.2)
    assert table["standard_deviation"].iloc[0] == pytest.approx(28.0762104038, rel=1e-11)
    assert table["std_error"].isna().all() and table["lower"].isna().all()
    assert_allclose(mailed.expected_steps(), [6.05042017, 4.62184874, 3.01470588, 1.30252101, 0], rtol=1e-8)
    assert mailed.quasi_stationary().law[4] == 0


def test_value_with_errors(chain: loy.LoyaltyLadder) -> None:
    table = chain.value_summary(dict(zip(STAGES, range(1, 6), strict=True)), 0.1, level=0.9)
    assert (table["std_error"] > 0).all() and (table["lower"] > 0).all()
    narrow = chain.value_summary([1, 2, 3, 4, 5], 0.1, level=0.5)
    assert (table["upper"] > narrow["upper"]).all()


def test_customers_over_time(chain: loy.LoyaltyLadder) -> None:
    table = chain.project({"unaware": 100}, 2, inflow={"aware": 10})
    assert list(table.columns) == ["period", *STAGES]
    assert table.loc[1].tolist() == pytest.approx([1, 60, 40, 8, 2, 0])
    assert isinstance(chain.project([100, 0, 0, 0, 0], 1), pd.DataFrame)
    settled = loy.LoyaltyLadder.from_transition_matrix(RECENCY, MOVES).steady_population({"1": 10})
    assert settled[4] == 0 and settled[0] > 10


def test_names_are_checked(chain: loy.LoyaltyLadder) -> None:
    with pytest.raises(loy.LoyaltyError, match="to: 'gold' is not a stage"):
        chain.expected_steps(to="gold")
    with pytest.raises(loy.LoyaltyError, match="reward: 'gold' is not a stage"):
        chain.value({"gold": 1}, 0.1)
    with pytest.raises(loy.LoyaltyError, match="start"):
        chain.project([1, 2], 3)
    with pytest.raises(loy.LoyaltyError, match="discount_rate"):
        chain.value([1, 2, 3, 4, 5], 0)
    for ask in (lambda ladder: ladder.stationary(), lambda ladder: ladder.value_summary([1] * 5, 0.1)):
        with pytest.raises(loy.StateError, match="fit"):
            ask(loy.LoyaltyLadder(STAGES))
    with pytest.raises(loy.StateError, match="fit"):
        loy.LoyaltyLadder(STAGES).plot_flow()
    with pytest.raises(loy.LoyaltyError, match="transition: from 'b'"):
        loy.LoyaltyLadder.from_transition_matrix(["a", "b"], [[1, 0], [0.5, 0.4]])
    two = loy.LoyaltyLadder.from_transition_matrix(["a", "b"], [[1, 0], [0, 1]])
    with pytest.raises(loy.LoyaltyError, match="from 'b' must have one closed class"):
        two.stationary()


def test_growth_beyond_the_discount_is_infinite(chain: loy.LoyaltyLadder) -> None:
    with pytest.warns(loy.LoyaltyWarning, match="infinite"):
        assert np.isinf(chain.value([1, 1, 1, 1, 1], 0.1, growth=0.2)).all()


def test_stage_shares(panel: pd.DataFrame) -> None:
    seen = loy.ladder.stage_shares(panel, stages=STAGES, step="M")
    assert seen.counts.sum(axis=1).tolist() == [300] * 6 and seen.counts[0].tolist() == [300, 0, 0, 0, 0]
    assert_allclose(seen.shares.sum(axis=1), 1)
    assert str(seen.periods[5]) == "2025-06" and seen.stages == STAGES
    plain = loy.ladder.stage_shares(pl.DataFrame({"customer_id": [1, 2, 1], "time": [4, 4, 6], "stage": [0, 1, None]}))
    assert plain.counts.tolist() == [[1, 1]] and plain.periods == (4,)
    with pytest.raises(loy.LoyaltyError, match=r"time\[2\]: is the second row"):
        loy.ladder.stage_shares({"customer_id": [1, 2, 1], "time": [1, 1, 1], "stage": [0, 1, 1]})
    with pytest.raises(loy.LoyaltyError, match=r"stage\[1\]: 'x' is not a stage"):
        loy.ladder.stage_shares({"customer_id": [1, 2], "time": [1, 1], "stage": ["a", "x"]}, stages=["a", "b"])
    with pytest.raises(loy.LoyaltyError, match="must have a row with a stage"):
        loy.ladder.stage_shares({"customer_id": [], "time": [], "stage": []}, stages=["a", "b"])


def test_a_panel_from_fit_to_pictures(panel: pd.DataFrame) -> None:
    pytest.importorskip("matplotlib").use("agg")
    chain = loy.LoyaltyLadder(STAGES).fit(panel, step="M")
    assert chain.n_transitions_ == 1500
    ax = chain.plot_transitions()
    assert [t.get_text() for t in ax.get_xticklabels()] == list(STAGES)
    assert ax.get_yticklabels()[0].get_text() == f"unaware  (n = {chain.row_counts_[0]:.0f})"
    ax = chain.plot_shares(panel, step="M", periods=3)
    assert ax.get_xticklabels()[0].get_text() == "2025-01"
    assert any(t.get_text() == "projected" for t in ax.texts)
    ax = chain.plot_values([1, 2, 3, 4, 5], 0.1)
    assert "95 % interval" in ax.get_title(loc="left")
    ax = chain.plot_flow()
    assert sum(text.get_text().startswith("loyal, ") for text in ax.texts) == 2
    assert len(chain.plot_flow(start={"unaware": 1}).texts) == 10


def test_absorbing_stages_are_drawn_below(mailed: loy.LoyaltyLadder) -> None:
    pytest.importorskip("matplotlib").use("agg")
    ax = mailed.plot_transitions()
    assert [t.get_text() for t in ax.get_yticklabels()] == ["former", "1", "2", "3", "4"]
    assert mailed.plot_values(REWARD, 0.2).get_title(loc="left") == "Value of a customer"


@pytest.mark.parametrize("kept", [copy.deepcopy, lambda chain: pickle.loads(pickle.dumps(chain))])
def test_copies_answer_the_same(chain: loy.LoyaltyLadder, kept: Any) -> None:
    assert kept(chain).expected_steps("loyal").tolist() == chain.expected_steps("loyal").tolist()
