"""Shared by the Python tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Hypothesis without a clock: the same examples everywhere, and no time limit on a busy machine.
settings.register_profile("loyalty", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "loyalty"))


@pytest.fixture(scope="session")
def fuzz_rounds() -> int:
    """How many random calls each function gets; LOYALTY_FUZZ_ROUNDS=100000 for a long run."""
    return int(os.environ.get("LOYALTY_FUZZ_ROUNDS", "300"))
