"""Pictures of purchases and of what the models say of them, by the names that users of lifetimes and CLVTools know.

Each ``plot_...`` draws on ``ax``, by default on a new figure, and gives the axes back: save them with
``axes.figure.savefig("name.png")``; in a notebook ``axes.figure`` shows them. matplotlib.pyplot is neither needed nor
changed. To each belongs a ``..._data`` with the same arguments but ``ax``, which gives the numbers as a tidy table for
any other plotting library: a table of the kind that came in, or that the model was fitted on.
"""

from __future__ import annotations

from ._counts import (
    expected_repeat_purchases_data,
    period_transactions_data,
    plot_expected_repeat_purchases,
    plot_period_transactions,
    plot_pmf,
    pmf_data,
)
from ._heterogeneity import (
    dropout_rate_heterogeneity_data,
    plot_dropout_rate_heterogeneity,
    plot_transaction_rate_heterogeneity,
    transaction_rate_heterogeneity_data,
)
from ._history import history_alive_data, plot_history_alive
from ._holdout import (
    calibration_purchases_vs_holdout_purchases_data,
    plot_calibration_purchases_vs_holdout_purchases,
)
from ._matrix import (
    frequency_recency_matrix_data,
    plot_frequency_recency_matrix,
    plot_probability_alive_matrix,
    probability_alive_matrix_data,
)
from ._spend import plot_spend_density, spend_density_data
from ._tracking import (
    cumulative_transactions_data,
    incremental_transactions_data,
    plot_cumulative_transactions,
    plot_incremental_transactions,
    plot_tracking,
    tracking_data,
)

__all__ = [
    "calibration_purchases_vs_holdout_purchases_data",
    "cumulative_transactions_data",
    "dropout_rate_heterogeneity_data",
    "expected_repeat_purchases_data",
    "frequency_recency_matrix_data",
    "history_alive_data",
    "incremental_transactions_data",
    "period_transactions_data",
    "plot_calibration_purchases_vs_holdout_purchases",
    "plot_cumulative_transactions",
    "plot_dropout_rate_heterogeneity",
    "plot_expected_repeat_purchases",
    "plot_frequency_recency_matrix",
    "plot_history_alive",
    "plot_incremental_transactions",
    "plot_period_transactions",
    "plot_pmf",
    "plot_probability_alive_matrix",
    "plot_spend_density",
    "plot_tracking",
    "plot_transaction_rate_heterogeneity",
    "pmf_data",
    "probability_alive_matrix_data",
    "spend_density_data",
    "tracking_data",
    "transaction_rate_heterogeneity_data",
]
