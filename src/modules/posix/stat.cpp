// posix: what the system says about files: stat, access, statvfs, and what changes it: chmod,
// chown, utime.
#include "modules/posix/stat.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cmath>

#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/buffer.h"
#include "types/module.h"
#include "types/struct_sequence.h"

namespace taipan::posix {

static PyTypeObject *stat_type, *statvfs_type;

// -- results --------------------------------------------------------------------------------

static Ref<> nanoseconds(const timespec& t) {
  __int128 ns = static_cast<__int128>(t.tv_sec) * 1000000000 + t.tv_nsec;
  if (ns >= INT64_MIN && ns <= INT64_MAX) return new_int(static_cast<int64_t>(ns));
  Ref<> s = TRY(new_int(t.tv_sec)), billion = TRY(new_int(1000000000)),
        rest = TRY(new_int(t.tv_nsec));
  Ref<> product = TRY(int_multiply(s.get(), billion.get()));
  return int_add(product.get(), rest.get());
}

Ref<> make_stat_result(const struct stat& s) {
  StructFiller f(stat_type);
  f.add(new_int(s.st_mode));
  f.add(new_int_unsigned(s.st_ino));
  f.add(new_int_unsigned(s.st_dev));
  f.add(new_int_unsigned(s.st_nlink));
  f.add(new_int_unsigned(s.st_uid));
  f.add(new_int_unsigned(s.st_gid));
  f.add(new_int(s.st_size));
  const timespec* times[] = {&s.st_atim, &s.st_mtim, &s.st_ctim};
  for (auto* t : times) f.add(new_int(t->tv_sec));
  for (auto* t : times)
    f.add(new_float(static_cast<double>(t->tv_sec) + 1e-9 * static_cast<double>(t->tv_nsec)));
  for (auto* t : times) f.add(nanoseconds(*t));
  f.add(new_int(s.st_blksize));
  f.add(new_int(s.st_blocks));
  f.add(new_int_unsigned(s.st_rdev));
  return f.finish();
}

/// stat_result(sequence): times that are missing as floats are taken from the tuple's whole
/// seconds.
static newfunc plain_new;
static PyObject* stat_result_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  PyObject* made = plain_new(type, args, kwargs);
  if (!made) return nullptr;
  auto* t = reinterpret_cast<Tuple*>(made);
  for (int i = 7; i < 10; i++)
    if (t->ob_item[i + 3] == Py_None) replace_field(t->ob_item[i + 3], share(t->ob_item[i]));
  return made;
}

Ref<> stat_path(const char* path, int dir_fd, bool follow, PyObject* shown) {
  struct stat info;
  int r = unlocked([&] { return fstatat(dir_fd, path, &info, follow ? 0 : AT_SYMLINK_NOFOLLOW); });
  if (r < 0) return raise_os_error(errno, shown);
  return make_stat_result(info);
}

