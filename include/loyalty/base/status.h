/* status.h: how a function says that it could not answer, or that its answer needs a remark.
 *
 * 0 is success. 1 to 99 are notices: the outputs are filled and the remark is worth showing. From 100 on are errors:
 * the outputs are untouched. A released value never changes its meaning. */
#ifndef LOYALTY_BASE_STATUS_H
#define LOYALTY_BASE_STATUS_H

#include "config.h"

LOY_BEGIN_DECLS

typedef enum loy_status {
  LOY_OK = 0,

  /* Notices. */
  LOY_NOTICE_AT_BOUND = 1,      /* a fitted parameter lies at the edge of its range; its standard error is NaN */
  LOY_NOTICE_WEAK_ID = 2,       /* the data hardly determine some combination of the parameters */
  LOY_NOTICE_NOT_NEEDED = 3,    /* the target is already met */
  LOY_NOTICE_NOT_CONVERGED = 4, /* best point found is returned, but its certificate fails */
  LOY_NOTICE_DIVERGES = 5,      /* the sum or mean is infinite */
  LOY_NOTICE_INCOMPLETE = 6,    /* an input that the rule could use is missing; the result names it */
  LOY_NOTICE_NONE = 7,          /* the thing asked for does not exist, for example a threshold of a straight line */
  LOY_NOTICE_SEPARATED = 8,     /* the data are fitted perfectly by parameters that run away; they have no estimate */
  LOY_NOTICE_SUPERCRITICAL = 9, /* each case breeds at least one more: the total is infinite */
  LOY_NOTICE_SKIPPED = 10,      /* rows that carry no information were left out; the result counts them */

  /* Errors. */
  LOY_ERR_ARGUMENT = 100,   /* a pointer, size, option or enumerator that no caller should pass */
  LOY_ERR_DOMAIN = 101,     /* a number outside its range, NaN included */
  LOY_ERR_TOO_FEW = 102,    /* not enough data for the question */
  LOY_ERR_INFEASIBLE = 103, /* no value can reach the target */
  LOY_ERR_SINGULAR = 104,   /* a matrix that must be inverted is singular */
  LOY_ERR_MEMORY = 105,     /* the allocator returned nothing */
  LOY_ERR_OVERFLOW = 106,   /* an exact integer result does not fit */
  LOY_ERR_FORMAT = 107,     /* text or bytes that are not what they should be */
  LOY_ERR_VERSION = 108,    /* a file of a version that this library does not read */
  LOY_ERR_STATE = 109,      /* the object is not in a state in which this can be asked */
  LOY_ERR_CANCELED = 110,   /* the caller's callback asked to stop */
  LOY_ERR_BUFFER = 111      /* the caller's buffer is too small; the needed size is reported */
} loy_status;

LOYI_ASSERT_STATIC(sizeof(loy_status) == sizeof(int), "bindings pass a status as an int");

/* No particular element is to blame. */
#define LOY_NO_INDEX SIZE_MAX

/* What went wrong, for the caller who wants to know. Every function that can fail takes one as its last argument; NULL
 * is allowed. It is written on success (status LOY_OK), on a notice and on an error. Texts are constant. */
typedef struct loy_error {
  loy_status status;
  const char *argument; /* name of the argument at fault as its prototype spells it, or NULL */
  size_t index;         /* 0-based element of that argument, or LOY_NO_INDEX */
  const char *message;  /* what would be right, one phrase without a final stop; or NULL */
} loy_error;

/* Nonzero when `status` is an error, that is, when outputs are untouched. */
LOYALTY_API int loy_status_is_error(loy_status status);

/* The stable identifier of a status, such as "ERR_DOMAIN". "UNKNOWN" for a number that is no status. */
LOYALTY_API const char *loy_status_name(loy_status status);

/* One English phrase for a status. "unknown status" for a number that is no status. */
LOYALTY_API const char *loy_status_message(loy_status status);

/* Private: fill `error` when it is not NULL, and return `status`. */
LOYI_SHARED loy_status loyi_report(loy_error *error, loy_status status, const char *argument, size_t index,
                                   const char *message);

/* Private: fill `error` with success and return LOY_OK. */
LOYI_SHARED loy_status loyi_ok(loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "status-inl.h"
#endif

#endif /* LOYALTY_BASE_STATUS_H */
