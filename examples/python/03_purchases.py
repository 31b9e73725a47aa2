"""From a purchase log to a fitted model: the CDNOW sample, 39 weeks of calibration to 1997-09-30, in weeks. Prints the
parameters in decimal and, to the last bit, in hexadecimal. A second argument is a file for a picture of actual and
expected purchases.

    python 03_purchases.py [examples/data/cdnow.csv [tracking.png]]
"""

import sys

import polars as pl

import loyalty as loy


def c_hex(value: float) -> str:
    """A hexadecimal float as C's %a writes it: without trailing zeros."""
    mantissa, exponent = value.hex().split("p")
    return f"{mantissa.rstrip('0').rstrip('.')}p{exponent}"


path = sys.argv[1] if len(sys.argv) > 1 else "examples/data/cdnow.csv"
log = pl.read_csv(path, schema_overrides={"customer_id": pl.String}, try_parse_dates=True)
rfm = loy.rfm_summary(log, time_unit="W", observation_period_end="1997-09-30")
model = loy.BetaGeoModel(time_unit="W").fit(rfm)
print(f"customers {len(rfm)}, log-likelihood {model.log_likelihood_:.6f}")
for name, value in model.params_.items():
    print(f"{name} {value:.7f}, standard error {model.std_errors_[name]:.7f}, exactly {c_hex(value)}")
if len(sys.argv) > 2:
    loy.btyd.plots.plot_tracking(model, log, train_period_end="1997-09-30").figure.savefig(sys.argv[2])
