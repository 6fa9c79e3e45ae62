// Element: making, copying, pickling, attributes.
#include "modules/etree/etree.h"

#include "modules/module.h"
#include "modules/parse_arguments.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/list.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/weakref.h"
#include "types/rows.h"

namespace taipan::etree {

// -- making ---------------------------------------------------------------------------------

Ref<Element> new_element(PyObject* tag, PyObject* attrib) {
  Ref<Element> e = TRY(adopt(reinterpret_cast<Element*>(generic_alloc(&element_type, 0))));
  e->tag = Py_NewRef(tag);
  e->text = Py_NewRef(Py_None);
  e->tail = Py_NewRef(Py_None);
  e->attrib = Py_XNewRef(attrib);
  return e;
}
Status add_child(Element& e, PyObject* child) {
  if (!e.children.append(child)) return raise_no_memory();
  Py_INCREF(child);
  return {};
}
Status check_element(PyObject* o) {
  if (is_element(o)) return {};
  return raise(PyExc_TypeError, "expected an Element, not \"{}\"", clip(type_name(o), 200));
}

Result<Ref<>> attributes_from(PyObject* attrib, PyObject* names, PyObject* const* values) {
  Py_ssize_t n = names ? tuple_size(names) : 0;
  if (!attrib && !n) return Ref<>();
  Ref<> dict;
  if (attrib) dict = TRY(dict_copy(attrib));
  for (Py_ssize_t i = 0; i < n; i++) {
    if (attrib || !str_equal(item(names, i), "attrib")) continue;
    if (!PyDict_Check(values[i])) return raise(PyExc_TypeError, "attrib must be dict, not {}", clip(type_name(values[i]), 100));
    dict = TRY(dict_copy(values[i]));
  }
  if (!dict) dict = TRY(new_dict());
  for (Py_ssize_t i = 0; i < n; i++) {
    if (!attrib && str_equal(item(names, i), "attrib")) continue;
    TRY(dict_set(dict.get(), item(names, i), values[i]));
  }
  return dict;
}

namespace {

/// Drops the children; each may run code, so the list is empty first.
void drop_children(Element& e) {
  Vector<PyObject*> old(std::move(e.children));
  while (!old.empty()) Py_DECREF(old.pop());
}

PyObject* new_slot(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* o = type->tp_alloc(type, 0);
  if (!o) return nullptr;
  Element& e = as_element(o);
  e.tag = Py_NewRef(Py_None);
  e.text = Py_NewRef(Py_None);
  e.tail = Py_NewRef(Py_None);
  return o;
}
Status initialize(Element& e, Arguments a) {
  TRY(check_count("Element", a.count, 1, 2));
  PyObject* attrib = a.count > 1 ? a.items[1] : nullptr;
  if (attrib && !PyDict_Check(attrib)) return raise_argument({"Element", 2}, "dict", attrib);
  Ref<> made = TRY(attributes_from(attrib, a.names, a.items + a.count));
  if (made && dict_size(made.get()) > 0) {
    drop_children(e);
    replace_field(e.attrib, std::move(made));
  }
  replace_field(e.tag, share(a.items[0]));
  replace_field(e.text, none());
  replace_field(e.tail, none());
  e.text_in_pieces = e.tail_in_pieces = false;
  return {};
}
int init_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return -1;
  return initialize(as_element(o), arguments_of(flat)).to_c();
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  Element& e = as_element(o);
  Py_VISIT(e.tag);
  Py_VISIT(e.text);
  Py_VISIT(e.tail);
  Py_VISIT(e.attrib);
  for (PyObject* child : e.children) Py_VISIT(child);
  return 0;
}
int clear_slot(PyObject* o) {
  Element& e = as_element(o);
  drop_children(e);
  clear_field(e.attrib);
  clear_field(e.tag);
  e.text_in_pieces = e.tail_in_pieces = false;
  clear_field(e.text);
  clear_field(e.tail);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard guard(o);
  if (!guard) return;
  if (as_element(o).weaklist) clear_weakrefs(o);
  clear_slot(o);
  as_element(o).children.~Vector();
  Py_TYPE(o)->tp_free(o);
}

// -- attributes -----------------------------------------------------------------------------

/// Pieces become one str when somebody looks.
Ref<> joined(PyObject*& field, bool& in_pieces) {
  if (!in_pieces) return share(field);
  Ref<> text = TRY(call_method(empty_str(), "join"_name, field));
  in_pieces = false;
  replace_field(field, text.copy());
  return text;
}

}  // namespace

