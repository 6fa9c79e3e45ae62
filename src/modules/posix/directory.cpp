// posix: listdir, scandir.
#include <Python.h>
#include <dirent.h>
#include <fcntl.h>
#include <structmember.h>
#include <unistd.h>

#include "modules/posix/stat.h"
#include "object/call.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/audit.h"
#include "types/module.h"
#include "types/rows.h"

namespace taipan::posix {
namespace {

/// Opens what a path argument names; "." for None. A descriptor is duplicated and read from its
/// start.
DIR* open_directory(const Path& p) {
  if (!p.is_descriptor()) return unlocked([&] { return opendir(p.is_none() ? "." : p.text()); });
  int fd = fcntl(p.fd(), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return nullptr;
  DIR* d = unlocked([&] { return fdopendir(fd); });
  if (!d) {
    int error = errno;
    close(fd);
    errno = error;
  } else {
    rewinddir(d);
  }
  return d;
}
bool is_dots(const char* name) {
  return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

constexpr char listdir_doc[] =
    "listdir($module, /, path=None)\n--\n\n"
    "The names in a directory (default: the current one) in any order, without '.' and '..'; bytes "
    "for bytes.";
Ref<> list_directory(PyObject*, PyObject* path) {
  Path p;
  TRY(audit("os.listdir", {path}));
  TRY(p.parse(path, "listdir", "path", kDescriptor | kNone));
  DIR* d = open_directory(p);
  if (!d) return p.is_none() ? raise_errno() : p.raise_errno();
  Ref<List> names = new_list();
  while (names) {
    errno = 0;
    dirent* entry = unlocked([&] { return readdir(d); });
    if (!entry) {
      if (errno) {
        (void)p.raise_errno();
        names.reset();
      }
      break;
    }
    if (is_dots(entry->d_name)) continue;
    Ref<> name = text_or_bytes(entry->d_name, p.was_bytes());
    if (!name || !list_append(object(names.get()), name.get())) names.reset();
  }
  int error = errno;
  WithoutGil without;
  closedir(d);
  errno = error;
  return names;
}

// -- DirEntry -------------------------------------------------------------------------------

struct DirEntry {
  PyObject_HEAD PyObject *name, *path;
  PyObject *stat, *lstat;  // what was asked for already
  int dir_fd;              // AT_FDCWD: the path is complete
  unsigned char type;
  ino_t inode;
};

/// The entry's path for a system call.
Ref<> fetch_stat(DirEntry& self, bool follow) {
  PyObject* name = self.dir_fd == AT_FDCWD ? self.path : self.name;
  Path p;
  TRY(p.parse(name, "DirEntry", "path", kPathOnly));
  return stat_path(p.text(), self.dir_fd, follow, self.path);
}
Ref<> link_stat(DirEntry& self) {
  if (!self.lstat) self.lstat = TRY(fetch_stat(self, false)).release();
  return share(self.lstat);
}
Ref<> cached_stat(DirEntry& self, bool follow) {
  if (!follow) return link_stat(self);
  if (!self.stat) {
    bool link = self.type == DT_LNK || self.type == DT_UNKNOWN;
    self.stat = (link ? TRY(fetch_stat(self, true)) : TRY(link_stat(self))).release();
  }
  return share(self.stat);
}

Result<bool> has_mode(DirEntry& self, bool follow, unsigned wanted) {
  bool is_link = self.type == DT_LNK;
  if (self.type == DT_UNKNOWN || (follow && is_link)) {
    Ref<> info = cached_stat(self, follow);
    if (!info) {
      if (clear_error_if(PyExc_FileNotFoundError)) return false;  // it went away meanwhile
      return Raised{};
    }
    int64_t mode = TRY(to_int64(item(info.get(), 0)));
    return (mode & S_IFMT) == wanted;
  }
  if (is_link) return wanted == S_IFLNK;
  if (wanted == S_IFDIR) return self.type == DT_DIR;
  return wanted == S_IFREG && self.type == DT_REG;
}

constexpr char is_dir_doc[] = "is_dir($self, /, *, follow_symlinks=True)\n--\n\nIs it a directory?";
Result<bool> is_dir(DirEntry& self, bool follow) { return has_mode(self, follow, S_IFDIR); }
constexpr char is_file_doc[] =
    "is_file($self, /, *, follow_symlinks=True)\n--\n\nIs it an ordinary file?";
Result<bool> is_file(DirEntry& self, bool follow) { return has_mode(self, follow, S_IFREG); }
constexpr char is_symlink_doc[] = "is_symlink($self, /)\n--\n\nIs it a symbolic link?";
Result<bool> is_symlink(DirEntry& self) {
  if (self.type != DT_UNKNOWN) return self.type == DT_LNK;
  return has_mode(self, false, S_IFLNK);
}
constexpr char entry_stat_doc[] =
    "stat($self, /, *, follow_symlinks=True)\n--\n\nos.stat() of it; asked once.";
Ref<> entry_stat(DirEntry& self, bool follow) { return cached_stat(self, follow); }
constexpr char inode_doc[] = "inode($self, /)\n--\n\nIts inode.";
Ref<> inode(DirEntry& self) { return new_int_unsigned(self.inode); }
constexpr char entry_fspath_doc[] = "__fspath__($self, /)\n--\n\nIts path.";
Ref<> entry_fspath(DirEntry& self) { return share(self.path); }
Ref<> entry_repr(DirEntry& self) { return format_str("<DirEntry {}>", as_repr(self.name)); }
void entry_dealloc(PyObject* o) {
  auto& self = *reinterpret_cast<DirEntry*>(o);
  for (PyObject** field : {&self.name, &self.path, &self.stat, &self.lstat}) clear_field(*field);
  deallocate(&self);
}

constinit PyMethodDef entry_methods[] = {
    method<is_dir_doc, is_dir>,
    method<is_file_doc, is_file>,
    method<is_symlink_doc, is_symlink>,
    method<entry_stat_doc, entry_stat>,
    method<inode_doc, inode>,
    method<entry_fspath_doc, entry_fspath>,
    kClassGetitemRow,
    {},
};
constinit PyMemberDef entry_members[] = {
    {"name", T_OBJECT_EX, offsetof(DirEntry, name), READONLY, "the last part of the path"},
    {"path", T_OBJECT_EX, offsetof(DirEntry, path), READONLY,
     "the whole path, as scandir() was given it"},
    {},
};
constinit PyTypeObject dir_entry_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "posix.DirEntry",
    .tp_basicsize = sizeof(DirEntry),
    .tp_dealloc = entry_dealloc,
    .tp_repr = slot<entry_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = entry_methods,
    .tp_members = entry_members,
};

// -- the iterator ---------------------------------------------------------------------------

struct Scan {
  PyObject_HEAD DIR* directory;  // null once closed
  PyObject* path;                // the argument; null for None and descriptors
  int fd;                        // the argument, if it was a descriptor
  bool bytes;
};

void close_scan(Scan& self) {
  DIR* d = std::exchange(self.directory, nullptr);
  if (!d) return;
  WithoutGil without;
  if (self.fd >= 0) rewinddir(d);
  closedir(d);
}

Ref<> join(Scan& self, const char* name) {
  if (self.fd >= 0) return text_or_bytes(name, self.bytes);
  TextBuffer out;
  if (self.path) {
    Path p;
    TRY(p.parse(self.path, "scandir", "path", kPathOnly));
    std::string_view folder = p.text();
    out.append(folder);
    if (!folder.empty() && !folder.ends_with('/')) out.append('/');
  } else {
    out.append("./");
  }
  out.append(name);
  if (!out.ok()) return raise_no_memory();
  return text_or_bytes(out.view(), self.bytes);
}

Ref<> make_entry(Scan& self, const dirent& d) {
  Ref<DirEntry> e = TRY(allocate<DirEntry>(&dir_entry_type));
  e->name = e->path = e->stat = e->lstat = nullptr;
  e->dir_fd = self.fd >= 0 ? self.fd : AT_FDCWD;
  e->type = d.d_type;
  e->inode = d.d_ino;
  e->name = TRY(text_or_bytes(d.d_name, self.bytes)).release();
  e->path = TRY(join(self, d.d_name)).release();
  return e;
}

Result<Ref<>> scan_next(PyObject* o) {
  auto& self = *reinterpret_cast<Scan*>(o);
  while (self.directory) {
    errno = 0;
    dirent* d = unlocked([&] { return readdir(self.directory); });
    if (!d) {
      int error = errno;
      close_scan(self);
      if (error) return raise_os_error(error, self.path);
      break;
    }
    if (is_dots(d->d_name)) continue;
    return TRY(make_entry(self, *d));
  }
  return Ref<>();
}

constexpr char close_doc[] = "close($self, /)\n--\n\nCloses the directory.";
void scan_close(Scan& self) { close_scan(self); }
constexpr char enter_doc[] = "__enter__($self, /)\n--\n\nThe iterator itself.";
Ref<> scan_enter(Scan& self) { return share(object(self)); }
Ref<> scan_exit(Scan& self, Arguments) {
  close_scan(self);
  return none();
}
void scan_finalize(PyObject* o) {
  auto& self = *reinterpret_cast<Scan*>(o);
  if (!self.directory) return;
  PendingError kept = PendingError::take();
  Ref<> text = format_str("unclosed scandir iterator {}", as_repr(o));
  if (!text || !warn(PyExc_ResourceWarning, 1, utf8_or_question(text.get()).data())) {
    if (pending_matches(PyExc_Warning)) write_unraisable(o);
  }
  clear_error();
  close_scan(self);
  std::move(kept).restore();
}
void scan_dealloc(PyObject* o) {
  if (call_finalizer_from_dealloc(o)) return;
  clear_field(reinterpret_cast<Scan*>(o)->path);
  deallocate(reinterpret_cast<Scan*>(o));
}

constinit PyMethodDef scan_methods[] = {
    method<enter_doc, scan_enter>,
    positional_varargs<scan_exit>("__exit__", "Closes the directory."),
    method<close_doc, scan_close>,
    {},
};
PyObject* scan_iterate(PyObject* o) { return Py_NewRef(o); }
constinit PyTypeObject scan_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "posix.ScandirIterator",
    .tp_basicsize = sizeof(Scan),
    .tp_dealloc = scan_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_iter = scan_iterate,
    .tp_iternext = slot<scan_next>,
    .tp_methods = scan_methods,
    .tp_finalize = scan_finalize,
};

constexpr char scandir_doc[] =
    "scandir($module, /, path=None)\n--\n\n"
    "An iterator of DirEntry objects for the names in a directory (default: the current one); '.' "
    "and '..' are left out.";
Ref<> scan_directory(PyObject*, PyObject* path) {
  TRY(audit("os.scandir", {path}));
  Path p;
  TRY(p.parse(path, "scandir", "path", kDescriptor | kNone));
  DIR* d = open_directory(p);
  if (!d) return p.is_none() ? raise_errno() : p.raise_errno();
  Ref<Scan> self = allocate<Scan>(&scan_type);
  if (!self) {
    closedir(d);
    return {};
  }
  self->directory = d;
  self->path = p.is_none() || p.is_descriptor() ? nullptr : Py_NewRef(path);
  self->fd = p.is_descriptor() ? p.fd() : -1;
  self->bytes = p.was_bytes();
  return self;
}

}  // namespace

constinit PyMethodDef directory_functions[] = {
    method<listdir_doc, list_directory>,
    method<scandir_doc, scan_directory>,
    {},
};

Status add_directory_types(PyObject* module) {
  TRY(ready_type(&scan_type));
  TRY(ready_type(&dir_entry_type));
  return add_to_module(module, "DirEntry", object(&dir_entry_type));
}

}  // namespace taipan::posix
