"""The loyalty report: from a purchase log and a survey to a page that a marketing manager reads in ten minutes.

Run it with ``python -m loyalty report --transactions LOG.csv``. The steps are modules of their own: :mod:`.read` takes
the files in, :mod:`.numbers` computes everything into one plain structure, :mod:`.pictures` and :mod:`.sections` turn
it into SVG and words, :mod:`.write` puts the files down, all or none. Needs the extra ``report`` (polars, pyarrow,
matplotlib).
"""

from __future__ import annotations

from .command import main
from .errors import ReportError

__all__ = ["ReportError", "main"]
