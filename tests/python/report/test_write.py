"""The three files appear together or not at all."""

from __future__ import annotations

import ctypes
import os
import pathlib
import resource
from collections.abc import Callable
from typing import Any

import pytest

from loyalty.report.errors import ReportError
from loyalty.report.write import write_all, write_text

FILES = ("customers.csv", "model.json", "report.html")


def names(folder: pathlib.Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_all_files_replace_older_ones(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "kept").write_text("kept")
    write_all(tmp_path, {"a": write_text("new"), "b": write_text("also")})
    assert (tmp_path / "a").read_text() == "new" and names(tmp_path) == ["a", "b", "kept"]


def test_folders_are_made_and_unmade(tmp_path: pathlib.Path) -> None:
    write_all(tmp_path / "x" / "y", {"a": write_text("1")})
    assert names(tmp_path / "x" / "y") == ["a"]

    def fail(path: pathlib.Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(ReportError, match="No space left"):
        write_all(tmp_path / "z" / "y", {"a": write_text("1"), "b": fail})
    assert names(tmp_path) == ["x"]


def test_a_rename_that_fails_is_taken_back(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").mkdir()  # a file cannot replace a folder
    with pytest.raises(ReportError, match="b: cannot be written"):
        write_all(tmp_path, {"new": write_text("1"), "a": write_text("2"), "b": write_text("3")})
    assert names(tmp_path) == ["a", "b"] and (tmp_path / "a").read_text() == "old"


@pytest.mark.parametrize("limit", [1_000, 20_000])
def test_full_disk(limit: int, log: pathlib.Path, tmp_path: pathlib.Path, shell: Callable[..., Any]) -> None:
    """A limit on the size of files stops a write in the middle, as a full disk does."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("old")
    done = shell(
        "--transactions", log, folder=out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert done.code == 1
    assert "cannot be written" in done.err and "Traceback" not in done.err
    assert names(out) == ["report.html"] and (out / "report.html").read_text() == "old"


def test_read_only_folder(log: pathlib.Path, tmp_path: pathlib.Path, shell: Callable[..., Any]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o555)
    done = shell("--transactions", log, folder=out, preexec_fn=_obey_permissions)
    assert done.code == 1
    assert "nothing can be written there" in done.err and str(out) in done.err
    assert names(out) == []


def _obey_permissions() -> None:
    """Nothing is read-only for root: take that privilege away from what is started next."""
    if os.geteuid() == 0:
        drop_from_bounding_set, may_override_permissions = 24, 1
        ctypes.CDLL(None).prctl(drop_from_bounding_set, may_override_permissions, 0, 0, 0)


def test_out_that_cannot_be_made(log: pathlib.Path, run: Callable[..., Any]) -> None:
    assert "the folder cannot be made" in run("--transactions", log, out=log / "below-a-file").err
    assert "this is a file" in run("--transactions", log, out=log).err
