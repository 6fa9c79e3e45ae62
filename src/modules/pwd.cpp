// Modules pwd and grp: the system's users and groups.
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>

#include "base/vector.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/fs_text.h"
#include "runtime/gil.h"
#include "types/struct_sequence.h"

namespace taipan {
namespace {

PyTypeObject *passwd_type, *group_type;

Ref<> text(const char* s) { return s ? decode_fs(s) : none(); }
Ref<> id_number(unsigned id) { return id == static_cast<unsigned>(-1) ? new_int(-1) : new_int(id); }

Ref<> make_passwd(const passwd& p) {
  StructFiller f(passwd_type);
  f.add(text(p.pw_name));
  f.add(text(p.pw_passwd));
  f.add(id_number(p.pw_uid));
  f.add(id_number(p.pw_gid));
  f.add(text(p.pw_gecos));
  f.add(text(p.pw_dir));
  f.add(text(p.pw_shell));
  return f.finish();
}
Ref<> make_group(const group& g) {
  Ref<List> members = TRY(new_list());
  for (char** m = g.gr_mem; m && *m; m++) {
    Ref<> name = TRY(decode_fs(*m));
    TRY(list_append(object(members.get()), name.get()));
  }
  StructFiller f(group_type);
  f.add(text(g.gr_name));
  f.add(text(g.gr_passwd));
  f.add(id_number(g.gr_gid));
  f.add(std::move(members));
  return f.finish();
}

/// Asks one of the re-entrant functions with a buffer that grows while it says ERANGE. Null inside:
/// no such entry.
template <class Entry, class F>
Result<Entry*> look_up(Entry& entry, Vector<char>& buffer, F&& ask) {
  for (size_t size = 1024;; size *= 2) {
    if (!buffer.resize(size)) return raise_no_memory();
    Entry* found = nullptr;
    int error;
    {
      WithoutGil unlocked;
      error = ask(&entry, buffer.data(), size, &found);
    }
    if (error == ERANGE && size < (size_t{1} << 26)) continue;
    return found;
  }
}

/// A number of a user or group; ones that cannot be: not found.
Result<bool> read_id(PyObject* o, const char* what, unsigned& id) {
  if (!is_index(o))
    return raise(PyExc_TypeError, "{} should be integer, not {}", what, short_name(Py_TYPE(o)));
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value) || value < -1 || value > 0xffffffffLL) return false;
  id = static_cast<unsigned>(value);
  return true;
}

constexpr char getpwuid_doc[] = "getpwuid($module, uidobj, /)\n--\n\nThe user with this number.";
Ref<> user_by_id(PyObject*, PyObject* uid) {
  unsigned id = 0;
  passwd entry;
  Vector<char> buffer;
  passwd* found = nullptr;
  if (TRY(read_id(uid, "uid", id)))
    found = TRY(look_up(entry, buffer, [&](passwd* e, char* b, size_t n, passwd** r) {
      return getpwuid_r(id, e, b, n, r);
    }));
  if (found) return make_passwd(*found);
  return raise(PyExc_KeyError, "getpwuid(): uid not found: {}", as_str(uid));
}
constexpr char getpwnam_doc[] = "getpwnam($module, name, /)\n--\n\nThe user with this name.";
Ref<> user_by_name(PyObject*, Str& name) {
  Ref<> bytes = TRY(path_bytes(object(name)));
  passwd entry;
  Vector<char> buffer;
  passwd* found = TRY(look_up(entry, buffer, [&](passwd* e, char* b, size_t n, passwd** r) {
    return getpwnam_r(bytes_data(bytes.get()), e, b, n, r);
  }));
  if (found) return make_passwd(*found);
  return raise(PyExc_KeyError, "getpwnam(): name not found: {}", as_repr(object(name)));
}
constexpr char getpwall_doc[] = "getpwall($module, /)\n--\n\nAll users.";
Ref<> all_users(PyObject*) {
  Ref<List> all = TRY(new_list());
  setpwent();
  Status status;
  while (passwd* p = getpwent()) {
    Ref<> entry = make_passwd(*p);
    status = entry ? list_append(object(all.get()), entry.get()) : Raised{};
    if (!status) break;
  }
  endpwent();
  TRY(std::move(status));
  return all;
}

