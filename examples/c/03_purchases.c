/* From a purchase log to a fitted model: the CDNOW sample, 39 weeks of calibration to 1997-09-30, in weeks. Prints the
 * parameters in decimal and, to the last bit, in hexadecimal.
 *
 *   03_purchases [examples/data/cdnow.csv] */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loyalty/loyalty.h"

enum { MOST = 10000 };

/* Rows "customer,yyyy-mm-dd,dollars.cents" behind one header line; returns how many, or 0 after saying what is wrong.
 */
static size_t read_log(const char *path, int64_t *customer, int64_t *day, int64_t *cents) {
  char line[128], date[16];
  int64_t dollars, rest;
  size_t n = 0;
  FILE *file = fopen(path, "r");
  if (!file || !fgets(line, sizeof line, file)) {
    fprintf(stderr, "%s: cannot be read\n", path);
    if (file) fclose(file);
    return 0;
  }
  while (n < MOST && fgets(line, sizeof line, file)) {
    if (sscanf(line, "%" SCNd64 ",%10[0-9-],%" SCNd64 ".%2" SCNd64, &customer[n], date, &dollars, &rest) != 4 ||
        loy_day_from_iso(date, strlen(date), &day[n], NULL) != LOY_OK) {
      fprintf(stderr, "%s:%zu: expected customer_id,date,amount\n", path, n + 2);
      n = 0;
      break;
    }
    cents[n++] = 100 * dollars + rest;
  }
  fclose(file);
  return n;
}

int main(int argc, char **argv) {
  static int64_t customer[MOST], day[MOST], cents[MOST];
  static double x[MOST], t_x[MOST], T[MOST];
  static const char *const name[4] = {"r", "alpha", "a", "b"};
  const char *const path = argc > 1 ? argv[1] : "examples/data/cdnow.csv";
  const size_t rows = read_log(path, customer, day, cents);
  loy_rfm_builder *builder = NULL;
  loy_rfm_window window;
  loy_rfm_columns columns;
  loy_bgnbd_fit_result fit;
  loy_error error;
  double estimate[4];
  size_t customers = 0;
  int ok;
  if (rows == 0) return 1;
  loy_rfm_window_init(&window);
  loy_rfm_columns_init(&columns);
  columns.frequency = x;
  columns.recency = t_x;
  columns.T = T;
  ok = loy_day_from_iso("1997-09-30", 10, &window.end, &error) == LOY_OK &&
       loy_rfm_create(NULL, &builder, &error) == LOY_OK &&
       loy_rfm_push(builder, LOY_TICK_DAY, customer, day, cents, rows, &error) == LOY_OK &&
       loy_rfm_summary(builder, &window, MOST, &columns, &customers, &error) == LOY_OK &&
       loy_bgnbd_fit(x, t_x, T, NULL, customers, NULL, &fit, &error) == LOY_OK;
  loy_rfm_destroy(builder);
  if (!ok) {
    fprintf(stderr, "%s: %s %s\n", loy_status_name(error.status), error.argument, error.message);
    return 1;
  }
  printf("customers %zu, log-likelihood %.6f\n", customers, fit.log_likelihood);
  estimate[0] = fit.params.r;
  estimate[1] = fit.params.alpha;
  estimate[2] = fit.params.a;
  estimate[3] = fit.params.b;
  for (int i = 0; i < 4; i++)
    printf("%s %.7f, standard error %.7f, exactly %a\n", name[i], estimate[i], fit.std_error[i], estimate[i]);
  return 0;
}
