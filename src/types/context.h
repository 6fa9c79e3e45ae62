#pragma once
// Context variables (PEP 567): Context, ContextVar, Token.
#include "object/object.h"

namespace taipan {

Ref<> new_context();
Ref<> copy_context(PyObject* context);
Ref<> copy_current_context();
Status enter_context(PyObject* context);
Status exit_context(PyObject* context);

Ref<> new_context_var(PyObject* name, PyObject* fallback);
/// The variable's value in the current context, else `fallback` or the variable's own default; empty inside: none.
Result<Ref<>> context_var_get(PyObject* var, PyObject* fallback);
/// A token that undoes the change.
Ref<> context_var_set(PyObject* var, PyObject* value);
Status context_var_reset(PyObject* var, PyObject* token);

Status start_contexts();  ///< Token.MISSING; once, at start, when the types are ready

}  // namespace taipan
