/* The Pareto/NBD model: published values, truths by rigorous integration, what is known of special cases, and the
 * contract of all models of its kind.
 * MODEL stands for all functions of the model:
 *   loy_pnbd_options_init, loy_pnbd_check, loy_pnbd_check_customer, loy_pnbd_loglik, loy_pnbd_loglik_batch,
 *   loy_pnbd_palive, loy_pnbd_palive_batch, loy_pnbd_log_palive, loy_pnbd_posterior, loy_pnbd_posterior_batch,
 *   loy_pnbd_expected_purchases, loy_pnbd_expected_purchases_batch, loy_pnbd_expected_purchases_new, loy_pnbd_dert,
 *   loy_pnbd_dert_batch, loy_pnbd_dect, loy_pnbd_dect_batch, loy_pnbd_dect_check, loy_pnbd_pmf,
 *   loy_pnbd_pmf_future, loy_pnbd_pmf_interval, loy_pnbd_pmf_check */
#define MODEL(f)   loy_pnbd_##f
#define PARAMETERS 4
#define FIELDS                                                                                                         \
  { "r", "alpha", "s", "beta" }
#define USUAL                                                                                                          \
  { 0.553, 10.578, 0.606, 11.669 } /* CDNOW, as published */
#define DISCOUNTED 1
#include "cdnow_cells.h"
#include "purchase_contract.h"

static const loy_pnbd_params manual = {0.55, 10.56, 0.61, 11.64}; /* of the manual of BTYD */

/* clang-format off */
static const truth truths[] = {
    {{0.553, 10.578, 0.606, 11.669}, 0.0, 0.0, 38.857142857142854, 39.0, 0.0027,
     -0.5210368564101567, 0.29530337426579556, -1.219752063728645, 0.208793786434007, 0.025914690788364173, 0.06483115306560382, 0.10709283382064311, 0.47718030949215184, 0.10195490761282207, 0.9307087364949884, 0.005315138993715733},
    {{0.553, 10.578, 0.606, 11.669}, 2.0, 30.428571428571427, 38.857142857142854, 39.0, 0.0027,
     -9.55412282414903, 0.8691861546511618, -0.14019795956800507, 0.6145567039213172, 0.052383300080153454, 0.015027015782444869, 1.455226130949346, 6.484143063301988, 1.385409652948281, 0.40804092216516935, 0.09566002999214138},
    {{0.553, 10.578, 0.606, 11.669}, 26.0, 30.857142857142858, 31.0, 39.0, 0.0027,
     -39.1316269761166, 0.9978742606099413, -0.0021280019810571184, 0.6733134469287313, 0.6386333820940098, 0.014252304006158385, 20.11612959845067, 86.05265864901341, 19.158723314093553, 0.023853772725596377, 0.01840567956609836},
    {{0.553, 10.578, 1.0, 11.669}, 2.0, 30.428571428571427, 38.857142857142854, 39.0, 0.0027,
     -10.041907137964701, 0.7946588571605907, -0.22984236691188112, 0.44848404787927737, 0.05281767708106461, 0.024733702833188324, 1.1861459780784591, 3.675914211322813, 1.1314617794340234, 0.4994700284157186, 0.07730697978402327},
    {{0.553, 10.578, 1.000000001, 10.578}, 2.0, 30.428571428571427, 38.857142857142854, 39.0, 0.0027,
     -10.112715582848946, 0.7902831450956467, -0.23536398622165666, 0.44176736634872577, 0.052844319870642927, 0.02541156010202211, 1.1734478892282485, 3.6101946024480824, 1.1194414338416132, 0.5040538602516642, 0.07644265070221157},
    {{10.465, 0.00798565181, 3.0516, 2.82}, 50.0, 1.0, 37.0, 10.0, 0.1,
     116.30126461011632, 1.4171442912866076e-96, -220.69952514319084, 7.152961076438274e-97, 59.01154456307411, 1.055971149024839, 1.6560261570592136e-95, 1.3841031440114337e-95, 1.1061074653163713e-95, 1.0, 5.3276651110785376e-98},
    {{0.0505, 2.3016, 0.2827, 65.9647}, 194.0, 0.0011, 2.2348, 1.0, 0.01,
     651.8635326487481, 1.395134563097601e-53, -121.70401905706129, 1.3894052477944304e-53, 83.83668432974756, 0.019441392265238704, 5.9555802269537165e-52, 4.854841271194814e-50, 5.925921659130483e-52, 1.0, 1.3565325221267565e-57},
    {{1.1236, 71.4609, 0.1006, 17.5661}, 190.0, 1.1712, 1.9552, 1.0, 0.01,
     -5.108685544187649, 0.9864512986318882, -0.013641322571967625, 0.9815061333908967, 2.6035446230574593, 0.005868386895674329, 2.5615256622961318, 221.28432423281612, 2.548771293247326, 0.0892797038439526, 0.21257839394076516},
    {{0.0001, 10000.0, 0.0001, 0.0001}, 10000.0, 900000.0, 1000000.0, 1000000.0, 1e-07,
     -55139.903025291525, 0.0, -1024.2004921672606, 0.0, 0.010987912308912936, 1.1111098767964213e-06, 0.0, 0.0, 0.0, 1.0, 0.0},
    {{10000.0, 0.0001, 10000.0, 10000.0}, 3.0, 0.001, 0.002, 0.001, 1.0,
     -23946.908057256347, 0.0, -6452.189545083993, 0.0, 9092727.272827273, 1.00009989997901, 0.0, 0.0, 0.0, 1.0, 0.0},
    {{0.3, 0.01, 2.5, 10000.0}, 0.0, 0.0, 1000000.0, 100000.0, 1e-06,
     -3.651900699679461, 1.4969141254374935e-06, -13.412104818609397, 1.182205223880322e-06, 0.009356975496442217, 0.00027999059811708026, 3.992709323767124e-08, 1.5531511817310732e-07, 3.80703778973772e-08, 0.9999999623928382, 1.373229240377751e-10},
    {{0.55, 5.0, 10000.0, 0.001}, 1.0, 3.0, 3.5, 1.0, 0.1,
     -80069.94429308851, 0.0, -1541.1246651604833, 0.0, 0.19374273219428045, 3332.222611843534, 0.0, 0.0, 0.0, 1.0, 0.0},
};
/* clang-format on */

