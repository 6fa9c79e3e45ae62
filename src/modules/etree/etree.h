#pragma once
// The parts of module _elementtree: elements, the builder of trees, the parser.
#include "base/vector.h"
#include "object/bind.h"
#include "object/gc.h"
#include "object/type.h"

namespace taipan::etree {

struct Element {
  PyObject_HEAD
  PyObject* tag;
  PyObject *text, *tail;  // pieces in a list until somebody asks, if the flag says so
  PyObject* attrib;       // null: none yet
  PyObject* weaklist;
  bool text_in_pieces, tail_in_pieces;
  Vector<PyObject*> children;
  Py_ssize_t count() const { return static_cast<Py_ssize_t>(children.size()); }
};
extern PyTypeObject element_type, element_iterator_type, tree_builder_type, xml_parser_type;
extern PyMethodDef element_methods[];
extern PyMappingMethods element_mapping;
extern PySequenceMethods element_sequence;
extern PyObject* parse_error;
extern PyObject *comment_factory, *pi_factory;  // null: none

inline bool is_element(PyObject* o) { return is_instance_of(o, &element_type); }
inline Element& as_element(PyObject* o) { return *reinterpret_cast<Element*>(o); }
/// An element's list of children lies in zeroed memory.
Ref<Element> new_element(PyObject* tag, PyObject* attrib);  ///< attrib is taken as it is; null: none
Status add_child(Element& e, PyObject* child);
/// "expected an Element, not …" unless it is one.
Status check_element(PyObject* o);
Ref<> text_of(Element& e);
Ref<> tail_of(Element& e);
Ref<> attrib_of(Element& e);  ///< made on demand
Ref<> new_iterator(Element& root, PyObject* tag, bool texts);
/// A dict argument and keywords as one new dict; empty inside: no attributes.
Result<Ref<>> attributes_from(PyObject* attrib, PyObject* names, PyObject* const* values);
Ref<> make_subelement(PyObject* module, Arguments a);

// -- building --
struct TreeBuilder {
  PyObject_HEAD
  PyObject *root, *current, *last, *last_for_tail;
  PyObject* data;   // str, or a list of them
  PyObject* stack;  // list: the open elements
  PyObject *element_factory, *comment_factory, *pi_factory;
  PyObject* events_append;
  PyObject *start_event, *end_event, *start_ns_event, *end_ns_event, *comment_event, *pi_event;
  bool insert_comments, insert_pis;
  template <class F>
  void each(F&& f) {
    for (PyObject** p : {&root, &current, &last, &last_for_tail, &data, &stack, &element_factory, &comment_factory,
                         &pi_factory, &events_append, &start_event, &end_event, &start_ns_event, &end_ns_event,
                         &comment_event, &pi_event})
      f(*p);
  }
};
Ref<TreeBuilder> new_tree_builder();
Ref<> builder_start(TreeBuilder& b, PyObject* tag, PyObject* attrib);  ///< attrib null: none
Ref<> builder_data(TreeBuilder& b, PyObject* text);
Ref<> builder_end(TreeBuilder& b);
Ref<> builder_comment(TreeBuilder& b, PyObject* text);
Ref<> builder_pi(TreeBuilder& b, PyObject* target, PyObject* text);
Status builder_start_namespace(TreeBuilder& b, PyObject* prefix, PyObject* uri);
Status builder_end_namespace(TreeBuilder& b, PyObject* prefix);
Ref<> builder_close(TreeBuilder& b);

}  // namespace taipan::etree

namespace taipan {
template <>
struct LayoutType<etree::Element> {
  static PyTypeObject* python_type() { return &etree::element_type; }
  static constexpr const char* kName = "xml.etree.ElementTree.Element";
};
}  // namespace taipan
