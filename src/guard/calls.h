// SPDX-License-Identifier: ISC
/*
 * calls.h - numbers of system calls that not every machine has
 *
 * New machines lack the old calls, 64-bit ones lack those with wide arguments,
 * and the headers may be older than the kernel.  -1 matches none.
 */
#ifndef MINISMTP_GUARD_CALLS_H
#define MINISMTP_GUARD_CALLS_H

#include <sys/syscall.h>

#ifndef SYS__llseek
#define SYS__llseek -1
#endif
#ifndef SYS_clock_gettime64
#define SYS_clock_gettime64 -1
#endif
#ifndef SYS_clock_nanosleep_time64
#define SYS_clock_nanosleep_time64 -1
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_fcntl64
#define SYS_fcntl64 -1
#endif
#ifndef SYS_fstat
#define SYS_fstat -1
#endif
#ifndef SYS_fstat64
#define SYS_fstat64 -1
#endif
#ifndef SYS_fstatat64
#define SYS_fstatat64 -1
#endif
#ifndef SYS_fstatfs64
#define SYS_fstatfs64 -1
#endif
#ifndef SYS_ftruncate64
#define SYS_ftruncate64 -1
#endif
#ifndef SYS_futex
#define SYS_futex -1
#endif
#ifndef SYS_futex_time64
#define SYS_futex_time64 -1
#endif
#ifndef SYS_gettimeofday
#define SYS_gettimeofday -1
#endif
#ifndef SYS_newfstatat
#define SYS_newfstatat -1
#endif
#ifndef SYS_poll
#define SYS_poll -1
#endif
#ifndef SYS_ppoll_time64
#define SYS_ppoll_time64 -1
#endif
#ifndef SYS_recv
#define SYS_recv -1
#endif
#ifndef SYS_renameat
#define SYS_renameat -1
#endif
#ifndef SYS_rseq
#define SYS_rseq -1
#endif
#ifndef SYS_send
#define SYS_send -1
#endif
#ifndef SYS_sigreturn
#define SYS_sigreturn -1
#endif
#ifndef SYS_socketcall
#define SYS_socketcall -1
#endif
#ifndef SYS_stat
#define SYS_stat -1
#endif
#ifndef SYS_stat64
#define SYS_stat64 -1
#endif
#ifndef SYS_statx
#define SYS_statx -1
#endif
#ifndef SYS_sync_file_range
#define SYS_sync_file_range -1
#endif
#ifndef SYS_sync_file_range2
#define SYS_sync_file_range2 -1
#endif
#ifndef SYS_time
#define SYS_time -1
#endif
#ifndef SYS_wait4
#define SYS_wait4 -1
#endif

/*
 * Two machines hand mmap(2) a pointer to its arguments, which no filter can
 * look at; one of them has mmap2 instead.
 */
#ifdef SYS_mmap2
#define SYS_MAP SYS_mmap2
#else
#define SYS_MAP SYS_mmap
#endif
#ifdef __s390x__
#define MAP_MASK 0
#else
#define MAP_MASK PROT_EXEC
#endif

#endif
