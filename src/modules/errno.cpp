// Module errno.
#include <cerrno>

#include "modules/module.h"
#include "modules/modules.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"

namespace taipan {
namespace {

struct Row {
  const char* name;
  int value;
};
// Where two names have one number, errorcode shows the later one.
constexpr Row kErrors[] = {
#define N(name) {#name, name},
    N(ENODEV) N(ENOCSI) N(EHOSTUNREACH) N(ENOMSG) N(EUCLEAN) N(EL2NSYNC) N(EL2HLT) N(ENODATA) N(
        ENOTBLK) N(ENOSYS) N(EPIPE) N(EINVAL) N(EOVERFLOW) N(EADV) N(EINTR) N(EUSERS) N(ENOTEMPTY)
        N(ENOBUFS) N(EPROTO) N(EREMOTE) N(ENAVAIL) N(ECHILD) N(ELOOP) N(EXDEV) N(E2BIG) N(ESRCH) N(
            EMSGSIZE) N(EAFNOSUPPORT) N(EBADR) N(EHOSTDOWN) N(EPFNOSUPPORT) N(ENOPROTOOPT) N(EBUSY)
            N(EWOULDBLOCK) N(EBADFD) N(EDOTDOT) N(EISCONN) N(ENOANO) N(ESHUTDOWN) N(ECHRNG) N(
                ELIBBAD) N(ENONET) N(EBADE) N(EBADF) N(EMULTIHOP) N(EIO) N(EUNATCH) N(EPROTOTYPE)
                N(ENOSPC) N(ENOEXEC) N(EALREADY) N(ENETDOWN) N(ENOTNAM) N(EACCES) N(ELNRNG) N(
                    EILSEQ) N(ENOTDIR) N(ENOTUNIQ) N(EPERM) N(EDOM) N(EXFULL) N(ECONNREFUSED)
                    N(EISDIR) N(EPROTONOSUPPORT) N(EROFS) N(EADDRNOTAVAIL) N(EIDRM) N(ECOMM) N(
                        ESRMNT) N(EREMOTEIO) N(EL3RST) N(EBADMSG) N(ENFILE) N(ELIBMAX)
                        N(ESPIPE) N(ENOLINK) N(ENETRESET) N(
                            ETIMEDOUT) N(ENOENT) N(EEXIST) N(EDQUOT) N(ENOSTR) N(EBADSLT) N(EBADRQC)
                            N(ELIBACC) N(EFAULT) N(EFBIG) N(EDEADLK) N(ENOTCONN) N(EDESTADDRREQ)
                                N(ELIBSCN) N(ENOLCK) N(EISNAM) N(ECONNABORTED) N(ENETUNREACH) N(
                                    ESTALE) N(ENOSR) N(ENOMEM) N(ENOTSOCK) N(ESTRPIPE) N(EMLINK)
                                    N(ERANGE) N(ELIBEXEC) N(EL3HLT)
                                        N(ECONNRESET) N(EADDRINUSE)
                                            N(EOPNOTSUPP) N(EREMCHG) N(EAGAIN) N(ENAMETOOLONG)
                                                N(ENOTTY) N(ERESTART) N(ESOCKTNOSUPPORT) N(ETIME) N(
                                                    EBFONT) N(EDEADLOCK) N(ETOOMANYREFS) N(EMFILE)
                                                    N(ETXTBSY) N(EINPROGRESS) N(ENXIO) N(ENOPKG)
                                                        N(ENOMEDIUM) N(EMEDIUMTYPE) N(ECANCELED)
                                                            N(ENOKEY) N(EKEYEXPIRED) N(EKEYREVOKED)
                                                                N(EKEYREJECTED) N(EOWNERDEAD)
                                                                    N(ENOTRECOVERABLE) N(ERFKILL)
                                                                        N(ENOTSUP)
#undef N
};

Status fill(PyObject* module) {
  Ref<Dict> codes = TRY(new_dict());
  for (const Row& row : kErrors) {
    Ref<> number = TRY(new_int(row.value)), name = TRY(new_interned(row.name));
    TRY(add_to_module(module, row.name, number.get()));
    TRY(dict_set(object(codes.get()), number.get(), name.get()));
  }
  return add_to_module(module, "errorcode", object(codes.get()));
}
constexpr char doc[] = "The system's error numbers by name, and their names by number (errorcode).";

}  // namespace
}  // namespace taipan

PyObject* init_errno() { return taipan::define_module<"errno", taipan::doc, taipan::fill>(); }
