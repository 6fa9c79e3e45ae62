// XMLParser: the XML library's events to a tree builder, or to a target's methods; and the module.
#include <expat.h>

#include "base/hash.h"
#include "modules/etree/etree.h"
#include "modules/expat/parser.h"
#include "modules/fields.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "modules/parse_arguments.h"
#include "object/buffer.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/codecs.h"
#include "types/rows.h"

namespace taipan::etree {

PyObject *parse_error, *comment_factory, *pi_factory;

namespace {

struct XMLParser {
  PyObject_HEAD
  XML_Parser expat;
  PyObject *target, *entity;
  PyObject* names;  // dict: bytes as the library gives them -> "{uri}tag"
  PyObject *handle_start, *handle_data, *handle_end, *handle_comment, *handle_pi, *handle_doctype, *handle_close,
      *handle_start_ns, *handle_end_ns;
  template <class F>
  void each(F&& f) {
    for (PyObject** p : {&target, &entity, &names, &handle_start, &handle_data, &handle_end, &handle_comment, &handle_pi,
                         &handle_doctype, &handle_close, &handle_start_ns, &handle_end_ns})
      f(*p);
  }
};
XMLParser& self(void* p) { return *static_cast<XMLParser*>(p); }

/// The target, if it is exactly our builder: then no Python method needs to be called.
TreeBuilder* builder(XMLParser& p) {
  return p.target && is_exact(p.target, &tree_builder_type) ? reinterpret_cast<TreeBuilder*>(p.target) : nullptr;
}

Raised raise_parse_error(XML_Error code, XML_Size line, XML_Size column, const char* message) {
  Ref<> text = format_str("{}: line {}, column {}", message ? message : XML_ErrorString(code), line, column);
  Ref<> made = text ? call(parse_error, text.get()) : Ref<>();
  Ref<> number = made ? new_int(code) : Ref<>();
  Ref<> x = number ? new_int(static_cast<int64_t>(line)) : Ref<>(), y = x ? new_int(static_cast<int64_t>(column)) : Ref<>();
  Ref<> position = y ? tuple_of({x.get(), y.get()}) : Ref<>();
  if (!position || !set_attr(made.get(), "code"_name, number.get()) ||
      !set_attr(made.get(), "position"_name, position.get()))
    return {};
  return raise_value(parse_error, made.get());
}

// -- texts ----------------------------------------------------------------------------------

Ref<> text(const XML_Char* s) { return decode_utf8_text(s, "strict"); }
Ref<> text_or_empty(const XML_Char* s) { return s ? text(s) : share(empty_str()); }

/// "uri}tag" as "{uri}tag"; equal names are one object.
Ref<> universal_name(XMLParser& p, const char* s) {
  std::string_view raw(s);
  Ref<> key = TRY(new_bytes(raw));
  if (PyObject* known = TRY(dict_find(p.names, key.get()))) return share(known);
  Ref<> name;
  if (raw.find('}') == raw.npos) {
    name = TRY(decode_utf8_text(raw, "strict"));
  } else {
    BytesBuilder with_brace;
    if (!with_brace.add('{') || !with_brace.add(raw)) return raise_no_memory();
    name = TRY(decode_utf8_text(with_brace.view(), "strict"));
  }
  TRY(dict_set(p.names, key.get(), name.get()));
  return name;
}

// -- events ---------------------------------------------------------------------------------
// Errors stay pending; whoever called the library looks for them afterwards.

Status give_entity(XMLParser& p, std::string_view data) {
  Ref<> key = TRY(decode_utf8_text(data.substr(1, data.size() - 2), "strict"));
  PyObject* value = TRY(dict_find(p.entity, key.get()));
  if (value) {
    if (TreeBuilder* b = builder(p)) return done(builder_data(*b, value));
    return p.handle_data ? done(call(p.handle_data, value)) : Status();
  }
  TextBuffer message;
  format(message, "undefined entity {}", clip(data, 100));
  return raise_parse_error(XML_ERROR_UNDEFINED_ENTITY, XML_GetErrorLineNumber(p.expat), XML_GetErrorColumnNumber(p.expat),
                           message.c_str());
}
void on_default(void* data, const XML_Char* s, int n) {
  if (n < 2 || s[0] != '&' || pending_error()) return;
  (void)static_cast<bool>(give_entity(self(data), {s, static_cast<size_t>(n)}));
}

Status give_start(XMLParser& p, const XML_Char* name, const XML_Char** pairs) {
  Ref<> tag = TRY(universal_name(p, name)), attrib;
  if (pairs[0]) {
    attrib = TRY(new_dict());
    for (; pairs[0] && pairs[1]; pairs += 2) {
      Ref<> key = TRY(universal_name(p, pairs[0])), value = TRY(text(pairs[1]));
      TRY(dict_set(attrib.get(), key.get(), value.get()));
    }
  }
  if (TreeBuilder* b = builder(p)) return done(builder_start(*b, tag.get(), attrib.get()));
  if (!p.handle_start) return {};
  if (!attrib) attrib = TRY(new_dict());
  return done(call(p.handle_start, tag.get(), attrib.get()));
}
void on_start(void* data, const XML_Char* name, const XML_Char** pairs) {
  if (!pending_error()) (void)static_cast<bool>(give_start(self(data), name, pairs));
}

Status give_data(XMLParser& p, std::string_view s) {
  Ref<> content = TRY(decode_utf8_text(s, "strict"));
  if (TreeBuilder* b = builder(p)) return done(builder_data(*b, content.get()));
  return p.handle_data ? done(call(p.handle_data, content.get())) : Status();
}
void on_data(void* data, const XML_Char* s, int n) {
  if (!pending_error()) (void)static_cast<bool>(give_data(self(data), {s, static_cast<size_t>(n)}));
}

Status give_end(XMLParser& p, const XML_Char* name) {
  if (TreeBuilder* b = builder(p)) return done(builder_end(*b));
  if (!p.handle_end) return {};
  Ref<> tag = TRY(universal_name(p, name));
  return done(call(p.handle_end, tag.get()));
}
void on_end(void* data, const XML_Char* name) {
  if (!pending_error()) (void)static_cast<bool>(give_end(self(data), name));
}

Status give_start_namespace(XMLParser& p, const XML_Char* prefix, const XML_Char* uri) {
  TreeBuilder* b = builder(p);
  if (b && !(b->events_append && b->start_ns_event)) return {};
  if (!b && !p.handle_start_ns) return {};
  Ref<> first = TRY(text_or_empty(prefix)), second = TRY(text_or_empty(uri));
  if (b) return builder_start_namespace(*b, first.get(), second.get());
  return done(call(p.handle_start_ns, first.get(), second.get()));
}
void on_start_namespace(void* data, const XML_Char* prefix, const XML_Char* uri) {
  if (!pending_error()) (void)static_cast<bool>(give_start_namespace(self(data), prefix, uri));
}
Status give_end_namespace(XMLParser& p, const XML_Char* prefix) {
  if (TreeBuilder* b = builder(p)) return builder_end_namespace(*b, Py_None);
  if (!p.handle_end_ns) return {};
  Ref<> name = TRY(text_or_empty(prefix));
  return done(call(p.handle_end_ns, name.get()));
}
void on_end_namespace(void* data, const XML_Char* prefix) {
  if (!pending_error()) (void)static_cast<bool>(give_end_namespace(self(data), prefix));
}

Status give_comment(XMLParser& p, const XML_Char* s) {
  TreeBuilder* b = builder(p);
  if (!b && !p.handle_comment) return {};
  Ref<> content = TRY(text(s));
  return done(b ? builder_comment(*b, content.get()) : call(p.handle_comment, content.get()));
}
void on_comment(void* data, const XML_Char* s) {
  if (!pending_error()) (void)static_cast<bool>(give_comment(self(data), s));
}

Status give_pi(XMLParser& p, const XML_Char* target, const XML_Char* rest) {
  TreeBuilder* b = builder(p);
  // The builder makes something of it only if somebody wants it.
  if (b && !((b->events_append && b->pi_event) || b->insert_pis)) return {};
  if (!b && !p.handle_pi) return {};
  Ref<> name = TRY(text(target)), content = TRY(rest ? text(rest) : none());
  return done(b ? builder_pi(*b, name.get(), content.get()) : call(p.handle_pi, name.get(), content.get()));
}
void on_pi(void* data, const XML_Char* target, const XML_Char* rest) {
  if (!pending_error()) (void)static_cast<bool>(give_pi(self(data), target, rest));
}

Status give_doctype(XMLParser& p, const XML_Char* name, const XML_Char* system, const XML_Char* public_id) {
  Ref<> doctype = TRY(universal_name(p, name));
  Ref<> system_text = TRY(system ? text(system) : none()), public_text = TRY(public_id ? text(public_id) : none());
  if (p.handle_doctype) return done(call(p.handle_doctype, doctype.get(), public_text.get(), system_text.get()));
  // A method of that name on the parser itself is from another time.
  Ref<> old = TRY(find_attr(object(p), "doctype"_name));
  if (!old) return {};
  TRY(warn(PyExc_RuntimeWarning, 1,
           "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target."));
  return {};
}
void on_doctype(void* data, const XML_Char* name, const XML_Char* system, const XML_Char* public_id, int) {
  if (!pending_error()) (void)static_cast<bool>(give_doctype(self(data), name, system, public_id));
}

// -- the parser -----------------------------------------------------------------------------

PyObject* new_slot(PyTypeObject* type, PyObject*, PyObject*) { return type->tp_alloc(type, 0); }

constexpr char kInitText[] = "XMLParser(*, target=None, encoding=None)\n--\n\n";
Status initialize(XMLParser& p, Arguments a) {
  PyObject *target = Py_None, *encoding = Py_None;
  TRY(take_named_arguments<kInitText>(a, target, encoding));
  std::string_view name;
  if (encoding != Py_None) {
    if (!PyUnicode_Check(encoding))
      return raise(PyExc_TypeError, "XMLParser() argument 'encoding' must be str or None, not {}", clip(type_name(encoding), 50));
    TRY(take_argument({"XMLParser", 2}, encoding, name));
  }
  replace_field(p.entity, Ref<>(TRY(new_dict())));
  replace_field(p.names, Ref<>(TRY(new_dict())));
  if (p.expat) XML_ParserFree(p.expat);
  p.expat = XML_ParserCreate_MM(encoding == Py_None ? nullptr : name.data(), nullptr, "}");
  if (!p.expat) return raise_no_memory();
  XML_SetHashSalt(p.expat, static_cast<unsigned long>(hash_bytes("expat", 5)));
  replace_field(p.target, target == Py_None ? Ref<>(TRY(new_tree_builder())) : share(target));
  const struct {
    PyObject*& field;
    PyObject* name;
  } rows[] = {
      {p.handle_start_ns, "start_ns"_name}, {p.handle_end_ns, "end_ns"_name},   {p.handle_start, "start"_name},
      {p.handle_data, "data"_name},         {p.handle_end, "end"_name},         {p.handle_comment, "comment"_name},
      {p.handle_pi, "pi"_name},             {p.handle_close, "close"_name},     {p.handle_doctype, "doctype"_name},
  };
  for (auto& row : rows) replace_field(row.field, TRY(find_attr(p.target, row.name)));
  XML_Parser x = p.expat;
  XML_SetUserData(x, &p);
  if (p.handle_start_ns || p.handle_end_ns)
    XML_SetNamespaceDeclHandler(x, p.handle_start_ns ? on_start_namespace : nullptr, p.handle_end_ns ? on_end_namespace : nullptr);
  XML_SetElementHandler(x, on_start, on_end);
  XML_SetDefaultHandlerExpand(x, on_default);
  XML_SetCharacterDataHandler(x, on_data);
  if (p.handle_comment) XML_SetCommentHandler(x, on_comment);
  if (p.handle_pi) XML_SetProcessingInstructionHandler(x, on_pi);
  XML_SetStartDoctypeDeclHandler(x, on_doctype);
  XML_SetUnknownEncodingHandler(x, expat::decode_unknown_encoding, nullptr);
  return {};
}
int init_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return -1;
  return initialize(self(o), arguments_of(flat)).to_c();
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  if (self(o).expat) XML_ParserFree(self(o).expat);
  self(o).expat = nullptr;
  Fields<XMLParser>::clear(o);
  Py_TYPE(o)->tp_free(o);
}

Status check_started(XMLParser& p) {
  if (p.target) return {};
  return raise(PyExc_ValueError, "XMLParser.__init__() wasn't called");
}
Status parse(XMLParser& p, std::string_view data, bool final) {
  // The library counts in int.
  constexpr size_t kPiece = size_t{1} << 30;
  bool ok = true;
  while (ok && data.size() > kPiece) {
    ok = XML_Parse(p.expat, data.data(), static_cast<int>(kPiece), 0) != XML_STATUS_ERROR;
    if (pending_error()) return Raised{};
    data.remove_prefix(kPiece);
  }
  if (ok) ok = XML_Parse(p.expat, data.data(), static_cast<int>(data.size()), final) != XML_STATUS_ERROR;
  if (pending_error()) return Raised{};
  if (!ok)
    return raise_parse_error(XML_GetErrorCode(p.expat), XML_GetErrorLineNumber(p.expat), XML_GetErrorColumnNumber(p.expat),
                             nullptr);
  return {};
}

constexpr char feed_doc[] = "feed($self, data, /)\n--\n\n";
Status feed(XMLParser& p, PyObject* data) {
  TRY(check_started(p));
  if (PyUnicode_Check(data)) {
    std::string_view utf8 = TRY(to_utf8(data));
    XML_SetEncoding(p.expat, "utf-8");
    return parse(p, utf8, false);
  }
  BufferView view;
  TRY(view.acquire(data));
  return parse(p, view.bytes(), false);
}
constexpr char close_doc[] = "close($self, /)\n--\n\n";
Ref<> close(XMLParser& p) {
  TRY(check_started(p));
  TRY(parse(p, "", true));
  if (TreeBuilder* b = builder(p)) return builder_close(*b);
  return p.handle_close ? call(p.handle_close) : none();
}
constexpr char whole_doc[] = "_parse_whole($self, file, /)\n--\n\n";
Ref<> parse_whole(XMLParser& p, PyObject* file) {
  TRY(check_started(p));
  Ref<> read = TRY(get_attr(file, "read"_name)), size = TRY(new_int(64 * 1024));
  for (;;) {
    Ref<> piece = TRY(call(read.get(), size.get()));
    if (PyUnicode_CheckExact(piece.get())) {
      if (str_length(piece.get()) == 0) break;
      piece = TRY(encode_utf8_text(piece.get(), "surrogatepass"));
    } else if (!PyBytes_CheckExact(piece.get()) || Py_SIZE(piece.get()) == 0) {
      break;
    }
    TRY(parse(p, bytes_view(piece.get()), false));
  }
  TRY(parse(p, "", true));
  if (TreeBuilder* b = builder(p)) return builder_close(*b);
  return none();
}

constexpr char events_doc[] = "_setevents($self, events_queue, events_to_report=None, /)\n--\n\n";
Status set_events(XMLParser& p, PyObject* queue, PyObject* wanted) {
  TRY(check_started(p));
  TreeBuilder* b = builder(p);
  if (!b) return raise(PyExc_TypeError, "event handling only supported for ElementTree.TreeBuilder targets");
  replace_field(b->events_append, TRY(get_attr(queue, "append"_name)));
  for (PyObject** event : {&b->start_event, &b->end_event, &b->start_ns_event, &b->end_ns_event, &b->comment_event, &b->pi_event})
    clear_field(*event);
  if (wanted == Py_None) {
    replace_field(b->end_event, TRY(new_str("end")));
    return {};
  }
  Ref<> names = TRY(to_fast_sequence(wanted, "events must be a sequence"));
  for (Py_ssize_t i = 0; i < Py_SIZE(names.get()); i++) {
    Ref<> name = share(fast_items(names.get())[i]);
    std::string_view text;
    if (PyUnicode_Check(name.get())) text = TRY(to_utf8(name.get()));
    else if (PyBytes_Check(name.get())) text = bytes_view(name.get());
    else return raise(PyExc_ValueError, "invalid events sequence");
    if (text == "start") {
      replace_field(b->start_event, std::move(name));
    } else if (text == "end") {
      replace_field(b->end_event, std::move(name));
    } else if (text == "start-ns") {
      replace_field(b->start_ns_event, std::move(name));
      XML_SetNamespaceDeclHandler(p.expat, on_start_namespace, on_end_namespace);
    } else if (text == "end-ns") {
      replace_field(b->end_ns_event, std::move(name));
      XML_SetNamespaceDeclHandler(p.expat, on_start_namespace, on_end_namespace);
    } else if (text == "comment") {
      replace_field(b->comment_event, std::move(name));
      XML_SetCommentHandler(p.expat, on_comment);
    } else if (text == "pi") {
      replace_field(b->pi_event, std::move(name));
      XML_SetProcessingInstructionHandler(p.expat, on_pi);
    } else {
      return raise(PyExc_ValueError, "unknown event '{}'", text);
    }
  }
  return {};
}

Ref<> get_version(PyObject*, void*) {
  return format_str("Expat {}.{}.{}", XML_MAJOR_VERSION, XML_MINOR_VERSION, XML_MICRO_VERSION);
}
constinit PyGetSetDef getset[] = {{"version", slot<get_version>}, {}};
constinit PyMemberDef members[] = {
    {"entity", T_OBJECT, offsetof(XMLParser, entity), READONLY},
    {"target", T_OBJECT, offsetof(XMLParser, target), READONLY},
    {},
};
constinit PyMethodDef methods[] = {
    method<feed_doc, feed>, method<close_doc, close>, method<whole_doc, parse_whole>, method<events_doc, set_events>, {},
};

}  // namespace

