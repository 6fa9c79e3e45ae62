// Audit hooks. They are never removed, and see each other being added.
#include "runtime/audit.h"

#include <cstdlib>

#include "object/audit_hook.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "vm/vm.h"

namespace taipan {
namespace {

struct CHook {
  int (*call)(const char*, PyObject*, void*);
  void* data;
  CHook* next;
};
CHook* c_hooks = nullptr;
PyObject* hooks_list = nullptr;

Result<bool> may_be_traced(PyObject* hook) {
  Ref<> answer = TRY(find_attr(hook, "__cantrace__"_name));
  if (!answer) return false;
  return is_true(answer.get());
}

/// The depth before.
int set_tracing(PyThreadState* ts, int depth) {
  int before = std::exchange(ts->tracing, depth);
  update_tracing(ts);
  return before;
}

}  // namespace

bool has_audit_hooks() { return c_hooks || hooks_list; }

bool add_c_audit_hook(int (*hook)(const char*, PyObject*, void*), void* data) {
  auto* entry = static_cast<CHook*>(malloc(sizeof(CHook)));
  if (!entry) return false;
  *entry = {hook, data, nullptr};
  CHook** end = &c_hooks;
  while (*end) end = &(*end)->next;
  *end = entry;
  audit_from_below = audit;
  return true;
}

Status audit_with(PyObject* event, PyObject* args) {
  if (!has_audit_hooks()) return {};
  std::string_view name = TRY(to_utf8(event));
  for (CHook* h = c_hooks; h; h = h->next)
    if (h->call(name.data(), args, h->data) < 0) return Raised{};
  if (!hooks_list) return {};
  PyThreadState* ts = current_thread();
  Ref<List> kept = share(reinterpret_cast<List*>(hooks_list));
  for (Py_ssize_t i = 0; i < Py_SIZE(kept.get()); i++) {
    Ref<> hook = share(kept->ob_item[i]);
    // Hooks are not traced unless they say so; asking them is not traced either.
    int before = set_tracing(ts, ts->tracing + 1);
    auto traced = may_be_traced(hook.get());
    if (traced && *traced) set_tracing(ts, before);
    Ref<> done = traced ? call(hook.get(), event, args) : Ref<>();
    set_tracing(ts, before);
    if (!done) return Raised{};
  }
  return {};
}

Status audit(const char* event, std::initializer_list<PyObject*> items) {
  if (!has_audit_hooks()) return {};
  Ref<> name = TRY(new_str(event));
  Ref<> args = items.size() ? TRY(tuple_of(items)) : share(empty_tuple());
  return audit_with(name.get(), args.get());
}

Status add_audit_hook(PyObject* hook) {
  if (!hooks_list) {
    hooks_list = object(TRY(new_list()).release());
    gc_untrack(hooks_list);  // nobody shall find it and take hooks out
  }
  audit_from_below = audit;
  return list_append(hooks_list, hook);
}

}  // namespace taipan
