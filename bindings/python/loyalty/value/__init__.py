"""What customers are worth: lifetime value from fitted models, and the arithmetic of retention."""

from __future__ import annotations

from .clv import discount_delta, predict
from .retention import MarginTiming, margin_multiple, retention_value

__all__ = ["MarginTiming", "discount_delta", "margin_multiple", "predict", "retention_value"]
