// Module syslog: the system's log.
#include <syslog.h>

#include <climits>

#include "modules/module.h"
#include "modules/modules.h"
#include "modules/parse_arguments.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/list.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/gil.h"
#include "types/rows.h"

namespace taipan {
namespace {

PyObject* identity;  // the library keeps a pointer into it
bool opened;

/// The program's name without its folder; empty: none to be had.
Ref<> program_name() {
  PyObject* arguments = dict_find_name(interpreter().sysdict, "argv"_name);
  if (!arguments || !PyList_Check(arguments) || !list_size(arguments)) return {};
  PyObject* name = list_item(arguments, 0);
  if (!PyUnicode_Check(name) || !str_length(name)) return {};
  Py_ssize_t n = str_length(name), slash = n;
  while (slash > 0 && char_at(name, slash - 1) != '/') slash--;
  return str_slice(name, slash, n);
}

constexpr char kOpenText[] = "openlog(ident=None, logoption=0, facility=8)\n--\n\n";
Ref<> open_log(PyObject*, Arguments a) {
  PyObject *name = nullptr, *option = nullptr, *facility = nullptr;
  TRY(take_named_arguments<kOpenText>(a, name, option, facility));
  if (name && !PyUnicode_Check(name)) return raise_argument({"openlog", 1}, "str", name);
  long numbers[] = {0, LOG_USER};
  PyObject* given[] = {option, facility};
  for (int i = 0; i < 2; i++) {
    if (!given[i]) continue;
    Ref<> n = TRY(index(given[i]));
    numbers[i] = TRY(to_int64(n.get()));
  }
  Ref<> kept = name ? share(name) : program_name();
  if (!kept && pending_error()) return kept;
  const char* text = kept ? TRY(to_utf8(kept.get())).data() : nullptr;
  if (has_audit_hooks()) {
    Ref<> x = TRY(new_int(numbers[0])), y = TRY(new_int(numbers[1]));
    TRY(audit("syslog.openlog", {kept ? kept.get() : Py_None, x.get(), y.get()}));
  }
  openlog(text, static_cast<int>(numbers[0]), static_cast<int>(numbers[1]));
  opened = true;
  replace_field(identity, std::move(kept));
  return none();
}

Ref<> write_log(PyObject* module, Arguments a) {
  int priority = LOG_INFO;
  bool with_priority = a.count == 2 && is_index(a.items[0]) && PyUnicode_Check(a.items[1]);
  if (with_priority) TRY(take_argument({"syslog", 1}, a.items[0], priority));
  else if (a.count != 1) return raise(PyExc_TypeError, "[priority,] message string");
  PyObject* message = a.items[a.count - 1];
  if (!PyUnicode_Check(message)) return raise(PyExc_TypeError, "[priority,] message string");
  const char* text = TRY(to_utf8(message)).data();
  if (has_audit_hooks()) {
    Ref<> x = TRY(new_int(priority));
    TRY(audit("syslog.syslog", {x.get(), message}));
  }
  if (!opened) TRY(done(open_log(module, Arguments{nullptr, 0, nullptr})));
  // Someone may close the log meanwhile; the name must outlive the call.
  Ref<> kept = share(identity ? identity : Py_None);
  {
    WithoutGil unlocked;
    syslog(priority, "%s", text);
  }
  return none();
}

Ref<> close_log(PyObject*) {
  TRY(audit("syslog.closelog", {}));
  if (opened) {
    closelog();
    opened = false;
    replace_field(identity, Ref<>());
  }
  return none();
}

Result<long> one_number(const char* name, Arguments a) {
  TRY(check_count(name, a.count, 1, 1));
  Ref<> n = TRY(index(a.items[0]));
  return static_cast<long>(TRY(to_int64(n.get())));
}
Ref<> set_mask(PyObject*, Arguments a) {
  long mask = TRY(one_number("setlogmask", a));
  Ref<> number = TRY(new_int(mask));
  TRY(audit("syslog.setlogmask", {number.get()}));
  return new_int(setlogmask(static_cast<int>(mask)));
}
Ref<> mask_of(PyObject*, Arguments a) { return new_int(LOG_MASK(static_cast<int>(TRY(one_number("LOG_MASK", a))))); }
Ref<> mask_up_to(PyObject*, Arguments a) { return new_int(LOG_UPTO(static_cast<int>(TRY(one_number("LOG_UPTO", a))))); }

constinit PyMethodDef functions[] = {
    varargs<open_log>("openlog", nullptr),
    noargs<close_log>("closelog", nullptr),
    positional_varargs<write_log>("syslog", nullptr),
    positional_varargs<set_mask>("setlogmask", nullptr),
    positional_varargs<mask_of>("LOG_MASK", nullptr),
    positional_varargs<mask_up_to>("LOG_UPTO", nullptr),
    {},
};

Status fill(PyObject* module) {
  static constexpr struct {
    const char* name;
    int value;
  } kNumbers[] = {
#define N(name) {#name, name},
      N(LOG_EMERG) N(LOG_ALERT) N(LOG_CRIT) N(LOG_ERR) N(LOG_WARNING) N(LOG_NOTICE) N(LOG_INFO) N(LOG_DEBUG) N(LOG_PID)
      N(LOG_CONS) N(LOG_NDELAY) N(LOG_ODELAY) N(LOG_NOWAIT) N(LOG_PERROR) N(LOG_KERN) N(LOG_USER) N(LOG_MAIL) N(LOG_DAEMON)
      N(LOG_AUTH) N(LOG_LPR) N(LOG_LOCAL0) N(LOG_LOCAL1) N(LOG_LOCAL2) N(LOG_LOCAL3) N(LOG_LOCAL4) N(LOG_LOCAL5)
      N(LOG_LOCAL6) N(LOG_LOCAL7) N(LOG_SYSLOG) N(LOG_CRON) N(LOG_UUCP) N(LOG_NEWS) N(LOG_AUTHPRIV)
#undef N
  };
  for (auto& row : kNumbers) TRY(add_int_to_module(module, row.name, row.value));
  return {};
}

}  // namespace
}  // namespace taipan

PyObject* init_syslog() {
  static PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(taipan::module_exec<taipan::fill>)}, {}};
  static PyModuleDef def = {PyModuleDef_HEAD_INIT, "syslog", nullptr, 0, taipan::functions, slots};
  return taipan::init_module_def(&def);
}