Ref<> text_of(Element& e) { return joined(e.text, e.text_in_pieces); }
Ref<> tail_of(Element& e) { return joined(e.tail, e.tail_in_pieces); }
Ref<> attrib_of(Element& e) {
  if (!e.attrib) e.attrib = object(TRY(new_dict()).release());
  return share(e.attrib);
}

namespace {

Ref<> get_tag(PyObject* o, void*) { return share(as_element(o).tag); }
Ref<> get_text(PyObject* o, void*) { return text_of(as_element(o)); }
Ref<> get_tail(PyObject* o, void*) { return tail_of(as_element(o)); }
Ref<> get_attrib(PyObject* o, void*) { return attrib_of(as_element(o)); }
Status refuse_deletion() { return raise(PyExc_AttributeError, "can't delete element attribute"); }
Status set_tag(PyObject* o, PyObject* value, void*) {
  if (!value) return refuse_deletion();
  replace_field(as_element(o).tag, share(value));
  return {};
}
Status set_text(PyObject* o, PyObject* value, void*) {
  if (!value) return refuse_deletion();
  as_element(o).text_in_pieces = false;
  replace_field(as_element(o).text, share(value));
  return {};
}
Status set_tail(PyObject* o, PyObject* value, void*) {
  if (!value) return refuse_deletion();
  as_element(o).tail_in_pieces = false;
  replace_field(as_element(o).tail, share(value));
  return {};
}
Status set_attrib(PyObject* o, PyObject* value, void*) {
  if (!value) return refuse_deletion();
  if (!PyDict_Check(value)) return raise(PyExc_TypeError, "attrib must be dict, not {}", clip(type_name(value), 200));
  replace_field(as_element(o).attrib, share(value));
  return {};
}
constinit PyGetSetDef getset[] = {
    {"tag", slot<get_tag>, slot<set_tag>, "What kind of element it is, a str mostly"},
    {"text", slot<get_text>, slot<set_text>, "The text between the start tag and the next tag, or None"},
    {"tail", slot<get_tail>, slot<set_tail>, "The text between the end tag and the next tag, or None"},
    {"attrib", slot<get_attrib>, slot<set_attrib>, "The element's attributes, a dict"},
    {},
};

Ref<> element_repr(PyObject* o) {
  Element& e = as_element(o);
  if (!e.tag) return format_str("<Element at {}>", as_address(o));
  ReprGuard guard(o);
  if (!guard) {
    if (guard.seen()) raise(PyExc_RuntimeError, "reentrant call inside {}.__repr__", type_name(o));
    return {};
  }
  return format_str("<Element {} at {}>", as_repr(e.tag), as_address(o));
}

// -- methods --------------------------------------------------------------------------------

constexpr char clear_doc[] = "clear($self, /)\n--\n\n";
void clear(Element& e) {
  drop_children(e);
  clear_field(e.attrib);
  e.text_in_pieces = e.tail_in_pieces = false;
  replace_field(e.text, none());
  replace_field(e.tail, none());
}

constexpr char get_doc[] = "get($self, /, key, default=None)\n--\n\n";
Ref<> get(Element& e, PyObject* key, PyObject* otherwise) {
  if (!e.attrib) return share(otherwise);
  Ref<> attrib = share(e.attrib);  // hashing may put another in its place
  PyObject* found = TRY(dict_find(attrib.get(), key));
  return share(found ? found : otherwise);
}
constexpr char set_doc[] = "set($self, key, value, /)\n--\n\n";
Status set(Element& e, PyObject* key, PyObject* value) {
  Ref<> attrib = TRY(attrib_of(e));
  return dict_set(attrib.get(), key, value);
}
constexpr char items_doc[] = "items($self, /)\n--\n\n";
Ref<> items(Element& e) { return e.attrib ? Ref<>(dict_items_list(e.attrib)) : Ref<>(new_list()); }
constexpr char keys_doc[] = "keys($self, /)\n--\n\n";
Ref<> keys(Element& e) { return e.attrib ? Ref<>(dict_keys_list(e.attrib)) : Ref<>(new_list()); }

constexpr char append_doc[] = "append($self, subelement, /)\n--\n\n";
Status append(Element& e, Element& child) { return add_child(e, object(child)); }
constexpr char extend_doc[] = "extend($self, elements, /)\n--\n\n";
Status extend(Element& e, PyObject* elements) {
  Ref<> sequence = to_fast_sequence(elements, "");
  if (!sequence) return raise(PyExc_TypeError, "expected sequence, not \"{}\"", clip(type_name(elements), 200));
  for (Py_ssize_t i = 0; i < Py_SIZE(sequence.get()); i++) {
    Ref<> child = share(fast_items(sequence.get())[i]);
    TRY(check_element(child.get()));
    TRY(add_child(e, child.get()));
  }
  return {};
}
constexpr char insert_doc[] = "insert($self, index, subelement, /)\n--\n\n";
Status insert(Element& e, Py_ssize_t at, Element& child) {
  Py_ssize_t n = e.count();
  if (at < 0 && (at += n) < 0) at = 0;
  if (at > n) at = n;
  TRY(add_child(e, object(child)));
  PyObject** all = e.children.data();
  memmove(all + at + 1, all + at, static_cast<size_t>(n - at) * sizeof(PyObject*));
  all[at] = object(child);
  return {};
}
constexpr char remove_doc[] = "remove($self, subelement, /)\n--\n\n";
Status remove(Element& e, Element& child) {
  Py_ssize_t at = 0;
  while (at < e.count() && e.children[static_cast<size_t>(at)] != object(child)) at++;
  if (at == e.count()) {
    for (at = 0; at < e.count(); at++) {
      Ref<> one = share(e.children[static_cast<size_t>(at)]);
      if (TRY(equal(one.get(), object(child)))) break;
    }
    if (at >= e.count()) return raise(PyExc_ValueError, "list.remove(x): x not in list");
  }
  PyObject** all = e.children.data();
  Ref<> found = adopt(all[at]);
  memmove(all + at, all + at + 1, static_cast<size_t>(e.count() - at - 1) * sizeof(PyObject*));
  e.children.truncate(e.children.size() - 1);
  return {};
}
constexpr char makeelement_doc[] = "makeelement($self, tag, attrib, /)\n--\n\n";
Ref<> makeelement(Element&, PyObject* tag, Dict& attrib) {
  Ref<Dict> copy = TRY(dict_copy(object(attrib)));
  return new_element(tag, object(copy.get()));
}

// -- copies ---------------------------------------------------------------------------------

constexpr char copy_doc[] = "__copy__($self, /)\n--\n\n";
Ref<> copy(Element& e) {
  Ref<Dict> attrib;
  if (e.attrib) attrib = TRY(dict_copy(e.attrib));
  Ref<Element> made = TRY(new_element(e.tag, attrib ? object(attrib.get()) : nullptr));
  replace_field(made->text, TRY(text_of(e)));
  replace_field(made->tail, TRY(tail_of(e)));
  for (size_t i = 0; i < e.children.size(); i++) TRY(add_child(*made, e.children[i]));
  return made;
}

Ref<> deep_copy_element(Element& e, PyObject* memo);

bool all_strings(PyObject* dict) {
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(dict, &position, &key, &value))
    if (!PyUnicode_CheckExact(key) || !PyUnicode_CheckExact(value)) return false;
  return true;
}
/// copy.deepcopy, with what elements mostly hold done here.
Ref<> deep_copy(PyObject* o, PyObject* memo, Py_ssize_t references = 1) {
  if (o == Py_None || PyUnicode_CheckExact(o)) return share(o);
  if (Py_REFCNT(o) == references) {  // nobody else can have it, so it is not in the memo
    if (PyDict_CheckExact(o) && all_strings(o)) return dict_copy(o);
    if (is_exact(o, &element_type)) return deep_copy_element(as_element(o), memo);
  }
  Ref<> module = TRY(hooks.import_module("copy"));
  return call_method(module.get(), "deepcopy"_name, o, memo);
}
Ref<> deep_copy_element(Element& e, PyObject* memo) {
  RecursionGuard guard(" while copying an element");
  if (!guard) return {};
  Ref<> tag = TRY(deep_copy(e.tag, memo)), attrib;
  if (e.attrib) attrib = TRY(deep_copy(e.attrib, memo));
  Ref<Element> made = TRY(new_element(tag.get(), attrib.get()));
  Ref<> text = TRY(text_of(e)), tail = TRY(tail_of(e));
  replace_field(made->text, TRY(deep_copy(text.get(), memo)));
  replace_field(made->tail, TRY(deep_copy(tail.get(), memo)));
  for (size_t i = 0; i < e.children.size(); i++) {
    Ref<> child = share(e.children[i]);  // code that copies may change our children
    Ref<> twin = TRY(deep_copy(child.get(), memo, 2));
    TRY(check_element(twin.get()));
    TRY(add_child(*made, twin.get()));
  }
  Ref<> key = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(&e)));
  TRY(dict_set(memo, key.get(), object(made.get())));
  return made;
}
constexpr char deepcopy_doc[] = "__deepcopy__($self, memo, /)\n--\n\n";
Ref<> deepcopy(Element& e, Dict& memo) { return deep_copy_element(e, object(memo)); }

