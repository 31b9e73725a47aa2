"""No argument of any flat function crashes or hangs the interpreter. LOYALTY_FUZZ_ROUNDS is the calls per function."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("hostile.py")


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_arguments(seed: int, fuzz_rounds: int, tmp_path: Path) -> None:
    log = tmp_path / "call"
    command = [sys.executable, "-W", "ignore", str(SCRIPT), str(seed), str(fuzz_rounds), str(log)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = log.read_text().strip() if log.exists() else ""
    assert done.returncode != -signal.SIGALRM, f"hangs in {last}"
    assert done.returncode == 0, f"{done.stderr}\nin {last}"
    calls, answered = map(int, done.stdout.split())
    assert calls >= fuzz_rounds and answered > calls // 100  # the arguments are not all nonsense
