/* covariate_file.h: a model with coefficients as JSON text like that of model_file.h, for one such model:
 *
 *   {
 *     "format": "loyalty-model",
 *     "version": 1,
 *     "models": [
 *       {
 *         "model": "pnbd_covariates",
 *         "time_unit": "W",
 *         "parameters": {...},
 *         "covariates": [
 *           {"process": "transaction", "name": "age", "same": null, "coefficient": {"decimal": 0.02, "hex":
 * "0x1.4...p-6"}},
 *           {"process": "dropout", "name": "age", "same": 0, "coefficient": {...}}
 *         ],
 *         "covariance": [...],
 *         ...
 *
 * The name of the model says that it cannot be read without its coefficients: loy_model_read refuses it, as does every
 * reader of an earlier version. "covariates" are those of transactions, then those of dropout; "same" is the place,
 * from 0, of the transaction covariate of the same coefficient by constraint. The covariance is of parameters and
 * coefficients. All else is as in model_file.h. */
#ifndef LOYALTY_BTYD_COVARIATE_FILE_H
#define LOYALTY_BTYD_COVARIATE_FILE_H

#include "covariates.h"

LOY_BEGIN_DECLS

enum { LOY_COVARIATE_NAME = 38 }; /* room for the name of a covariate in a file, with its closing zero */

/* The names of the covariates of a model, those of transactions first: 1 to 37 printable characters of ASCII, neither
 * quotes nor backslashes. */
typedef struct loy_covariate_names {
  char name[LOY_COVARIATES_MOST][LOY_COVARIATE_NAME];
} loy_covariate_names;

/* Write a model as a file, without a closing zero.
 *   capacity  bytes at `text`; with text NULL and capacity 0 only the size is asked for
 *   length    the bytes written, or needed
 * Errors, in this order: LOY_ERR_ARGUMENT model (NULL), names (NULL), text (NULL while capacity > 0), length (NULL);
 * those of loy_covariate_model_check from kind on; LOY_ERR_ARGUMENT time_unit, status; LOY_ERR_ARGUMENT names with the
 * index of the first that cannot stand in a file; LOY_ERR_BUFFER text when capacity is too small: *length is then set
 * to the size needed and `text` is untouched. */
LOYALTY_API loy_status loy_covariate_model_write(const loy_covariate_model *model, const loy_covariate_names *names,
                                                 char *text, size_t capacity, size_t *length, loy_error *error);

/* Read a file of `length` bytes at `text`.
 *   model, names  receive what it holds; names may be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT text (NULL while length > 0), model (NULL); LOY_ERR_FORMAT text with the byte
 * at fault as its index; LOY_ERR_VERSION text when the file's version or the model's name is not known, which a model
 * without covariates is here; LOY_ERR_DOMAIN text when a number is out of its range. */
LOYALTY_API loy_status loy_covariate_model_read(const char *text, size_t length, loy_covariate_model *model,
                                                loy_covariate_names *names, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "covariate_file-inl.h"
#endif

#endif /* LOYALTY_BTYD_COVARIATE_FILE_H */
