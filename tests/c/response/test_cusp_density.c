/* The density of the cusp: mpmath's quadrature, the closed form at the cusp point, derivatives, every error. */
#include "check.h"

#include "loyalty/response/cusp_density.h"

static loy_cusp_moments moments_of(double a, double b) {
  loy_cusp_moments moments;
  CHECK_STATUS(loy_cusp_moments_at(a, b, &moments, NULL), LOY_OK);
  return moments;
}

/* mpmath.quad with 40 digits: A, B, ln Z, mean, variance, mean of z^2/2, covariance, variance of z^2/2. */
static void test_moments(void) {
  static const double expected[4][8] = {{0.5, 2.0, 2.22515901339646219, 0.759660453516764633, 1.2622146596929975,
                                         0.919649332165147009, 0.311039224767799335, 0.418851994702941691},
                                        {-1.25, 4.0, 6.41697821326583145, -2.02331530908283583, 0.256730659919641298,
                                         2.17526774994430639, -0.270378078349182529, 0.501031750029233498},
                                        {3.0, -2.0, 1.88615435057954235, 0.883825353040189647, 0.2219914852690072,
                                         0.501569369972811533, 0.172874921469444704, 0.159727811912407606},
                                        {0.001, 9.0, 20.4266764400957034, 0.00888426174515997593, 8.88420980115500429,
                                         4.4421443656308804, 0.00101400459916753196, 0.507005301298221226}};
  for (size_t i = 0; i < 4; i++) {
    const double *row = expected[i];
    const loy_cusp_moments m = moments_of(row[0], row[1]), other = moments_of(-row[0], row[1]);
    CHECK_CLOSE(m.log_normalizer, row[2], 2e-15);
    CHECK_CLOSE(loy_cusp_log_normalizer(row[0], row[1]), row[2], 2e-15);
    CHECK_NEAR(m.mean, row[3], 1e-14 * sqrt(row[4]));
    CHECK_CLOSE(m.variance, row[4], 1e-14);
    CHECK_CLOSE(m.half_square, row[5], 1e-14);
    CHECK_NEAR(m.covariance, row[6], 1e-14 * sqrt(row[4] * row[7]));
    CHECK_CLOSE(m.half_square_variance, row[7], 1e-13);
    CHECK_BITS(other.mean, -m.mean);
    CHECK_BITS(other.covariance, -m.covariance);
    CHECK_BITS(other.variance, m.variance);
  }
}

/* At A = B = 0, Z = Gamma(1/4)/sqrt 2 and the mean of z^2 is 2 Gamma(3/4)/Gamma(1/4). */
static void test_cusp_point(void) {
  const loy_cusp_moments m = moments_of(0.0, 0.0);
  CHECK_CLOSE(m.log_normalizer, 0.941448934418104803, 1e-15);
  CHECK_BITS(m.mean, 0.0);
  CHECK_BITS(m.covariance, 0.0);
  CHECK_CLOSE(m.variance, 0.675978240067284729, 1e-14);
}

/* d ln Z/dA is the mean, d ln Z/dB that of z^2/2, and the second derivatives are the variances and the covariance. */
static void test_derivatives(void) {
  static const double at[4][2] = {{0.3, 1.5}, {-2.0, 3.0}, {1.0, -4.0}, {0.05, 6.0}};
  const double h = 1e-4;
  for (size_t i = 0; i < 4; i++) {
    const double a = at[i][0], b = at[i][1];
    const loy_cusp_moments m = moments_of(a, b);
    CHECK_NEAR((loy_cusp_log_normalizer(a + h, b) - loy_cusp_log_normalizer(a - h, b)) / (2 * h), m.mean, 2e-7);
    CHECK_NEAR((loy_cusp_log_normalizer(a, b + h) - loy_cusp_log_normalizer(a, b - h)) / (2 * h), m.half_square, 2e-7);
    CHECK_NEAR((moments_of(a + h, b).mean - moments_of(a - h, b).mean) / (2 * h), m.variance, 1e-6);
    CHECK_NEAR((moments_of(a, b + h).mean - moments_of(a, b - h).mean) / (2 * h), m.covariance, 1e-6);
    CHECK_NEAR((moments_of(a, b + h).half_square - moments_of(a, b - h).half_square) / (2 * h), m.half_square_variance,
               1e-6);
  }
}

