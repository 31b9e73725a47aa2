"""The Net Promoter Score of a hundred million answers held as bytes, on one thread from Python, against the fastest
read of the same bytes that one thread manages in this run: the better of NumPy's sum of 64-bit words and a C loop's.

    nps_bytes.py [answers] [rounds]
"""

from __future__ import annotations

import ctypes
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import loyalty as loy

TARGET = 0.5
READER = """
#include <stddef.h>
#include <stdint.h>
uint64_t read_words(const uint64_t *x, size_t n) {
  uint64_t sum[32] = {0}, total = 0;
  for (size_t i = 0; i + 32 <= n; i += 32)
    for (int k = 0; k < 32; k++) sum[k] += x[i + k];
  for (int k = 0; k < 32; k++) total += sum[k];
  return total;
}
"""


def reader(folder: Path, words: np.ndarray) -> Callable[[], object] | None:
    """A C loop over the words, built for this machine; None without a compiler."""
    if shutil.which("cc") is None:
        return None
    source, library = folder / "reader.c", folder / "reader.so"
    source.write_text(READER, encoding="utf-8")
    subprocess.run(["cc", "-O3", "-march=native", "-shared", "-fPIC", str(source), "-o", str(library)], check=True)
    function = ctypes.CDLL(str(library)).read_words
    function.argtypes, function.restype = [ctypes.c_void_p, ctypes.c_size_t], ctypes.c_uint64
    assert function(words.ctypes.data, words.size // 32 * 32) == int(words[: words.size // 32 * 32].sum())
    return lambda: function(words.ctypes.data, words.size)


def main() -> None:
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    answers -= answers % 8
    scores = np.random.default_rng(10).integers(0, 11, answers, dtype=np.uint8)
    words = scores.view(np.uint64)
    result = loy.nps(scores)
    counts = np.bincount(scores, minlength=11)
    assert (result.promoters, result.detractors) == (counts[9:].sum(), counts[:7].sum())
    with tempfile.TemporaryDirectory() as folder:
        runs: dict[str, Callable[[], object]] = {"nps": lambda: loy.nps(scores), "read, NumPy": words.sum}
        native = reader(Path(folder), words)
        if native is not None:
            runs["read, C"] = native
        best = dict.fromkeys(runs, math.inf)
        for _ in range(rounds):  # in turn, so that a busy neighbour hits all alike
            for name, run in runs.items():
                start = time.perf_counter()
                run()
                best[name] = min(best[name], time.perf_counter() - start)
    for name, seconds in best.items():
        print(f"{name:12} {1e3 * seconds:7.2f} ms {answers / seconds / 1e9:6.1f} GB/s")
    share = min(seconds for name, seconds in best.items() if name != "nps") / best["nps"]
    print(f"{answers:,} answers as bytes: {share:.2f} of the speed of reading them; target {TARGET}")
    if share < TARGET:
        sys.exit(f"less than {TARGET} of the speed of reading")


if __name__ == "__main__":
    main()
