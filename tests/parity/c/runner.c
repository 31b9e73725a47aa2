/* runner.c: replays tests/parity/cases against the C library. Usage: parity FILE... The format is in ../README.md. */
#include "parity.h"
#include "parity_wings.h" /* written by the build: X(wing) for each file beside this one */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FUNCTIONS = 1024, MOST_TOKENS = 256, MOST_COLUMNS = 32, MOST_OBJECTS = 64, LINE_SIZE = 1 << 20 };

struct parity_case {
  const char *file;
  int line;
  char *token[MOST_TOKENS];
  int count;
  int next;      /* the argument or result to be read */
  int separator; /* where "=" or "!" stands */
  int wrong;     /* differences found */
  void *column[MOST_COLUMNS];
  int columns;
  struct {
    double *d;
    int64_t *i;
    int8_t *t;
    size_t n;
    const char *token;
  } out[MOST_COLUMNS];
  int outs;
  bool failed;
};

static struct {
  const char *name;
  parity_function function;
} functions[MOST_FUNCTIONS];
static int function_count;

/* The objects of the file being replayed. */
static struct {
  char name[32];
  void *object;
  void (*release)(void *);
} objects[MOST_OBJECTS];
static int object_count;

void parity_register(const char *name, parity_function function) {
  if (function_count == MOST_FUNCTIONS) abort();
  functions[function_count].name = name;
  functions[function_count++].function = function;
}

static void complain(parity_case *c, const char *what, const char *got, const char *expected) {
  printf("%s:%d: %s: %s is %s, expected %s\n", c->file, c->line, c->token[0], what, got, expected);
  c->wrong++;
}

/* The case file itself is unusable: stop. */
static void broken(const parity_case *c, const char *why) {
  fprintf(stderr, "%s:%d: %s\n", c->file, c->line, why);
  exit(2);
}

static const char *argument(parity_case *c) {
  if (c->next >= c->separator) broken(c, "too few arguments");
  return c->token[c->next++];
}

static double to_double(const parity_case *c, const char *text) {
  char *end;
  double value = strtod(text, &end);
  if (*end != '\0' && *end != ' ') broken(c, "not a double");
  return value;
}

static int64_t to_int(const parity_case *c, const char *text) {
  char *end;
  long long value = strtoll(text, &end, 10);
  if (*end != '\0' && *end != ' ') broken(c, "not an integer");
  return value;
}

/* Two doubles as the cases compare them. */
static bool same_bits(double a, double b) { return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0; }

double parity_double(parity_case *c) { return to_double(c, argument(c)); }
int64_t parity_int(parity_case *c) { return to_int(c, argument(c)); }
bool parity_bool(parity_case *c) { return strcmp(argument(c), "true") == 0; }
const char *parity_text(parity_case *c) {
  const char *text = argument(c);
  return strcmp(text, "nil") == 0 ? NULL : text;
}

/* Elements of a bracketed list: `at` is moved behind the next one; false at the end. */
static bool element(const char **at) {
  while (**at == ' ') (*at)++;
  return **at != '\0';
}

static size_t count_elements(const char *list) {
  size_t n = 0;
  while (element(&list)) {
    n++;
    list += strcspn(list, " ");
  }
  return n;
}

/* Room for n elements of 8 bytes, freed when the case is done. */
static void *room(parity_case *c, size_t n) {
  void *memory = calloc(n + 1, 8);
  if (!memory || c->columns == MOST_COLUMNS) broken(c, "too many columns");
  return c->column[c->columns++] = memory;
}

/* The list behind `prefix[`; the tokenizer has cut off the closing bracket. NULL for nil. */
static const char *list_of(parity_case *c, const char *prefix) {
  const char *text = argument(c);
  size_t length = strlen(prefix);
  if (strcmp(text, "nil") == 0) return NULL;
  if (strncmp(text, prefix, length) != 0 || text[length] != '[') broken(c, "another kind of column is needed");
  return text + length + 1;
}

const double *parity_column(parity_case *c, size_t *n) {
  const char *at = list_of(c, "d");
  double *values;
  *n = 0;
  if (!at) return NULL;
  values = (double *)room(c, count_elements(at));
  for (; element(&at); at += strcspn(at, " ")) values[(*n)++] = to_double(c, at);
  return values;
}

const int64_t *parity_column_i64(parity_case *c, size_t *n) {
  const char *at = list_of(c, "i");
  int64_t *values;
  *n = 0;
  if (!at) return NULL;
  values = (int64_t *)room(c, count_elements(at));
  for (; element(&at); at += strcspn(at, " ")) values[(*n)++] = to_int(c, at);
  return values;
}

const int8_t *parity_column_i8(parity_case *c, size_t *n) {
  const char *at = list_of(c, "t");
  int8_t *values;
  *n = 0;
  if (!at) return NULL;
  values = (int8_t *)room(c, count_elements(at));
  for (; element(&at); at += strcspn(at, " ")) values[(*n)++] = (int8_t)to_int(c, at);
  return values;
}

