/* evaluate.c: computes one function for many arguments, for the accuracy checks.
 *
 *   evaluate NAME < arguments > values
 *
 * Arguments and values are doubles as they stand in memory; each evaluation takes as many as the function has
 * arguments. functions.inc is written by harness.py: the headers to include, and one FUNCTION(name, arity, expression)
 * for each check, where the expression is in terms of x[0], x[1], ... */
#include <stdio.h>
#include <string.h>

#define PART_HEADERS
#include "functions.inc"
#undef PART_HEADERS

#define FUNCTION(name, arity, expression)                                                                              \
  static double call_##name(const double *x) { return expression; }
#include "functions.inc"
#undef FUNCTION

typedef struct function {
  const char *name;
  size_t arity;
  double (*call)(const double *x);
} function;

static const function functions[] = {
#define FUNCTION(name, arity, expression) {#name, arity, call_##name},
#include "functions.inc"
#undef FUNCTION
};

enum { MOST_ARGUMENTS = 64 };

int main(int argc, char **argv) {
  double x[MOST_ARGUMENTS], y;
  if (argc != 2) {
    fputs("usage: evaluate NAME < arguments > values\n", stderr);
    return 2;
  }
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    const function *f = &functions[i];
    if (strcmp(f->name, argv[1]) != 0) continue;
    while (fread(x, sizeof x[0], f->arity, stdin) == f->arity) {
      y = f->call(x);
      if (fwrite(&y, sizeof y, 1, stdout) != 1) return 1;
    }
    return fflush(stdout) != 0;
  }
  fprintf(stderr, "evaluate: no function %s\n", argv[1]);
  return 2;
}
