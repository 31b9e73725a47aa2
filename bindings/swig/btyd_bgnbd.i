/* btyd_bgnbd.i: shims of the BG/NBD model, made by btyd_betageo.i of loy_bgnbd_check, loy_bgnbd_check_customer,
 * loy_bgnbd_options_init, loy_bgnbd_loglik, loy_bgnbd_loglik_batch, loy_bgnbd_palive, loy_bgnbd_palive_batch,
 * loy_bgnbd_log_palive, loy_bgnbd_posterior, loy_bgnbd_posterior_batch, loy_bgnbd_expected_purchases,
 * loy_bgnbd_expected_purchases_batch, loy_bgnbd_expected_purchases_new, loy_bgnbd_dert, loy_bgnbd_dert_batch,
 * loy_bgnbd_dect, loy_bgnbd_dect_batch, loy_bgnbd_dect_check, loy_bgnbd_pmf, loy_bgnbd_pmf_future,
 * loy_bgnbd_pmf_interval, loy_bgnbd_pmf_check, loy_bgnbd_loglik_total, loy_bgnbd_fit, loy_bgnbd_fit_options_init,
 * loy_bgnbd_simulate, loy_bgnbd_simulate_log. */

%{
#include "loyalty/btyd/bgnbd.h"
#include "loyalty/btyd/bgnbd_fit.h"
#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/bgnbd_simulate.h"
%}

LOY_BETAGEO(bgnbd)
