/* btyd_gaps.h: for the headers that are included once for each model of purchases. Their includer defines GAPS where
 * the likelihood and the draws of the model know of the sum of the logarithms of gaps, litt. Then ALSO(x) is that
 * argument more; litt is NULL for the likelihood of x and t_x alone. Used after MODEL and FUZZ are defined; the
 * includer undefines ALSO. */
#ifdef GAPS
#  define ALSO(x) x,
enum { FUZZ(_gaps) = 1 };
#else
#  define ALSO(x)
enum { FUZZ(_gaps) = 0 };
#endif

static double FUZZ(_loglik)(const MODEL(params) * params, double x, double t_x, double T, const double *litt) {
#ifdef GAPS
  return litt ? MODEL(loglik)(params, x, t_x, T, *litt) : MODEL(loglik_summary)(params, x, t_x, T);
#else
  (void)litt;
  return MODEL(loglik)(params, x, t_x, T);
#endif
}

/* Whether the model takes a row with these gaps, if there are any. */
static int FUZZ(_good)(const MODEL(params) * params, double x, double t_x, double T, const double *litt) {
  loy_error error;
#ifdef GAPS
  if (litt) return MODEL(check_gaps)(params, x, t_x, T, *litt, &error) == LOY_OK;
#endif
  (void)litt;
  return MODEL(check_customer)(params, x, t_x, T, 0.0, &error) == LOY_OK;
}
