/* parity.h: what the C side of a parity case is written with. A function of c/<wing>.c reads its arguments in order,
 * calls the library, and gives its results in the order of the shim:
 *
 *   static void nps_mean(parity_case *c) {
 *     double p = parity_double(c), d = parity_double(c), mean = 0.0;
 *     loy_error e;
 *     loy_nps_mean(p, d, &mean, &e);
 *     if (parity_failed(c, &e)) return;
 *     parity_give_double(c, mean);
 *   }
 *   PARITY(survey) { CASE(nps_mean); }
 */
#ifndef LOYALTY_TESTS_PARITY_H
#define LOYALTY_TESTS_PARITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loyalty/loyalty.h"

typedef struct parity_case parity_case;

/* The next argument. A column's length goes to *n; `nil` gives NULL and 0. Columns live until the case is done. */
double parity_double(parity_case *c);
int64_t parity_int(parity_case *c);
bool parity_bool(parity_case *c);
const char *parity_text(parity_case *c);
const double *parity_column(parity_case *c, size_t *n);
const int64_t *parity_column_i64(parity_case *c, size_t *n);
const int8_t *parity_column_i8(parity_case *c, size_t *n);
/* The next argument is a column for results: room for *n, filled with zeros, compared when the case is done. */
double *parity_out(parity_case *c, size_t *n);
int64_t *parity_out_i64(parity_case *c, size_t *n);
int8_t *parity_out_i8(parity_case *c, size_t *n);

/* Bytes, and an object that an earlier line of the file made. */
const unsigned char *parity_bytes(parity_case *c, size_t *n);
void *parity_object(parity_case *c);

/* The next result. */
void parity_give_double(parity_case *c, double value);
void parity_give_int(parity_case *c, int64_t value);
void parity_give_bool(parity_case *c, bool value);
void parity_give_text(parity_case *c, const char *value); /* NULL is nil */
void parity_give_bytes(parity_case *c, const void *value, size_t n);
/* An object, kept under the name in the case until the file ends, then released. */
void parity_give_object(parity_case *c, void *object, void (*release)(void *));

/* The outcome of the call: compare an error with the case and return true, or return false when there was none. A
 * shim's own check of lengths is `parity_lengths`: true, and the case is done, when `got` is not `want`. */
bool parity_failed(parity_case *c, const loy_error *e);
bool parity_lengths(parity_case *c, const char *argument, size_t got, size_t want);
/* The outcome of a batch: an error of the call, or of its first bad row unless `coerce`; else gives the count of bad
 * rows. A batch that is a loop in the shim counts its bad rows with parity_bad_row. */
void parity_batch(parity_case *c, const loy_error *e, const loy_batch_report *report, bool coerce);
void parity_bad_row(loy_batch_report *report, size_t row, loy_status status, const char *argument);

/* The list of a wing. */
typedef void (*parity_function)(parity_case *c);
void parity_register(const char *name, parity_function function);
#define PARITY(wing)                                                                                                   \
  void parity_open_##wing(void);                                                                                       \
  void parity_open_##wing(void)
#define CASE(function) parity_register(#function, function)

#endif /* LOYALTY_TESTS_PARITY_H */