static void *output(parity_case *c, size_t *n, const char *prefix) {
  const char *at = list_of(c, prefix);
  void *memory;
  *n = 0;
  if (!at) return NULL;
  *n = count_elements(at);
  memory = room(c, *n);
  c->out[c->outs].d = *prefix == 'o' ? (double *)memory : NULL;
  c->out[c->outs].i = *prefix == 'i' ? (int64_t *)memory : NULL;
  c->out[c->outs].t = *prefix == 't' ? (int8_t *)memory : NULL;
  c->out[c->outs].n = *n;
  c->out[c->outs++].token = at;
  return memory;
}
double *parity_out(parity_case *c, size_t *n) { return (double *)output(c, n, "out"); }
int64_t *parity_out_i64(parity_case *c, size_t *n) { return (int64_t *)output(c, n, "iout"); }
int8_t *parity_out_i8(parity_case *c, size_t *n) { return (int8_t *)output(c, n, "tout"); }

static int hex_digit(const parity_case *c, char digit) {
  const char *digits = "0123456789abcdef", *at = digit ? strchr(digits, digit) : NULL;
  if (!at) broken(c, "bytes are pairs of the digits 0 to f");
  return (int)(at - digits);
}

/* The bytes of a list x[...], and how many. */
static unsigned char *from_hex(parity_case *c, const char *list, size_t *n) {
  unsigned char *bytes = (unsigned char *)room(c, strlen(list) / 8 + 1);
  for (*n = 0; *list; list += 2) bytes[(*n)++] = (unsigned char)(16 * hex_digit(c, list[0]) + hex_digit(c, list[1]));
  return bytes;
}

const unsigned char *parity_bytes(parity_case *c, size_t *n) {
  const char *list = list_of(c, "x");
  if (!list) broken(c, "bytes are needed");
  return from_hex(c, list, n);
}

void *parity_object(parity_case *c) {
  const char *name = argument(c);
  for (int i = object_count - 1; i >= 0; i--)
    if (name[0] == '@' && strcmp(objects[i].name, name + 1) == 0) return objects[i].object;
  broken(c, "no earlier line of this file made the object");
  return NULL;
}

/* The next expected result, or NULL with a complaint. */
static const char *expected_result(parity_case *c, const char *got) {
  if (c->next < c->separator) broken(c, "too many arguments");
  if (c->next == c->separator) c->next++;
  if (c->next < c->count) return c->token[c->next++];
  complain(c, "a result too many", got, "none");
  return NULL;
}

void parity_give_double(parity_case *c, double value) {
  char got[64];
  const char *expected;
  snprintf(got, sizeof got, "%a", value);
  expected = expected_result(c, got);
  if (expected && !same_bits(value, to_double(c, expected))) complain(c, "a result", got, expected);
}

void parity_give_int(parity_case *c, int64_t value) {
  char got[64];
  const char *expected;
  snprintf(got, sizeof got, "%lld", (long long)value);
  expected = expected_result(c, got);
  if (expected && strcmp(expected, got) != 0) complain(c, "a result", got, expected);
}

void parity_give_bool(parity_case *c, bool value) {
  const char *got = value ? "true" : "false", *expected = expected_result(c, got);
  if (expected && strcmp(expected, got) != 0) complain(c, "a result", got, expected);
}

void parity_give_text(parity_case *c, const char *value) {
  const char *got = value ? value : "nil", *expected = expected_result(c, got);
  if (expected && strcmp(expected, got) != 0) complain(c, "a result", got, expected);
}

void parity_give_bytes(parity_case *c, const void *value, size_t n) {
  const char *expected = expected_result(c, "x[...]");
  size_t length = 0;
  const unsigned char *bytes = NULL;
  if (!expected) return;
  if (strncmp(expected, "x[", 2) == 0) bytes = from_hex(c, expected + 2, &length);
  if (!bytes || length != n || memcmp(bytes, value, n) != 0) complain(c, "a result", "other bytes", expected);
}

void parity_give_object(parity_case *c, void *object, void (*release)(void *)) {
  const char *name = expected_result(c, "@...");
  if (!name || name[0] != '@' || object_count == MOST_OBJECTS || strlen(name + 1) >= sizeof objects[0].name)
    broken(c, "the object needs a name, such as @log, of up to 31 letters");
  strcpy(objects[object_count].name, name + 1);
  objects[object_count].object = object;
  objects[object_count++].release = release;
}

static bool compare_error(parity_case *c, const char *code, const char *blamed, size_t index) {
  char got[256], expected[256], row[32] = "-";
  if (c->next < c->separator && strcmp(c->token[c->separator], "!") != 0) broken(c, "too many arguments");
  if (index != LOY_NO_INDEX) snprintf(row, sizeof row, "%lld", (long long)index);
  snprintf(got, sizeof got, "error %s %s %s", code, blamed ? blamed : "-", row);
  if (c->separator + 3 < c->count && strcmp(c->token[c->separator], "!") == 0) {
    snprintf(expected, sizeof expected, "error %s %s %s", c->token[c->separator + 1], c->token[c->separator + 2],
             c->token[c->separator + 3]);
  } else {
    snprintf(expected, sizeof expected, "success");
  }
  if (strcmp(got, expected) != 0) complain(c, "the outcome", got, expected);
  c->failed = true;
  return true;
}

