// TreeBuilder: from events to a tree of elements.
#include "modules/etree/etree.h"
#include "modules/fields.h"
#include "modules/parse_arguments.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/list.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::etree {
namespace {

/// Puts collected text behind what the element has as its text or tail.
Status add_text(PyObject* element, PyObject*& data, bool is_tail) {
  Ref<> pieces = adopt(std::exchange(data, nullptr));
  bool in_list = PyList_CheckExact(pieces.get());
  if (is_exact(element, &element_type)) {
    Element& e = as_element(element);
    PyObject*& field = is_tail ? e.tail : e.text;
    bool& flag = is_tail ? e.tail_in_pieces : e.text_in_pieces;
    if (field == Py_None) {
      flag = in_list;
      replace_field(field, std::move(pieces));
      return {};
    }
    if (flag) {
      Py_ssize_t n = list_size(field);
      return list_set_slice(field, n, n, pieces.get());
    }
  }
  Ref<> text = TRY(in_list ? call_method(empty_str(), "join"_name, pieces.get()) : std::move(pieces));
  PyObject* name = is_tail ? "tail"_name : "text"_name;
  Ref<> previous = TRY(get_attr(element, name));
  if (previous.get() != Py_None) text = TRY(binary(BinaryOp::Add, previous.get(), text.get()));
  return set_attr(element, name, text.get());
}
Status flush(TreeBuilder& b) {
  if (!b.data) return {};
  bool is_tail = b.last_for_tail != nullptr;
  Ref<> element = share(is_tail ? b.last_for_tail : b.last);
  return add_text(element.get(), b.data, is_tail);
}

Status add_subelement(PyObject* parent, PyObject* child) {
  if (is_exact(parent, &element_type) && is_element(child)) return add_child(as_element(parent), child);
  if (is_exact(parent, &element_type))
    return raise(PyExc_TypeError, "append() argument must be xml.etree.ElementTree.Element, not {}",
                 child == Py_None ? "None" : clip(type_name(child), 50));
  return done(call_method(parent, "append"_name, child));
}
Status tell(TreeBuilder& b, PyObject* event, PyObject* what) {
  if (!event || !b.events_append) return {};
  Ref<> pair = TRY(tuple_of({event, what}));
  return done(call(b.events_append, pair.get()));
}

}  // namespace

Ref<> builder_start(TreeBuilder& b, PyObject* tag, PyObject* attrib) {
  TRY(flush(b));
  Ref<> node;
  if (!b.element_factory) {
    node = TRY(new_element(tag, attrib));
  } else {
    Ref<> own = TRY(attrib ? share(attrib) : Ref<>(new_dict()));
    node = TRY(call(b.element_factory, tag, own.get()));
  }
  Ref<> parent = share(b.current);
  clear_field(b.last_for_tail);
  if (parent.get() != Py_None) {
    TRY(add_subelement(parent.get(), node.get()));
  } else {
    if (b.root) return raise(parse_error, "multiple elements on top level");
    b.root = Py_NewRef(node.get());
  }
  TRY(list_append(b.stack, parent.get()));
  replace_field(b.current, node.copy());
  replace_field(b.last, node.copy());
  TRY(tell(b, b.start_event, node.get()));
  return node;
}

Ref<> builder_data(TreeBuilder& b, PyObject* text) {
  if (!b.data) {
    if (b.last == Py_None) return none();  // text before the first element
    b.data = Py_NewRef(text);
  } else if (PyList_CheckExact(b.data)) {
    TRY(list_append(b.data, text));
  } else {
    PyObject* both[] = {b.data, text};
    replace_field(b.data, TRY(list_of(both, 2)));
  }
  return none();
}

Ref<> builder_end(TreeBuilder& b) {
  TRY(flush(b));
  Py_ssize_t n = list_size(b.stack);
  if (n == 0) return raise(PyExc_IndexError, "pop from empty stack");
  Ref<> parent = adopt(list_item(b.stack, n - 1));
  if (!list_resize(reinterpret_cast<List*>(b.stack), n - 1)) {
    parent.release();
    return raise_no_memory();
  }
  replace_field(b.last, share(b.current));
  replace_field(b.current, std::move(parent));
  replace_field(b.last_for_tail, share(b.last));
  Ref<> ended = share(b.last);
  TRY(tell(b, b.end_event, ended.get()));
  return ended;
}

Ref<> builder_comment(TreeBuilder& b, PyObject* text) {
  TRY(flush(b));
  Ref<> comment;
  if (b.comment_factory) {
    comment = TRY(call(b.comment_factory, text));
    Ref<> parent = share(b.current);
    if (b.insert_comments && parent.get() != Py_None) {
      TRY(add_subelement(parent.get(), comment.get()));
      replace_field(b.last_for_tail, comment.copy());
    }
  } else {
    comment = share(text);
  }
  TRY(tell(b, b.comment_event, comment.get()));
  return comment;
}

