/* loyalty.h: the whole library.
 *
 *   survey/    what customers say: NPS, CSAT, effort and indices with their uncertainty
 *   response/  how satisfaction becomes loyalty: competition, the curve L = f(C, S), its fit, its inverse, the cusp
 *   ladder/    where customers stand and how they move: types, stages, chains, the best action, learning
 *   btyd/      what they do: purchase log -> recency, frequency, value; scores; NBD, BG, MBG, Pareto, gamma-Gompertz
 *   ladder/    where customers stand: stages of the loyalty ladder
 *   btyd/      what they do: purchase log -> recency, frequency, value; scores; NBD, BG, MBG, Pareto, gamma-Gompertz
 *              retention; BG/NBD, Gamma-Gamma
 *   ladder/    where customers stand: stages of the loyalty ladder
 *   btyd/      what they do: purchase log -> recency, frequency, value; scores; NBD, BG, MBG, Pareto, gamma-Gompertz
 *   ladder/    where customers stand: stages of the loyalty ladder
 *   btyd/      what they do: purchase log -> recency, frequency, value; scores; NBD, BG, MBG, Pareto, gamma-Gompertz
 *   value/     what they are worth: customer lifetime value
 *   math/      special functions, random numbers and small numerics that the wings stand on
 *   base/      linkage, version, status, allocator, columns, ranges
 *
 * Include this file, or only the concept you need. With LOYALTY_HEADER_ONLY defined nothing needs to be linked but the
 * C library. */
#ifndef LOYALTY_LOYALTY_H
#define LOYALTY_LOYALTY_H

#include "base/alloc.h"
#include "base/amounts.h"
#include "base/calendar.h"
#include "base/columns.h"
#include "base/range.h"
#include "base/status.h"
#include "base/version.h"

#include "btyd/bgnbd.h"
#include "btyd/bgnbd_fit.h"
#include "btyd/bgnbd_predict.h"
#include "btyd/bgnbd_simulate.h"
#include "btyd/cohort.h"
#include "btyd/gamma_gamma.h"
#include "btyd/gamma_gamma_fit.h"
#include "btyd/ggomnbd.h"
#include "btyd/ggomnbd_fit.h"
#include "btyd/mbgnbd.h"
#include "btyd/mbgnbd_fit.h"
#include "btyd/mbgnbd_predict.h"
#include "btyd/mbgnbd_simulate.h"
#include "btyd/model_file.h"
#include "btyd/nbd.h"
#include "btyd/nbd_fit.h"
#include "btyd/pnbd.h"
#include "btyd/pnbd_fit.h"
#include "btyd/pnbd_predict.h"
#include "btyd/pnbd_simulate.h"
#include "btyd/rates.h"
#include "btyd/rfm.h"
#include "btyd/rfm_bytes.h"
#include "btyd/rfm_score.h"
#include "btyd/rfm_segment.h"
#include "btyd/rfm_summary.h"
#include "btyd/trend.h"

#include "ladder/absorption.h"
#include "ladder/battery.h"
#include "ladder/brown.h"
#include "ladder/chain.h"
#include "ladder/chain_test.h"
#include "ladder/chain_value.h"
#include "ladder/crosstab.h"
#include "ladder/dick_basu.h"
#include "ladder/gaps.h"
#include "ladder/guadagni_little.h"
#include "ladder/guadagni_little_fit.h"
#include "ladder/jones_sasser.h"
#include "ladder/kumar_petersen_leone.h"
#include "ladder/learning.h"
#include "ladder/learning_fit.h"
#include "ladder/long_run.h"
#include "ladder/median_cut.h"
#include "ladder/motive.h"
#include "ladder/oliver.h"
#include "ladder/policy.h"
#include "ladder/policy_budget.h"
#include "ladder/projection.h"
#include "ladder/reinartz_kumar.h"
#include "ladder/rowley.h"
#include "ladder/shares.h"
#include "ladder/stage.h"
#include "ladder/transitions.h"
#include "ladder/trust.h"

#include "response/calibrate.h"
#include "response/compare.h"
#include "response/competition.h"
#include "response/constraint.h"
#include "response/curve.h"
#include "response/curve_fit.h"
#include "response/curve_inference.h"
#include "response/cusp.h"
#include "response/cusp_density.h"
#include "response/cusp_fit.h"
#include "response/cusp_model.h"
#include "response/family.h"
#include "response/family_fit.h"
#include "response/inverse.h"
#include "response/preset.h"
#include "response/scale.h"
#include "response/threshold.h"

#include "survey/ces.h"
#include "survey/composite.h"
#include "survey/csat.h"
#include "survey/estimate.h"
#include "survey/five_signal.h"
#include "survey/kano.h"
#include "survey/loyalty_index.h"
#include "survey/nps.h"
#include "survey/nps_attribution.h"
#include "survey/nps_bayes.h"
#include "survey/nps_bootstrap.h"
#include "survey/nps_compare.h"
#include "survey/nps_groups.h"
#include "survey/nps_panel.h"
#include "survey/nps_plan.h"
#include "survey/nps_stream.h"
#include "survey/nps_weighted.h"
#include "survey/reliability.h"
#include "survey/wallet.h"

#include "value/acquisition.h"
#include "value/branching.h"
#include "value/clv.h"
#include "value/elasticity.h"
#include "value/engagement.h"
#include "value/equity.h"
#include "value/influence.h"
#include "value/lifetime.h"
#include "value/referral.h"
#include "value/retention.h"
#include "value/retention_lift.h"
#include "value/retention_path.h"
#include "value/satisfaction.h"
#include "value/satisfaction_budget.h"
#include "value/sensitivity.h"
#include "value/spending.h"
#include "value/uncertainty.h"
#include "value/word_of_mouth.h"

#endif /* LOYALTY_LOYALTY_H */
