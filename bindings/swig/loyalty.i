/* loyalty.i: the flat functions that Python and Lua call. Shim files by wing and concept, in the order of the floors;
 * see docs/adding-a-concept.md. Whatever differs between the languages is in python.i and lua.i. */
#ifdef SWIGLUA
%module loyalty_core
#else
%module loyalty
#endif

%{
#include "views.h"
%}

/* SWIG does not read views.h: to it the views and results are opaque names, each with a conversion of its own. */
#if defined(SWIGPYTHON)
%include "python.i"
#elif defined(SWIGLUA)
%include "lua.i"
#else
#  error "no conversions for this language"
#endif

%include "base.i"
%include "math.i"
%include "survey_nps.i"
%include "survey_nps_compare.i"
%include "survey_nps_intervals.i"
%include "survey_nps_stream.i"
%include "survey_nps_panel.i"
%include "survey_nps_groups.i"
%include "survey_nps_weighted.i"
%include "survey_nps_plan.i"
%include "survey_nps_attribution.i"
%include "survey_estimate.i"
%include "survey_csat.i"
%include "survey_loyalty_index.i"
%include "survey_five_signal.i"
%include "survey_kano.i"
%include "survey_wallet.i"
%include "survey_ces.i"
%include "survey_composite.i"
%include "survey_reliability.i"
%include "response_competition.i"
%include "response_constraint.i"
%include "response_curve.i"
%include "response_inverse.i"
%include "response_curve_fit.i"
%include "response_family.i"
%include "response_cusp.i"
%include "response_cusp_fit.i"
%include "ladder_chain.i"
%include "ladder_chain_value.i"
%include "ladder_gaps.i"
%include "ladder_learning.i"
%include "ladder_guadagni_little.i"
%include "ladder_long_run.i"
%include "ladder_policy.i"
%include "ladder_shares.i"
%include "ladder_stage.i"
%include "ladder_transitions.i"
%include "ladder_jones_sasser.i"
%include "ladder_dick_basu.i"
%include "ladder_oliver.i"
%include "ladder_rowley.i"
%include "ladder_motive.i"
%include "ladder_trust.i"
%include "ladder_battery.i"
%include "ladder_median_cut.i"
%include "ladder_reinartz_kumar.i"
%include "ladder_kumar_petersen_leone.i"
%include "ladder_brown.i"
%include "ladder_crosstab.i"
%include "btyd_rfm.i"
%include "btyd_rates.i"
%include "btyd_rfm_score.i"
%include "btyd_rfm_segment.i"
%include "btyd_trend.i"
%include "btyd_betageo.i"
%include "btyd_bgnbd.i"
%include "btyd_mbgnbd.i"
%include "btyd_gamma_gamma.i"
%include "btyd_model_file.i"
%include "value.i"
%include "value_satisfaction.i"
%include "value_lifetime.i"
%include "value_lift.i"
%include "value_acquisition.i"
%include "value_word_of_mouth.i"
%include "value_engagement.i"