constexpr char sizeof_doc[] = "__sizeof__($self, /)\n--\n\n";
Py_ssize_t size_of(Element& e) {
  // As programs know it: a fixed part, a part for attributes and children, and an array beyond four of them.
  Py_ssize_t size = 7 * 8;
  if (!e.attrib && e.children.empty()) return size;
  size += 8 * 8;
  Py_ssize_t n = e.count();
  if (n > 4) size += ((n - 1 >= 8 ? n + (n >> 3) + 6 : n + (n >> 3) + 3)) * 8;
  return size;
}

// -- pickling -------------------------------------------------------------------------------

constexpr char getstate_doc[] = "__getstate__($self, /)\n--\n\n";
Ref<> getstate(Element& e) {
  Ref<Dict> state = TRY(new_dict());
  Ref<> children = TRY(list_of(e.children.data(), e.count()));
  Ref<> attrib = TRY(attrib_of(e)), text = TRY(text_of(e)), tail = TRY(tail_of(e));
  PyObject* dict = object(state.get());
  TRY(dict_set(dict, "tag"_name, e.tag));
  TRY(dict_set(dict, "_children"_name, children.get()));
  TRY(dict_set(dict, "attrib"_name, attrib.get()));
  TRY(dict_set(dict, "text"_name, text.get()));
  TRY(dict_set(dict, "tail"_name, tail.get()));
  return state;
}
constexpr char setstate_doc[] = "__setstate__($self, state, /)\n--\n\n";
Status setstate(Element& e, PyObject* state) {
  if (!PyDict_CheckExact(state))
    return raise(PyExc_TypeError, "Don't know how to unpickle \"{}\" as an Element", as_repr(state));
  auto field = [&](PyObject* name) -> Result<Ref<>> {
    PyObject* found = TRY(dict_find(state, name));
    return found ? share(found) : Ref<>();
  };
  Ref<> tag = TRY(field("tag"_name)), attrib = TRY(field("attrib"_name)), text = TRY(field("text"_name)),
        tail = TRY(field("tail"_name)), children = TRY(field("_children"_name));
  if (!tag) return raise(PyExc_TypeError, "tag may not be NULL");
  if (attrib && attrib.get() != Py_None && !PyDict_Check(attrib.get()))
    return raise(PyExc_TypeError, "attrib must be dict, not {}", clip(type_name(attrib.get()), 200));
  if (children) {
    if (!PyList_Check(children.get())) return raise(PyExc_TypeError, "'_children' is not a list");
    for (Py_ssize_t i = 0; i < list_size(children.get()); i++) TRY(check_element(list_item(children.get(), i)));
  }
  replace_field(e.tag, std::move(tag));
  e.text_in_pieces = e.tail_in_pieces = false;
  replace_field(e.text, text ? std::move(text) : none());
  replace_field(e.tail, tail ? std::move(tail) : none());
  replace_field(e.attrib, attrib && attrib.get() != Py_None ? std::move(attrib) : Ref<>());
  drop_children(e);
  if (children)
    for (Py_ssize_t i = 0; i < list_size(children.get()); i++) TRY(add_child(e, list_item(children.get(), i)));
  return {};
}