namespace {

// -- stat -----------------------------------------------------------------------------------

Raised fd_and(const char* function, const char* what) {
  return raise(PyExc_ValueError, "{}: cannot use fd and {} together", function, what);
}

Ref<> do_stat(const char* function, PyObject* path, PyObject* dir_fd, bool follow, int accept) {
  Path p;
  TRY(p.parse(path, function, "path", accept));
  int at = TRY(directory_descriptor(dir_fd));
  if (!p.is_descriptor()) return stat_path(p.text(), at, follow, path);
  if (at != AT_FDCWD)
    return raise(PyExc_ValueError, "{}: can't specify dir_fd without matching path", function);
  if (!follow) return fd_and(function, "follow_symlinks");
  struct stat info;
  int r = unlocked([&] { return fstat(p.fd(), &info); });
  if (r < 0) return p.raise_errno();
  return make_stat_result(info);
}

constexpr char stat_doc[] =
    "stat($module, /, path, *, dir_fd=None, follow_symlinks=True)\n--\n\n"
    "What the system knows about a file: type, rights, size, times … The path may be a descriptor; "
    "a relative one\n"
    "starts at the directory dir_fd. Without follow_symlinks a symbolic link is told about itself.";
Ref<> stat_file(PyObject*, PyObject* path, PyObject* dir_fd, bool follow) {
  return do_stat("stat", path, dir_fd, follow, kDescriptor);
}
constexpr char lstat_doc[] =
    "lstat($module, /, path, *, dir_fd=None)\n--\n\nstat() that does not follow symbolic links.";
Ref<> lstat_file(PyObject*, PyObject* path, PyObject* dir_fd) {
  return do_stat("lstat", path, dir_fd, false, kPathOnly);
}
constexpr char fstat_doc[] = "fstat($module, /, fd)\n--\n\nstat() of a descriptor.";
Ref<> fstat_file(PyObject*, int fd) {
  struct stat info;
  TRY(check(retry([&] { return fstat(fd, &info); })));
  return make_stat_result(info);
}

constexpr char access_doc[] =
    "access($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       "
    "follow_symlinks=True)\n--\n\n"
    "May the real (or effective) user read (R_OK), write (W_OK), execute (X_OK) the file, or is it "
    "there (F_OK)?";
Result<bool> access_file(PyObject*, PyObject* path, int mode, PyObject* dir_fd, bool effective,
                         bool follow) {
  Path p;
  TRY(p.parse(path, "access", "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  int flags = (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
  int r = unlocked([&] {
    return flags || at != AT_FDCWD ? faccessat(at, p.text(), mode, flags) : access(p.text(), mode);
  });
  return r == 0;
}

Ref<> make_statvfs(const struct statvfs& s) {
  StructFiller f(statvfs_type);
  for (uint64_t n : {static_cast<uint64_t>(s.f_bsize), static_cast<uint64_t>(s.f_frsize),
                     static_cast<uint64_t>(s.f_blocks), static_cast<uint64_t>(s.f_bfree),
                     static_cast<uint64_t>(s.f_bavail), static_cast<uint64_t>(s.f_files),
                     static_cast<uint64_t>(s.f_ffree), static_cast<uint64_t>(s.f_favail),
                     static_cast<uint64_t>(s.f_flag), static_cast<uint64_t>(s.f_namemax),
                     static_cast<uint64_t>(s.f_fsid)})
    f.add(new_int_unsigned(n));
  return f.finish();
}
constexpr char statvfs_doc[] =
    "statvfs($module, /, path)\n--\n\nWhat the system knows about a file's file system.";
Ref<> statvfs_file(PyObject*, PyObject* path) {
  Path p;
  TRY(p.parse(path, "statvfs", "path", kDescriptor));
  struct statvfs info;
  int r = unlocked(
      [&] { return p.is_descriptor() ? fstatvfs(p.fd(), &info) : statvfs(p.text(), &info); });
  if (r < 0) return p.raise_errno();
  return make_statvfs(info);
}
constexpr char fstatvfs_doc[] = "fstatvfs($module, fd, /)\n--\n\nstatvfs() of a descriptor.";
Ref<> fstatvfs_file(PyObject*, int fd) {
  struct statvfs info;
  TRY(check(retry([&] { return fstatvfs(fd, &info); })));
  return make_statvfs(info);
}

// -- rights and owners ----------------------------------------------------------------------

constexpr char chmod_doc[] =
    "chmod($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)\n--\n\nChanges a file's "
    "rights.";
Status chmod_file(PyObject*, PyObject* path, int mode, PyObject* dir_fd, bool follow) {
  Path p;
  TRY(p.parse(path, "chmod", "path", kDescriptor));
  int at = TRY(directory_descriptor(dir_fd));
  int r = unlocked([&] {
    return p.is_descriptor() ? fchmod(p.fd(), static_cast<mode_t>(mode))
                             : fchmodat(at, p.text(), static_cast<mode_t>(mode),
                                        follow ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  if (r == 0) return {};
  if (!follow && (errno == ENOTSUP || errno == EOPNOTSUPP))
    return raise(PyExc_NotImplementedError, "chmod: follow_symlinks unavailable on this platform");
  return p.raise_errno();
}
constexpr char fchmod_doc[] = "fchmod($module, /, fd, mode)\n--\n\nchmod() of a descriptor.";
Status fchmod_file(PyObject*, int fd, int mode) {
  return check(retry([&] { return fchmod(fd, static_cast<mode_t>(mode)); }));
}

/// A user's or group's number: -1 or what fits 32 bits.
Result<unsigned> id_argument(PyObject* o, const char* what) {
  if (!is_index(o))
    return raise(PyExc_TypeError, "{} should be integer, not {}", what, short_name(Py_TYPE(o)));
  Ref<> n = TRY(index(o));
  int64_t value;
  int fits = int_to_int64(n.get(), &value);
  if (!fits && value == -1) return static_cast<unsigned>(-1);
  if (fits < 0 || (!fits && value < 0))
    return raise(PyExc_OverflowError, "{} is less than minimum", what);
  if (fits > 0 || value >= 0xffffffff)
    return raise(PyExc_OverflowError, "{} is greater than maximum", what);
  return static_cast<unsigned>(value);
}

Status do_chown(const char* function, PyObject* path, PyObject* uid, PyObject* gid,
                PyObject* dir_fd, bool follow, int accept) {
  Path p;
  TRY(p.parse(path, function, "path", accept));
  unsigned user = TRY(id_argument(uid, "uid")), group = TRY(id_argument(gid, "gid"));
  int at = TRY(directory_descriptor(dir_fd));
  if (p.is_descriptor() && at != AT_FDCWD)
    return raise(PyExc_ValueError, "{}: can't specify both dir_fd and fd", function);
  if (p.is_descriptor() && !follow) return fd_and(function, "follow_symlinks");
  int r = unlocked([&] {
    return p.is_descriptor()
               ? fchown(p.fd(), user, group)
               : fchownat(at, p.text(), user, group, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  return r ? p.raise_errno() : Status();
}
constexpr char chown_doc[] =
    "chown($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)\n--\n\nChanges a "
    "file's user and group; -1 leaves one as it is.";
Status chown_file(PyObject*, PyObject* path, PyObject* uid, PyObject* gid, PyObject* dir_fd,
                  bool follow) {
  return do_chown("chown", path, uid, gid, dir_fd, follow, kDescriptor);
}
constexpr char lchown_doc[] =
    "lchown($module, /, path, uid, gid)\n--\n\nchown() that does not follow symbolic links.";
Status lchown_file(PyObject*, PyObject* path, PyObject* uid, PyObject* gid) {
  return do_chown("lchown", path, uid, gid, nullptr, false, kPathOnly);
}
constexpr char fchown_doc[] = "fchown($module, /, fd, uid, gid)\n--\n\nchown() of a descriptor.";
Status fchown_file(PyObject*, int fd, PyObject* uid, PyObject* gid) {
  unsigned user = TRY(id_argument(uid, "uid")), group = TRY(id_argument(gid, "gid"));
  return check(retry([&] { return fchown(fd, user, group); }));
}

// -- times ----------------------------------------------------------------------------------

Result<timespec> time_from_seconds(PyObject* o) {
  timespec t;
  if (PyFloat_Check(o)) {
    double value = float_value(o);
    if (std::isnan(value)) return raise(PyExc_ValueError, "Invalid value NaN (not a number)");
    double whole = std::floor(value);
    if (!(whole >= -9.2e18 && whole <= 9.2e18))
      return raise(PyExc_OverflowError, "timestamp out of range for platform time_t");
    t.tv_sec = static_cast<time_t>(whole);
    t.tv_nsec = static_cast<long>((value - whole) * 1e9);
    return t;
  }
  Ref<> n = TRY(index(o));
  int64_t s;
  if (int_to_int64(n.get(), &s))
    return raise(PyExc_OverflowError, "timestamp out of range for platform time_t");
  return timespec{s, 0};
}
Result<timespec> time_from_nanoseconds(PyObject* o) {
  Ref<> billion = TRY(new_int(1000000000));
  Ref<> parts = TRY(divmod(o, billion.get()));
  if (!PyTuple_Check(parts.get()) || tuple_size(parts.get()) != 2) {
    return raise(PyExc_TypeError, "{}.__divmod__() must return a 2-tuple, not {}",
                 short_name(Py_TYPE(o)), short_name(Py_TYPE(parts.get())));
  }
  timespec t;
  t.tv_sec = TRY(to_int64(item(parts.get(), 0)));
  t.tv_nsec = TRY(to_int64(item(parts.get(), 1)));
  return t;
}

constexpr char utime_signature[] =
    "utime(path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)\n--\n\n";
Ref<> utime_file(PyObject*, Arguments args) {
  static constexpr Signature kSig = parse_signature(utime_signature);
  PyObject* given[5]{};
  if (!bind_keywords(kSig, args.items, args.count, args.names, given)) return {};
  PyObject *times = given[1] == Py_None ? nullptr : given[1], *ns = given[2];
  Path p;
  TRY(p.parse(given[0], "utime", "path", kDescriptor));
  int at = TRY(directory_descriptor(given[3]));
  bool follow = given[4] ? TRY(is_true(given[4])) : true;
  if (times && ns)
    return raise(PyExc_ValueError, "utime: you may specify either 'times' or 'ns' but not both");
  timespec spec[2];
  if (times) {
    if (!PyTuple_CheckExact(times) || tuple_size(times) != 2)
      return raise(PyExc_TypeError, "utime: 'times' must be either a tuple of two ints or None");
    for (int i : {0, 1}) spec[i] = TRY(time_from_seconds(item(times, i)));
  } else if (ns) {
    if (!PyTuple_CheckExact(ns) || tuple_size(ns) != 2)
      return raise(PyExc_TypeError, "utime: 'ns' must be a tuple of two ints");
    for (int i : {0, 1}) spec[i] = TRY(time_from_nanoseconds(item(ns, i)));
  }
  if (p.is_descriptor() && at != AT_FDCWD)
    return raise(PyExc_ValueError, "utime: can't specify dir_fd without matching path");
  if (p.is_descriptor() && !follow) return fd_and("utime", "follow_symlinks");
  const timespec* wanted = times || ns ? spec : nullptr;
  int r = unlocked([&] {
    return p.is_descriptor() ? futimens(p.fd(), wanted)
                             : utimensat(at, p.text(), wanted, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  });
  if (r < 0) return p.raise_errno();
  return none();
}

// -- device numbers, extended attributes ----------------------------------------------------

constexpr char major_doc[] =
    "major($module, device, /)\n--\n\nThe driver's part of a device number.";
Ref<> major_of(PyObject*, long long device) { return new_int(major(static_cast<dev_t>(device))); }
constexpr char minor_doc[] =
    "minor($module, device, /)\n--\n\nThe device's part of a device number.";
Ref<> minor_of(PyObject*, long long device) { return new_int(minor(static_cast<dev_t>(device))); }
constexpr char makedev_doc[] =
    "makedev($module, major, minor, /)\n--\n\nA device number from its parts.";
Ref<> make_device(PyObject*, int a, int b) {
  return new_int_unsigned(makedev(static_cast<unsigned>(a), static_cast<unsigned>(b)));
}

constexpr char getxattr_doc[] =
    "getxattr($module, /, path, attribute, *, follow_symlinks=True)\n--\n\nThe value of an "
    "extended attribute.";
Ref<> get_extended(PyObject*, PyObject* path, PyObject* attribute, bool follow) {
  Path p, name;
  TRY(p.parse(path, "getxattr", "path", kDescriptor));
  TRY(name.parse(attribute, "getxattr", "attribute", kPathOnly));
  if (p.is_descriptor() && !follow) return fd_and("getxattr", "follow_symlinks");
  for (size_t size : {size_t{128}, size_t{65536}}) {
    Ref<> value = TRY(allocate_bytes(static_cast<Py_ssize_t>(size)));
    char* at = bytes_data(value.get());
    ssize_t n = unlocked([&] {
      return p.is_descriptor() ? fgetxattr(p.fd(), name.text(), at, size)
             : follow          ? getxattr(p.text(), name.text(), at, size)
                               : lgetxattr(p.text(), name.text(), at, size);
    });
    if (n < 0 && errno == ERANGE && size < 65536) continue;
    if (n < 0) return p.raise_errno();
    return new_bytes({at, static_cast<size_t>(n)});
  }
  return {};
}
constexpr char setxattr_doc[] =
    "setxattr($module, /, path, attribute, value, flags=0, *,\n         "
    "follow_symlinks=True)\n--\n\nSets an extended attribute.";
Status set_extended(PyObject*, PyObject* path, PyObject* attribute, PyObject* value, int flags,
                    bool follow) {
  Path p, name;
  TRY(p.parse(path, "setxattr", "path", kDescriptor));
  TRY(name.parse(attribute, "setxattr", "attribute", kPathOnly));
  if (p.is_descriptor() && !follow) return fd_and("setxattr", "follow_symlinks");
  BufferView view;
  TRY(view.acquire(value));
  int r = unlocked([&] {
    std::string_view bytes = view.bytes();
    return p.is_descriptor() ? fsetxattr(p.fd(), name.text(), bytes.data(), bytes.size(), flags)
           : follow          ? setxattr(p.text(), name.text(), bytes.data(), bytes.size(), flags)
                             : lsetxattr(p.text(), name.text(), bytes.data(), bytes.size(), flags);
  });
  return r ? p.raise_errno() : Status();
}
constexpr char removexattr_doc[] =
    "removexattr($module, /, path, attribute, *, follow_symlinks=True)\n--\n\nRemoves an extended "
    "attribute.";
Status remove_extended(PyObject*, PyObject* path, PyObject* attribute, bool follow) {
  Path p, name;
  TRY(p.parse(path, "removexattr", "path", kDescriptor));
  TRY(name.parse(attribute, "removexattr", "attribute", kPathOnly));
  if (p.is_descriptor() && !follow) return fd_and("removexattr", "follow_symlinks");
  int r = unlocked([&] {
    return p.is_descriptor() ? fremovexattr(p.fd(), name.text())
           : follow          ? removexattr(p.text(), name.text())
                             : lremovexattr(p.text(), name.text());
  });
  return r ? p.raise_errno() : Status();
}
constexpr char listxattr_doc[] =
    "listxattr($module, /, path=None, *, follow_symlinks=True)\n--\n\nThe names of a file's "
    "extended attributes.";
Ref<> list_extended(PyObject*, PyObject* path, bool follow) {
  Path p;
  TRY(p.parse(path, "listxattr", "path", kDescriptor | kNone));
  if (p.is_descriptor() && !follow) return fd_and("listxattr", "follow_symlinks");
  const char* name = p.is_none() ? "." : p.text();
  for (size_t size : {size_t{256}, size_t{65536}}) {
    Ref<> buffer = TRY(allocate_bytes(static_cast<Py_ssize_t>(size)));
    char* at = bytes_data(buffer.get());
    ssize_t n = unlocked([&] {
      return p.is_descriptor() ? flistxattr(p.fd(), at, size)
             : follow          ? listxattr(name, at, size)
                               : llistxattr(name, at, size);
    });
    if (n < 0 && errno == ERANGE && size < 65536) continue;
    if (n < 0) return p.raise_errno();
    Ref<List> names = TRY(new_list());
    for (ssize_t i = 0; i < n;) {
      std::string_view one = at + i;
      Ref<> text = TRY(text_or_bytes(one, false));
      TRY(list_append(object(names.get()), text.get()));
      i += static_cast<ssize_t>(one.size()) + 1;
    }
    return names;
  }
  return {};
}

}  // namespace

extern PyMethodDef stat_functions[];
constinit PyMethodDef stat_functions[] = {
    method<stat_doc, stat_file>,
    method<lstat_doc, lstat_file>,
    method<fstat_doc, fstat_file>,
    method<access_doc, access_file>,
    method<statvfs_doc, statvfs_file>,
    method<fstatvfs_doc, fstatvfs_file>,
    method<chmod_doc, chmod_file>,
    method<fchmod_doc, fchmod_file>,
    method<chown_doc, chown_file>,
    method<lchown_doc, lchown_file>,
    method<fchown_doc, fchown_file>,
    varargs<utime_file>("utime",
                        "utime($module, /, path, times=None, *, ns=<unrepresentable>,\n      "
                        "dir_fd=None, follow_symlinks=True)\n--\n\n"
                        "Sets a file's times of access and change: times in seconds or ns in "
                        "nanoseconds; without both, to now."),
    method<major_doc, major_of>,
    method<minor_doc, minor_of>,
    method<makedev_doc, make_device>,
    method<getxattr_doc, get_extended>,
    method<setxattr_doc, set_extended>,
    method<removexattr_doc, remove_extended>,
    method<listxattr_doc, list_extended>,
    {},
};

Status add_types(PyObject* module) {
  const char* unnamed = PyStructSequence_UnnamedField;
  static PyStructSequence_Field stat_fields[] = {{"st_mode", "type and rights"},
                                                 {"st_ino", "inode"},
                                                 {"st_dev", "device"},
                                                 {"st_nlink", "number of names"},
                                                 {"st_uid", "owner"},
                                                 {"st_gid", "group"},
                                                 {"st_size", "bytes"},
                                                 {unnamed, "access time in whole seconds"},
                                                 {unnamed, "change time in whole seconds"},
                                                 {unnamed, "status change time in whole seconds"},
                                                 {"st_atime", "time of last access"},
                                                 {"st_mtime", "time of last change"},
                                                 {"st_ctime", "time of last status change"},
                                                 {"st_atime_ns", "the same in nanoseconds"},
                                                 {"st_mtime_ns", "the same in nanoseconds"},
                                                 {"st_ctime_ns", "the same in nanoseconds"},
                                                 {"st_blksize", "best block size"},
                                                 {"st_blocks", "blocks of 512 bytes"},
                                                 {"st_rdev", "device number of a device"},
                                                 {}};
  PyStructSequence_Desc stat_desc = {"os.stat_result", "stat_result: what os.stat() returns",
                                     stat_fields, 10};
  Ref<> type = TRY(new_struct_sequence_type(stat_desc));
  stat_type = reinterpret_cast<PyTypeObject*>(type.get());
  plain_new = std::exchange(stat_type->tp_new, stat_result_new);
  TRY(add_to_module(module, "stat_result", std::move(type)));
  static PyStructSequence_Field vfs_fields[] = {{"f_bsize", "block size"},
                                                {"f_frsize", "fragment size"},
                                                {"f_blocks", "fragments"},
                                                {"f_bfree", "free blocks"},
                                                {"f_bavail", "free blocks for users"},
                                                {"f_files", "inodes"},
                                                {"f_ffree", "free inodes"},
                                                {"f_favail", "free inodes for users"},
                                                {"f_flag", "mount flags"},
                                                {"f_namemax", "longest name"},
                                                {"f_fsid", "identifier"},
                                                {}};
  PyStructSequence_Desc vfs_desc = {"os.statvfs_result",
                                    "statvfs_result: what os.statvfs() returns", vfs_fields, 10};
  Ref<> vfs = TRY(new_struct_sequence_type(vfs_desc));
  statvfs_type = reinterpret_cast<PyTypeObject*>(vfs.get());
  return add_to_module(module, "statvfs_result", std::move(vfs));
}

}  // namespace taipan::posix
