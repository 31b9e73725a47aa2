/* stage.h: the five steps of the loyalty ladder, and the rule that puts a customer on one.
 *
 * Unaware, aware, considering, preferring, loyal: what a person buys, how often, which brand is preferred and whether
 * it is recommended says where they stand. First match from the top:
 *
 *   CHURN     stood on PREFER or higher (or had churned) before, and recency > r_churn
 *   LOYAL     the first choice, n_loyal purchases or more in the window, and recency <= r_max
 *   PREFER    the first choice: rank 1, or share >= share_from
 *   CONSIDER  in the consideration set, or bought in the window
 *   AWARE     knows the supplier
 *   UNAWARE   otherwise
 *
 * and the flag ADVOCATE: LOYAL and recommends with advocate_from of 10 or more.
 *
 * What is not known counts as "no". A purchase log alone knows purchases and recency but not the first choice, so
 * nobody can be found on PREFER or LOYAL from it: the result says so rather than guess.
 *
 * Sources: Lavidge and Steiner, Journal of Marketing 25, 1961 (hierarchy of effects); Raphel and Raphel, Up the
 * Loyalty Ladder, 1995; Christopher, Payne and Ballantyne, Relationship Marketing, 1991. The cut-offs are this
 * library's and can be changed. */
#ifndef LOYALTY_LADDER_STAGE_H
#define LOYALTY_LADDER_STAGE_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The steps, and the absorbing state beside the ladder. */
typedef enum loy_stage {
  LOY_STAGE_UNAWARE = 0,
  LOY_STAGE_AWARE = 1,
  LOY_STAGE_CONSIDER = 2,
  LOY_STAGE_PREFER = 3,
  LOY_STAGE_LOYAL = 4,
  LOY_STAGE_CHURN = 5
} loy_stage;

/* How many stages there are: the numbers 0 to LOY_STAGES - 1. */
#define LOY_STAGES 6

/* What the rule looks at. The numbers index `unknown` below, and 1 << number is their bit in a mask. */
typedef enum loy_stage_input {
  LOY_STAGE_INPUT_PURCHASES = 0,
  LOY_STAGE_INPUT_RECENCY_DAYS = 1,
  LOY_STAGE_INPUT_SHARE = 2,
  LOY_STAGE_INPUT_RANK = 3,
  LOY_STAGE_INPUT_AWARE = 4,
  LOY_STAGE_INPUT_CONSIDERED = 5,
  LOY_STAGE_INPUT_RECOMMENDATION = 6,
  LOY_STAGE_INPUT_PREVIOUS_STAGE = 7
} loy_stage_input;

/* How many inputs there are. */
#define LOY_STAGE_INPUTS 8

/* The cut-offs. Fill it with loy_stage_options_init, then change what you need. Reports should print them. */
typedef struct loy_stage_options {
  size_t struct_size;
  double window;        /* days over which purchases were counted; 365; above 0. It decides nothing */
  double r_max;         /* a loyal customer bought within this many days; 182; at least 0 */
  double r_churn;       /* one who preferred has gone after this many days; 365; at least r_max */
  double n_loyal;       /* purchases in the window that make loyal; 3; at least 1 */
  double share_from;    /* share of the category's purchases that makes the first choice; 0.5; above 0, at most 1 */
  double advocate_from; /* recommendation that makes an advocate; 9; from 0 to 10 */
} loy_stage_options;

/* One customer. NaN means not known. */
typedef struct loy_stage_customer {
  double purchases;      /* purchases in the window, at least 0 and finite */
  double recency_days;   /* days since the last purchase, at least 0 and finite; NaN also for who never bought */
  double share;          /* share of the customer's purchases in the category that went here, from 0 to 1 */
  double rank;           /* place among the customer's suppliers, 1 for the first choice; at least 1 and finite */
  double aware;          /* 1: knows the supplier. 0: does not */
  double considered;     /* 1: in the consideration set. 0: not */
  double recommendation; /* answer to the recommendation question, from 0 to 10 */
  double previous_stage; /* a loy_stage found earlier */
} loy_stage_customer;

