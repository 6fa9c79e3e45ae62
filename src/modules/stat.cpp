// Module _stat: the bits of file modes.
#include <sys/stat.h>

#include "modules/module.h"
#include "modules/modules.h"
#include "object/int.h"
#include "object/str.h"

namespace taipan {
namespace {

Result<unsigned> mode_of(PyObject* o) {
  Ref<> n = TRY(index(o));
  int64_t mode;
  if (int_to_int64(n.get(), &mode) || mode < 0 || mode > 0xffffffffLL)
    return raise(PyExc_OverflowError, "mode out of range");
  return static_cast<unsigned>(mode);
}

template <unsigned kType>
PyObject* is_type(PyObject*, PyObject* o) {
  auto mode = mode_of(o);
  if (!mode) return nullptr;
  return Py_NewRef(kType && (*mode & S_IFMT) == kType ? Py_True : Py_False);
}
template <unsigned kMask>
PyObject* part(PyObject*, PyObject* o) {
  auto mode = mode_of(o);
  return mode ? new_int(*mode & kMask).release() : nullptr;
}

/// '-rwxrwxrwx'
Ref<> describe(PyObject* o) {
  unsigned mode = TRY(mode_of(o));
  char text[11] = "?---------";
  constexpr struct {
    unsigned type;
    char letter;
  } kTypes[] = {{S_IFREG, '-'}, {S_IFDIR, 'd'}, {S_IFLNK, 'l'}, {S_IFBLK, 'b'},
                {S_IFCHR, 'c'}, {S_IFIFO, 'p'}, {S_IFSOCK, 's'}};
  for (auto& t : kTypes)
    if ((mode & S_IFMT) == t.type) text[0] = t.letter;
  for (int i = 0; i < 9; i++)
    if (mode & (0400u >> i)) text[1 + i] = "rwx"[i % 3];
  constexpr struct {
    unsigned bit;
    int at;
    char letter;
  } kSpecial[] = {{S_ISUID, 3, 's'}, {S_ISGID, 6, 's'}, {S_ISVTX, 9, 't'}};
  for (auto& s : kSpecial)
    if (mode & s.bit) text[s.at] = text[s.at] == 'x' ? s.letter : static_cast<char>(s.letter - 32);
  return new_str(text);
}
PyObject* filemode(PyObject*, PyObject* o) { return describe(o).release(); }

Status fill(PyObject* module) {
  static constexpr struct {
    const char* name;
    unsigned value;
  } kNumbers[] = {
#define N(name) {#name, name},
      N(S_IFDIR) N(S_IFCHR) N(S_IFBLK) N(S_IFREG) N(S_IFIFO) N(S_IFLNK) N(S_IFSOCK) N(S_ISUID)
          N(S_ISGID) N(S_ISVTX) N(S_IREAD) N(S_IWRITE) N(S_IEXEC) N(S_IRWXU) N(S_IRUSR) N(S_IWUSR)
              N(S_IXUSR) N(S_IRWXG) N(S_IRGRP) N(S_IWGRP) N(S_IXGRP) N(S_IRWXO) N(S_IROTH)
                  N(S_IWOTH) N(S_IXOTH)
#undef N
      // Other systems' bits, with their usual values.
      {"S_IFDOOR", 0},
      {"S_IFPORT", 0},
      {"S_IFWHT", 0},
      {"S_ENFMT", S_ISGID},
      {"UF_NODUMP", 1},
      {"UF_IMMUTABLE", 2},
      {"UF_APPEND", 4},
      {"UF_OPAQUE", 8},
      {"UF_NOUNLINK", 16},
      {"UF_COMPRESSED", 32},
      {"UF_HIDDEN", 0x8000},
      {"SF_ARCHIVED", 0x10000},
      {"SF_IMMUTABLE", 0x20000},
      {"SF_APPEND", 0x40000},
      {"SF_NOUNLINK", 0x100000},
      {"SF_SNAPSHOT", 0x200000},
      // Places in os.stat_result.
      {"ST_MODE", 0},
      {"ST_INO", 1},
      {"ST_DEV", 2},
      {"ST_NLINK", 3},
      {"ST_UID", 4},
      {"ST_GID", 5},
      {"ST_SIZE", 6},
      {"ST_ATIME", 7},
      {"ST_MTIME", 8},
      {"ST_CTIME", 9},
  };
  for (auto& row : kNumbers) TRY(add_int_to_module(module, row.name, row.value));
  return {};
}

constinit PyMethodDef methods[] = {
    {"S_ISDIR", is_type<S_IFDIR>, METH_O, "S_ISDIR(mode) -> bool\n\nIs it a directory's mode?"},
    {"S_ISCHR", is_type<S_IFCHR>, METH_O,
     "S_ISCHR(mode) -> bool\n\nIs it a character device's mode?"},
    {"S_ISBLK", is_type<S_IFBLK>, METH_O, "S_ISBLK(mode) -> bool\n\nIs it a block device's mode?"},
    {"S_ISREG", is_type<S_IFREG>, METH_O,
     "S_ISREG(mode) -> bool\n\nIs it an ordinary file's mode?"},
    {"S_ISFIFO", is_type<S_IFIFO>, METH_O, "S_ISFIFO(mode) -> bool\n\nIs it a named pipe's mode?"},
    {"S_ISLNK", is_type<S_IFLNK>, METH_O, "S_ISLNK(mode) -> bool\n\nIs it a symbolic link's mode?"},
    {"S_ISSOCK", is_type<S_IFSOCK>, METH_O, "S_ISSOCK(mode) -> bool\n\nIs it a socket's mode?"},
    {"S_ISDOOR", is_type<0>, METH_O, "S_ISDOOR(mode) -> bool\n\nNever: this system has no doors."},
    {"S_ISPORT", is_type<0>, METH_O,
     "S_ISPORT(mode) -> bool\n\nNever: this system has no event ports."},
    {"S_ISWHT", is_type<0>, METH_O,
     "S_ISWHT(mode) -> bool\n\nNever: this system has no whiteouts."},
    {"S_IMODE", part<07777>, METH_O, "The bits that chmod() sets."},
    {"S_IFMT", part<S_IFMT>, METH_O, "The bits that tell the file's type."},
    {"filemode", filemode, METH_O, "The mode as ls shows it: '-rwxrwxrwx'."},
    {},
};
constexpr char doc[] = "Constants and tests for the modes of files. Programs use module stat.";

}  // namespace
}  // namespace taipan

PyObject* init_stat() {
  return taipan::define_module<"_stat", taipan::doc, taipan::fill, taipan::methods>();
}
