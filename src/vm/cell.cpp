// Cells: one variable shared by a function and those inside it.
#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "vm/vm.h"

namespace taipan {

Ref<> new_cell(PyObject* content) {
  Ref<PyCellObject> cell = allocate_collected<PyCellObject>(&PyCell_Type);
  if (!cell) return {};
  cell->ob_ref = Py_XNewRef(content);
  gc_track(object(cell.get()));
  return cell;
}

static constexpr char cell_doc[] =
    "cell([contents])\n--\n\n"
    "Makes a cell; without contents it is empty, and reading cell_contents is a ValueError.";
static PyObject* cell_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("cell", kwargs)) return nullptr;
  Py_ssize_t n = PyTuple_GET_SIZE(args);
  if (!check_positional("cell", n, 0, 1)) return nullptr;
  return new_cell(n ? PyTuple_GET_ITEM(args, 0) : nullptr).release();
}
static void cell_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(reinterpret_cast<PyCellObject*>(o)->ob_ref);
  free_collected(o, sizeof(PyCellObject));
}
static int cell_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<PyCellObject*>(o)->ob_ref);
  return 0;
}
static int cell_clear(PyObject* o) {
  clear_field(reinterpret_cast<PyCellObject*>(o)->ob_ref);
  return 0;
}
static Ref<> cell_repr(PyObject* o) {
  PyObject* content = reinterpret_cast<PyCellObject*>(o)->ob_ref;
  if (!content) return format_str("<cell at 0x{}: empty>", Hex(reinterpret_cast<uintptr_t>(o)));
  return format_str("<cell at 0x{}: {} object at 0x{}>", Hex(reinterpret_cast<uintptr_t>(o)),
                    clip(type_name(content), 80), Hex(reinterpret_cast<uintptr_t>(content)));
}
/// Empty cells come before all others.
static Ref<> cell_compare(PyObject* a, PyObject* b, int op) {
  if (!PyCell_Check(a) || !PyCell_Check(b)) return not_implemented();
  PyObject* x = reinterpret_cast<PyCellObject*>(a)->ob_ref;
  PyObject* y = reinterpret_cast<PyCellObject*>(b)->ob_ref;
  if (x && y) return compare(x, y, op);
  int left = y == nullptr, right = x == nullptr;
  switch (op) {
    case Py_LT: return boolean(left < right);
    case Py_LE: return boolean(left <= right);
    case Py_EQ: return boolean(left == right);
    case Py_NE: return boolean(left != right);
    case Py_GT: return boolean(left > right);
    default: return boolean(left >= right);
  }
}
static PyObject* get_contents(PyObject* o, void*) {
  PyObject* content = reinterpret_cast<PyCellObject*>(o)->ob_ref;
  if (!content) return raise(PyExc_ValueError, "Cell is empty");
  return Py_NewRef(content);
}
static int set_contents(PyObject* o, PyObject* value, void*) {
  PyObject* old = std::exchange(reinterpret_cast<PyCellObject*>(o)->ob_ref, Py_XNewRef(value));
  Py_XDECREF(old);
  return 0;
}
static constinit PyGetSetDef cell_getset[] = {
    {"cell_contents", get_contents, set_contents, nullptr, nullptr},
    {},
};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyCell_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "cell",
    .tp_basicsize = sizeof(PyCellObject),
    .tp_dealloc = cell_dealloc,
    .tp_repr = slot<cell_repr>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = cell_doc,
    .tp_traverse = cell_traverse,
    .tp_clear = cell_clear,
    .tp_richcompare = slot<cell_compare>,
    .tp_getset = cell_getset,
    .tp_new = cell_new,
};
