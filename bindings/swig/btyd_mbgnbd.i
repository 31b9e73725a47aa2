/* btyd_mbgnbd.i: shims of the MBG/NBD model, made by btyd_betageo.i of loy_mbgnbd_check, loy_mbgnbd_check_customer,
 * loy_mbgnbd_options_init, loy_mbgnbd_loglik, loy_mbgnbd_loglik_batch, loy_mbgnbd_palive, loy_mbgnbd_palive_batch,
 * loy_mbgnbd_log_palive, loy_mbgnbd_posterior, loy_mbgnbd_posterior_batch, loy_mbgnbd_expected_purchases,
 * loy_mbgnbd_expected_purchases_batch, loy_mbgnbd_expected_purchases_new, loy_mbgnbd_dert, loy_mbgnbd_dert_batch,
 * loy_mbgnbd_dect, loy_mbgnbd_dect_batch, loy_mbgnbd_dect_check, loy_mbgnbd_pmf, loy_mbgnbd_pmf_future,
 * loy_mbgnbd_pmf_interval, loy_mbgnbd_pmf_check, loy_mbgnbd_loglik_total, loy_mbgnbd_fit,
 * loy_mbgnbd_fit_options_init, loy_mbgnbd_simulate, loy_mbgnbd_simulate_log. */

%{
#include "loyalty/btyd/mbgnbd.h"
#include "loyalty/btyd/mbgnbd_fit.h"
#include "loyalty/btyd/mbgnbd_predict.h"
#include "loyalty/btyd/mbgnbd_simulate.h"
%}

LOY_BETAGEO(mbgnbd)
