/* legendre.h: private. Gauss-Legendre rules on [0, 1], symmetric about 1/2. */
#ifndef LOYALTY_MATH_LEGENDRE_H
#define LOYALTY_MATH_LEGENDRE_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* The rules there are, by number of nodes, and where each begins in the table of halves. */
enum { LOYI_LEGENDRE_RULES = 7, LOYI_LEGENDRE_HALVES = 54 };

/* Node number `node` of the rule number `rule` (0: 6 nodes, 1: 8, 2: 10, 3: 12, 4: 16, 5: 24, 6: 32), and its weight;
 * the weights of a rule add up to 1. Each rounded to nearest; computed with 40 digits from the roots of the
 * polynomials. */
static inline int loyi_legendre_nodes(int rule) {
  static const int nodes[LOYI_LEGENDRE_RULES] = {6, 8, 10, 12, 16, 24, 32};
  return nodes[rule];
}
static inline void loyi_legendre_node(int rule, int node, double *at, double *weight) {
  static const int first[LOYI_LEGENDRE_RULES] = {0, 3, 7, 12, 18, 26, 38};
  static const double half[LOYI_LEGENDRE_HALVES][2] = {/* 6 nodes */
                                                       {0x1.149ad8bfaff12p-5, 0x1.5edf601e2dbf8p-4},
                                                       {0x1.5aebed3546d43p-3, 0x1.716b7b5794c1cp-3},
                                                       {0x1.85d3b4bf2628fp-2, 0x1.df24d499545e8p-3},
                                                       /* 8 nodes */
                                                       {0x1.454e34f533998p-6, 0x1.9ea1d04ca0374p-5},
                                                       {0x1.a06d536d82f88p-4, 0x1.c76fb531d2b96p-4},
                                                       {0x1.e5dad4f9af698p-3, 0x1.413c50a255615p-3},
                                                       {0x1.a214dac30e32fp-2, 0x1.736360b199343p-3},
                                                       /* 10 nodes */
                                                       {0x1.ab83f3aa1a507p-7, 0x1.1115f8b62dc1fp-5},
                                                       {0x1.1459a858d3435p-4, 0x1.32138c878efe5p-4},
                                                       {0x1.4848dbae43cd1p-3, 0x1.c0b059d00bc31p-4},
                                                       {0x1.2219ffb7f4a92p-2, 0x1.13baa7a559bfep-3},
                                                       {0x1.b3c6be1db8762p-2, 0x1.2e9de7014d6efp-3},
                                                       /* 12 nodes */
                                                       {0x1.2e1c4e37a2fdep-7, 0x1.8275d9dea6d8fp-6},
                                                       {0x1.88bc58023ba64p-5, 0x1.b60602bce6181p-5},
                                                       {0x1.d73d4449dc328p-4, 0x1.47d7258f22d8fp-4},
                                                       {0x1.a6961f47f100fp-3, 0x1.a0163e6b1ab72p-4},
                                                       {0x1.43ab96faba731p-2, 0x1.de3155c256ab5p-4},
                                                       {0x1.bfe1681c273c7p-2, 0x1.fe40ce6d4f025p-4},
                                                       /* 16 nodes */
                                                       {0x1.5b4f66ca1e083p-8, 0x1.bcddab4b7c211p-7},
                                                       {0x1.c60a99e906503p-6, 0x1.fdfb1a2c1265dp-6},
                                                       {0x1.132ff2bac6df4p-4, 0x1.85c4ee79cc258p-5},
                                                       {0x1.f4ee8896e3653p-4, 0x1.fe7af2bad386ap-5},
                                                       {0x1.874b732542e90p-3, 0x1.325f61bca3cbfp-4},
                                                       {0x1.157ed32de2c47p-2, 0x1.5a6ebbb5a75fcp-4},
                                                       {0x1.6fd1a8cdee642p-2, 0x1.75f8c77e0c00fp-4},
                                                       {0x1.cf5a853312ac1p-2, 0x1.83feae80e4dfcp-4},
                                                       /* 24 nodes */
                                                       {0x1.3b690cb733ec7p-9, 0x1.9465bd3112202p-8},
                                                       {0x1.9e0c1e680f139p-7, 0x1.d375514486f1dp-7},
                                                       {0x1.f9a7a58f55b36p-6, 0x1.6ab884f57c979p-6},
                                                       {0x1.d13df3cd9785bp-5, 0x1.e5c6255d25edap-6},
                                                       {0x1.70a2cc7cb2401p-4, 0x1.2c6d5c2eff064p-5},
                                                       {0x1.0a1ce248c4454p-3, 0x1.6108ef504463ap-5},
                                                       {0x1.685a2340bdef4p-3, 0x1.8fd8936444b16p-5},
                                                       {0x1.d17d08a7651aap-3, 0x1.b8177ba4a68dcp-5},
                                                       {0x1.21e5d13f0eda5p-2, 0x1.d91c78acb1b2dp-5},
                                                       {0x1.5eb2b9d3b8b78p-2, 0x1.f25cbce1d1ff6p-5},
                                                       {0x1.9e25aaf51ac1dp-2, 0x1.01b7117cf8bd8p-4},
                                                       {0x1.df33ef5824ba3p-2, 0x1.060475e763736p-4},
                                                       /* 32 nodes */
                                                       {0x1.66a18fbf64a0fp-10, 0x1.cbf8bc743cc5cp-9},
                                                       {0x1.d77b63ad0c91bp-8, 0x1.0aa3c248696c9p-7},
                                                       {0x1.20aae7fac455ap-6, 0x1.a0060a8531ffap-7},
                                                       {0x1.0a9fed30405eep-5, 0x1.18c5800a355d9p-6},
                                                       {0x1.a8ab25d459a36p-5, 0x1.5ee963a335495p-6},
                                                       {0x1.347ec0a5e57b4p-4, 0x1.a1c6ae961fbfap-6},
                                                       {0x1.a4e5adf8ed0ebp-4, 0x1.e0bd76c924981p-6},
                                                       {0x1.123ed9c52d88dp-3, 0x1.0d9b9a62cac10p-5},
                                                       {0x1.590aec76f00edp-3, 0x1.2854103b35e0cp-5},
                                                       {0x1.a62dd72d3a6b8p-3, 0x1.40483e126fd14p-5},
                                                       {0x1.f8ef3af329ac5p-3, 0x1.553ee25ebebc6p-5},
                                                       {0x1.2844a541c8387p-2, 0x1.6705e18e13ed1p-5},
                                                       {0x1.5615518d42105p-2, 0x1.7572bdb3f6e51p-5},
                                                       {0x1.857c20798fdadp-2, 0x1.8062fc0f6fef9p-5},
                                                       {0x1.b607c563a0372p-2, 0x1.87bc776f8c6d7p-5},
                                                       {0x1.e74437b7733b6p-2, 0x1.8b6d9eaec77adp-5}};
  int nodes = loyi_legendre_nodes(rule), mirrored = 2 * node >= nodes;
  const double *pair = half[first[rule] + (mirrored ? nodes - 1 - node : node)];
  *at = mirrored ? 1.0 - pair[0] : pair[0];
  *weight = pair[1];
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_LEGENDRE_H */
