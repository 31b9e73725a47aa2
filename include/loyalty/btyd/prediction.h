/* prediction.h: one question, asked of any model. The models of this wing answer the same questions by functions of
 * their own (bgnbd_predict.h, pnbd_predict.h ...); here the question is a number and the model a loy_model, as it comes
 * from a file or a fit, for code that does not care which model it has. prediction_interval.h says how sure the answers
 * are.
 *
 * quantity                            of models      rows        reads      the same bits as (M a model)
 * LOY_PREDICT_ALIVE                   transactions   x, t_x, T   t          loy_M_palive
 * LOY_PREDICT_PURCHASES               transactions   x, t_x, T   t          loy_M_expected_purchases
 * LOY_PREDICT_DERT                    transactions   x, t_x, T   delta      loy_M_dert
 * LOY_PREDICT_DECT                    transactions   x, t_x, T   delta, t   loy_M_dect
 * LOY_PREDICT_PROBABILITY             transactions   x, t_x, T   n, t       loy_M_pmf_future
 * LOY_PREDICT_RATE, _DROPOUT          transactions   x, t_x, T              loy_M_posterior
 * LOY_PREDICT_NEW_PURCHASES           transactions   t1                     loy_M_expected_purchases_new
 * LOY_PREDICT_NEW_PROBABILITY         transactions   n, t1                  loy_M_pmf
 * LOY_PREDICT_NEW_INTERVAL            transactions   n, t0, t1              loy_M_pmf_interval
 * LOY_PREDICT_SPEND                   Gamma-Gamma    x, z                   loy_gamma_gamma_expected_spend
 * LOY_PREDICT_RATE                    Gamma-Gamma    x, z                   loy_gamma_gamma_posterior
 * LOY_PREDICT_SURVIVAL, _CHURN        contracts      n, t1                  loy_M_survival, loy_M_churn
 * LOY_PREDICT_RETENTION               contracts      n                      loy_M_retention
 * LOY_PREDICT_DROPOUT                 contracts      n                      loy_M_posterior
 * LOY_PREDICT_DERL, _ELASTICITY       contracts      n           delta, t   loy_M_derl, loy_M_derl_elasticity
 * LOY_PREDICT_EXPECTED_ELASTICITY     sBG            n           delta      loy_sbg_retention_elasticity
 * LOY_PREDICT_DEL                     contracts      t1          delta      loy_M_del, t1 being the horizon
 *
 * Transaction models are BG/NBD, MBG/NBD, BG/CNBD-k, MBG/CNBD-k, Pareto/NBD, NBD, gamma-Gompertz/NBD, and BG/BB, whose
 * times, t among them, are whole numbers of periods and whose rate is a probability. Models of contracts are sBG and
 * BdW; n is the period of the customer, t and t1 are numbers of periods. Units, ranges and accuracy are those of the
 * function named. */
#ifndef LOYALTY_BTYD_PREDICTION_H
#define LOYALTY_BTYD_PREDICTION_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* What is asked; see the table above. */
typedef enum loy_prediction_quantity {
  LOY_PREDICT_ALIVE = 1,               /* P(alive) at T + t */
  LOY_PREDICT_PURCHASES = 2,           /* expected number of purchases in (T, T + t] */
  LOY_PREDICT_DERT = 3,                /* of all after T, discounted at rate delta */
  LOY_PREDICT_DECT = 4,                /* of those in (T, T + t], discounted */
  LOY_PREDICT_PROBABILITY = 5,         /* of exactly n purchases in (T, T + t] */
  LOY_PREDICT_RATE = 6,                /* posterior mean of the customer's own rate of purchases; for spend, of nu */
  LOY_PREDICT_DROPOUT = 7,             /* posterior mean of the own dropout: a probability, a rate, or eta */
  LOY_PREDICT_NEW_PURCHASES = 8,       /* expected number of a new customer in (0, t1] */
  LOY_PREDICT_NEW_PROBABILITY = 9,     /* that a new customer makes exactly n in (0, t1] */
  LOY_PREDICT_NEW_INTERVAL = 10,       /* that a new customer makes exactly n in (t0, t1] */
  LOY_PREDICT_SPEND = 11,              /* expected spend per purchase */
  LOY_PREDICT_SURVIVAL = 12,           /* that a customer in period n is there after t1 more decisions */
  LOY_PREDICT_CHURN = 13,              /* that they leave at decision number t1 from now */
  LOY_PREDICT_RETENTION = 14,          /* that they renew next */
  LOY_PREDICT_DERL = 15,               /* discounted expected residual lifetime, of the next t periods */
  LOY_PREDICT_DEL = 16,                /* discounted expected lifetime of a new customer, of the first t1 periods */
  LOY_PREDICT_ELASTICITY = 17,         /* of the DERL to retention */
  LOY_PREDICT_EXPECTED_ELASTICITY = 18 /* mean over customers of that of their own residual lifetime */
} loy_prediction_quantity;

