/* math.i: shims of the math functions. */
