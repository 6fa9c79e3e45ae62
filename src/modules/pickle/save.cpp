// Saving any object: by its type, by the memo, or as what its class's reduction says.
#include "modules/pickle/pickle.h"

#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"

namespace taipan::pickling {
namespace {

Status save_bool(Pickler& p, PyObject* o) {
  if (p.protocol >= 2) return write(p, o == Py_True ? NEWTRUE : NEWFALSE);
  return write(p, o == Py_True ? "I01\n" : "I00\n");
}

/// Was a persistent id saved?
Result<bool> save_persistent(Pickler& p, PyObject* o) {
  Ref<> id = TRY(call_kept(p.persistent_id, p.self, o));
  if (id.get() == Py_None) return false;
  if (p.bin) {
    TRY(save(p, id.get(), Persistent::done));
    TRY(write(p, BINPERSID));
    return true;
  }
  Ref<> text = TRY(to_str(id.get()));
  if (!is_ascii(text.get())) return raise(library.pickling_error, "persistent IDs in protocol 0 must be ASCII strings");
  TRY(write(p, PERSID));
  TRY(write(p, narrow_text(text.get())));
  TRY(write(p, "\n"));
  return true;
}

/// The function that the dispatch table has for a type; empty inside: none.
Result<Ref<>> registered_reduction(Pickler& p, PyTypeObject* type) {
  if (!p.dispatch_table) {
    PyObject* found = TRY(dict_find(library.dispatch_table, object(type)));
    return found ? share(found) : Ref<>();
  }
  Ref<> found = get_item(p.dispatch_table, object(type));
  if (!found && !clear_error_if(PyExc_KeyError)) return Raised{};
  return std::move(found);
}
Ref<> reduced_by_method(Pickler& p, PyObject* o) {
  Ref<> reduce_ex = TRY(find_attr(o, "__reduce_ex__"_name));
  if (reduce_ex) return call(reduce_ex.get(), small_int(p.protocol));
  Ref<> reduce = TRY(find_attr(o, "__reduce__"_name));
  if (reduce) return call(reduce.get());
  return raise(library.pickling_error, "can't pickle '{}' object: {}", type_name(o), as_repr(o));
}

Status save_reduction(Pickler& p, PyObject* reduced, PyObject* o) {
  if (PyUnicode_Check(reduced)) return save_global(p, o, reduced);
  if (!PyTuple_Check(reduced)) return raise(library.pickling_error, "__reduce__ must return a string or tuple");
  return save_reduced(p, reduced, o);
}
Status save_other(Pickler& p, PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  if (p.reducer_override) {
    Ref<> override = share(p.reducer_override), reduced = TRY(call(override.get(), o));
    if (reduced.get() != Py_NotImplemented) return save_reduction(p, reduced.get(), o);
  }
  if (type == &PyType_Type) return save_type(p, o);
  if (type == &PyFunction_Type) return save_global(p, o);
  Ref<> registered = TRY(registered_reduction(p, type));
  if (!registered && PyType_Check(o)) return save_global(p, o);
  Ref<> reduced = TRY(registered ? call(registered.get(), o) : reduced_by_method(p, o));
  return save_reduction(p, reduced.get(), o);
}

/// What may contain other objects.
Status save_compound(Pickler& p, PyObject* o) {
  RecursionGuard guard(" while pickling an object");
  if (!guard) return Raised{};
  PyTypeObject* type = Py_TYPE(o);
  if (type == &PyDict_Type) return save_dict(p, o);
  if (type == &PySet_Type) return save_set(p, o);
  if (type == &PyFrozenSet_Type) return save_frozenset(p, o);
  if (type == &PyList_Type) return save_list(p, o);
  if (type == &PyTuple_Type) return save_tuple(p, o);
  if (type == &PyByteArray_Type) return save_bytearray(p, o);
  if (type == &PyPickleBuffer_Type) return save_picklebuffer(p, o);
  return save_other(p, o);
}

}  // namespace

Status save(Pickler& p, PyObject* o, Persistent persistent) {
  TRY(frame_boundary(p));
  if (p.persistent_id && persistent == Persistent::ask && TRY(save_persistent(p, o))) return {};
  PyTypeObject* type = Py_TYPE(o);
  if (o == Py_None) return write(p, NONE);
  if (type == &PyBool_Type) return save_bool(p, o);
  if (type == &PyLong_Type) return save_int(p, o);
  if (type == &PyFloat_Type) return save_float(p, o);
  if (p.memo.find(o) >= 0) return memo_get(p, o);
  if (type == &PyBytes_Type) return save_bytes(p, o);
  if (type == &PyUnicode_Type) return save_str(p, o);
  return save_compound(p, o);
}

namespace {

Status dump_stream(Pickler& p, PyObject* o) {
  Ref<> override = TRY(find_attr(object(p), "reducer_override"_name));
  replace_field(p.reducer_override, std::move(override));
  if (p.protocol >= 2) {
    char header[] = {PROTO, static_cast<char>(p.protocol)};
    TRY(write(p, header, sizeof header));
    p.framing = p.protocol >= 4;
  }
  TRY(save(p, o));
  TRY(write(p, STOP));
  return commit_frame(p);
}

}  // namespace

Status dump(Pickler& p, PyObject* o) {
  Status outcome = dump_stream(p, o);
  p.framing = false;
  clear_field(p.reducer_override);  // it may be a method bound to the pickler
  return outcome;
}

Status set_protocol(Pickler& p, PyObject* protocol, bool fix_imports) {
  int64_t n = kDefaultProtocol;
  if (protocol != Py_None) {
    Ref<> whole = TRY(index(protocol));
    n = TRY(to_int64(whole.get()));
    if (n < 0) n = kHighestProtocol;
    else if (n > kHighestProtocol) return raise(PyExc_ValueError, "pickle protocol must be <= {}", kHighestProtocol);
  }
  p.protocol = static_cast<int>(n);
  p.bin = n > 0;
  p.fix_imports = fix_imports && n < 3;
  return {};
}
Status set_buffer_callback(Pickler& p, PyObject* callback) {
  if (callback == Py_None) return {};
  if (p.protocol < 5) return raise(PyExc_ValueError, "buffer_callback needs protocol >= 5");
  replace_field(p.buffer_callback, share(callback));
  return {};
}
Status set_output_file(Pickler& p, PyObject* file) {
  Ref<> method = TRY(find_attr(file, "write"_name));
  if (!method) return raise(PyExc_TypeError, "file must have a 'write' attribute");
  replace_field(p.write, std::move(method));
  return {};
}

Status keep_method(PyObject* o, PyObject* name, PyObject** function, PyObject** self) {
  Ref<> method = TRY(find_attr(o, name));
  *self = nullptr;
  if (method && Py_TYPE(method.get()) == &PyMethod_Type && PyMethod_GET_SELF(method.get()) == o) {
    *self = o;
    method = share(PyMethod_GET_FUNCTION(method.get()));
  }
  replace_field(*function, std::move(method));
  return {};
}
Ref<> call_kept(PyObject* function, PyObject* self, PyObject* argument) {
  Ref<> keep = share(function);
  return self ? call(function, self, argument) : call(function, argument);
}

}  // namespace taipan::pickling
