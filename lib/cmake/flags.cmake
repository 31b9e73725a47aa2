# Compile flags shared by the library, the bindings and the tests.

include(CheckCSourceCompiles)

# loyalty_numerics: what the same bits everywhere need, and nothing that changes a value.
#   -ffp-contract=off    no fused multiply-add, which rounds once where the text says twice
#   -fno-math-errno, -fno-trapping-math   let compilers inline sqrt and vectorise selections; results are unchanged
add_library(loyalty_numerics INTERFACE)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(loyalty_numerics INTERFACE -ffp-contract=off -fno-math-errno -fno-trapping-math)
endif()

# loyalty_warnings: the warning set that the code is kept clean of.
add_library(loyalty_warnings INTERFACE)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(loyalty_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    $<$<BOOL:${LOYALTY_WERROR}>:-Werror>)
endif()

# loyalty_inlined: for test programs in header-only form. With the bodies inlined GCC sees that a call may fail and leave
# its outputs untouched, but not that the test has just checked that it did not.
add_library(loyalty_inlined INTERFACE)
target_compile_options(loyalty_inlined INTERFACE $<$<C_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)

if(LOYALTY_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=address,undefined)
endif()

# Clones of hot loops are resolved by the C library at load time. Sanitizers must be set up before any resolver runs,
# so they exclude each other.
set(LOYALTY_HAS_CLONES OFF)
if(LOYALTY_DISPATCH AND NOT LOYALTY_SANITIZE)
  check_c_source_compiles("
    #include <stdlib.h>
    #if !defined(__GLIBC__) || !defined(__x86_64__)
    #error no load-time choice here
    #endif
    __attribute__((target_clones(\"avx512f\", \"avx2\", \"default\"))) int f(int x) { return x + 1; }
    int main(void) { return f(-1); }" LOYALTY_CLONES_COMPILE)
  if(LOYALTY_CLONES_COMPILE)
    set(LOYALTY_HAS_CLONES ON)
  endif()
endif()