bool parity_failed(parity_case *c, const loy_error *e) {
  if (loy_status_is_error(e->status)) return compare_error(c, loy_status_name(e->status) + 0, e->argument, e->index);
  return false;
}

bool parity_lengths(parity_case *c, const char *name, size_t got, size_t want) {
  return got != want && compare_error(c, "ERR_ARGUMENT", name, LOY_NO_INDEX);
}

void parity_batch(parity_case *c, const loy_error *e, const loy_batch_report *report, bool coerce) {
  if (parity_failed(c, e) || (report->bad > 0 && !coerce && parity_failed(c, &report->first))) return;
  parity_give_int(c, (int64_t)report->bad);
}

void parity_bad_row(loy_batch_report *report, size_t row, loy_status status, const char *argument) {
  if (report->bad++ > 0) return;
  report->first.status = status;
  report->first.argument = argument;
  report->first.index = row;
}

/* Cut a line into tokens in place; brackets and quotes hold their inside together and are dropped at the end. */
static void tokenize(parity_case *c, char *at) {
  c->count = 0;
  for (;;) {
    char *bracket;
    size_t length;
    while (*at == ' ') at++;
    if (*at == '\0') break;
    if (c->count == MOST_TOKENS) broken(c, "too many tokens");
    if (*at == '"')
      at++, length = strcspn(at, "\"");
    else {
      length = strcspn(at, " ");
      bracket = (char *)memchr(at, '[', length);
      if (bracket) length = strcspn(at, "]");
    }
    c->token[c->count++] = at;
    at += length;
    if (*at == '\0') break;
    *at++ = '\0';
  }
  for (c->separator = 1; c->separator < c->count; c->separator++)
    if (strcmp(c->token[c->separator], "=") == 0 || strcmp(c->token[c->separator], "!") == 0) return;
  broken(c, "no result: complete the file with parity.py --write");
}

static void compare_outputs(parity_case *c) {
  for (int k = 0; k < c->outs; k++) {
    const char *at = c->out[k].token;
    for (size_t row = 0; row < c->out[k].n && element(&at); row++, at += strcspn(at, " ")) {
      char got[64];
      bool same;
      if (c->out[k].d) {
        same = same_bits(c->out[k].d[row], to_double(c, at));
        snprintf(got, sizeof got, "%a", c->out[k].d[row]);
      } else {
        const int64_t value = c->out[k].t ? c->out[k].t[row] : c->out[k].i[row];
        same = value == to_int(c, at);
        snprintf(got, sizeof got, "%lld", (long long)value);
      }
      if (!same) {
        char what[64];
        snprintf(what, sizeof what, "row %lld", (long long)row);
        complain(c, what, got, at);
      }
    }
  }
}

static void replay(parity_case *c) {
  parity_function function = NULL;
  for (int i = 0; i < function_count; i++)
    if (strcmp(functions[i].name, c->token[0]) == 0) function = functions[i].function;
  if (!function) broken(c, "the C runner does not know this function: add it to tests/parity/c");
  c->next = 1;
  function(c);
  if (c->failed) return;
  if (strcmp(c->token[c->separator], "!") == 0) {
    complain(c, "the outcome", "success", c->token[c->separator + 1]);
    return;
  }
  if (c->next < c->separator) broken(c, "too many arguments");
  if (c->next <= c->separator) c->next = c->separator + 1;
  if (c->next < c->count) complain(c, "a result too few", "none", c->token[c->next]);
  compare_outputs(c);
}

int main(int argc, char **argv) {
  int wrong = 0, cases = 0;
  char *line = (char *)malloc(LINE_SIZE);
  if (!line) return 2;
#define X(wing) void parity_open_##wing(void);
  WINGS
#undef X
#define X(wing) parity_open_##wing();
  WINGS
#undef X
  for (int i = 1; i < argc; i++) {
    FILE *file = fopen(argv[i], "r");
    int number = 0;
    if (!file) {
      fprintf(stderr, "%s: cannot be read\n", argv[i]);
      return 2;
    }
    while (fgets(line, LINE_SIZE, file)) {
      parity_case c = {0};
      number++;
      line[strcspn(line, "\r\n")] = '\0';
      if (line[0] == '\0' || line[0] == '#') continue;
      c.file = argv[i];
      c.line = number;
      tokenize(&c, line);
      replay(&c);
      for (int k = 0; k < c.columns; k++) free(c.column[k]);
      wrong += c.wrong;
      cases++;
    }
    while (object_count > 0) objects[object_count - 1].release(objects[object_count - 1].object), object_count--;
    fclose(file);
  }
  free(line);
  printf("%d cases, %d differences\n", cases, wrong);
  return wrong != 0 || cases == 0;
}
