// Locals of a frame as a dict, and back. Functions keep their variables in slots; f_locals and locals() copy them
// into a dict that the frame keeps, and debuggers copy changes back.
#include "vm/frame_locals.h"

#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "vm/vm.h"

namespace taipan {

// Bits of co_localspluskinds.
static constexpr int kKindCell = 0x40, kKindFree = 0x80;

static int kind_of(const PyCodeObject* code, int i) {
  return static_cast<unsigned char>(PyBytes_AS_STRING(code->co_localspluskinds)[i]);
}

/// Has the MAKE_CELL of a slot been executed? Until then the slot of a cell variable holds the bare argument.
static bool cell_is_made(Frame* f, int slot) {
  const CodeUnit* code = first_unit(f->code);
  InstructionIterator walk(code, static_cast<int>(Py_SIZE(f->code)));
  int last = last_unit(f);
  while (walk.next() && walk.index() <= last)
    if (walk.opcode() == Opcode::MAKE_CELL && static_cast<int>(walk.operand()) == slot) return true;
  return false;
}

/// A frame that has not run its first instruction lacks its free variables: they are put there now.
static void ensure_free_variables(Frame* f) {
  PyCodeObject* code = f->code;
  if (last_unit(f) >= 0 || !code->co_nfreevars) return;
  CodeUnit first = *first_unit(code);
  if (unspecialized(opcode_of(first)) != Opcode::COPY_FREE_VARS || !f->func->func_closure) return;
  int n = operand_of(first);
  PyObject** to = f->slots + code->co_nlocalsplus - n;
  for (int i = 0; i < n; i++) {
    PyObject* old = std::exchange(to[i], Py_NewRef(PyTuple_GET_ITEM(f->func->func_closure, i)));
    Py_XDECREF(old);
  }
  f->prev_instr = first_unit(code);
}

/// The cell in a slot; null if the slot holds the variable itself.
static PyObject* cell_in(Frame* f, int i, int kind) {
  PyObject* value = f->slots[i];
  if (!value || !PyCell_Check(value)) return nullptr;
  if (kind & kKindFree) return value;
  return (kind & kKindCell) && cell_is_made(f, i) ? value : nullptr;
}

/// A class body's free variables do not belong to the namespace that it fills.
static bool is_hidden(const PyCodeObject* code, int kind) {
  return (kind & kKindFree) && !(code->co_flags & CO_OPTIMIZED);
}

Status fast_to_locals(Frame* f) {
  PyCodeObject* code = f->code;
  if (!f->locals) {
    Ref<Dict> dict = TRY(new_dict());
    f->locals = object(dict.release());
  }
  ensure_free_variables(f);
  Ref<> locals = share(f->locals);
  bool live = f->stacktop != 0;  // 0: the frame has been cleared
  for (int i = 0; i < code->co_nlocalsplus; i++) {
    int kind = kind_of(code, i);
    if (is_hidden(code, kind)) continue;
    PyObject* name = PyTuple_GET_ITEM(code->co_localsplusnames, i);
    PyObject* value = live ? f->slots[i] : nullptr;
    if (value)
      if (PyObject* cell = cell_in(f, i, kind)) value = PyCell_GET(cell);
    if (value) {
      Ref<> keep = share(value);
      TRY(set_item(locals.get(), name, value));
    } else if (!del_item(locals.get(), name) && !clear_error_if(PyExc_KeyError)) {
      return Raised{};
    }
  }
  return {};
}

void locals_to_fast(Frame* f, bool clear) {
  if (!f->locals || !f->stacktop) return;
  PyCodeObject* code = f->code;
  PendingError pending = PendingError::take();
  Ref<> locals = share(f->locals);
  for (int i = 0; i < code->co_nlocalsplus; i++) {
    int kind = kind_of(code, i);
    if (is_hidden(code, kind)) continue;
    Ref<> value = get_item(locals.get(), PyTuple_GET_ITEM(code->co_localsplusnames, i));
    if (!value) {
      clear_error();
      if (!clear) continue;
    }
    PyObject* cell = cell_in(f, i, kind);
    PyObject*& slot = cell ? reinterpret_cast<PyCellObject*>(cell)->ob_ref : f->slots[i];
    if (value.get() == slot) continue;
    PyObject* old = std::exchange(slot, value.release());
    Py_XDECREF(old);
  }
  std::move(pending).restore();
}

Ref<> frame_locals(Frame* f) {
  TRY(fast_to_locals(f));
  if (f->frame_object) f->frame_object->f_fast_as_locals = 1;
  return share(f->locals);
}

}  // namespace taipan
