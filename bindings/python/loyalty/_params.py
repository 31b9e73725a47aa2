"""What objects with constructor parameters share: scikit-learn's conventions without scikit-learn, and enumerators as
text."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from . import _columns


class Params:
    """``get_params``, ``set_params`` and a readable ``repr`` from the constructor's keyword-only parameters, which the
    constructor only stores."""

    @classmethod
    def _param_names(cls) -> list[str]:
        return list(inspect.signature(cls).parameters)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's parameters and their values."""
        return {name: getattr(self, name) for name in self._param_names()}

    def set_params(self, **params: Any) -> Self:
        """Change constructor parameters; gives the object itself."""
        known = self._param_names()
        for name, value in params.items():
            if name not in known:
                raise _columns.bad(name, f"there is no such parameter; there are {', '.join(known)}")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = {name: p.default for name, p in inspect.signature(type(self)).parameters.items()}
        params = self.get_params().items()
        changed = [f"{name}={value!r}" for name, value in params if not _equal(value, defaults[name])]
        return f"{type(self).__name__}({', '.join(changed)})"


def _equal(value: Any, default: Any) -> bool:
    return value is default or (not hasattr(value, "__array__") and bool(value == default))


class Estimator(Params):
    """What scikit-learn asks of an object with ``fit``, which sets ``params_``."""

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "params_")

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import Tags, TargetTags  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return Tags(estimator_type=None, target_tags=TargetTags(required=False), requires_fit=True)


def choice(numbers: Mapping[Any, int], value: object, name: str) -> int:
    """One of several names, as its number."""
    try:
        return numbers[value]
    except (KeyError, TypeError):
        raise _columns.bad(name, f"must be one of {', '.join(map(repr, numbers))}, not {value!r}") from None


def most_threads(threads: int | None) -> int:
    """How many threads a call may use; one for each processor when the caller does not say."""
    if threads is None:
        return min(os.cpu_count() or 1, 64)
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise _columns.bad("threads", f"must be None or a whole number from 1, not {threads!r}")
    return min(threads, 64)


def labels(codes: NDArray[np.int64], names: Sequence[str]) -> NDArray[Any]:
    """Enumerators as text; None for -1, a bad row."""
    table = np.array(names)
    bad = codes < 0
    if not bad.any():
        found: NDArray[Any] = table[codes]
        return found
    text: NDArray[Any] = table[np.where(bad, 0, codes)].astype(object)
    text[bad] = None
    return text