// -- searching ------------------------------------------------------------------------------

/// Is it more than a tag: a path with steps or conditions?
bool is_path(PyObject* o) {
  if (!PyUnicode_Check(o)) return true;
  Py_ssize_t n = str_length(o);
  if (n >= 3 && char_at(o, 0) == '{' && (char_at(o, 1) == '}' || (char_at(o, 1) == '*' && char_at(o, 2) == '}')))
    return true;  // wildcard: '{}tag' or '{*}tag'
  bool outside = true;
  for (Py_ssize_t i = 0; i < n; i++) {
    Py_UCS4 c = char_at(o, i);
    if (c == '{') outside = false;
    else if (c == '}') outside = true;
    else if (outside && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.')) return true;
  }
  return false;
}
template <class... A>
Ref<> by_path(PyObject* function, A*... args) {
  Ref<> module = TRY(hooks.import_module("xml.etree.ElementPath"));
  return call_method(module.get(), function, args...);
}
/// Calls `found(child) -> Result<bool>` for the children with that tag, until it says true.
template <class F>
Status for_tag(Element& e, PyObject* tag, F&& found) {
  for (size_t i = 0; i < e.children.size(); i++) {
    Ref<> child = share(e.children[i]);
    if (!TRY(equal(as_element(child.get()).tag, tag))) continue;
    if (TRY(found(child.get()))) return {};
  }
  return {};
}

constexpr char find_doc[] = "find($self, /, path, namespaces=None)\n--\n\n";
Ref<> find(Element& e, PyObject* path, PyObject* namespaces) {
  if (is_path(path) || namespaces != Py_None) return by_path("find"_name, object(e), path, namespaces);
  Ref<> result = none();
  TRY(for_tag(e, path, [&](PyObject* child) -> Result<bool> {
    result = share(child);
    return true;
  }));
  return result;
}
constexpr char findtext_doc[] = "findtext($self, /, path, default=None, namespaces=None)\n--\n\n";
Ref<> findtext(Element& e, PyObject* path, PyObject* otherwise, PyObject* namespaces) {
  if (is_path(path) || namespaces != Py_None)
    return by_path("findtext"_name, object(e), path, otherwise, namespaces);
  Ref<> result = share(otherwise);
  TRY(for_tag(e, path, [&](PyObject* child) -> Result<bool> {
    Ref<> text = TRY(text_of(as_element(child)));
    result = text.get() == Py_None ? share(empty_str()) : std::move(text);
    return true;
  }));
  return result;
}
constexpr char findall_doc[] = "findall($self, /, path, namespaces=None)\n--\n\n";
Ref<> findall(Element& e, PyObject* path, PyObject* namespaces) {
  if (is_path(path) || namespaces != Py_None) return by_path("findall"_name, object(e), path, namespaces);
  Ref<List> all = TRY(new_list());
  TRY(for_tag(e, path, [&](PyObject* child) -> Result<bool> {
    TRY(list_append(object(all.get()), child));
    return false;
  }));
  return all;
}
constexpr char iterfind_doc[] = "iterfind($self, /, path, namespaces=None)\n--\n\n";
Ref<> iterfind(Element& e, PyObject* path, PyObject* namespaces) {
  return by_path("iterfind"_name, object(e), path, namespaces);
}
constexpr char iter_doc[] = "iter($self, /, tag=None)\n--\n\n";
Ref<> iter(Element& e, PyObject* tag) {
  bool all = (PyUnicode_Check(tag) && str_equal(tag, "*")) ||
             (PyBytes_Check(tag) && Py_SIZE(tag) == 1 && *PyBytes_AS_STRING(tag) == '*');
  return new_iterator(e, all ? Py_None : tag, false);
}
constexpr char itertext_doc[] = "itertext($self, /)\n--\n\n";
Ref<> itertext(Element& e) { return new_iterator(e, Py_None, true); }

}  // namespace

