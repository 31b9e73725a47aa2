/* five_signal.h: one loyalty index from five signals: how often a customer buys, how the amounts go, whether he or she
 * recommends, is satisfied, and trusts. The weighted mean of the signals that are known, when at least three are.
 *
 *   frequency        place among all customers, in [0, 1] (loy_percentile_batch)
 *   amount           trend of the yearly amounts, in [0, 1] (loy_trend_signal_batch), or place of the amount among all
 *   recommendation   answer from 0 to 10, divided by 10
 *   satisfaction     answer on its scale, (x - lowest)/(highest - lowest)
 *   trust            answer on its scale, likewise
 *
 * The rule is this library's. Source of the trend: Mann, Econometrica 13, 1945; Kendall, Rank Correlation Methods,
 * 1948. */
#ifndef LOYALTY_SURVEY_FIVE_SIGNAL_H
#define LOYALTY_SURVEY_FIVE_SIGNAL_H

#include "../base/alloc.h"
#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "../math/trend.h"

LOY_BEGIN_DECLS

/* The signals; the numbers index loy_five_signal_options.weight and the columns of loy_five_signal_batch. */
typedef enum loy_signal {
  LOY_SIGNAL_FREQUENCY = 0,
  LOY_SIGNAL_AMOUNT = 1,
  LOY_SIGNAL_RECOMMENDATION = 2,
  LOY_SIGNAL_SATISFACTION = 3,
  LOY_SIGNAL_TRUST = 4
} loy_signal;

/* How many signals there are: the numbers 0 to LOY_SIGNALS - 1. */
#define LOY_SIGNALS 5

/* Weights and scales. Fill it with loy_five_signal_options_init, then change what you need. */
typedef struct loy_five_signal_options {
  size_t struct_size;
  double weight[LOY_SIGNALS];  /* 1; each 0 or from 1e-40 to 1e40, only the ratios matter, one above 0 */
  int least;                   /* how many signals must be known; 3. From 1 to 5 */
  double satisfaction_lowest;  /* scale of the satisfaction; 1. From -1e6 */
  double satisfaction_highest; /* 5. Above satisfaction_lowest, up to 1e6 */
  double trust_lowest;         /* scale of the trust; 1. From -1e6 */
  double trust_highest;        /* 5. Above trust_lowest, up to 1e6 */
} loy_five_signal_options;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_five_signal_options_init(loy_five_signal_options *options);

/* The index of n customers.
 *
 * signal    LOY_SIGNALS columns of n numbers each, in the order of loy_signal, on the scales above; NaN is not known. A
 *           NULL column means that nobody's is known
 * n         number of customers
 * options   NULL for the defaults
 * index     receives n indices, in [0, 1]; NaN for a bad row and for a customer with too few signals
 * known     receives n numbers of known signals; 0 for a bad row. May be NULL
 * skipped   receives the number of customers with too few signals, or none of positive weight. May be NULL
 * report    counts bad rows (a signal outside its scale). May be NULL
 * Returns LOY_OK; LOY_NOTICE_SKIPPED when customers had too few signals.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `signal`, then for `options` with a bad struct_size;
 * LOY_ERR_DOMAIN for the first bad `weight` (`index` is the signal), then for weights that are all 0; LOY_ERR_ARGUMENT
 * for `least`; LOY_ERR_DOMAIN for an end of a scale in the order of declaration; LOY_ERR_ARGUMENT for a NULL `index`
 * with n > 0.
 * Accuracy: about 1e-15 absolute. */
LOYALTY_API loy_status loy_five_signal_batch(const double *const *signal, size_t n,
                                             const loy_five_signal_options *options, double *index, int32_t *known,
                                             size_t *skipped, loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_signal: "frequency", "amount", "recommendation", "satisfaction", "trust"; "unknown"
 * for another number. */
LOYALTY_API const char *loy_signal_name(int signal);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_signal_name_zh(int signal);

/* The place of each of n values among all: (values below + half of the values equal, itself included) / values.
 *
 * value       n numbers; NaN is missing and has no place
 * n           number of values
 * allocator   for about 32 bytes a value; NULL for malloc
 * place       receives n places, above 0 and below 1; NaN for a missing value
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `value`, then `place`, with n > 0; LOY_ERR_DOMAIN for the first
 * value that is infinite (`index` is its row); LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_percentile_batch(const double *value, size_t n, const loy_allocator *allocator,
                                            double *place, loy_error *error);

/* The trend of n customers' yearly amounts: (tau + 1)/2 with tau = S/(k (k - 1)/2), S the number of pairs of years in
 * which the later amount is larger less that in which it is smaller, k the years known. 0 always fell, 1/2 no trend, 1
 * always rose.
 *
 * amount   `years` columns of n amounts each, the earliest first, each finite; NaN is not known and left out
 * years    number of columns, from 2 to LOY_TREND_YEARS
 * n        number of customers
 * trend    receives n numbers, in [0, 1]; NaN for a bad row, and for a customer with fewer than two known years
 * report   counts bad rows (an infinite amount). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `amount`, then for `years`, then for a NULL column with n > 0
 * (`index` is the year), then for a NULL `trend` with n > 0. */
LOYALTY_API loy_status loy_trend_signal_batch(const double *const *amount, size_t years, size_t n, double *trend,
                                              loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "five_signal-inl.h"
#endif

#endif /* LOYALTY_SURVEY_FIVE_SIGNAL_H */
