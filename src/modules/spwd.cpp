// Module spwd: the shadow passwords.
#include <shadow.h>

#include <cerrno>

#include "modules/module.h"
#include "modules/modules.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/fs_text.h"
#include "types/struct_sequence.h"

namespace taipan {
namespace {

PyTypeObject* entry_type;

Ref<> make_entry(const spwd& p) {
  auto text = [](const char* s) { return s ? decode_fs(s) : none(); };
  StructFiller f(entry_type);
  f.add(text(p.sp_namp));
  f.add(text(p.sp_pwdp));
  f.add(new_int(p.sp_lstchg));
  f.add(new_int(p.sp_min));
  f.add(new_int(p.sp_max));
  f.add(new_int(p.sp_warn));
  f.add(new_int(p.sp_inact));
  f.add(new_int(p.sp_expire));
  f.add(new_int(static_cast<int64_t>(p.sp_flag)));
  f.add(text(p.sp_namp));  // the old names
  f.add(text(p.sp_pwdp));
  return f.finish();
}

constexpr char getspnam_doc[] = "getspnam($module, arg, /)\n--\n\nThe entry of the user with this name.";
Ref<> entry_by_name(PyObject*, PyObject* name) {
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "getspnam() argument must be str, not {}", clip(type_name(name), 50));
  Ref<> bytes = TRY(path_bytes(name));
  errno = 0;
  spwd* found = getspnam(bytes_data(bytes.get()));
  if (found) return make_entry(*found);
  if (errno) return raise_os_error(errno);
  return raise(PyExc_KeyError, "getspnam(): name not found");
}
constexpr char getspall_doc[] = "getspall($module, /)\n--\n\nAll entries.";
Ref<> all_entries(PyObject*) {
  Ref<List> all = TRY(new_list());
  setspent();
  Status status;
  while (spwd* p = getspent()) {
    Ref<> entry = make_entry(*p);
    status = entry ? list_append(object(all.get()), entry.get()) : Raised{};
    if (!status) break;
  }
  endspent();
  TRY(std::move(status));
  return all;
}

constinit PyMethodDef functions[] = {method<getspall_doc, all_entries>, method<getspnam_doc, entry_by_name>, {}};

Status fill(PyObject* module) {
  TRY(warn(PyExc_DeprecationWarning, 7, "'spwd' is deprecated and slated for removal in Python 3.13"));
  static PyStructSequence_Field fields[] = {
      {"sp_namp", "name"},
      {"sp_pwdp", "password"},
      {"sp_lstchg", "day of the last change"},
      {"sp_min", "days until it may be changed"},
      {"sp_max", "days until it must be changed"},
      {"sp_warn", "days before that to begin warning"},
      {"sp_inact", "days after that until the account is closed"},
      {"sp_expire", "day on which the account ends"},
      {"sp_flag", "reserved"},
      {"sp_nam", "name; deprecated"},
      {"sp_pwd", "password; deprecated"},
      {},
  };
  PyStructSequence_Desc desc = {"spwd.struct_spwd", "spwd.struct_spwd: one user's entry in the shadow password file", fields, 9};
  Ref<> type = TRY(new_struct_sequence_type(desc));
  entry_type = reinterpret_cast<PyTypeObject*>(type.get());
  return add_to_module(module, "struct_spwd", std::move(type));
}
constexpr char doc[] =
    "The shadow passwords of the system's users, as tuples of type struct_spwd. Only root may read them.";

}  // namespace
}  // namespace taipan

PyObject* init_spwd() { return taipan::define_module<"spwd", taipan::doc, taipan::fill, taipan::functions>(); }
