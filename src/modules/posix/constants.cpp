// posix: numbers with names.
#include <dlfcn.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>
#include <unistd.h>

#include <climits>
#include <cstdio>

#include "modules/posix/posix.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/module.h"

namespace taipan::posix {

static constexpr struct {
  const char* name;
  long long value;
} kConstants[] = {
#define N(name) {#name, static_cast<long long>(name)},
    N(F_OK) N(R_OK) N(W_OK) N(X_OK) N(TMP_MAX) N(WCONTINUED) N(WNOHANG) N(WUNTRACED) N(O_RDONLY) N(
        O_WRONLY) N(O_RDWR) N(O_NDELAY) N(O_NONBLOCK) N(O_APPEND) N(O_DSYNC) N(O_RSYNC) N(O_SYNC)
        N(O_NOCTTY) N(O_CREAT) N(O_EXCL) N(O_TRUNC) N(O_LARGEFILE) N(O_PATH) N(O_TMPFILE)
            N(PRIO_PROCESS) N(PRIO_PGRP) N(PRIO_USER) N(O_CLOEXEC) N(O_ACCMODE) N(O_FSYNC) N(
                SEEK_HOLE) N(SEEK_DATA) N(O_ASYNC) N(O_DIRECT) N(O_DIRECTORY) N(O_NOFOLLOW)
                N(O_NOATIME) N(EX_OK) N(EX_USAGE) N(EX_DATAERR) N(EX_NOINPUT) N(EX_NOUSER) N(
                    EX_NOHOST) N(EX_UNAVAILABLE) N(EX_SOFTWARE) N(EX_OSERR) N(EX_OSFILE)
                    N(EX_CANTCREAT) N(EX_IOERR) N(EX_TEMPFAIL) N(EX_PROTOCOL) N(EX_NOPERM) N(
                        EX_CONFIG) N(ST_RDONLY) N(ST_NOSUID) N(ST_NODEV) N(ST_NOEXEC)
                        N(ST_SYNCHRONOUS) N(ST_MANDLOCK) N(ST_WRITE) N(ST_APPEND) N(ST_NOATIME) N(
                            ST_NODIRATIME) N(ST_RELATIME) N(POSIX_FADV_NORMAL)
                            N(POSIX_FADV_SEQUENTIAL) N(POSIX_FADV_RANDOM) N(POSIX_FADV_NOREUSE) N(
                                POSIX_FADV_WILLNEED) N(POSIX_FADV_DONTNEED) N(P_PID)
                                N(P_PGID) N(P_ALL) N(P_PIDFD) N(WEXITED) N(WNOWAIT) N(WSTOPPED) N(
                                    CLD_EXITED) N(CLD_KILLED) N(CLD_DUMPED)
                                    N(CLD_TRAPPED) N(CLD_STOPPED) N(CLD_CONTINUED) N(F_LOCK) N(
                                        F_TLOCK) N(F_ULOCK) N(F_TEST) N(RWF_DSYNC)
                                        N(RWF_HIPRI) N(RWF_SYNC) N(RWF_NOWAIT) N(RWF_APPEND) N(
                                            SPLICE_F_MOVE) N(SPLICE_F_NONBLOCK) N(SPLICE_F_MORE)
                                            N(SCHED_OTHER) N(SCHED_FIFO) N(SCHED_RR) N(SCHED_BATCH)
                                                N(SCHED_IDLE) N(XATTR_CREATE) N(XATTR_REPLACE)
                                                    N(RTLD_LAZY) N(RTLD_NOW) N(RTLD_GLOBAL) N(
                                                        RTLD_LOCAL) N(RTLD_NODELETE) N(RTLD_NOLOAD)
                                                        N(RTLD_DEEPBIND) N(GRND_RANDOM)
                                                            N(GRND_NONBLOCK) N(MFD_CLOEXEC)
                                                                N(MFD_ALLOW_SEALING) N(MFD_HUGETLB)
                                                                    N(EFD_CLOEXEC) N(EFD_NONBLOCK)
                                                                        N(EFD_SEMAPHORE)
#undef N
                                                                            {"NGROUPS_MAX", 65536},
    {"POSIX_SPAWN_OPEN", 0},
    {"POSIX_SPAWN_CLOSE", 1},
    {"POSIX_SPAWN_DUP2", 2},
    {"SCHED_RESET_ON_FORK", 0x40000000},
    {"XATTR_SIZE_MAX", 65536},
    {"MFD_HUGE_SHIFT", 26},
    {"MFD_HUGE_MASK", 63},
    {"MFD_HUGE_64KB", 16LL << 26},
    {"MFD_HUGE_512KB", 19LL << 26},
    {"MFD_HUGE_1MB", 20LL << 26},
    {"MFD_HUGE_2MB", 21LL << 26},
    {"MFD_HUGE_8MB", 23LL << 26},
    {"MFD_HUGE_16MB", 24LL << 26},
    {"MFD_HUGE_32MB", 25LL << 26},
    {"MFD_HUGE_256MB", 28LL << 26},
    {"MFD_HUGE_512MB", 29LL << 26},
    {"MFD_HUGE_1GB", 30LL << 26},
    {"MFD_HUGE_2GB", 31LL << 26},
    {"MFD_HUGE_16GB", 34LL << 26},
};

// What module os looks for to know which functions take descriptors and dir_fd.
static constexpr const char* kHave[] = {
    "HAVE_EVENTFD",      "HAVE_FACCESSAT", "HAVE_FCHDIR",    "HAVE_FCHMOD",    "HAVE_FCHMODAT",
    "HAVE_FCHOWN",       "HAVE_FCHOWNAT",  "HAVE_FEXECVE",   "HAVE_FDOPENDIR", "HAVE_FPATHCONF",
    "HAVE_FSTATAT",      "HAVE_FSTATVFS",  "HAVE_FTRUNCATE", "HAVE_FUTIMENS",  "HAVE_FUTIMES",
    "HAVE_FUTIMESAT",    "HAVE_LINKAT",    "HAVE_LCHOWN",    "HAVE_LSTAT",     "HAVE_LUTIMES",
    "HAVE_MEMFD_CREATE", "HAVE_MKDIRAT",   "HAVE_MKFIFOAT",  "HAVE_MKNODAT",   "HAVE_OPENAT",
    "HAVE_READLINKAT",   "HAVE_RENAMEAT",  "HAVE_SYMLINKAT", "HAVE_UNLINKAT",  "HAVE_UTIMENSAT"};

Status add_constants(PyObject* module) {
  for (auto& row : kConstants) TRY(add_int_to_module(module, row.name, row.value));
  Ref<List> have = TRY(new_list());
  for (const char* name : kHave) {
    Ref<> text = TRY(new_str(name));
    TRY(list_append(object(have.get()), text.get()));
  }
  TRY(add_to_module(module, "_have_functions", object(have.get())));
  return add_to_module(module, "error", PyExc_OSError);
}

}  // namespace taipan::posix
