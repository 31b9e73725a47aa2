"""Every accuracy check on a few hundred points. report.py runs the same checks on many."""

import platform
from pathlib import Path

import numpy as np
import peers
import pytest
from harness import compile_evaluator, measure, sections

SECTIONS = sections()
MATH = [s for s in SECTIONS if s.module.__name__.startswith("accuracy_math_")]
POINTS = 400


@pytest.fixture(scope="module")
def program():
    return compile_evaluator(SECTIONS, "quick")


@pytest.mark.parametrize("check", [c for s in SECTIONS for c in s.checks], ids=lambda check: check.name)
def test_error_is_within_its_bound(program, check):
    outcome = measure(program, check, POINTS)
    assert outcome.failure() is None


@pytest.fixture(scope="module")
def fused_program():
    """As a header-only user's compiler may build it: a * b + c in one rounding, wherever it likes."""
    intel = platform.machine() == "x86_64"
    cpuinfo = Path("/proc/cpuinfo")
    if intel and (not cpuinfo.exists() or "fma" not in cpuinfo.read_text().split()):
        pytest.skip("this processor has no fused operations")
    flags = ["-mfma"] if intel else []
    return compile_evaluator(MATH, "fused", ["-O3", "-ffp-contract=fast", *flags])


@pytest.mark.parametrize("check", [c for s in MATH for c in s.checks], ids=lambda check: check.name)
def test_error_is_within_its_bound_with_fused_operations(fused_program, check):
    outcome = measure(fused_program, check, POINTS // 2)
    assert outcome.failure() is None


def test_every_quantity_of_the_peer_is_one_of_ours():
    assert set(peers.CALLS) <= {check.name for section in SECTIONS for check in section.checks}


@pytest.mark.skipif(peers.missing(), reason="no build/peers")
@pytest.mark.parametrize("name", ["bgnbd_pmf", "pnbd_pmf_future", "gamma_gamma_expected_spend"])
def test_the_peer_is_asked_the_same_question(program, name):
    check = next(check for section in SECTIONS for check in section.checks if check.name == name)
    outcome = measure(program, check, int(30 / check.share), rival=peers.answers)
    assert outcome.rival is not None
    assert np.median(outcome.rival[np.isfinite(outcome.rival)]) < 1e-12
