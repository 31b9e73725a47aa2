/* json-inl.h: body of json.h. */
#ifndef LOYALTY_BASE_JSON_INL_H
#define LOYALTY_BASE_JSON_INL_H

#include "json.h"

#include <string.h>

LOY_BEGIN_DECLS

LOYI_SHARED int loyi_json_fail(loyi_json *reader, loy_status status, size_t at, const char *message) {
  reader->status = status;
  reader->fault = at;
  reader->message = message;
  return 0;
}

LOYI_SHARED int loyi_json_wrong(loyi_json *reader, const char *message) {
  return loyi_json_fail(reader, LOY_ERR_FORMAT, reader->at, message);
}

LOYI_SHARED char loyi_json_peek(loyi_json *reader) {
  while (reader->at < reader->length) {
    char c = reader->text[reader->at];
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return c;
    reader->at++;
  }
  return 0;
}

LOYI_SHARED int loyi_json_take(loyi_json *reader, char c) {
  if (loyi_json_peek(reader) != c || reader->at == reader->length) return 0;
  reader->at++;
  return 1;
}

LOYI_LOCAL int loyi_json_hex4(const char *text, unsigned *value) {
  *value = 0;
  for (int i = 0; i < 4; i++) {
    char c = text[i];
    unsigned digit;
    if (c >= '0' && c <= '9')
      digit = (unsigned)(c - '0');
    else if (c >= 'a' && c <= 'f')
      digit = (unsigned)(c - 'a') + 10u;
    else if (c >= 'A' && c <= 'F')
      digit = (unsigned)(c - 'A') + 10u;
    else
      return 0;
    *value = *value << 4 | digit;
  }
  return 1;
}

/* The character behind a backslash, taken; 1 for one that no name here contains. -1 when it is no escape of JSON. */
LOYI_LOCAL int loyi_json_escape(loyi_json *reader) {
  unsigned code;
  if (reader->at == reader->length) return -1;
  switch (reader->text[reader->at++]) {
  case '"': return '"';
  case '\\': return '\\';
  case '/': return '/';
  case 'b':
  case 'f':
  case 'n':
  case 'r':
  case 't': return 1;
  case 'u':
    if (reader->length - reader->at < 4 || !loyi_json_hex4(reader->text + reader->at, &code)) return -1;
    reader->at += 4;
    return code >= 0x20 && code < 0x7f ? (int)code : 1;
  default: return -1;
  }
}

LOYI_SHARED int loyi_json_string(loyi_json *reader, char *name) {
  size_t used = 0;
  if (!loyi_json_take(reader, '"')) return loyi_json_wrong(reader, "must be a string here");
  while (reader->at < reader->length) {
    char c = reader->text[reader->at];
    int code = (unsigned char)c;
    if (c == '"') {
      reader->at++;
      name[used] = 0;
      return 1;
    }
    if ((unsigned char)c < 0x20) return loyi_json_wrong(reader, "has a control character in a string");
    reader->at++;
    if (c == '\\') {
      size_t start = reader->at - 1;
      code = loyi_json_escape(reader);
      if (code < 0) return loyi_json_fail(reader, LOY_ERR_FORMAT, start, "has a bad escape in a string");
    }
    /* The last place holds a byte that stands for "too long". */
    if (used < LOYI_JSON_NAME - 2) {
      name[used++] = (char)code;
    } else if (used == LOYI_JSON_NAME - 2) {
      name[used++] = 1;
    }
  }
  return loyi_json_wrong(reader, "ends inside a string");
}

LOYI_LOCAL size_t loyi_json_count_digits(const loyi_json *reader, size_t at) {
  size_t count = 0;
  while (at + count < reader->length && reader->text[at + count] >= '0' && reader->text[at + count] <= '9') count++;
  return count;
}

