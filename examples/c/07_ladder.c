/* An engine moves players up the ladder. Each period it takes the best action in the player's stage, draws a number,
 * and the chances under that action say where the player stands next. The score is the discounted profit so far and the
 * value of the stage: on average it stays what it was at the start, so that a change of it is luck, not arithmetic. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "loyalty/loyalty.h"

enum { STAGES = 6, LOYAL = 4, GONE = 5, ACTIONS = 3 };

/* What an action costs, the chance that it moves up from staying, or for the loyal from leaving to staying, and the
 * lowest stage in which it can be taken. */
typedef struct action {
  const char *name;
  double cost, climb, keep;
  int lowest;
} action;

static const char *const stages[STAGES] = {"unaware", "aware", "consider", "prefer", "loyal", "gone"};
static const action actions[ACTIONS] = {
    {"wait", 0, 0, 0, 0}, {"reward", 6, 0.10, 0.03, 0}, {"personal offer", 20, 0.25, 0.03, 2}};
static const double profit[STAGES] = {-1, -2, 5, 20, 60, 0}, discount_rate = 0.10;
static const double moves[STAGES][STAGES] = {{0.60, 0.25, 0.05, 0.02, 0, 0.08},    {0.05, 0.55, 0.25, 0.05, 0.02, 0.08},
                                             {0.02, 0.10, 0.50, 0.25, 0.06, 0.07}, {0.01, 0.03, 0.12, 0.58, 0.20, 0.06},
                                             {0, 0.01, 0.03, 0.10, 0.82, 0.04},    {0, 0, 0, 0, 0, 1}};

static double transition[ACTIONS][STAGES][STAGES], reward[ACTIONS][STAGES], value[STAGES];
static uint8_t available[ACTIONS][STAGES];
static int64_t policy[STAGES];

/* The engine's own generator: numbers from 0 to below 1. */
static double draw(uint32_t *state) {
  *state = (uint32_t)(1664525ULL * *state + 1013904223ULL);
  return *state / 4294967296.0;
}

/* The stage to which u leads. */
static int next_stage(const double *chance, double u) {
  double sum = chance[0];
  int j = 0;
  while (u >= sum && j < STAGES - 1) sum += chance[++j];
  return j;
}

/* The score of a player who stays for `periods` at most. */
static double play(uint32_t *state, int periods, int aloud) {
  double earned = 0, factor = 1, score = value[0];
  int stage = 0;
  for (int t = 1; t <= periods && stage != GONE; t++) {
    const int64_t a = policy[stage];
    const int from = stage;
    earned += factor * reward[a][stage];
    factor /= 1 + discount_rate;
    stage = next_stage(transition[a][stage], draw(state));
    score = earned + factor * value[stage];
    if (aloud)
      printf("  %d: %s, %s -> %s: profit %.4f, score %.4f\n", t, stages[from], actions[a].name, stages[stage], earned,
             score);
  }
  return score;
}

int main(void) {
  loy_policy_problem problem;
  uint32_t state = 7;
  double sum = 0;
  for (int a = 0; a < ACTIONS; a++) {
    memcpy(transition[a], moves, sizeof moves);
    for (int i = 0; i < STAGES; i++) {
      reward[a][i] = profit[i] - actions[a].cost;
      available[a][i] = a == 0 || (i >= actions[a].lowest && i != GONE);
    }
    for (int i = 0; i < LOYAL; i++) {
      transition[a][i][i] -= actions[a].climb;
      transition[a][i][i + 1] += actions[a].climb;
    }
    transition[a][LOYAL][GONE] -= actions[a].keep;
    transition[a][LOYAL][LOYAL] += actions[a].keep;
  }
  problem.states = STAGES;
  problem.actions = ACTIONS;
  problem.transition = &transition[0][0][0];
  problem.reward = &reward[0][0];
  problem.available = &available[0][0];
  problem.discount_rate = discount_rate;
  if (loy_policy_best(&problem, NULL, policy, value, NULL, NULL) != LOY_OK) return 1;
  for (int i = 0; i < STAGES; i++) printf("%s: %s, worth %.4f\n", stages[i], actions[policy[i]].name, value[i]);
  for (int player = 1; player <= 2; player++) {
    printf("player %d\n", player);
    play(&state, 12, 1);
  }
  for (int player = 0; player < 1000; player++) sum += play(&state, 24, 0);
  printf("1000 players, 24 periods: score %.6f on average, %.6f at the start\n", sum / 1000, value[0]);
  return 0;
}
