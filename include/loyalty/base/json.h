/* json.h: private. The grammar of JSON (RFC 8259), strictly, for readers of files: no recursion, no allocation, no
 * locale.
 *
 * A reader walks through an object once, checking all of its grammar and noting where the values of the keys that it
 * knows begin; then it goes to each of those places. */
#ifndef LOYALTY_BASE_JSON_H
#define LOYALTY_BASE_JSON_H

#include "config.h"
#include "status.h"

LOY_BEGIN_DECLS

enum {
  LOYI_JSON_DEPTH = 60, /* nesting of a skipped value; its kinds fit into one 64-bit word */
  LOYI_JSON_NAME = 40   /* room for a string: what is longer can equal no name that a reader knows */
};

/* Where reading stands. The first failure is kept and ends everything: functions return 0. */
typedef struct loyi_json {
  const char *text;
  size_t length, at;
  loy_status status;
  size_t fault;
  const char *message;
} loyi_json;

/* Keep a failure at byte `at`; or LOY_ERR_FORMAT where reading stands. 0. */
LOYI_SHARED int loyi_json_fail(loyi_json *reader, loy_status status, size_t at, const char *message);
LOYI_SHARED int loyi_json_wrong(loyi_json *reader, const char *message);

/* The next byte that is not blank, or 0 at the end; it is not taken. */
LOYI_SHARED char loyi_json_peek(loyi_json *reader);

/* Take the next byte that is not blank when it is `c`, or the next bytes when they are `word`. Whether it was; no
 * failure. */
LOYI_SHARED int loyi_json_take(loyi_json *reader, char c);
LOYI_SHARED int loyi_json_word(loyi_json *reader, const char *word);

/* A string, decoded as far as it fits into the LOYI_JSON_NAME bytes of `name` and closed by a zero. One that is longer,
 * or holds anything but printable ASCII, is changed so that it equals no name. */
LOYI_SHARED int loyi_json_string(loyi_json *reader, char *name);

/* A number by the grammar; *token and *length receive its text. */
LOYI_SHARED int loyi_json_number_token(loyi_json *reader, const char **token, size_t *length);

/* Any value. */
LOYI_SHARED int loyi_json_skip(loyi_json *reader);

/* Walk through an object and note in `where` at which byte the value of each of `count` known keys begins
 * (LOY_NO_INDEX: not there). Known keys must not repeat; others are skipped unless `strict`. */
LOYI_SHARED int loyi_json_object(loyi_json *reader, const char *const *keys, size_t count, int strict, size_t *where);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "json-inl.h"
#endif

#endif /* LOYALTY_BASE_JSON_H */
