"""Exceptions and the warning of the library, and how the extension makes them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Canceled", "DomainError", "LoyaltyError", "LoyaltyWarning", "StateError"]


class LoyaltyError(ValueError):
    """The library could not answer.

    Attributes:
        code: stable name of the reason, such as ``"ERR_DOMAIN"``; the C library's status without ``LOY_``.
        argument: name of the argument or column at fault, or ``None``.
        index: 0-based row of that argument, or ``None``.
        detail: what would be right, without the argument's name.
    """

    code: str
    argument: str | None
    index: int | None
    detail: str

    def __init__(
        self, detail: str, *, code: str = "ERR_ARGUMENT", argument: str | None = None, index: int | None = None
    ) -> None:
        self.code = code
        self.argument = argument
        self.index = index
        self.detail = detail
        super().__init__(detail)

    def __str__(self) -> str:
        if self.argument is None:
            return self.detail
        where = self.argument if self.index is None else f"{self.argument}[{self.index}]"
        return f"{where}: {self.detail}"

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.detail, self.code, self.argument, self.index)


class DomainError(LoyaltyError):
    """Numbers for which the question has no answer: out of range, too few, unreachable, singular, or too large."""


class StateError(LoyaltyError, RuntimeError):
    """The object is not in a state in which this can be asked: not fitted, closed, or in use by another thread."""


class Canceled(LoyaltyError):  # noqa: N818 - not a mistake of anyone
    """The caller's callback asked to stop."""


class LoyaltyWarning(UserWarning):
    """An answer that needs a remark. ``code`` is the stable name of the remark, such as ``"NOTICE_AT_BOUND"``."""

    code: str

    def __init__(self, message: str, code: str = "") -> None:
        self.code = code
        super().__init__(message, code)

    def __str__(self) -> str:
        return str(self.args[0])


def _restore(cls: type[LoyaltyError], detail: str, code: str, argument: str | None, index: int | None) -> LoyaltyError:
    return cls(detail, code=code, argument=argument, index=index)


_CLASSES: Mapping[str, type[LoyaltyError]] = {
    "ERR_DOMAIN": DomainError,
    "ERR_TOO_FEW": DomainError,
    "ERR_INFEASIBLE": DomainError,
    "ERR_SINGULAR": DomainError,
    "ERR_OVERFLOW": DomainError,
    "ERR_STATE": StateError,
    "ERR_CANCELED": Canceled,
}


def build(code: str, argument: str | None, index: int | None, message: str) -> LoyaltyError:
    """The exception for an error of the C library. Called by the extension."""
    return _CLASSES.get(code, LoyaltyError)(message, code=code, argument=argument, index=index)


def warn(code: str, argument: str | None, index: int | None, message: str) -> None:
    """Warn of a notice. Called by the extension for results that do not hand their status on, and by the layer above
    it for those that do (see ``notice``)."""
    text = message if argument is None else f"{argument}: {message}"
    warnings.warn(LoyaltyWarning(text, code), stacklevel=_outside())


def notice(code: str, remark: str | None = None) -> str:
    """Warn when ``code`` is not ``"OK"``; give it back, to be kept as ``status_``. ``remark`` replaces the library's
    phrase for the notice."""
    if code != "OK":
        warn(code, None, None, remark if remark is not None else _phrase(code))
    return code


def _phrase(code: str) -> str:
    from . import _loyalty

    for number in range(100):
        if _loyalty.status_name(number) == code:
            return _loyalty.status_message(number)
    return code


def _outside() -> int:
    """The ``stacklevel`` that blames the first caller outside this package."""
    import sys

    here = str(Path(__file__).parent)
    frame = sys._getframe(1)
    level = 1
    while frame.f_back is not None and frame.f_code.co_filename.startswith(here):
        frame = frame.f_back
        level += 1
    return level


@contextmanager
def blame(names: Mapping[str, str]) -> Iterator[None]:
    """Errors raised inside name the caller's columns: ``blame({"t_x": "recency"})``."""
    try:
        yield
    except LoyaltyError as error:
        if error.argument is not None:
            error.argument = names.get(error.argument, error.argument)
        raise
