// cpython/context.h: context variables.
#include "capi/export.h"
#include "object/error.h"
#include "object/str.h"
#include "types/context.h"

using namespace taipan;

static bool is_context(PyObject* o) {
  if (o && PyContext_CheckExact(o)) return true;
  raise(PyExc_TypeError, "an instance of Context was expected");
  return false;
}
static bool is_var(PyObject* o) {
  if (o && PyContextVar_CheckExact(o)) return true;
  raise(PyExc_TypeError, "an instance of ContextVar was expected");
  return false;
}

CAPI PyObject* PyContext_New(void) { return new_context().release(); }
CAPI PyObject* PyContext_Copy(PyObject* o) { return is_context(o) ? copy_context(o).release() : nullptr; }
CAPI PyObject* PyContext_CopyCurrent(void) { return copy_current_context().release(); }
CAPI int PyContext_Enter(PyObject* o) { return is_context(o) ? enter_context(o).to_c() : -1; }
CAPI int PyContext_Exit(PyObject* o) { return is_context(o) ? exit_context(o).to_c() : -1; }

CAPI PyObject* PyContextVar_New(const char* name, PyObject* fallback) {
  Ref<> text = new_str(name);
  return text ? new_context_var(text.get(), fallback).release() : nullptr;
}
CAPI int PyContextVar_Get(PyObject* var, PyObject* fallback, PyObject** value) {
  *value = nullptr;
  if (!is_var(var)) return -1;
  auto found = context_var_get(var, fallback);
  if (!found) return -1;
  *value = found.take().release();
  return 0;
}
CAPI PyObject* PyContextVar_Set(PyObject* var, PyObject* value) {
  return is_var(var) ? context_var_set(var, value).release() : nullptr;
}
CAPI int PyContextVar_Reset(PyObject* var, PyObject* token) {
  if (!is_var(var)) return -1;
  if (!token || !PyContextToken_CheckExact(token)) {
    raise(PyExc_TypeError, "an instance of Token was expected");
    return -1;
  }
  return context_var_reset(var, token).to_c();
}
/// For tests of the mapping that contexts are made of in CPython; here it is a dict that copies share.
CAPI PyObject* _PyContext_NewHamtForTests() {
  raise(PyExc_NotImplementedError, "contexts keep their values in dicts");
  return nullptr;
}
