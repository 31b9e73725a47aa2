/* version-inl.h: body of version.h. */
#ifndef LOYALTY_BASE_VERSION_INL_H
#define LOYALTY_BASE_VERSION_INL_H

#include "version.h"

LOY_BEGIN_DECLS

LOYALTY_API const char *loy_version(void) { return LOY_VERSION_STRING; }

LOY_END_DECLS

#endif /* LOYALTY_BASE_VERSION_INL_H */