LOYI_SHARED int loyi_json_number_token(loyi_json *reader, const char **token, size_t *length) {
  size_t start, at, digits;
  (void)loyi_json_peek(reader);
  start = at = reader->at;
  if (at < reader->length && reader->text[at] == '-') at++;
  digits = loyi_json_count_digits(reader, at);
  if (digits == 0 || (digits > 1 && reader->text[at] == '0'))
    return loyi_json_wrong(reader, "must be a value of JSON here");
  at += digits;
  if (at < reader->length && reader->text[at] == '.') {
    digits = loyi_json_count_digits(reader, ++at);
    if (digits == 0) return loyi_json_wrong(reader, "must be a number of JSON here");
    at += digits;
  }
  if (at < reader->length && (reader->text[at] == 'e' || reader->text[at] == 'E')) {
    at++;
    if (at < reader->length && (reader->text[at] == '+' || reader->text[at] == '-')) at++;
    digits = loyi_json_count_digits(reader, at);
    if (digits == 0) return loyi_json_wrong(reader, "must be a number of JSON here");
    at += digits;
  }
  *token = reader->text + start;
  *length = at - start;
  reader->at = at;
  return 1;
}

LOYI_SHARED int loyi_json_word(loyi_json *reader, const char *word) {
  size_t length = strlen(word);
  (void)loyi_json_peek(reader);
  if (reader->length - reader->at < length || memcmp(reader->text + reader->at, word, length) != 0) return 0;
  reader->at += length;
  return 1;
}

/* Whatever is neither an array nor an object. */
LOYI_LOCAL int loyi_json_skip_plain(loyi_json *reader) {
  char name[LOYI_JSON_NAME];
  const char *token;
  size_t length;
  if (loyi_json_peek(reader) == '"') return loyi_json_string(reader, name);
  if (loyi_json_word(reader, "true") || loyi_json_word(reader, "false") || loyi_json_word(reader, "null")) return 1;
  return loyi_json_number_token(reader, &token, &length);
}

/* A key and its colon. */
LOYI_LOCAL int loyi_json_key(loyi_json *reader, char *name) {
  if (!loyi_json_string(reader, name)) return 0;
  return loyi_json_take(reader, ':') || loyi_json_wrong(reader, "must be a colon here");
}

/* `open` remembers for each level whether it is an object. */
LOYI_SHARED int loyi_json_skip(loyi_json *reader) {
  char name[LOYI_JSON_NAME];
  uint64_t open = 0;
  int depth = 0;
  for (;;) {
    int object = loyi_json_peek(reader) == '{';
    if (object || loyi_json_peek(reader) == '[') {
      if (depth == LOYI_JSON_DEPTH) return loyi_json_wrong(reader, "nests too deeply");
      reader->at++;
      open = open << 1 | (uint64_t)object;
      depth++;
      if (loyi_json_peek(reader) != (object ? '}' : ']')) {
        if (object && !loyi_json_key(reader, name)) return 0;
        continue;
      }
    } else if (!loyi_json_skip_plain(reader)) {
      return 0;
    }
    /* Behind a value, or before the end of an empty container: close what ends here. */
    while (depth > 0 && loyi_json_take(reader, open & 1 ? '}' : ']')) {
      open >>= 1;
      depth--;
    }
    if (depth == 0) return 1;
    if (!loyi_json_take(reader, ',')) return loyi_json_wrong(reader, "must be a comma or a closing bracket here");
    if (open & 1 && !loyi_json_key(reader, name)) return 0;
  }
}

LOYI_SHARED int loyi_json_object(loyi_json *reader, const char *const *keys, size_t count, int strict, size_t *where) {
  char name[LOYI_JSON_NAME];
  for (size_t k = 0; k < count; k++) where[k] = LOY_NO_INDEX;
  if (!loyi_json_take(reader, '{')) return loyi_json_wrong(reader, "must be an object here");
  if (loyi_json_take(reader, '}')) return 1;
  do {
    size_t start, k = 0;
    (void)loyi_json_peek(reader);
    start = reader->at;
    if (!loyi_json_key(reader, name)) return 0;
    while (k < count && strcmp(keys[k], name) != 0) k++;
    if (k == count && strict)
      return loyi_json_fail(reader, LOY_ERR_FORMAT, start, "has a key that does not belong here");
    if (k < count) {
      if (where[k] != LOY_NO_INDEX) return loyi_json_fail(reader, LOY_ERR_FORMAT, start, "has a key twice");
      (void)loyi_json_peek(reader);
      where[k] = reader->at;
    }
    if (!loyi_json_skip(reader)) return 0;
  } while (loyi_json_take(reader, ','));
  return loyi_json_take(reader, '}') || loyi_json_wrong(reader, "must be a comma or a closing brace here");
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_JSON_INL_H */
