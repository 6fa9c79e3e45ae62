// posix: making, moving and removing names; the current directory.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdio>

#include "modules/posix/posix.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/fs_text.h"
#include "types/module.h"

namespace taipan::posix {
namespace {

constexpr char mkdir_doc[] =
    "mkdir($module, /, path, mode=511, *, dir_fd=None)\n--\n\nMakes a directory; the rights are "
    "masked by umask.";
Status make_directory(PyObject*, PyObject* path, int mode, PyObject* dir_fd) {
  Path p;
  TRY(p.parse(path, "mkdir", "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  int r = unlocked([&] { return mkdirat(at, p.text(), static_cast<mode_t>(mode)); });
  return r ? p.raise_errno() : Status();
}
constexpr char rmdir_doc[] =
    "rmdir($module, /, path, *, dir_fd=None)\n--\n\nRemoves an empty directory.";
Status remove_directory(PyObject*, PyObject* path, PyObject* dir_fd) {
  Path p;
  TRY(p.parse(path, "rmdir", "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  int r = unlocked([&] { return unlinkat(at, p.text(), AT_REMOVEDIR); });
  return r ? p.raise_errno() : Status();
}
Status do_unlink(const char* function, PyObject* path, PyObject* dir_fd) {
  Path p;
  TRY(p.parse(path, function, "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  int r = unlocked([&] { return unlinkat(at, p.text(), 0); });
  return r ? p.raise_errno() : Status();
}
constexpr char unlink_doc[] =
    "unlink($module, /, path, *, dir_fd=None)\n--\n\nRemoves a file's name; remove() does the "
    "same.";
Status unlink_file(PyObject*, PyObject* path, PyObject* dir_fd) {
  return do_unlink("unlink", path, dir_fd);
}
constexpr char remove_doc[] =
    "remove($module, /, path, *, dir_fd=None)\n--\n\nRemoves a file's name; unlink() does the "
    "same.";
Status remove_file(PyObject*, PyObject* path, PyObject* dir_fd) {
  return do_unlink("remove", path, dir_fd);
}

Status do_rename(const char* function, PyObject* src, PyObject* dst, PyObject* src_dir,
                 PyObject* dst_dir) {
  Path from, to;
  TRY(from.parse(src, function, "src", kPathOnly));
  TRY(to.parse(dst, function, "dst", kPathOnly));
  int from_at = TRY(directory_descriptor(src_dir)), to_at = TRY(directory_descriptor(dst_dir));
  int r = unlocked([&] { return renameat(from_at, from.text(), to_at, to.text()); });
  return r ? from.raise_errno(to) : Status();
}
constexpr char rename_doc[] =
    "rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\nGives a file another "
    "name, in another directory perhaps.";
Status rename_file(PyObject*, PyObject* src, PyObject* dst, PyObject* src_dir, PyObject* dst_dir) {
  return do_rename("rename", src, dst, src_dir, dst_dir);
}
constexpr char replace_doc[] =
    "replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\nrename() that "
    "replaces dst on every system.";
Status replace_file(PyObject*, PyObject* src, PyObject* dst, PyObject* src_dir, PyObject* dst_dir) {
  return do_rename("replace", src, dst, src_dir, dst_dir);
}

constexpr char link_doc[] =
    "link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     "
    "follow_symlinks=True)\n--\n\nGives a file one more name.";
Status link_file(PyObject*, PyObject* src, PyObject* dst, PyObject* src_dir, PyObject* dst_dir,
                 bool follow) {
  Path from, to;
  TRY(from.parse(src, "link", "src", kPathOnly));
  TRY(to.parse(dst, "link", "dst", kPathOnly));
  int from_at = TRY(directory_descriptor(src_dir)), to_at = TRY(directory_descriptor(dst_dir));
  // Plain link() does not follow on Linux; only a call that says anything special asks linkat().
  bool plain = from_at == AT_FDCWD && to_at == AT_FDCWD && follow;
  int r = unlocked([&] {
    return plain ? link(from.text(), to.text())
                 : linkat(from_at, from.text(), to_at, to.text(), follow ? AT_SYMLINK_FOLLOW : 0);
  });
  return r ? from.raise_errno(to) : Status();
}
constexpr char symlink_doc[] =
    "symlink($module, /, src, dst, target_is_directory=False, *, dir_fd=None)\n--\n\nMakes dst a "
    "symbolic link to src.";
Status symlink_file(PyObject*, PyObject* src, PyObject* dst, bool, PyObject* dir_fd) {
  Path from, to;
  TRY(from.parse(src, "symlink", "src", kPathOnly));
  TRY(to.parse(dst, "symlink", "dst", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  int r = unlocked([&] { return symlinkat(from.text(), at, to.text()); });
  return r ? from.raise_errno(to) : Status();
}
constexpr char readlink_doc[] =
    "readlink($module, /, path, *, dir_fd=None)\n--\n\nWhere a symbolic link points.";
Ref<> read_link(PyObject*, PyObject* path, PyObject* dir_fd) {
  Path p;
  TRY(p.parse(path, "readlink", "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  char target[PATH_MAX + 1];
  ssize_t n = unlocked([&] { return readlinkat(at, p.text(), target, PATH_MAX); });
  if (n < 0) return p.raise_errno();
  return text_or_bytes({target, static_cast<size_t>(n)}, p.was_bytes());
}

constexpr char mkfifo_doc[] =
    "mkfifo($module, /, path, mode=438, *, dir_fd=None)\n--\n\nMakes a named pipe.";
Status make_fifo(PyObject*, PyObject* path, int mode, PyObject* dir_fd) {
  Path p;
  TRY(p.parse(path, "mkfifo", "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  return check(retry([&] { return mkfifoat(at, p.text(), static_cast<mode_t>(mode)); }));
}
constexpr char mknod_doc[] =
    "mknod($module, /, path, mode=384, device=0, *, dir_fd=None)\n--\n\nMakes a file, a named pipe "
    "or a device.";
Status make_node(PyObject*, PyObject* path, int mode, long long device, PyObject* dir_fd) {
  Path p;
  TRY(p.parse(path, "mknod", "path", kPathOnly));
  int at = TRY(directory_descriptor(dir_fd));
  return check(retry([&] {
    return mknodat(at, p.text(), static_cast<mode_t>(mode), static_cast<dev_t>(device));
  }));
}
constexpr char truncate_doc[] =
    "truncate($module, /, path, length)\n--\n\nCuts or extends a file to a length.";
Status truncate_path(PyObject*, PyObject* path, long long length) {
  Path p;
  TRY(p.parse(path, "truncate", "path", kDescriptor));
  int r = unlocked(
      [&] { return p.is_descriptor() ? ftruncate(p.fd(), length) : truncate(p.text(), length); });
  return r ? p.raise_errno() : Status();
}

// -- the current directory ------------------------------------------------------------------

constexpr char chdir_doc[] = "chdir($module, /, path)\n--\n\nChanges the current directory.";
Status change_directory(PyObject*, PyObject* path) {
  Path p;
  TRY(p.parse(path, "chdir", "path", kDescriptor));
  int r = unlocked([&] { return p.is_descriptor() ? fchdir(p.fd()) : chdir(p.text()); });
  return r ? p.raise_errno() : Status();
}
constexpr char fchdir_doc[] =
    "fchdir($module, /, fd)\n--\n\nChanges the current directory to an open one.";
Status change_to_open(PyObject*, PyObject* fd) {
  int d = TRY(descriptor(fd));
  return check(retry([&] { return fchdir(d); }));
}
constexpr char chroot_doc[] = "chroot($module, /, path)\n--\n\nChanges the root directory.";
Status change_root(PyObject*, PyObject* path) {
  Path p;
  TRY(p.parse(path, "chroot", "path", kPathOnly));
  int r = unlocked([&] { return chroot(p.text()); });
  return r ? p.raise_errno() : Status();
}
Ref<> current_directory(bool bytes) {
  char* name = unlocked([] { return getcwd(nullptr, 0); });
  if (!name) return raise_errno();
  Ref<> result = text_or_bytes(name, bytes);
  free(name);
  return result;
}
constexpr char getcwd_doc[] = "getcwd($module, /)\n--\n\nThe current directory.";
Ref<> get_directory(PyObject*) { return current_directory(false); }
constexpr char getcwdb_doc[] = "getcwdb($module, /)\n--\n\nThe current directory as bytes.";
Ref<> get_directory_bytes(PyObject*) { return current_directory(true); }

constexpr char umask_doc[] =
    "umask($module, mask, /)\n--\n\nSets the rights that new files do not get; returns the old "
    "ones.";
Result<int> set_umask(PyObject*, int mask) {
  return static_cast<int>(umask(static_cast<mode_t>(mask)));
}

constexpr char fspath_doc[] =
    "fspath($module, /, path)\n--\n\nA path as str or bytes: it, or what its __fspath__() returns.";
Ref<> path_of(PyObject*, PyObject* path) { return fs_path(path); }

// -- limits of paths ------------------------------------------------------------------------

constexpr struct {
  const char* name;
  int value;
} kPathNames[] = {{"PC_LINK_MAX", _PC_LINK_MAX},
                  {"PC_MAX_CANON", _PC_MAX_CANON},
                  {"PC_MAX_INPUT", _PC_MAX_INPUT},
                  {"PC_NAME_MAX", _PC_NAME_MAX},
                  {"PC_PATH_MAX", _PC_PATH_MAX},
                  {"PC_PIPE_BUF", _PC_PIPE_BUF},
                  {"PC_CHOWN_RESTRICTED", _PC_CHOWN_RESTRICTED},
                  {"PC_NO_TRUNC", _PC_NO_TRUNC},
                  {"PC_VDISABLE", _PC_VDISABLE},
                  {"PC_SYNC_IO", _PC_SYNC_IO},
                  {"PC_ASYNC_IO", _PC_ASYNC_IO},
                  {"PC_PRIO_IO", _PC_PRIO_IO},
                  {"PC_SOCK_MAXBUF", _PC_SOCK_MAXBUF},
                  {"PC_FILESIZEBITS", _PC_FILESIZEBITS},
                  {"PC_REC_INCR_XFER_SIZE", _PC_REC_INCR_XFER_SIZE},
                  {"PC_REC_MAX_XFER_SIZE", _PC_REC_MAX_XFER_SIZE},
                  {"PC_REC_MIN_XFER_SIZE", _PC_REC_MIN_XFER_SIZE},
                  {"PC_REC_XFER_ALIGN", _PC_REC_XFER_ALIGN},
                  {"PC_ALLOC_SIZE_MIN", _PC_ALLOC_SIZE_MIN},
                  {"PC_SYMLINK_MAX", _PC_SYMLINK_MAX}};

Result<int> path_name(PyObject* o) {
  if (PyLong_Check(o)) return static_cast<int>(TRY(to_int64(o)));
  if (!PyUnicode_Check(o))
    return raise(PyExc_TypeError, "configuration names must be strings or integers");
  for (auto& row : kPathNames)
    if (str_equal(o, row.name)) return row.value;
  return raise(PyExc_ValueError, "unrecognized configuration name");
}
constexpr char fpathconf_doc[] =
    "fpathconf($module, fd, name, /)\n--\n\nA limit of an open file; -1 for none.";
Ref<> limit_of_open(PyObject*, PyObject* fd, PyObject* name) {
  int d = TRY(descriptor(fd)), n = TRY(path_name(name));
  errno = 0;
  long limit = fpathconf(d, n);
  if (limit < 0 && errno) return raise_errno();
  return new_int(limit);
}
constexpr char pathconf_doc[] =
    "pathconf($module, /, path, name)\n--\n\nA limit of a file or directory; -1 for none.";
Ref<> limit_of_path(PyObject*, PyObject* path, PyObject* name) {
  Path p;
  TRY(p.parse(path, "pathconf", "path", kDescriptor));
  int n = TRY(path_name(name));
  errno = 0;
  long limit = p.is_descriptor() ? fpathconf(p.fd(), n) : pathconf(p.text(), n);
  if (limit < 0 && errno) return p.raise_errno();
  return new_int(limit);
}

/// posixpath.normpath's core: no empty parts, no ".", no ".." but at the start; two leading slashes
/// stay two.
constexpr char normpath_doc[] =
    "_path_normpath($module, /, path)\n--\n\nThe path without what changes nothing.";
Ref<> normalize(PyObject*, PyObject* path) {
  if (!PyUnicode_Check(path))
    return raise(PyExc_TypeError, "_path_normpath() argument 'path' must be str, not {}",
                 type_name(path));
  TextBuffer utf8;
  write_str_argument(utf8, path);
  std::string_view rest = utf8.view();
  rest = rest.substr(0, rest.find('\0'));
  size_t slashes = 0;
  while (slashes < rest.size() && rest[slashes] == '/') slashes++;
  size_t kept = slashes == 2 ? 2 : slashes ? 1 : 0;
  TextBuffer out;
  out.append(rest.substr(0, kept));
  rest.remove_prefix(slashes);
  size_t fixed = out.size();  // what ".." cannot take away
  while (!rest.empty()) {
    size_t end = rest.find('/');
    std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (out.size() > fixed) {
        std::string_view so_far = out.view();
        size_t cut = so_far.rfind('/');
        size_t size = cut == so_far.npos || cut < fixed ? fixed : cut;
        out.clear();
        out.advance(size);
        continue;
      }
      if (kept) continue;
      if (out.size()) out.append('/');
      out.append("..");
      fixed = out.size();
      continue;
    }
    if (out.size() > kept || (out.size() && !kept)) out.append('/');
    out.append(part);
  }
  if (!out.size()) out.append('.');
  if (!out.ok()) return raise_no_memory();
  return new_str_with_surrogates(out.view());
}

}  // namespace

Status add_limit_names(PyObject* module) {
  Ref<Dict> all = TRY(new_dict());
  for (auto& row : kPathNames) {
    Ref<> key = TRY(new_interned(row.name)), value = TRY(new_int(row.value));
    TRY(dict_set(object(all.get()), key.get(), value.get()));
  }
  return add_to_module(module, "pathconf_names", object(all.get()));
}

constinit PyMethodDef path_functions[] = {
    method<mkdir_doc, make_directory>,
    method<rmdir_doc, remove_directory>,
    method<unlink_doc, unlink_file>,
    method<remove_doc, remove_file>,
    method<rename_doc, rename_file>,
    method<replace_doc, replace_file>,
    method<link_doc, link_file>,
    method<symlink_doc, symlink_file>,
    method<readlink_doc, read_link>,
    method<mkfifo_doc, make_fifo>,
    method<mknod_doc, make_node>,
    method<truncate_doc, truncate_path>,
    method<chdir_doc, change_directory>,
    method<fchdir_doc, change_to_open>,
    method<chroot_doc, change_root>,
    method<getcwd_doc, get_directory>,
    method<getcwdb_doc, get_directory_bytes>,
    method<umask_doc, set_umask>,
    method<fspath_doc, path_of>,
    method<fpathconf_doc, limit_of_open>,
    method<pathconf_doc, limit_of_path>,
    method<normpath_doc, normalize>,
    {},
};

}  // namespace taipan::posix
