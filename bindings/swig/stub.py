"""Write bindings/python/loyalty/_loyalty.pyi, the types of the extension, from swig/loyalty.i.

    python bindings/swig/stub.py [--check] [--swig PATH]

SWIG knows the types; this puts them into the form that type checkers expect.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STUB = ROOT / "bindings/python/loyalty/_loyalty.pyi"

HEAD = """\
# Written by bindings/swig/stub.py from bindings/swig/loyalty.i; not to be edited.
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

_Doubles: TypeAlias = NDArray[np.float64]
_Integers: TypeAlias = NDArray[np.int64]
_Types: TypeAlias = NDArray[np.int8]
_Bytes: TypeAlias = bytes | bytearray | memoryview
_Capsule: TypeAlias = Any
_Progress: TypeAlias = Callable[..., object] | None

"""


def generate(swig: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        stub = Path(folder) / "stub.pyi"
        subprocess.run(
            [
                *(swig, "-python", "-typehints", "-pyifile", stub.name, f"-I{HERE}", "-outdir", folder),
                *("-o", str(Path(folder) / "wrapper.c"), str(HERE / "loyalty.i")),
            ],
            check=True,
        )
        text = stub.read_text(encoding="utf-8")
    functions = re.findall(r"^def (\w+)\((.*)\) -> \"(.*)\":$", text, flags=re.MULTILINE)
    lines = []
    for name, parameters, result in functions:
        parameters = re.sub(r': "([^"]*)"', r": \1", parameters)
        lines.append(f"def {name}({parameters + ', /' if parameters else ''}) -> {result}: ...")
    if len(functions) != text.count("\ndef "):
        raise SystemExit("a function has no full type; give its parameters and result types of views.h")
    return HEAD + "\n".join(sorted(lines)) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the file is up to date")
    beside = Path(sys.executable).with_name("swig")
    parser.add_argument("--swig", default=str(beside) if beside.exists() else shutil.which("swig"))
    options = parser.parse_args()
    text = generate(options.swig)
    if options.check:
        return 0 if STUB.read_text(encoding="utf-8") == text else 1
    if not STUB.exists() or STUB.read_text(encoding="utf-8") != text:
        STUB.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
