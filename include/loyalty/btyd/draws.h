/* draws.h: private. Customers drawn from a model, as summaries or as purchase logs: what is the same for every model
 * in which, given when the last purchase was, the gaps before it are Dirichlet(k, ..., k) parts of the time until then:
 * with k = 1 the earlier purchases are uniform in between. */
#ifndef LOYALTY_BTYD_DRAWS_H
#define LOYALTY_BTYD_DRAWS_H

#include "../base/config.h"
#include "../base/status.h"
#include "../math/random.h"

LOY_BEGIN_DECLS

/* One customer. */
typedef struct loyi_draw {
  double x, t_x, alive;
  double stages; /* k; 1 unless the model says otherwise */
  loyi_rng rng;  /* ready for the times of the earlier purchases */
} loyi_draw;

/* Draw customer i, who is observed for T, from random stream i of the seed. */
typedef void (*loyi_draw_fn)(const void *model, double T, uint64_t seed, size_t i, loyi_draw *draw);

/* x and t_x, and `alive` unless NULL, of n customers. LOY_ERR_ARGUMENT x, t_x (NULL while n > 0), then LOY_ERR_DOMAIN T
 * before anything is written. */
LOYI_SHARED loy_status loyi_draws(loyi_draw_fn draw, const void *model, const double *T, size_t n, uint64_t seed,
                                  int threads, double *x, double *t_x, double *alive, loy_error *error);

/* The same with the sum of the logarithms of the gaps, of those that loyi_draws_log draws, unless litt is NULL. */
LOYI_SHARED loy_status loyi_draws_gaps(loyi_draw_fn draw, const void *model, const double *T, size_t n, uint64_t seed,
                                       int threads, double *x, double *t_x, double *litt, double *alive,
                                       loy_error *error);

/* The repeat purchases of the same customers, in order of customer and time. Errors, in this order: LOY_ERR_ARGUMENT T
 * (NULL while n > 0), purchases, customer, time (NULL while capacity > 0); LOY_ERR_DOMAIN T; LOY_ERR_BUFFER capacity,
 * when it is not 0 but smaller than the number of purchases: only *purchases is written. */
LOYI_SHARED loy_status loyi_draws_log(loyi_draw_fn draw, const void *model, const double *T, size_t n, uint64_t seed,
                                      int64_t *customer, double *time, size_t capacity, size_t *purchases,
                                      loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "draws-inl.h"
#endif

#endif /* LOYALTY_BTYD_DRAWS_H */