/* The same as columns of n numbers each; NULL means that nobody's value is known. */
typedef struct loy_stage_columns {
  const double *purchases;
  const double *recency_days;
  const double *share;
  const double *rank;
  const double *aware;
  const double *considered;
  const double *recommendation;
  const double *previous_stage;
} loy_stage_columns;

/* What a batch found, and what it could not know. */
typedef struct loy_stage_summary {
  size_t count[LOY_STAGES];         /* customers on each stage */
  size_t advocates;                 /* customers with the flag */
  size_t unknown[LOY_STAGE_INPUTS]; /* of each input, rows in which it is not known */
  uint32_t missing;                 /* inputs without a column: bits 1 << loy_stage_input */
  uint32_t unreachable;             /* stages that nobody can be on for lack of a column: bits 1 << loy_stage */
} loy_stage_summary;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_stage_options_init(loy_stage_options *options);

/* Fill `customer` with "not known". Never fails; NULL does nothing. */
LOYALTY_API void loy_stage_customer_init(loy_stage_customer *customer);

/* The stage of one customer.
 *
 * customer   what is known
 * options    the cut-offs; NULL for the defaults
 * stage      receives a loy_stage
 * advocate   receives 1 for an advocate, else 0; may be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `customer`; LOY_ERR_DOMAIN for a bad member of it (the argument
 * is the member's name, in the order of declaration); LOY_ERR_ARGUMENT for `options` with a bad struct_size;
 * LOY_ERR_DOMAIN for a bad member of it, in the order of declaration; LOY_ERR_ARGUMENT for a NULL `stage`. */
LOYALTY_API loy_status loy_stage_assign(const loy_stage_customer *customer, const loy_stage_options *options,
                                        int *stage, int *advocate, loy_error *error);

/* The stages of n customers, the same as loy_stage_assign row by row.
 *
 * columns    what is known; a member may be NULL
 * n          number of customers
 * options    the cut-offs; NULL for the defaults
 * stage      receives n loy_stage; -1 for a bad row
 * advocate   receives n flags, 0 for a bad row; may be NULL
 * summary    counts, and what is missing; may be NULL
 * report     counts bad rows (a member outside its range). May be NULL
 * Returns LOY_OK, or LOY_NOTICE_INCOMPLETE when for lack of columns some stage cannot be reached (`summary` says
 * which): PREFER needs `share` or `rank`; LOYAL that, `purchases` and `recency_days`; CONSIDER `considered` or
 * `purchases`; AWARE `aware`; CHURN `previous_stage` and `recency_days`.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `columns`; those of `options` as in loy_stage_assign;
 * LOY_ERR_ARGUMENT for a NULL `stage` with n > 0. */
LOYALTY_API loy_status loy_stage_assign_batch(const loy_stage_columns *columns, size_t n,
                                              const loy_stage_options *options, int32_t *stage, uint8_t *advocate,
                                              loy_stage_summary *summary, loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_stage: "unaware", "aware", "consider", "prefer", "loyal", "churn"; "unknown" for
 * another number. */
LOYALTY_API const char *loy_stage_name(int stage);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_stage_name_zh(int stage);

/* How many stages the classic ladder has: the numbers 0 to LOY_CLASSIC_STAGES - 1. */
#define LOY_CLASSIC_STAGES 7

/* The stages of the classic ladder of relationship marketing, from the bottom up: "suspect", "prospect", "customer",
 * "client", "supporter", "advocate", "partner"; "unknown" for another number. They are names only: no rule of this
 * library puts customers on them. Source: Christopher, Payne and Ballantyne 1991; Raphel and Raphel 1995. */
LOYALTY_API const char *loy_classic_stage_name(int stage);

/* Their Chinese names, UTF-8. */
LOYALTY_API const char *loy_classic_stage_name_zh(int stage);

/* The name of a loy_stage_input, as the members above are spelt; "unknown" for another number. */
LOYALTY_API const char *loy_stage_input_name(int input);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "stage-inl.h"
#endif

#endif /* LOYALTY_LADDER_STAGE_H */