static void test_truths(void) { check_truths(truths, sizeof truths / sizeof *truths); }

/* The printed digits of the manual of BTYD and of CLVTools, recomputed with 30 digits. */
static void test_published(void) {
  const loy_pnbd_params stress = {10.465, 7.98565181e-3, 3.0516, 2.820}, many = {0.5143, 2.8845, 0.2856, 14.1087};
  const loy_pnbd_params dert = {0.5629966, 12.5590370, 0.4081095, 10.5148048};
  static const double expected[10] = {0.05077821, 0.09916088, 0.14542507, 0.18979930, 0.23247466,
                                      0.27361274, 0.31335159, 0.35181024, 0.38909211, 0.42528771};
  CHECK_NEAR(loy_pnbd_loglik(&manual, 3, 4, 6), -8.053115930, 5e-10);
  for (int t = 1; t <= 10; t++) CHECK_NEAR(loy_pnbd_expected_purchases_new(&manual, t), expected[t - 1], 5e-9);
  CHECK_CLOSE(loy_pnbd_expected_purchases_new(&manual, 2), 0.0991608842301, 1e-12);
  CHECK_CLOSE(loy_pnbd_expected_purchases(&manual, 2, 27, 39, 2), 0.0805040044741, 1e-12);
  CHECK_CLOSE(loy_pnbd_dert(&manual, 2, 27, 39, 0.0027), 5.857685432998, 1e-12);
  CHECK_CLOSE(loy_pnbd_dert(&dert, 7, 35, 77.86, 0.0027), 1.86418332807133, 1e-13);
  CHECK_CLOSE(loy_pnbd_dert(&dert, 2, 30, 40, 0.0027), 8.26920731985, 1e-11);
  CHECK_CLOSE(loy_pnbd_dert(&dert, 3, 20, 39, 0.0027), 8.36062095949, 1e-11);
  CHECK_CLOSE(loy_pnbd_dert(&dert, 26, 30.86, 31, 0.0027), 109.901470075, 1e-11);
  /* 15 digits. */
  CHECK_CLOSE(loy_pnbd_palive(&usual, 0, 0, 272.0 / 7.0, 0), 0.295303374265796, 1e-14);
  CHECK_CLOSE(loy_pnbd_palive(&usual, 2, 213.0 / 7.0, 272.0 / 7.0, 0), 0.869186154651162, 1e-14);
  CHECK_CLOSE(loy_pnbd_palive(&usual, 26, 216.0 / 7.0, 31, 0), 0.997874260609941, 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases(&usual, 0, 0, 272.0 / 7.0, 39), 0.107092833820643, 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases(&usual, 2, 213.0 / 7.0, 272.0 / 7.0, 39), 1.45522613094935, 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases(&usual, 26, 216.0 / 7.0, 31, 39), 20.1161295984507, 1e-14);
  CHECK_CLOSE(loy_pnbd_dert(&usual, 0, 0, 272.0 / 7.0, 0.0027), 0.477180309492152, 1e-14);
  CHECK_CLOSE(loy_pnbd_dert(&usual, 2, 213.0 / 7.0, 272.0 / 7.0, 0.0027), 6.48414306330199, 1e-14);
  CHECK_CLOSE(loy_pnbd_dert(&usual, 26, 216.0 / 7.0, 31, 0.0027), 86.0526586490134, 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases_new(&usual, 1), 0.050979843245991, 1e-13);
  CHECK_CLOSE(loy_pnbd_expected_purchases_new(&usual, 39), 1.21300284428102, 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases_new(&usual, 52), 1.47299680337511, 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases_new(&usual, 78), 1.90939812931369, 1e-14);
  /* Where programs overflow or answer 1. */
  CHECK_CLOSE(loy_pnbd_palive(&many, 221, 103.42857, 103.57143, 0), 0.999596052317938, 1e-12);
  CHECK_CLOSE(loy_pnbd_palive(&many, 254, 97.14286, 97.28571, 0), 0.999558226123011, 1e-12);
  CHECK_CLOSE(loy_pnbd_palive(&many, 161, 94.71429, 98, 0), 0.749487752258105, 1e-12);
  CHECK_CLOSE(loy_pnbd_palive(&many, 204, 98.57143, 99.42857, 0), 0.994255079637896, 1e-12);
  CHECK_CLOSE(loy_pnbd_palive(&stress, 40, 5, 6, 0), 0.00188512818736085, 1e-12);
  CHECK_CLOSE(loy_pnbd_palive(&stress, 50, 1, 37, 0), 1.41714429128661e-96, 1e-12);
  CHECK_CLOSE(loy_pnbd_palive(&stress, 50, 4, 37, 0), 6.73297487179916e-60, 1e-12);
  CU_ASSERT(isfinite(loy_pnbd_loglik(&stress, 400, 5, 6)) && isfinite(loy_pnbd_loglik(&stress, 500, 1, 37)));
  /* The underflow pair of lifetimes, in closed form with P(alive) = 1. */
  const loy_pnbd_params pair = {0.55, 10.58, 0.61, 11.67};
  CHECK_CLOSE(loy_pnbd_expected_purchases(&pair, 132, 200, 200, 10), 6.20605178896293, 1e-14);
  CHECK_CLOSE(loy_pnbd_expected_purchases(&pair, 133, 200, 200, 10), 6.25287224757450, 1e-14);
}