Ref<> builder_pi(TreeBuilder& b, PyObject* target, PyObject* text) {
  TRY(flush(b));
  Ref<> pi;
  if (b.pi_factory) {
    pi = TRY(call(b.pi_factory, target, text));
    Ref<> parent = share(b.current);
    if (b.insert_pis && parent.get() != Py_None) {
      TRY(add_subelement(parent.get(), pi.get()));
      replace_field(b.last_for_tail, pi.copy());
    }
  } else {
    pi = TRY(tuple_of({target, text}));
  }
  TRY(tell(b, b.pi_event, pi.get()));
  return pi;
}

Status builder_start_namespace(TreeBuilder& b, PyObject* prefix, PyObject* uri) {
  if (!b.events_append || !b.start_ns_event) return {};
  Ref<> pair = TRY(tuple_of({prefix, uri}));
  return tell(b, b.start_ns_event, pair.get());
}
Status builder_end_namespace(TreeBuilder& b, PyObject* prefix) { return tell(b, b.end_ns_event, prefix); }
Ref<> builder_close(TreeBuilder& b) { return share(b.root ? b.root : Py_None); }

// -- the type -------------------------------------------------------------------------------

namespace {

TreeBuilder& self(PyObject* o) { return *reinterpret_cast<TreeBuilder*>(o); }

PyObject* new_slot(PyTypeObject* type, PyObject*, PyObject*) {
  Ref<> o = adopt(type->tp_alloc(type, 0));
  if (!o) return nullptr;
  TreeBuilder& b = self(o.get());
  b.current = Py_NewRef(Py_None);
  b.last = Py_NewRef(Py_None);
  b.stack = object(new_list().release());
  return b.stack ? o.release() : nullptr;
}

constexpr char kInitText[] =
    "TreeBuilder(element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, "
    "insert_pis=False)\n--\n\n";
int init_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  TreeBuilder& b = self(o);
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return -1;
  PyObject *element = Py_None, *comment = Py_None, *pi = Py_None, *comments = Py_False, *pis = Py_False;
  auto set = [&]() -> Status {
    TRY(take_named_arguments<kInitText>(arguments_of(flat), element, comment, pi, comments, pis));
    bool insert_comments = TRY(is_true(comments)), insert_pis = TRY(is_true(pis));
    replace_field(b.element_factory, element == Py_None ? Ref<>() : share(element));
    PyObject* make_comment = comment == Py_None ? comment_factory : comment;
    replace_field(b.comment_factory, make_comment ? share(make_comment) : Ref<>());
    b.insert_comments = make_comment && insert_comments;
    PyObject* make_pi = pi == Py_None ? pi_factory : pi;
    replace_field(b.pi_factory, make_pi ? share(make_pi) : Ref<>());
    b.insert_pis = make_pi && insert_pis;
    return {};
  };
  return set().to_c();
}

constexpr char data_doc[] = "data($self, data, /)\n--\n\n";
Ref<> data(TreeBuilder& b, PyObject* text) { return builder_data(b, text); }
constexpr char start_doc[] = "start($self, tag, attrs, /)\n--\n\n";
Ref<> start(TreeBuilder& b, PyObject* tag, Dict& attrs) { return builder_start(b, tag, object(attrs)); }
constexpr char end_doc[] = "end($self, tag, /)\n--\n\n";
Ref<> end(TreeBuilder& b, PyObject*) { return builder_end(b); }
constexpr char comment_doc[] = "comment($self, text, /)\n--\n\n";
constexpr char pi_doc[] = "pi($self, target, text=None, /)\n--\n\n";
constexpr char close_doc[] = "close($self, /)\n--\n\n";

constinit PyMethodDef methods[] = {
    method<data_doc, data>,   method<start_doc, start>,     method<end_doc, end>, method<comment_doc, builder_comment>,
    method<pi_doc, builder_pi>, method<close_doc, builder_close>, {},
};

}  // namespace

Ref<TreeBuilder> new_tree_builder() {
  Ref<> o = TRY(adopt(new_slot(&tree_builder_type, nullptr, nullptr)));
  return std::move(o).as<TreeBuilder>();
}

constinit PyTypeObject tree_builder_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "xml.etree.ElementTree.TreeBuilder",
    .tp_basicsize = sizeof(TreeBuilder),
    .tp_dealloc = Fields<TreeBuilder>::dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = Fields<TreeBuilder>::traverse,
    .tp_clear = Fields<TreeBuilder>::clear,
    .tp_methods = methods,
    .tp_init = init_slot,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = gc_free,
};

}  // namespace taipan::etree
