"""loyalty.survey.NPSStream: parts of a survey count as the whole does."""

from __future__ import annotations

import pickle
import threading
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy
from loyalty.survey import NPSStream

SCORES = np.random.default_rng(2).integers(0, 11, 5000)


@pytest.mark.parametrize(
    "make", [list, np.array, pd.Series, pl.Series, pa.array, lambda s: np.array(s, dtype=np.uint8)]
)
def test_parts_are_the_whole(make: Any) -> None:
    whole = loy.nps(SCORES)
    parts = [NPSStream().update(make(part.tolist())) for part in np.array_split(SCORES, 7)]
    stream = NPSStream()
    for part in reversed(parts):
        stream.merge(part)
    assert stream.result() == whole
    assert stream.counts == tuple(np.bincount(SCORES, minlength=11))
    assert (stream.n, stream.missing) == (5000, 0)
    assert stream == NPSStream().update(SCORES)
    assert stream.result(promoter_from=8, passive_from=5) == loy.nps(SCORES, promoter_from=8, passive_from=5)
    assert stream.groups() == (whole.promoters, whole.passives, whole.detractors)


def test_one_by_one_and_missing() -> None:
    stream = NPSStream()
    assert stream.groups() == (0, 0, 0)
    with pytest.raises(loy.DomainError, match=r"^self: must hold at least one answer") as caught:
        stream.result()
    assert caught.value.code == "ERR_TOO_FEW"
    assert stream.add(10).add(3.0).add(float("nan"), skip_missing=True) is stream
    assert stream.update("x", data={"x": [9, None]}, skip_missing=True) is stream
    assert (stream.counts, stream.missing) == ((0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1), 2)
    assert stream.result().missing == 2
    assert repr(stream) == "NPSStream(n=3, missing=2)"


def test_errors_change_nothing() -> None:
    stream = NPSStream().update([10, 9])
    before = pickle.dumps(stream)
    for scores in ([10, 9, 11], np.array([10, 9, 11], dtype=np.uint8)):
        with pytest.raises(loy.DomainError, match=r"^scores\[2\]: "):
            stream.update(scores)
    with pytest.raises(loy.DomainError, match=r"^score: "):
        stream.add(2.5)
    with pytest.raises(loy.DomainError, match=r"^score: "):
        stream.add(float("nan"))
    with pytest.raises(loy.LoyaltyError, match=r"^other: must be an NPSStream, not list"):
        stream.merge([10])  # type: ignore[arg-type]
    full = NPSStream([0] * 10 + [2**53 - 1])
    with pytest.raises(loy.DomainError) as caught:
        stream.merge(full)
    assert caught.value.code == "ERR_OVERFLOW"
    with pytest.raises(loy.LoyaltyError, match="passive_from"):
        stream.result(passive_from=0)
    assert pickle.dumps(stream) == before


def test_kept_and_sent() -> None:
    stream = NPSStream().update([10, 9, 3]).add(float("nan"), skip_missing=True)
    again = pickle.loads(pickle.dumps(stream))
    assert again == stream
    assert again is not stream
    assert NPSStream(stream.counts, stream.missing) == stream
    assert NPSStream(missing=4).missing == 4
    assert stream != NPSStream()
    assert stream != "stream"
    again.add(0)
    assert stream.n == 3
    with pytest.raises(loy.LoyaltyError, match=r"^counts: must be the 11 counts"):
        NPSStream([1, 2, 3])
    for counts in ([-1] + [0] * 10, [2**53] * 11):
        with pytest.raises(loy.DomainError, match=r"^counts: must hold counts"):
            NPSStream(counts)
    with pytest.raises(TypeError):
        hash(stream)


def test_threads_lose_no_answer() -> None:
    stream = NPSStream()
    threads = [threading.Thread(target=lambda: [stream.update(SCORES) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stream.n == 4 * 50 * len(SCORES)