/* The whole sample: its likelihood at the optimum, and the purchases of the next 39 weeks. */
static void test_cdnow(void) {
  const loy_pnbd_params estimate = {0.553277, 10.577684, 0.606240, 11.668740};
  double total = 0.0, purchases = 0.0;
  for (int i = 0; i < CDNOW_CELLS; i++) {
    double x = cdnow_cells[i][0], t_x = cdnow_cells[i][1] / 7.0, T = cdnow_cells[i][2] / 7.0, w = cdnow_cells[i][3];
    total += w * loy_pnbd_loglik(&estimate, x, t_x, T);
    purchases += w * loy_pnbd_expected_purchases(&estimate, x, t_x, T, 39);
  }
  CHECK_NEAR(total, -9594.976178940, 1e-6);
  CHECK_NEAR(purchases, 1665.513, 2e-3);
}

/* s = 1, and alpha = beta, where the published formulas divide 0 by 0, lie between their neighbours. */
static void test_regular(void) {
  for (double e = 1e-3; e > 1e-16; e /= 10.0) {
    loy_pnbd_params low = {0.553, 10.578, 1.0 - e, 10.578 * (1.0 - e)}, at = {0.553, 10.578, 1.0, 10.578};
    loy_pnbd_params high = {0.553, 10.578, 1.0 + e, 10.578 * (1.0 + e)};
    double between =
        0.5 * (loy_pnbd_expected_purchases(&low, 2, 30, 39, 26) + loy_pnbd_expected_purchases(&high, 2, 30, 39, 26));
    CHECK_CLOSE(loy_pnbd_expected_purchases(&at, 2, 30, 39, 26), between, 4.0 * e * e + 1e-14);
    between = 0.5 * (loy_pnbd_palive(&low, 2, 30, 39, 0) + loy_pnbd_palive(&high, 2, 30, 39, 0));
    CHECK_CLOSE(loy_pnbd_palive(&at, 2, 30, 39, 0), between, 4.0 * e * e + 1e-14);
  }
  /* r + x = s + 1 and alpha = beta: the integral is elementary, (s / (2s+1)) (a^-(2s+1) - b^-(2s+1)). */
  loy_pnbd_params p = {1.5, 4.0, 1.5, 4.0};
  double odds = 1.5 / 4.0 * (pow(7.0 / 13.0, -4.0) - 1.0);
  CHECK_CLOSE(loy_pnbd_palive(&p, 1, 3, 9, 0), 1.0 / (1.0 + odds), 1e-14);
}

static void test_units(void) {
  loy_pnbd_params scaled = usual;
  scaled.alpha *= 1024.0;
  scaled.beta *= 1024.0;
  contract_units(scaled);
}

SUITE(btyd, pnbd) {
  ADD(test_truths);
  ADD(test_published);
  ADD(test_cdnow);
  ADD(test_regular);
  ADD(test_units);
  ADD_CONTRACT;
}
