#pragma once
// The parts of module posix and what they share: path arguments, system calls without the GIL.
#include <cerrno>
#include <concepts>

#include "object/bind.h"
#include "object/bytes.h"
#include "runtime/gil.h"
#include "runtime/pending.h"

namespace taipan::posix {

extern PyMethodDef file_functions[];       // descriptors: open, read, write …
extern PyMethodDef path_functions[];       // names: stat, chmod, rename, links …
extern PyMethodDef directory_functions[];  // listdir, scandir, mkdir, getcwd …
extern PyMethodDef process_functions[];    // fork, exec, wait, kill, sessions …
extern PyMethodDef identity_functions[];   // users and groups
extern PyMethodDef scheduling_functions[]; // priorities, policies, processors
extern PyMethodDef system_functions[];     // environment, limits, random numbers …
Status add_constants(PyObject* module);
Status add_types(PyObject* module);        // stat_result and its kin
Status add_directory_types(PyObject* module);
Status add_process_types(PyObject* module);
Status add_scheduling_types(PyObject* module);
Status add_system_types(PyObject* module);
Status add_limit_names(PyObject* module);
Ref<> make_environment();

/// What a function accepts as a path beside str, bytes and os.PathLike.
enum Accept { kPathOnly = 0, kDescriptor = 1, kNone = 2 };
/// A path argument: a name without null bytes, or a descriptor.
class Path {
 public:
  /// Raises in the words of `function`: "stat: path should be string, bytes, os.PathLike or integer, not float".
  Status parse(PyObject* argument, const char* function, const char* name, int accept);
  const char* text() const { return bytes_ ? bytes_data(bytes_.get()) : nullptr; }
  bool is_descriptor() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  bool is_none() const { return !bytes_ && fd_ < 0; }
  bool was_bytes() const { return was_bytes_; }
  PyObject* argument() const { return argument_; }
  Raised raise_errno() const;              ///< OSError with the argument as file name
  Raised raise_errno(const Path& second) const;

 private:
  PyObject* argument_ = nullptr;  // borrowed
  Ref<> bytes_;
  int fd_ = -1;
  bool was_bytes_ = false;
};

/// `dir_fd`: AT_FDCWD for None.
Result<int> directory_descriptor(PyObject* o);
/// A file descriptor: an int, or an object with fileno().
Result<int> descriptor(PyObject* o);
inline Raised raise_errno() { return raise_os_error(errno); }

/// Runs a system call without the GIL, again after signals whose handlers do not raise. The call's result; negative
/// with an exception pending: a handler raised.
template <std::invocable F>
auto retry(F&& call) {
  for (;;) {
    decltype(call()) r;
    {
      WithoutGil unlocked;
      r = call();
    }
    if (r >= 0 || errno != EINTR) return r;
    if (!run_signal_handlers()) return r;
  }
}
/// The same once, without the repetition (close, waits that must tell).
template <std::invocable F>
auto unlocked(F&& call) {
  WithoutGil without;
  return call();
}
/// Of a call's result: negative raises OSError unless a handler has raised.
template <class I>
Status check(I r) {
  if (r >= 0) return {};
  if (pending_error()) return Raised{};
  return raise_errno();
}

Ref<> text_or_bytes(std::string_view name, bool bytes);

}  // namespace taipan::posix
