"""What the report says when it cannot go on."""

from __future__ import annotations


class ReportError(Exception):
    """An input or an output that cannot be used. The text names what, and where in the file, and what to do."""