/* Two wells 6000 widths apart share their weight as A times their distance says (Laplace). */
static void test_far(void) {
  const loy_cusp_moments m = moments_of(0.01, 1e4);
  CHECK_NEAR(m.mean, 100.0 * tanh(1.0), 0.01);
  CU_ASSERT(isfinite(loy_cusp_log_normalizer(LOY_CUSP_CONTROL_MOST, LOY_CUSP_CONTROL_MOST)));
  CU_ASSERT(isfinite(loy_cusp_log_normalizer(-LOY_CUSP_CONTROL_MOST, -LOY_CUSP_CONTROL_MOST)));
}

static void test_density(void) {
  const double z[6] = {1.25, -0.5, (double)INFINITY, -1e200, (double)NAN, 0.0};
  const double log_z = loy_cusp_log_normalizer(0.5, 2.0);
  double density[6], total = 0.0;
  loy_batch_report report;
  CHECK_CLOSE(loy_cusp_log_density(0.5, 2.0, 1.25), -0.648010575896462194, 1e-14);
  CHECK_STATUS(loy_cusp_density_batch(0.5, 2.0, z, 6, 1, density, &report, NULL), LOY_OK);
  for (size_t i = 0; i < 6; i++) CHECK_BITS(density[i], loy_cusp_log_density(0.5, 2.0, z[i]));
  CHECK_BITS(density[2], -(double)INFINITY);
  CHECK_BITS(density[3], -(double)INFINITY);
  CU_ASSERT(isnan(density[4]));
  CHECK_NEAR(density[5], -log_z, 1e-15);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "z", 4);
  CHECK_STATUS(loy_cusp_density_batch(0.5, 2.0, z, 4, 0, density, NULL, NULL), LOY_OK);
  CHECK_CLOSE(density[0], exp(-0.648010575896462194), 1e-14);
  CHECK_BITS(density[2], 0.0);
  CHECK_STATUS(loy_cusp_density_batch(0.5, 2.0, NULL, 0, 0, NULL, &report, NULL), LOY_OK);
  /* it integrates to 1 */
  for (int i = -80; i <= 80; i++) total += 0.1 * exp(loy_cusp_log_density(0.5, 2.0, 0.1 * i));
  CHECK_NEAR(total, 1.0, 1e-14);
}

static void test_batch(void) {
  const double a[3] = {0.5, 2e7, -1.25}, b[3] = {2.0, 1.0, 4.0};
  double mean[3], variance[3];
  loy_batch_report report;
  CHECK_STATUS(loy_cusp_moments_batch(a, b, 3, mean, variance, &report, NULL), LOY_OK);
  CHECK_BITS(mean[0], moments_of(0.5, 2.0).mean);
  CHECK_BITS(variance[2], moments_of(-1.25, 4.0).variance);
  CU_ASSERT(isnan(mean[1]) && isnan(variance[1]));
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "a", 1);
  CHECK_STATUS(loy_cusp_moments_batch(a, b, 3, NULL, variance, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_cusp_moments_batch(a, b, 3, mean, NULL, NULL, NULL), LOY_OK);
}

static void test_errors(void) {
  const double nan = (double)NAN, z[1] = {0.0};
  double out[1] = {7.0};
  loy_cusp_moments moments;
  loy_error error;
  moments.mean = 7.0;
  CHECK_STATUS(loy_cusp_moments_at(nan, nan, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_moments_at(1.0, -1.1e7, &moments, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX);
  CHECK_BITS(moments.mean, 7.0);
  CHECK_STATUS(loy_cusp_moments_at(1.0, 1.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "moments", LOY_NO_INDEX);
  CU_ASSERT(isnan(loy_cusp_log_normalizer(1.1e7, 0.0)) && isnan(loy_cusp_log_density(0.0, nan, 0.0)) &&
            isnan(loy_cusp_log_density(0.0, 0.0, nan)));
  CHECK_STATUS(loy_cusp_moments_batch(NULL, NULL, 1, out, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "a", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_moments_batch(z, NULL, 1, out, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "b", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_density_batch(nan, nan, NULL, 1, 0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_density_batch(0.0, nan, NULL, 1, 0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_density_batch(0.0, 0.0, NULL, 1, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_density_batch(0.0, 0.0, z, 1, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "density", LOY_NO_INDEX);
  CHECK_BITS(out[0], 7.0);
}

SUITE(response, cusp_density) {
  ADD(test_moments);
  ADD(test_cusp_point);
  ADD(test_derivatives);
  ADD(test_far);
  ADD(test_density);
  ADD(test_batch);
  ADD(test_errors);
}