constinit PyTypeObject xml_parser_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "xml.etree.ElementTree.XMLParser",
    .tp_basicsize = sizeof(XMLParser),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = Fields<XMLParser>::traverse,
    .tp_clear = Fields<XMLParser>::clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_init = init_slot,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = gc_free,
};

// -- the module -----------------------------------------------------------------------------

namespace {

constexpr char factories_doc[] =
    "_set_factories($module, comment_factory, pi_factory, /)\n--\n\n"
    "Sets what makes comments and processing instructions; the factories until now.\n\nFor module xml.etree.ElementTree alone.";
Ref<> set_factories(PyObject*, PyObject* comment, PyObject* pi) {
  if (!is_callable(comment) && comment != Py_None)
    return raise(PyExc_TypeError, "Comment factory must be callable, not {}", clip(type_name(comment), 100));
  if (!is_callable(pi) && pi != Py_None)
    return raise(PyExc_TypeError, "PI factory must be callable, not {}", clip(type_name(pi), 100));
  Ref<> old = TRY(tuple_of({comment_factory ? comment_factory : Py_None, pi_factory ? pi_factory : Py_None}));
  replace_field(comment_factory, comment == Py_None ? Ref<>() : share(comment));
  replace_field(pi_factory, pi == Py_None ? Ref<>() : share(pi));
  return old;
}
constinit PyMethodDef functions[] = {
    varargs<make_subelement>("SubElement", nullptr), method<factories_doc, set_factories>, {}};

Status fill(PyObject* module) {
  TRY(ready_type(&element_iterator_type));
  TRY(add_type(module, &tree_builder_type));
  TRY(add_type(module, &element_type));
  TRY(add_type(module, &xml_parser_type));
  if (!parse_error)
    parse_error = TRY(new_exception_class("xml.etree.ElementTree", "ParseError", PyExc_SyntaxError)).release();
  return add_to_module(module, "ParseError", parse_error);
}

}  // namespace
}  // namespace taipan::etree

PyObject* init_elementtree() {
  namespace module = taipan::etree;
  static PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(taipan::module_exec<module::fill>)}, {}};
  static PyModuleDef def = {PyModuleDef_HEAD_INIT, "_elementtree", nullptr, 0, module::functions, slots};
  return taipan::init_module_def(&def);
}
