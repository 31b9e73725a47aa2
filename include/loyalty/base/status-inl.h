/* status-inl.h: body of status.h. */
#ifndef LOYALTY_BASE_STATUS_INL_H
#define LOYALTY_BASE_STATUS_INL_H

#include "status.h"

LOY_BEGIN_DECLS

LOYALTY_API int loy_status_is_error(loy_status status) { return (int)status >= (int)LOY_ERR_ARGUMENT; }

LOYALTY_API const char *loy_status_name(loy_status status) {
  switch (status) {
  case LOY_OK: return "OK";
  case LOY_NOTICE_AT_BOUND: return "NOTICE_AT_BOUND";
  case LOY_NOTICE_WEAK_ID: return "NOTICE_WEAK_ID";
  case LOY_NOTICE_NOT_NEEDED: return "NOTICE_NOT_NEEDED";
  case LOY_NOTICE_NOT_CONVERGED: return "NOTICE_NOT_CONVERGED";
  case LOY_NOTICE_DIVERGES: return "NOTICE_DIVERGES";
  case LOY_NOTICE_INCOMPLETE: return "NOTICE_INCOMPLETE";
  case LOY_NOTICE_NONE: return "NOTICE_NONE";
  case LOY_NOTICE_SEPARATED: return "NOTICE_SEPARATED";
  case LOY_NOTICE_SUPERCRITICAL: return "NOTICE_SUPERCRITICAL";
  case LOY_NOTICE_SKIPPED: return "NOTICE_SKIPPED";
  case LOY_ERR_ARGUMENT: return "ERR_ARGUMENT";
  case LOY_ERR_DOMAIN: return "ERR_DOMAIN";
  case LOY_ERR_TOO_FEW: return "ERR_TOO_FEW";
  case LOY_ERR_INFEASIBLE: return "ERR_INFEASIBLE";
  case LOY_ERR_SINGULAR: return "ERR_SINGULAR";
  case LOY_ERR_MEMORY: return "ERR_MEMORY";
  case LOY_ERR_OVERFLOW: return "ERR_OVERFLOW";
  case LOY_ERR_FORMAT: return "ERR_FORMAT";
  case LOY_ERR_VERSION: return "ERR_VERSION";
  case LOY_ERR_STATE: return "ERR_STATE";
  case LOY_ERR_CANCELED: return "ERR_CANCELED";
  case LOY_ERR_BUFFER: return "ERR_BUFFER";
  }
  return "UNKNOWN";
}

LOYALTY_API const char *loy_status_message(loy_status status) {
  switch (status) {
  case LOY_OK: return "success";
  case LOY_NOTICE_AT_BOUND: return "a parameter lies at the edge of its range";
  case LOY_NOTICE_WEAK_ID: return "the data hardly determine some combination of the parameters";
  case LOY_NOTICE_NOT_NEEDED: return "the target is already met";
  case LOY_NOTICE_NOT_CONVERGED: return "the fit did not converge; the best point found is returned";
  case LOY_NOTICE_DIVERGES: return "the sum or mean is infinite";
  case LOY_NOTICE_INCOMPLETE: return "an input that the rule could use is missing";
  case LOY_NOTICE_NONE: return "there is no such value";
  case LOY_NOTICE_SEPARATED: return "the data are fitted perfectly; some parameters have no finite estimate";
  case LOY_NOTICE_SUPERCRITICAL: return "each case breeds at least one more; the total is infinite";
  case LOY_NOTICE_SKIPPED: return "rows without information were left out";
  case LOY_ERR_ARGUMENT: return "invalid argument";
  case LOY_ERR_DOMAIN: return "a number is outside its range";
  case LOY_ERR_TOO_FEW: return "not enough data";
  case LOY_ERR_INFEASIBLE: return "the target cannot be reached";
  case LOY_ERR_SINGULAR: return "a matrix is singular";
  case LOY_ERR_MEMORY: return "out of memory";
  case LOY_ERR_OVERFLOW: return "an exact integer result does not fit";
  case LOY_ERR_FORMAT: return "malformed input";
  case LOY_ERR_VERSION: return "unsupported version";
  case LOY_ERR_STATE: return "not possible in this state";
  case LOY_ERR_CANCELED: return "canceled by the caller";
  case LOY_ERR_BUFFER: return "the buffer is too small";
  }
  return "unknown status";
}

LOYI_SHARED loy_status loyi_report(loy_error *error, loy_status status, const char *argument, size_t index,
                                   const char *message) {
  if (error) {
    error->status = status;
    error->argument = argument;
    error->index = index;
    error->message = message;
  }
  return status;
}

LOYI_SHARED loy_status loyi_ok(loy_error *error) { return loyi_report(error, LOY_OK, NULL, LOY_NO_INDEX, NULL); }

LOY_END_DECLS

#endif /* LOYALTY_BASE_STATUS_INL_H */
