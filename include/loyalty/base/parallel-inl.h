/* parallel-inl.h: body of parallel.h. */
#ifndef LOYALTY_BASE_PARALLEL_INL_H
#define LOYALTY_BASE_PARALLEL_INL_H

#include "parallel.h"

#if !defined(LOYALTY_HEADER_ONLY)
#  if defined(_WIN32)
#    define WIN32_LEAN_AND_MEAN
#    include <windows.h>
#  else
#    include <pthread.h>
#  endif
#endif

LOY_BEGIN_DECLS

#if defined(LOYALTY_HEADER_ONLY)

LOYI_SHARED void loyi_parallel(loyi_block_fn fn, void *ctx, size_t blocks, int threads) {
  (void)threads;
  for (size_t block = 0; block < blocks; block++) fn(ctx, block);
}

#else

enum { LOYI_PARALLEL_MOST = 64 };

/* Thread `first` of `stride` does blocks first, first + stride, ... */
typedef struct loyi_parallel_share {
  loyi_block_fn fn;
  void *ctx;
  size_t first, stride, blocks;
} loyi_parallel_share;

LOYI_LOCAL void loyi_parallel_run(const loyi_parallel_share *share) {
  for (size_t block = share->first; block < share->blocks; block += share->stride) share->fn(share->ctx, block);
}

#  if defined(_WIN32)
typedef HANDLE loyi_parallel_thread;
LOYI_LOCAL DWORD WINAPI loyi_parallel_main(void *share) {
  loyi_parallel_run((const loyi_parallel_share *)share);
  return 0;
}
LOYI_LOCAL int loyi_parallel_start(loyi_parallel_thread *thread, loyi_parallel_share *share) {
  *thread = CreateThread(NULL, 0, loyi_parallel_main, share, 0, NULL);
  return *thread != NULL;
}
LOYI_LOCAL void loyi_parallel_join(loyi_parallel_thread thread) {
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}
#  else
typedef pthread_t loyi_parallel_thread;
LOYI_LOCAL void *loyi_parallel_main(void *share) {
  loyi_parallel_run((const loyi_parallel_share *)share);
  return NULL;
}
/* Some work keeps 170 KB on the stack (loyi_future_rows of betageo_future-inl.h, and below it one customer's series),
 * while a thread of musl has 128 KB unless asked. */
LOYI_LOCAL int loyi_parallel_start(loyi_parallel_thread *thread, loyi_parallel_share *share) {
  const size_t needed = (size_t)512 * 1024;
  pthread_attr_t how;
  size_t given = 0;
  int failed;
  if (pthread_attr_init(&how) != 0) return 0;
  failed = pthread_attr_getstacksize(&how, &given);
  if (!failed && given < needed) failed = pthread_attr_setstacksize(&how, needed);
  if (!failed) failed = pthread_create(thread, &how, loyi_parallel_main, share);
  (void)pthread_attr_destroy(&how);
  return !failed;
}
LOYI_LOCAL void loyi_parallel_join(loyi_parallel_thread thread) { pthread_join(thread, NULL); }
#  endif

LOYI_SHARED void loyi_parallel(loyi_block_fn fn, void *ctx, size_t blocks, int threads) {
  loyi_parallel_share share[LOYI_PARALLEL_MOST];
  loyi_parallel_thread thread[LOYI_PARALLEL_MOST];
  int started[LOYI_PARALLEL_MOST];
  size_t count = threads < 1 ? 1 : (threads > LOYI_PARALLEL_MOST ? (size_t)LOYI_PARALLEL_MOST : (size_t)threads);
  if (count > blocks) count = blocks;
  for (size_t i = 1; i < count; i++) {
    share[i].fn = fn;
    share[i].ctx = ctx;
    share[i].first = i;
    share[i].stride = count;
    share[i].blocks = blocks;
    started[i] = loyi_parallel_start(&thread[i], &share[i]);
  }
  if (count > 0) {
    share[0].fn = fn;
    share[0].ctx = ctx;
    share[0].first = 0;
    share[0].stride = count;
    share[0].blocks = blocks;
    loyi_parallel_run(&share[0]);
  }
  for (size_t i = 1; i < count; i++) {
    if (started[i]) {
      loyi_parallel_join(thread[i]);
    } else {
      loyi_parallel_run(&share[i]);
    }
  }
}

#endif

LOY_END_DECLS

#endif /* LOYALTY_BASE_PARALLEL_INL_H */
