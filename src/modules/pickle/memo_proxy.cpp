// Views of memos, and attributes that keep a method.
#include "modules/pickle/memo_proxy.h"

#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "vm/vm.h"

namespace taipan::pickling {

Ref<> new_memo_proxy(PyTypeObject* type, PyObject* owner) {
  Ref<MemoProxy> proxy = TRY(allocate<MemoProxy>(type));
  proxy->owner = Py_NewRef(owner);
  gc_track(object(proxy.get()));
  return proxy;
}
Ref<> reduce_as_dict(Ref<Dict> copy) {
  if (!copy) return Raised{};
  Ref<> args = TRY(tuple_of({object(copy.get())}));
  return tuple_of({object(&PyDict_Type), args.get()});
}

Ref<> kept_method(PyObject* function, PyObject* self, const char* name) {
  if (!function) return raise(PyExc_AttributeError, "{}", name);
  return self ? new_method(function, self) : share(function);
}
Status check_kept_method(PyObject* value, const char* name) {
  if (!value) return raise(PyExc_TypeError, "attribute deletion is not supported");
  if (!is_callable(value)) return raise(PyExc_TypeError, "{} must be a callable taking one argument", name);
  return {};
}

}  // namespace taipan::pickling
