"""A hundred million rows (customer, time, stage) of 20 bytes to a table of transitions, from Python: in order of
customer and time against the fastest read of the same bytes in this run, on one thread; twenty million in random order
against Polars on the same number of threads, which sorts, shifts and groups. In turn in one run, same counts.

    transitions.py [rows] [unsorted rows]
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

THREADS = os.cpu_count() or 1
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import polars as pl  # noqa: E402 - after its number of threads
from nps_bytes import reader  # noqa: E402

from loyalty.ladder import transitions  # noqa: E402

STAGES = 6
READ, POLARS = 0.5, 1.0  # least share of the speed of reading, least multiple of the speed of Polars


def make(rows: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """One piece of memory, and three columns in it: customers of twelve waves, one row in sixteen missing, who change
    their stage in one wave of four."""
    rng = np.random.default_rng(20240607)
    memory = np.empty(20 * rows, dtype=np.uint8)
    panel = {
        "customer_id": memory[: 8 * rows].view(np.int64),
        "time": memory[8 * rows : 16 * rows].view(np.int64),
        "stage": memory[16 * rows :].view(np.int32),
    }
    for start in range(0, rows, 12 << 18):  # in parts, so that no copy of the whole is needed
        part = slice(start, min(rows, start + (12 << 18)))
        at = np.arange(part.start, part.stop)
        at += (rng.integers(0, 16, len(at)) == 0).cumsum() + part.start // 8
        drawn = rng.integers(0, STAGES, len(at), dtype=np.int32)
        held = np.maximum.accumulate(np.where(rng.integers(0, 4, len(at)) == 0, np.arange(len(at)), 0))
        panel["customer_id"][part], panel["time"][part] = np.divmod(at, 12)
        panel["stage"][part] = drawn[held]
    return memory, panel


def polars_counts(frame: pl.DataFrame) -> np.ndarray:
    """Sort, shift and compare, group: what a user of Polars writes."""
    later = frame.lazy().sort("customer_id", "time")
    pairs = later.with_columns(pl.all().shift(-1).name.suffix("_next")).filter(
        pl.col("customer_id") == pl.col("customer_id_next"), pl.col("time_next") - pl.col("time") == 1
    )
    found = pairs.group_by("stage", "stage_next").len().collect()
    counts = np.zeros((STAGES, STAGES), dtype=np.int64)
    counts[found["stage"].to_numpy(), found["stage_next"].to_numpy()] = found["len"].to_numpy()
    return counts


def in_turn(runs: dict[str, Callable[[], Any]], rounds: int) -> tuple[dict[str, float], dict[str, Any]]:
    """Least seconds of each, and what it gave."""
    best, results = dict.fromkeys(runs, math.inf), {}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            results[name] = run()
            best[name] = min(best[name], time.perf_counter() - start)
    return best, results


def in_order(rows: int) -> float:
    memory, panel = make(rows)
    words = memory[: memory.size // 8 * 8].view(np.uint64)
    with tempfile.TemporaryDirectory() as folder:
        runs: dict[str, Callable[[], Any]] = {
            "in order, one thread": lambda: transitions(panel, stages=STAGES, threads=1),
            f"in order, {THREADS} threads": lambda: transitions(panel, stages=STAGES, threads=THREADS),
            "read, NumPy": words.sum,
        }
        native = reader(Path(folder), words)
        if native is not None:
            runs["read, C"] = native
        best, results = in_turn(runs, 7)
    one, many = (r.counts for name, r in results.items() if name.startswith("in order"))
    assert np.array_equal(one, many)
    for name, seconds in best.items():
        print(f"{name:28} {seconds:8.3f} s {1e9 * seconds / rows:7.2f} ns a row {20 * rows / seconds / 1e9:6.1f} GB/s")
    return min(s for name, s in best.items() if name.startswith("read")) / best["in order, one thread"]


def in_any_order(rows: int) -> float:
    _, panel = make(rows)
    expected = transitions(panel, stages=STAGES).counts
    order = np.random.default_rng(1).permutation(rows)
    panel = {name: column[order] for name, column in panel.items()}
    frame = pl.DataFrame(panel)
    best, results = in_turn(
        {
            "any order, one thread": lambda: transitions(panel, stages=STAGES, threads=1).counts,
            f"any order, {THREADS} threads": lambda: transitions(frame, stages=STAGES, threads=THREADS).counts,
            f"Polars, {THREADS} threads": lambda: polars_counts(frame),
        },
        3,
    )
    for name, seconds in best.items():
        assert np.array_equal(results[name], expected), name
        print(f"{name:28} {seconds:8.3f} s {1e9 * seconds / rows:7.2f} ns a row")
    return best[f"Polars, {THREADS} threads"] / best[f"any order, {THREADS} threads"]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000_000
    unsorted = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000_000
    share = in_order(rows)
    print(f"{rows:,} rows in order: {share:.2f} of the speed of reading them; target {READ}")
    times = in_any_order(unsorted)
    print(f"{unsorted:,} rows in any order: {times:.1f} times faster than Polars; target {POLARS}")
    if share < READ or times < POLARS:
        sys.exit("slower than the target")


if __name__ == "__main__":
    main()
