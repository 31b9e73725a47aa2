"""The report on a log of a million simulated customers: seconds and peak memory of the whole command, which must stay
below 2 GB.

    report_size.py [customers]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

import loyalty as loy

MOST = 2_000_000_000


def write_log(customers: int, path: Path) -> int:
    """A log of customers who come during the first year of two, as CSV; returns its rows."""
    model = loy.BetaGeoModel.from_params(r=0.243, alpha=4.414, a=0.793, b=2.426, time_unit="W")
    rng = np.random.default_rng(1)
    born = rng.integers(0, 365, customers)
    drawn = model.simulate_log(customers, (730 - born) / 7.0, seed=1)
    customer = np.asarray(drawn["customer_id"], dtype=np.int64)
    day = born[customer] + np.floor(np.asarray(drawn["time"]) * 7.0).astype(np.int64)
    frame = pl.DataFrame(
        {
            "customer_id": customer,
            "date": (np.datetime64("2022-01-01") + day).astype("datetime64[D]"),
            "amount": rng.integers(100, 10_000, len(customer)) / 100,
        }
    )
    frame.sample(fraction=1.0, shuffle=True, seed=1).write_csv(path)
    return len(frame)


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.csv"
        rows = write_log(customers, log)
        command = [sys.executable, "-m", "loyalty", "report", "--transactions", str(log), "--out", f"{folder}/report"]
        start = time.perf_counter()
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(f"{customers:,} customers, {rows:,} rows: {seconds:.1f} s, at most {peak / 1e6:,.0f} MB")
    if peak > MOST:
        sys.exit(f"more than {MOST / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
