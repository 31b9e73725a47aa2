"""Writes the three files of a report: all of them or none."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from .errors import ReportError

Write = Callable[[Path], None]


def write_all(folder: Path, files: dict[str, Write]) -> None:
    """Writes every file under a temporary name in the target folder, and renames them when all are complete.

    A failure leaves the folder as it was: what was written is removed, and a file that a rename had replaced already
    is put back.
    """
    made = _make_folder(folder)
    try:
        with _scratch(folder) as scratch:
            for name, write in files.items():
                _guarded(folder / name, lambda write=write, name=name: write(scratch / name))  # type: ignore[misc]
            _rename(folder, scratch, list(files))
    except BaseException:
        for path in made:
            try:
                path.rmdir()
            except OSError:
                break
        raise


def write_text(content: str) -> Write:
    return lambda path: _flush(path, content.encode("utf-8"))


def write_csv(table: pl.DataFrame) -> Write:
    def write(path: Path) -> None:
        table.write_csv(path)
        with path.open("rb+") as file:
            os.fsync(file.fileno())

    return write


def _flush(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> list[Path]:
    """Makes the folder; returns what had to be made, deepest first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if folder.exists() and not folder.is_dir():
        raise ReportError(f"{folder}: this is a file; --out must name a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"{folder}: the folder cannot be made: {error.strerror or error}") from None
    return missing


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    try:
        holder = tempfile.TemporaryDirectory(prefix=".report-", dir=folder, ignore_cleanup_errors=True)
    except OSError as error:
        raise ReportError(f"{folder}: nothing can be written there: {error.strerror or error}") from None
    with holder as name:
        yield Path(name)


def _guarded(path: Path, action: Callable[[], None]) -> None:
    try:
        action()
    except OSError as error:
        raise ReportError(f"{path}: cannot be written: {error.strerror or error}") from None
    except pl.exceptions.PolarsError as error:
        raise ReportError(f"{path}: cannot be written: {str(error).splitlines()[0]}") from None


def _rename(folder: Path, scratch: Path, names: list[str]) -> None:
    kept: list[str] = []
    done: list[str] = []
    name = names[0]
    try:
        for name in names:
            if (folder / name).exists():
                _keep(folder / name, scratch / f"{name}.before")
                kept.append(name)
            os.replace(scratch / name, folder / name)
            done.append(name)
    except OSError as error:
        for made in done:
            (folder / made).unlink(missing_ok=True)
        for old in kept:
            if not (folder / old).exists():
                os.replace(scratch / f"{old}.before", folder / old)
        raise ReportError(f"{folder / name}: cannot be written: {error.strerror or error}") from None


def _keep(path: Path, backup: Path) -> None:
    """Keeps an older file under a second name; where the file system has no hard links, it is moved there."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    try:
        os.link(path, backup)
    except OSError:
        os.replace(path, backup)
