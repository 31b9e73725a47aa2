"""L = f(C, S) of ten million pairs on one thread, from Python with a fresh output, against the same formula in NumPy:
as it is written in the documentation, and by hand in place and in blocks that stay in the cache. In turn in one run, in
processor time.

    curve_values.py [pairs] [rounds]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from operator import truediv
from typing import Any

import numpy as np
from numpy.typing import NDArray

import loyalty as loy

PARAMS = {"alpha": 0.3, "beta": 1.4, "gamma": 0.8, "a": 0.5, "delta": 0.03}
BLOCK = 8192

Column = NDArray[np.float64]


def as_written(s: Column, c: Column, alpha: float, beta: float, gamma: float, a: float, delta: float) -> Column:
    eta = alpha + beta * np.log(s / (1 - s)) - gamma * np.log(c / (1 - c))
    g = 1 / (1 + np.exp(-eta))
    captivity = -a * np.log(c)
    loyalty: Column = (1 - delta) * (1 - np.exp(-captivity) * (1 - g))
    return loyalty


def by_hand(s: Column, c: Column, alpha: float, beta: float, gamma: float, a: float, delta: float) -> Column:
    """Three logarithms, two exponentials, and no array but the result and one block."""
    loyalty, room = np.empty(len(s)), np.empty(BLOCK)
    for first in range(0, len(s), BLOCK):
        some_s, some_c, out = s[first : first + BLOCK], c[first : first + BLOCK], loyalty[first : first + BLOCK]
        spare = room[: len(out)]
        np.subtract(1, some_s, out=out)
        np.divide(some_s, out, out=out)
        np.log(out, out=out)
        out *= beta
        np.subtract(1, some_c, out=spare)
        np.divide(some_c, spare, out=spare)
        np.log(spare, out=spare)
        spare *= gamma
        out -= spare
        out += alpha
        np.exp(out, out=out)
        out += 1
        np.log(some_c, out=spare)
        spare *= a
        np.exp(spare, out=spare)
        np.divide(spare, out, out=out)
        np.subtract(1, out, out=out)
        out *= 1 - delta
    return loyalty


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    rng = np.random.default_rng(20240229)
    s, c = rng.uniform(0.01, 0.99, pairs), rng.uniform(0.01, 0.99, pairs)
    curve = loy.LoyaltyCurve(**PARAMS)
    ways: dict[str, Callable[[], Any]] = {
        "loyalty": lambda: curve.loyalty(s, c),
        "NumPy, as written": lambda: as_written(s, c, **PARAMS),
        "NumPy, by hand": lambda: by_hand(s, c, **PARAMS),
    }
    expected = curve.loyalty(s, c)
    for name, way in ways.items():
        assert np.abs(way() - expected).max() < 1e-13, name
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.process_time()
            way()
            seconds[name].append(time.process_time() - start)
    ratios = {name: statistics.median(map(truediv, taken, seconds["loyalty"])) for name, taken in seconds.items()}
    for name, taken in seconds.items():
        print(f"{name:20} {min(taken):8.3f} s  {1e9 * min(taken) / pairs:6.1f} ns for each pair  {ratios[name]:6.2f} x")
    ratio = ratios["NumPy, as written"]
    print(f"{pairs:,} pairs: {ratio:.2f} times faster than the formula in NumPy (median of {rounds} rounds)")
    if pairs >= 10_000_000 and ratio < 2.5:
        sys.exit("less than 2.5 times faster than NumPy")


if __name__ == "__main__":
    main()
