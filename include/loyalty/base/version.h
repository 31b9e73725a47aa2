/* version.h: the one place where the version is written. CMake and pyproject.toml read it from here. */
#ifndef LOYALTY_BASE_VERSION_H
#define LOYALTY_BASE_VERSION_H

#include "config.h"

#define LOY_VERSION_MAJOR  0
#define LOY_VERSION_MINOR  1
#define LOY_VERSION_PATCH  0
#define LOY_VERSION_STRING "0.1.0"

LOY_BEGIN_DECLS

/* The version of the library that is running, "major.minor.patch". Compare with LOY_VERSION_STRING, the version of
 * the headers this file was compiled against. Never fails; the text lives as long as the program. */
LOYALTY_API const char *loy_version(void);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "version-inl.h"
#endif

#endif /* LOYALTY_BASE_VERSION_H */