/* The question. What a quantity does not read is not looked at. */
typedef struct loy_prediction {
  size_t struct_size;
  int quantity; /* a loy_prediction_quantity */
  int threads;  /* 1 by default; never changes a bit of the result */
  double t;     /* how far ahead, in the model's unit of time; 0 by default */
  double delta; /* continuous rate of discount per that unit; 0 by default */
  double n;     /* number of purchases; 0 by default */
} loy_prediction;

/* A question about a quantity, all else as by default. NULL is allowed and ignored. */
LOYALTY_API void loy_prediction_init(loy_prediction *what, int quantity);

/* The rows that it is asked about, as columns. Those that the quantity does not read may be NULL. */
typedef struct loy_prediction_rows {
  const double *x, *t_x, *T; /* a history, as in bgnbd.h */
  const double *z;           /* mean spend, as in gamma_gamma.h */
  const double *n, *t0, *t1; /* counts and times of new customers, from the first purchase */
} loy_prediction_rows;

/* Rows without a column. NULL is allowed and ignored. */
LOYALTY_API void loy_prediction_rows_init(loy_prediction_rows *rows);

/* The quantity for each of n rows.
 *   model   a model with its parameters
 *   what    the question
 *   rows    its columns, each of n
 *   out     receives n answers; may be one of the columns
 *   report  nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), kind; LOY_ERR_DOMAIN for the first parameter outside its range,
 * by its name; LOY_ERR_ARGUMENT what (NULL, struct_size), quantity (none, or none of this model); LOY_ERR_DOMAIN n,
 * delta, t where they are read; LOY_ERR_ARGUMENT threads (negative), rows (NULL while n > 0), then the columns that are
 * read, in the order of the table above (NULL while n > 0), out (NULL while n > 0).
 * Notice: LOY_NOTICE_DIVERGES when an expected spend is infinite; `error` then names q and the first such row. So does
 * it, naming delta, when a lifetime or its elasticity is. */
LOYALTY_API loy_status loy_prediction_batch(const loy_model *model, const loy_prediction *what,
                                            const loy_prediction_rows *rows, size_t n, double *out,
                                            loy_batch_report *report, loy_error *error);

/* Private: most columns that a quantity reads. */
enum { LOYI_PREDICTION_COLUMNS = 3 };

/* Private: a checked question. */
typedef struct loyi_prediction_ask {
  int kind, quantity, columns;
  int probability; /* whether the answer is one, not just above 0 */
  double t, delta, n;
  double parameters[LOY_MODEL_PARAMETERS_MOST];
  const double *column[LOYI_PREDICTION_COLUMNS];
} loyi_prediction_ask;

/* Private: the checks of loy_prediction_batch but the last. */
LOYI_SHARED loy_status loyi_prediction_open(const loy_model *model, const loy_prediction *what,
                                            const loy_prediction_rows *rows, size_t n, loyi_prediction_ask *ask,
                                            loy_error *error);

/* Private: one row's numbers; the answer for them under other parameters than those of `ask`, NaN outside the domain;
 * and ln P(alive), for LOY_PREDICT_ALIVE at t = 0. */
LOYI_SHARED void loyi_prediction_take(const loyi_prediction_ask *ask, size_t i, double *row);
LOYI_SHARED double loyi_prediction_answer(const loyi_prediction_ask *ask, const double *parameters, const double *row);
LOYI_SHARED double loyi_prediction_log_alive(const loyi_prediction_ask *ask, const double *parameters,
                                             const double *row);

/* Private: the report of a batch, to be made before any output is written. NULL is allowed. */
LOYI_SHARED void loyi_prediction_count_bad(const loyi_prediction_ask *ask, size_t n, loy_batch_report *report);

/* Private: LOY_OK, or the notice for the first infinite answer. */
LOYI_SHARED loy_status loyi_prediction_finite(const loyi_prediction_ask *ask, const double *out, size_t n,
                                              loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "prediction-inl.h"
#endif

#endif /* LOYALTY_BTYD_PREDICTION_H */
