"""The elementary functions give the same bits at every optimisation level and vector width, and become vector code."""

import hashlib
import os
import platform
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from harness import ROOT, build_dir

# One loop for each function over every magnitude of double, in a form that a compiler may vectorise; prints a digest.
PROGRAM = r"""
#include <stdio.h>
#include "loyalty/math/elementary.h"

enum { N = 4096, ROUNDS = 64 };

static double x[N], y[N];
static uint64_t hash = UINT64_C(0xcbf29ce484222325), state = 88172645463325252u;

static void digest(void) {
  for (int i = 0; i < N; i++) hash = (hash ^ (y[i] == y[i] ? loyi_bits(y[i]) : 1u)) * UINT64_C(0x100000001b3);
}
static double any_double(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return loyi_from_bits(state);
}
static double number(double size) { return size * ((double)(int64_t)loyi_bits(any_double()) * 0x1p-63); }

#define LOOP(function) \
  static void loop_##function(void) { for (int i = 0; i < N; i++) y[i] = loyi_##function(x[i]); }
LOOP(exp)
LOOP(log)
LOOP(log1p)
LOOP(expm1)

static void each(void) {
  loop_exp();
  digest();
  loop_log();
  digest();
  loop_log1p();
  digest();
  loop_expm1();
  digest();
}

int main(void) {
  static const double sizes[] = {1e-9, 0.4, 1.5, 50.0, 760.0};
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < N; i++) x[i] = any_double();
    each();
    for (int k = 0; k < 5; k++) {
      for (int i = 0; i < N; i++) x[i] = number(sizes[k]);
      each();
    }
  }
  printf("%016llx\n", (unsigned long long)hash);
  return 0;
}
"""

FLAGS = ["-std=c11", "-ffp-contract=off", "-DLOYALTY_HEADER_ONLY", f"-I{ROOT / 'include'}"]
VARIANTS = [
    ("-O0", None),
    ("-O1", None),
    ("-O2", None),
    ("-O3", None),
    ("-O3 -mavx2", "avx2"),
    ("-O3 -mavx2 -mfma", "fma"),
    ("-O3 -mavx512f -mprefer-vector-width=512", "avx512f"),
    ("-O3 -march=native", None),
]


def compilers():
    named = shlex.split(os.environ.get("CC", "cc"))[0]
    return [c for c in dict.fromkeys([named, "gcc", "clang"]) if shutil.which(c)]


def processor_flags():
    info = Path("/proc/cpuinfo")
    return info.read_text().split() if info.exists() else []


def build(compiler: str, flags: str) -> tuple[Path, str]:
    folder = build_dir() / "bits"
    folder.mkdir(exist_ok=True)
    source = folder / "bits.c"
    if not source.exists() or source.read_text() != PROGRAM:
        source.write_text(PROGRAM)
    program = folder / hashlib.sha256(f"{compiler} {flags}".encode()).hexdigest()[:12]
    done = subprocess.run(
        [compiler, *shlex.split(flags), *FLAGS, str(source), "-o", str(program), "-lm"],
        check=True,
        capture_output=True,
        text=True,
    )
    return program, done.stderr


def digest(compiler: str, flags: str) -> str:
    return subprocess.run([str(build(compiler, flags)[0])], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("compiler", compilers())
@pytest.mark.parametrize(("flags", "needs"), VARIANTS, ids=[v[0] for v in VARIANTS])
def test_same_bits(compiler, flags, needs):
    if needs and needs not in processor_flags():
        pytest.skip(f"this processor has no {needs}")
    if "native" in flags and platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("-march=native is an x86 flag")
    assert digest(compiler, flags) == "bbc5fb62edf6b076"


def test_loops_become_vector_code():
    gcc = shutil.which("gcc")
    if not gcc or platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("needs gcc on x86-64")
    _, report = build(gcc, "-O3 -mavx2 -fopt-info-vec-optimized")
    lines = {i + 1 for i, line in enumerate(PROGRAM.splitlines()) if line.startswith("LOOP(")}
    for line in lines:
        assert any(f"bits.c:{line}:" in r and "32 byte vectors" in r for r in report.splitlines()), report
