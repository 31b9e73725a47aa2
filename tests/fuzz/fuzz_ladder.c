/* fuzz_ladder.c: where customers stand and how they move, under hostile counts, chains, panels, sequences and scores.
 *
 * The first byte chooses a topic, the second whether the input is hostile (fuzz_input.h); the rest are arguments. What
 * must hold: no crash, no leak, also when the allocator fails; an error names an argument and leaves outputs as they
 * were; no NaN but where the header says so; laws sum to one; answers satisfy the equations that define them, to the
 * accuracy that the header promises. */
#include "fuzz_input.h"
#include "ladder_chain.h"
#include "ladder_learning.h"
#include "ladder_panel.h"
#include "ladder_types.h"
#include "ladder_value.h"

static void (*const topics[])(input *) = {
    fuzz_chain_estimate,
    fuzz_chain_test,
    fuzz_long_run,
    fuzz_steps,
    fuzz_absorption,
    fuzz_project,
    fuzz_quasi_stationary,
    fuzz_chain_value,
    fuzz_value_slopes,
    fuzz_policy,
    fuzz_budget,
    fuzz_transitions,
    fuzz_gaps,
    fuzz_shares,
    fuzz_learning,
    fuzz_learning_fit,
    fuzz_guadagni_little,
    fuzz_guadagni_little_fit,
    fuzz_two_by_two,
    fuzz_motive_and_phase,
    fuzz_stage,
    fuzz_battery,
    fuzz_crosstab,
    fuzz_median_cut,
    fuzz_brown,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, size, 0};
  const size_t topic = take(&in) % (sizeof topics / sizeof *topics);
  in.hostile = take(&in) % 2 == 1;
  topics[topic](&in);
  return 0;
}