constexpr char getgrgid_doc[] = "getgrgid($module, /, id)\n--\n\nThe group with this number.";
Ref<> group_by_id(PyObject*, PyObject* gid) {
  unsigned id = 0;
  group entry;
  Vector<char> buffer;
  group* found = nullptr;
  if (TRY(read_id(gid, "gid", id)))
    found = TRY(look_up(entry, buffer, [&](group* e, char* b, size_t n, group** r) {
      return getgrgid_r(id, e, b, n, r);
    }));
  if (found) return make_group(*found);
  return raise(PyExc_KeyError, "getgrgid(): gid not found: {}", as_str(gid));
}
constexpr char getgrnam_doc[] = "getgrnam($module, /, name)\n--\n\nThe group with this name.";
Ref<> group_by_name(PyObject*, Str& name) {
  Ref<> bytes = TRY(path_bytes(object(name)));
  group entry;
  Vector<char> buffer;
  group* found = TRY(look_up(entry, buffer, [&](group* e, char* b, size_t n, group** r) {
    return getgrnam_r(bytes_data(bytes.get()), e, b, n, r);
  }));
  if (found) return make_group(*found);
  return raise(PyExc_KeyError, "getgrnam(): name not found: {}", as_repr(object(name)));
}
constexpr char getgrall_doc[] = "getgrall($module, /)\n--\n\nAll groups.";
Ref<> all_groups(PyObject*) {
  Ref<List> all = TRY(new_list());
  setgrent();
  Status status;
  while (group* g = getgrent()) {
    Ref<> entry = make_group(*g);
    status = entry ? list_append(object(all.get()), entry.get()) : Raised{};
    if (!status) break;
  }
  endgrent();
  TRY(std::move(status));
  return all;
}

Status fill_pwd(PyObject* module) {
  static PyStructSequence_Field fields[] = {{"pw_name", "name"},       {"pw_passwd", "password"},
                                            {"pw_uid", "user number"}, {"pw_gid", "group number"},
                                            {"pw_gecos", "real name"}, {"pw_dir", "home directory"},
                                            {"pw_shell", "shell"},     {}};
  PyStructSequence_Desc desc = {"pwd.struct_passwd", "pwd.struct_passwd: one user", fields, 7};
  Ref<> type = TRY(new_struct_sequence_type(desc));
  passwd_type = reinterpret_cast<PyTypeObject*>(type.get());
  return add_to_module(module, "struct_passwd", std::move(type));
}
Status fill_grp(PyObject* module) {
  static PyStructSequence_Field fields[] = {{"gr_name", "name"},
                                            {"gr_passwd", "password"},
                                            {"gr_gid", "group number"},
                                            {"gr_mem", "members"},
                                            {}};
  PyStructSequence_Desc desc = {"grp.struct_group", "grp.struct_group: one group", fields, 4};
  Ref<> type = TRY(new_struct_sequence_type(desc));
  group_type = reinterpret_cast<PyTypeObject*>(type.get());
  return add_to_module(module, "struct_group", std::move(type));
}

constinit PyMethodDef pwd_methods[] = {method<getpwuid_doc, user_by_id>,
                                       method<getpwnam_doc, user_by_name>,
                                       method<getpwall_doc, all_users>,
                                       {}};
constinit PyMethodDef grp_methods[] = {method<getgrgid_doc, group_by_id>,
                                       method<getgrnam_doc, group_by_name>,
                                       method<getgrall_doc, all_groups>,
                                       {}};
constexpr char pwd_doc[] = "The system's users.";
constexpr char grp_doc[] = "The system's groups.";

}  // namespace
}  // namespace taipan

PyObject* init_pwd() {
  return taipan::define_module<"pwd", taipan::pwd_doc, taipan::fill_pwd, taipan::pwd_methods>();
}
PyObject* init_grp() {
  return taipan::define_module<"grp", taipan::grp_doc, taipan::fill_grp, taipan::grp_methods>();
}
