// posix: the users and groups of the process.
#include <grp.h>
#include <unistd.h>

#include "base/vector.h"
#include "modules/posix/posix.h"
#include "object/int.h"
#include "object/list.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/fs_text.h"

namespace taipan::posix {
namespace {

Result<unsigned> identity(PyObject* o, const char* what) {
  if (!is_index(o))
    return raise(PyExc_TypeError, "{} should be integer, not {}", what, short_name(Py_TYPE(o)));
  Ref<> n = TRY(index(o));
  int64_t v;
  int fits = int_to_int64(n.get(), &v);
  if (!fits && v == -1) return static_cast<unsigned>(-1);
  if (fits < 0 || (!fits && v < 0))
    return raise(PyExc_OverflowError, "{} is less than minimum", what);
  if (fits > 0 || v >= 0xffffffff)
    return raise(PyExc_OverflowError, "{} is greater than maximum", what);
  return static_cast<unsigned>(v);
}
#define SET_ONE(name, argument, what, doc_text)                                      \
  constexpr char name##_doc[] = #name "($module, " argument ", /)\n--\n\n" doc_text; \
  Status name##_call(PyObject*, PyObject* o) { return check(name(TRY(identity(o, what)))); }
SET_ONE(setuid, "uid", "uid", "Sets the user.")
SET_ONE(seteuid, "euid", "uid", "Sets the effective user.")
SET_ONE(setgid, "gid", "gid", "Sets the group.")
SET_ONE(setegid, "egid", "gid", "Sets the effective group.")
#define SET_TWO(name, arguments, what, doc_text)                                      \
  constexpr char name##_doc[] = #name "($module, " arguments ", /)\n--\n\n" doc_text; \
  Status name##_call(PyObject*, PyObject* a, PyObject* b) {                           \
    unsigned x = TRY(identity(a, what)), y = TRY(identity(b, what));                  \
    return check(name(x, y));                                                         \
  }
SET_TWO(setreuid, "ruid, euid", "uid", "Sets the real and the effective user.")
SET_TWO(setregid, "rgid, egid", "gid", "Sets the real and the effective group.")
#define SET_THREE(name, arguments, what, doc_text)                                               \
  constexpr char name##_doc[] = #name "($module, " arguments ", /)\n--\n\n" doc_text;            \
  Status name##_call(PyObject*, PyObject* a, PyObject* b, PyObject* c) {                         \
    unsigned x = TRY(identity(a, what)), y = TRY(identity(b, what)), z = TRY(identity(c, what)); \
    return check(name(x, y, z));                                                                 \
  }
SET_THREE(setresuid, "ruid, euid, suid", "uid", "Sets the real, effective and saved user.")
SET_THREE(setresgid, "rgid, egid, sgid", "gid", "Sets the real, effective and saved group.")

Ref<> triple(unsigned a, unsigned b, unsigned c) {
  Ref<> x = TRY(new_int(a)), y = TRY(new_int(b)), z = TRY(new_int(c));
  return tuple_of({x.get(), y.get(), z.get()});
}
constexpr char getresuid_doc[] = "getresuid($module, /)\n--\n\nThe real, effective and saved user.";
Ref<> users(PyObject*) {
  uid_t a, b, c;
  TRY(check(getresuid(&a, &b, &c)));
  return triple(a, b, c);
}
constexpr char getresgid_doc[] =
    "getresgid($module, /)\n--\n\nThe real, effective and saved group.";
Ref<> groups_of_process(PyObject*) {
  gid_t a, b, c;
  TRY(check(getresgid(&a, &b, &c)));
  return triple(a, b, c);
}
Ref<> group_list(const Vector<gid_t>& groups) {
  Ref<List> list = TRY(new_list());
  for (gid_t g : groups) {
    Ref<> n = TRY(new_int(g));
    TRY(list_append(object(list.get()), n.get()));
  }
  return list;
}
constexpr char getgroups_doc[] = "getgroups($module, /)\n--\n\nThe process's further groups.";
Ref<> get_groups(PyObject*) {
  int n = getgroups(0, nullptr);
  TRY(check(n));
  Vector<gid_t> groups;
  if (!groups.resize(static_cast<size_t>(n))) return raise_no_memory();
  TRY(check(getgroups(n, groups.data())));
  return group_list(groups);
}
constexpr char setgroups_doc[] =
    "setgroups($module, groups, /)\n--\n\nSets the process's further groups.";
Status set_groups(PyObject*, PyObject* groups) {
  if (!is_sequence(groups)) return raise(PyExc_TypeError, "setgroups argument must be a sequence");
  Vector<gid_t> list;
  TRY(for_each(groups, [&](PyObject* o) -> Status {
    if (!list.append(TRY(identity(o, "gid")))) return raise_no_memory();
    return {};
  }));
  return check(setgroups(list.size(), list.data()));
}
constexpr char getgrouplist_doc[] =
    "getgrouplist($module, user, group, /)\n--\n\nThe groups of a user.";
Ref<> groups_of_user(PyObject*, std::string_view user, PyObject* group) {
  gid_t base = TRY(identity(group, "gid"));
  Vector<gid_t> groups;
  int n = 64;
  for (;;) {
    if (!groups.resize(static_cast<size_t>(n))) return raise_no_memory();
    int room = n;
    if (getgrouplist(user.data(), base, groups.data(), &room) >= 0) {
      groups.truncate(static_cast<size_t>(room));
      return group_list(groups);
    }
    n = room > n ? room : 2 * n;
  }
}
constexpr char initgroups_doc[] =
    "initgroups($module, username, gid, /)\n--\n\nGives the process all groups of a user.";
Status init_groups(PyObject*, PyObject* user, PyObject* group) {
  Path name;
  TRY(name.parse(user, "initgroups", "username", kPathOnly));
  return check(initgroups(name.text(), TRY(identity(group, "gid"))));
}
constexpr char getlogin_doc[] = "getlogin($module, /)\n--\n\nThe name of the user who logged in.";
Ref<> login_name(PyObject*) {
  char name[256];
  if (int error = getlogin_r(name, sizeof name)) return raise_os_error(error);
  return text_or_bytes(name, false);
}

}  // namespace

constinit PyMethodDef identity_functions[] = {
    method<setuid_doc, setuid_call>,
    method<seteuid_doc, seteuid_call>,
    method<setgid_doc, setgid_call>,
    method<setegid_doc, setegid_call>,
    method<setreuid_doc, setreuid_call>,
    method<setregid_doc, setregid_call>,
    method<setresuid_doc, setresuid_call>,
    method<setresgid_doc, setresgid_call>,
    method<getresuid_doc, users>,
    method<getresgid_doc, groups_of_process>,
    method<getgroups_doc, get_groups>,
    method<setgroups_doc, set_groups>,
    method<getgrouplist_doc, groups_of_user>,
    method<initgroups_doc, init_groups>,
    method<getlogin_doc, login_name>,
    {},
};

}  // namespace taipan::posix