constinit PyMethodDef element_methods[] = {
    method<clear_doc, clear>,
    method<get_doc, get>,
    method<set_doc, set>,
    method<find_doc, find>,
    method<findtext_doc, findtext>,
    method<findall_doc, findall>,
    method<append_doc, append>,
    method<extend_doc, extend>,
    method<insert_doc, insert>,
    method<remove_doc, remove>,
    method<iter_doc, iter>,
    method<itertext_doc, itertext>,
    method<iterfind_doc, iterfind>,
    method<items_doc, items>,
    method<keys_doc, keys>,
    method<makeelement_doc, makeelement>,
    method<copy_doc, copy>,
    method<deepcopy_doc, deepcopy>,
    method<sizeof_doc, size_of>,
    method<getstate_doc, getstate>,
    method<setstate_doc, setstate>,
    {},
};

constinit PyTypeObject element_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "xml.etree.ElementTree.Element",
    .tp_basicsize = sizeof(Element),
    .tp_dealloc = dealloc,
    .tp_repr = slot<element_repr>,
    .tp_as_sequence = &element_sequence,
    .tp_as_mapping = &element_mapping,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse,
    .tp_clear = clear_slot,
    .tp_weaklistoffset = offsetof(Element, weaklist),
    .tp_methods = element_methods,
    .tp_getset = getset,
    .tp_init = init_slot,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = gc_free,
};

Ref<> make_subelement(PyObject*, Arguments a) {
  TRY(check_count("SubElement", a.count, 2, 3));
  if (!is_element(a.items[0])) return raise_argument({"SubElement", 1}, "xml.etree.ElementTree.Element", a.items[0]);
  PyObject* attrib = a.count > 2 ? a.items[2] : nullptr;
  if (attrib && !PyDict_Check(attrib)) return raise_argument({"SubElement", 3}, "dict", attrib);
  Ref<> made = TRY(attributes_from(attrib, a.names, a.items + a.count));
  Ref<Element> child = TRY(new_element(a.items[1], made.get()));
  TRY(add_child(as_element(a.items[0]), object(child.get())));
  return child;
}

}  // namespace taipan::etree
