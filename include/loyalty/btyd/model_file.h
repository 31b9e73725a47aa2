/* model_file.h: fitted models as small JSON text that C, Python and Lua read and write alike.
 *
 *   {
 *     "format": "loyalty-model",
 *     "version": 1,
 *     "models": [
 *       {
 *         "model": "gamma_gamma",
 *         "time_unit": null,
 *         "parameters": {
 *           "p": {"decimal": 6.25, "hex": "0x1.9p+2"},
 *           ...
 *         },
 *         "covariance": [
 *           [{"decimal": 1.4, "hex": "0x1.6666666666666p+0"}, ...],
 *           ...
 *         ],
 *         "log_likelihood": {...},
 *         "customers": {...},
 *         "penalty": {...},
 *         "status": "OK"
 *       }
 *     ]
 *   }
 *
 * Every number stands twice: the shortest decimal that means the same double, for people and for other programs, and
 * the hexadecimal form of C99, which is what is read back, exactly. A decimal that disagrees with its hexadecimal form
 * (someone edited one of them) is an error. NaN and infinities have no JSON number: their decimal is the string "nan",
 * "inf" or "-inf". A file may hold several models, for example a transaction model and a spend model.
 *
 * Reading is strict about JSON (RFC 8259) and about what it knows, and lenient about what it does not: keys may come
 * in any order; unknown keys are skipped, so that a later version may add some and a program may add its own; a known
 * key that stands twice, a missing or unknown parameter, and a model of an unknown name are errors. "covariance",
 * "log_likelihood", "customers", "penalty" and "status" may be left out or null; a penalty is written where there is
 * one. No recursion; nesting in skipped values is
 * limited to 60 levels and the text to 16 MiB. */
#ifndef LOYALTY_BTYD_MODEL_FILE_H
#define LOYALTY_BTYD_MODEL_FILE_H

#include "../base/calendar.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Which model; the name in the file and the parameters, in their order. */
typedef enum loy_model_kind {
  LOY_MODEL_BGNBD = 1,       /* "bgnbd": r, alpha, a, b */
  LOY_MODEL_GAMMA_GAMMA = 2, /* "gamma_gamma": p, q, v */
  LOY_MODEL_MBGNBD = 3,      /* "mbgnbd": r, alpha, a, b */
  LOY_MODEL_PNBD = 4,        /* "pnbd": r, alpha, s, beta */
  LOY_MODEL_NBD = 5,         /* "nbd": r, alpha */
  LOY_MODEL_GGOMNBD = 6,     /* "ggomnbd": r, alpha, b, s, beta */
  LOY_MODEL_SBG = 7,         /* "sbg": alpha, beta */
  LOY_MODEL_BDW = 8,         /* "bdw": gamma, delta, c */
  LOY_MODEL_BGBB = 9,        /* "bgbb": alpha, beta, gamma, delta; its unit of time is a period */
  LOY_MODEL_BGCNBD = 10,     /* "bgcnbd": r, alpha, a, b, k; k is whole, and 0 in the covariance: it is not varied */
  LOY_MODEL_MBGCNBD = 11     /* "mbgcnbd": the same */
} loy_model_kind;

enum {
  LOY_MODEL_PARAMETERS_MOST = 8, /* no model has more parameters */
  LOY_MODEL_NO_TIME_UNIT = -1    /* times without a stated unit, or none at all */
};

/* One model as it stands in a file. `n` is loy_model_parameter_count(kind). */
typedef struct loy_model {
  int kind;      /* a loy_model_kind */
  int time_unit; /* a loy_time_unit, or LOY_MODEL_NO_TIME_UNIT */
  int status;    /* the loy_status of the fit: LOY_OK or a notice; LOY_OK for parameters that were given */
  int has_covariance;
  double parameters[LOY_MODEL_PARAMETERS_MOST];                             /* n of them, each finite and above 0 */
  double covariance[LOY_MODEL_PARAMETERS_MOST * LOY_MODEL_PARAMETERS_MOST]; /* n * n by rows, when has_covariance */
  double log_likelihood;                                                    /* NaN: not known */
  double customers;                                                         /* sum of weights fitted; NaN: not known */
  double penalty; /* of the fit, as in its options; 0 for none and for parameters that were given */
} loy_model;

/* An empty model of `kind`: parameters and all else NaN, no unit, no penalty, status LOY_OK. NULL is allowed and
 * ignored. */
LOYALTY_API void loy_model_init(loy_model *model, int kind);

/* The name of a kind in files, such as "bgnbd"; NULL for a number that is no kind. */
LOYALTY_API const char *loy_model_name(int kind);

/* How many parameters a kind has; 0 for a number that is no kind. */
LOYALTY_API size_t loy_model_parameter_count(int kind);

/* The name of parameter `index`, counted from 0, of a kind, such as "alpha"; NULL when there is none. */
LOYALTY_API const char *loy_model_parameter_name(int kind, size_t index);

/* Write `count` models as one file into `text`, without a closing zero; the last byte is a line feed.
 *   capacity  bytes at `text`; with text NULL and capacity 0 only the size is asked for
 *   length    the bytes written, or needed
 * Errors, in this order: LOY_ERR_ARGUMENT models (NULL while count > 0), text (NULL while capacity > 0), length
 * (NULL); for the first bad model LOY_ERR_ARGUMENT kind, time_unit, status, or LOY_ERR_DOMAIN parameters, penalty
 * (neither 0 nor from 1e-40 to 1e40), with its index; LOY_ERR_BUFFER text when capacity is too small: *length is then
 * set to the size needed and `text` is untouched. */
LOYALTY_API loy_status loy_model_write(const loy_model *models, size_t count, char *text, size_t capacity,
                                       size_t *length, loy_error *error);

/* Read a file of `length` bytes at `text` (no closing zero needed) into `models`.
 *   capacity  models that have room; with models NULL and capacity 0 only the count is asked for
 *   count     the models read, or found
 * Errors, in this order: LOY_ERR_ARGUMENT text (NULL while length > 0), models (NULL while capacity > 0), count (NULL);
 * LOY_ERR_FORMAT text with the byte at fault as its index; LOY_ERR_VERSION text when the file's version or a model's
 * name is one that this library does not know; LOY_ERR_DOMAIN text when a parameter is not finite and above 0, or
 * a penalty neither 0 nor from 1e-40 to 1e40;
 * LOY_ERR_BUFFER models when capacity is too small: *count is then set to the models found and `models` is untouched.
 * */
LOYALTY_API loy_status loy_model_read(const char *text, size_t length, loy_model *models, size_t capacity,
                                      size_t *count, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "model_file-inl.h"
#endif

#endif /* LOYALTY_BTYD_MODEL_FILE_H */
