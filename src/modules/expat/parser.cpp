// The type pyexpat.xmlparser.
#include "modules/expat/parser.h"

#include <climits>

#include "base/hash.h"
#include "modules/fields.h"
#include "modules/parse_arguments.h"
#include "object/alloc.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"
#include "types/codecs.h"

namespace taipan::expat {

Raised raise_expat(XML_Parser p, XML_Error code) {
  int line = static_cast<int>(XML_GetErrorLineNumber(p)), column = static_cast<int>(XML_GetErrorColumnNumber(p));
  Ref<> text = format_str("{}: line {}, column {}", XML_ErrorString(code), line, column);
  Ref<> made = text ? call(error, text.get()) : Ref<>();
  if (!made) return {};
  const struct {
    PyObject* name;
    int value;
  } rows[] = {{"code"_name, code}, {"offset"_name, column}, {"lineno"_name, line}};
  for (auto& row : rows) {
    Ref<> value = new_int(row.value);
    if (!value || !set_attr(made.get(), row.name, value.get())) return {};
  }
  return raise_value(error, made.get());
}

namespace {

/// What a call of the library has come to.
Ref<> finish_parse(Parser& p, int status) {
  if (pending_error()) return {};
  if (status == XML_STATUS_ERROR) return raise_expat(p.expat, XML_GetErrorCode(p.expat));
  TRY(flush_text(p));
  return new_int(status);
}

constexpr char parse_doc[] =
    "Parse($self, data, isfinal=False, /)\n--\n\nParses more of a document; `isfinal' says that this is the end of it.";
Ref<> parse(Parser& p, PyObject* data, bool final) {
  BufferView view;
  std::string_view rest;
  Ref<> kept = share(data);
  if (PyUnicode_Check(data)) {
    rest = TRY(to_utf8(data));
    XML_SetEncoding(p.expat, "utf-8");
  } else {
    TRY(view.acquire(data));
    rest = view.bytes();
  }
  constexpr size_t kPiece = 1 << 20;
  int status = XML_STATUS_OK;
  while (rest.size() > kPiece) {
    status = XML_Parse(p.expat, rest.data(), kPiece, 0);
    if (status == XML_STATUS_ERROR) return finish_parse(p, status);
    rest.remove_prefix(kPiece);
  }
  status = XML_Parse(p.expat, rest.data(), static_cast<int>(rest.size()), final);
  return finish_parse(p, status);
}

constexpr char parse_file_doc[] = "ParseFile($self, file, /)\n--\n\nParses what a file's method read() gives.";
Ref<> parse_file(Parser& p, PyObject* file) {
  constexpr int kPiece = 2048;
  Ref<> read = TRY(find_attr(file, "read"_name));
  if (!read) return raise(PyExc_TypeError, "argument must have 'read' attribute");
  Ref<> size = TRY(new_int(kPiece));
  int status;
  for (;;) {
    void* buffer = XML_GetBuffer(p.expat, kPiece);
    if (!buffer) return raise_expat(p.expat, XML_GetErrorCode(p.expat));
    Ref<> got = TRY(call(read.get(), size.get()));
    if (!PyBytes_Check(got.get()) && !PyByteArray_Check(got.get()))
      return raise(PyExc_TypeError, "read() did not return a bytes object (type={})", clip(type_name(got.get()), 400));
    Py_ssize_t n = Py_SIZE(got.get());
    if (n > kPiece)
      return raise(PyExc_ValueError, "read() returned too much data: {} bytes requested, {} returned", kPiece, n);
    memcpy(buffer, PyBytes_Check(got.get()) ? bytes_data(got.get()) : PyByteArray_AS_STRING(got.get()), static_cast<size_t>(n));
    status = XML_ParseBuffer(p.expat, static_cast<int>(n), n == 0);
    if (pending_error()) return {};
    if (status == XML_STATUS_ERROR || n == 0) break;
  }
  return finish_parse(p, status);
}

constexpr char set_base_doc[] = "SetBase($self, base, /)\n--\n\nSets what relative system identifiers refer to.";
Status set_base(Parser& p, std::string_view base) {
  if (!XML_SetBase(p.expat, base.data())) return raise_no_memory();
  return {};
}
constexpr char get_base_doc[] = "GetBase($self, /)\n--\n\nWhat relative system identifiers refer to.";
Ref<> get_base(Parser& p) {
  const XML_Char* base = XML_GetBase(p.expat);
  return base ? new_str(base) : none();
}
constexpr char input_doc[] =
    "GetInputContext($self, /)\n--\n\nThe input of the event being handled, as it came; of long pieces perhaps only a part.";
Ref<> input_context(Parser& p) {
  if (!p.in_callback) return none();
  int offset, size;
  const char* buffer = XML_GetInputContext(p.expat, &offset, &size);
  if (!buffer) return none();
  return new_bytes({buffer + offset, static_cast<size_t>(size - offset)});
}

constexpr char param_doc[] =
    "SetParamEntityParsing($self, flag, /)\n--\n\nSays when parameter entities, the external subset among them, are parsed:\n"
    "XML_PARAM_ENTITY_PARSING_NEVER, _UNLESS_STANDALONE or _ALWAYS. Was that possible?";
int set_param_parsing(XML_Parser p, int flag) {
  return XML_SetParamEntityParsing(p, static_cast<XML_ParamEntityParsing>(flag));
}
Ref<> param_entity_parsing(Parser& p, int flag) { return new_int(set_param_parsing(p.expat, flag)); }

constexpr char foreign_doc[] =
    "UseForeignDTD($self, flag=True, /)\n--\n\nHas the ExternalEntityRefHandler called for an external subset though the\n"
    "document names none, so that the program can provide one.";
Status use_foreign_dtd(Parser& p, bool flag) {
  XML_Error code = XML_UseForeignDTD(p.expat, flag ? XML_TRUE : XML_FALSE);
  if (code != XML_ERROR_NONE) return raise_expat(p.expat, code);
  return {};
}

Ref<Parser> blank() {
  Ref<Parser> p = TRY(adopt(reinterpret_cast<Parser*>(generic_alloc(&parser_type, 0))));
  p->buffer_size = 8192;
  return p;
}
Status give_buffer(Parser& p) {
  p.buffer = static_cast<char*>(raw_allocate(static_cast<size_t>(p.buffer_size)));
  p.buffer_used = 0;
  return p.buffer ? Status() : Status(raise_no_memory());
}

constexpr char external_doc[] =
    "ExternalEntityParserCreate($self, context, encoding=<unrepresentable>,\n                           /)\n--\n\n"
    "A parser for an external entity; the context is what the ExternalEntityRefHandler got.";
Ref<> external_parser(Parser& p, PyObject* context, PyObject* encoding) {
  const char* where = nullptr;
  std::string_view name;
  if (context != Py_None) {
    if (!PyUnicode_Check(context))
      return raise(PyExc_TypeError, "ExternalEntityParserCreate() argument 1 must be str or None, not {}",
                   clip(type_name(context), 50));
    std::string_view text;
    TRY(take_argument({"ExternalEntityParserCreate", 1}, context, text));
    where = text.data();
  }
  if (encoding) TRY(take_argument({"ExternalEntityParserCreate", 2}, encoding, name));
  Ref<Parser> made = TRY(blank());
  made->buffer_size = p.buffer_size;
  made->ordered_attributes = p.ordered_attributes;
  made->specified_attributes = p.specified_attributes;
  made->namespace_prefixes = p.namespace_prefixes;
  made->parent = Py_NewRef(object(p));
  made->interned = Py_XNewRef(p.interned);
  if (p.buffer) TRY(give_buffer(*made));
  made->expat = XML_ExternalEntityParserCreate(p.expat, where, encoding ? name.data() : nullptr);
  if (!made->expat) return raise_no_memory();
  XML_SetUserData(made->expat, made.get());
  for (int e = 0; e < kEvents; e++) {
    if (!p.handlers[e]) continue;
    made->handlers[e] = Py_NewRef(p.handlers[e]);
    set_library_handler(*made, static_cast<Event>(e), true);
  }
  return made;
}

void dealloc(PyObject* o) {
  auto& p = *reinterpret_cast<Parser*>(o);
  gc_untrack(o);
  if (p.expat) XML_ParserFree(p.expat);
  p.expat = nullptr;
  if (p.buffer) raw_free(p.buffer);
  Fields<Parser>::clear(o);
  Py_TYPE(o)->tp_free(o);
}
int clear(PyObject* o) {
  auto& p = *reinterpret_cast<Parser*>(o);
  for (PyObject*& h : p.handlers) clear_field(h);
  clear_field(p.interned);
  return 0;
}

// -- attributes -----------------------------------------------------------------------------

Parser& self(PyObject* o) { return *reinterpret_cast<Parser*>(o); }
template <auto ask>
Ref<> position(PyObject* o, void*) {
  return new_int(static_cast<int64_t>(ask(self(o).expat)));
}
Ref<> get_buffer_size(PyObject* o, void*) { return new_int(self(o).buffer_size); }
Status set_buffer_size(PyObject* o, PyObject* value, void*) {
  Parser& p = self(o);
  if (!value) return raise(PyExc_RuntimeError, "Cannot delete attribute");
  if (!PyLong_Check(value)) return raise(PyExc_TypeError, "buffer_size must be an integer");
  int64_t size = TRY(to_int64(value));
  if (size <= 0) return raise(PyExc_ValueError, "buffer_size must be greater than zero");
  if (size > INT_MAX) return raise(PyExc_ValueError, "buffer_size must not be greater than {}", INT_MAX);
  if (size == p.buffer_size) return {};
  bool had = p.buffer != nullptr;
  if (had) {
    TRY(flush_text(p));
    raw_free(std::exchange(p.buffer, nullptr));
  }
  p.buffer_size = static_cast<int>(size);
  return had ? give_buffer(p) : Status();
}
Ref<> get_buffer_text(PyObject* o, void*) { return boolean(self(o).buffer != nullptr); }
Status set_buffer_text(PyObject* o, PyObject* value, void*) {
  Parser& p = self(o);
  if (!value) return raise(PyExc_RuntimeError, "Cannot delete attribute");
  bool on = TRY(is_true(value));
  if (on) return p.buffer ? Status() : give_buffer(p);
  if (!p.buffer) return {};
  TRY(flush_text(p));
  raw_free(std::exchange(p.buffer, nullptr));
  return {};
}
Ref<> get_buffer_used(PyObject* o, void*) { return new_int(self(o).buffer_used); }
template <int Parser::*flag>
Ref<> get_flag(PyObject* o, void*) {
  return boolean(self(o).*flag != 0);
}
template <int Parser::*flag>
Status set_flag(PyObject* o, PyObject* value, void*) {
  if (!value) return raise(PyExc_RuntimeError, "Cannot delete attribute");
  self(o).*flag = TRY(is_true(value));
  if (flag == &Parser::namespace_prefixes) XML_SetReturnNSTriplet(self(o).expat, self(o).namespace_prefixes);
  return {};
}

constinit PyGetSetDef getset[] = {
    {"ErrorCode", slot<position<XML_GetErrorCode>>},
    {"ErrorLineNumber", slot<position<XML_GetErrorLineNumber>>},
    {"ErrorColumnNumber", slot<position<XML_GetErrorColumnNumber>>},
    {"ErrorByteIndex", slot<position<XML_GetErrorByteIndex>>},
    {"CurrentLineNumber", slot<position<XML_GetCurrentLineNumber>>},
    {"CurrentColumnNumber", slot<position<XML_GetCurrentColumnNumber>>},
    {"CurrentByteIndex", slot<position<XML_GetCurrentByteIndex>>},
    {"buffer_size", slot<get_buffer_size>, slot<set_buffer_size>},
    {"buffer_text", slot<get_buffer_text>, slot<set_buffer_text>},
    {"buffer_used", slot<get_buffer_used>},
    {"namespace_prefixes", slot<get_flag<&Parser::namespace_prefixes>>, slot<set_flag<&Parser::namespace_prefixes>>},
    {"ordered_attributes", slot<get_flag<&Parser::ordered_attributes>>, slot<set_flag<&Parser::ordered_attributes>>},
    {"specified_attributes", slot<get_flag<&Parser::specified_attributes>>, slot<set_flag<&Parser::specified_attributes>>},
    {},
};
PyGetSetDef* all_attributes() {
  static PyGetSetDef rows[std::size(getset) + kEvents];
  size_t n = 0;
  if (!rows[0].name)
    for (PyGetSetDef* table : {static_cast<PyGetSetDef*>(getset), handler_attributes})
      for (; table->name; table++) rows[n++] = *table;
  return rows;
}
constinit PyMemberDef members[] = {{"intern", T_OBJECT, offsetof(Parser, interned), READONLY}, {}};

constinit PyMethodDef methods[] = {
    method<parse_doc, parse>,
    method<parse_file_doc, parse_file>,
    method<set_base_doc, set_base>,
    method<get_base_doc, get_base>,
    method<input_doc, input_context>,
    method<external_doc, external_parser>,
    method<param_doc, param_entity_parsing>,
    method<foreign_doc, use_foreign_dtd>,
    {},
};

}  // namespace

constinit PyTypeObject parser_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "pyexpat.xmlparser",
    .tp_basicsize = sizeof(Parser),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "XML parser",
    .tp_traverse = Fields<Parser>::traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_free = gc_free,
};

Status ready_parser_type() {
  parser_type.tp_getset = all_attributes();
  return ready_type(&parser_type);
}

Ref<> new_parser(const char* encoding, const char* separator, PyObject* interned) {
  Ref<Parser> p = TRY(blank());
  p->interned = Py_XNewRef(interned);
  p->expat = XML_ParserCreate_MM(encoding, nullptr, separator);
  if (!p->expat) return raise(PyExc_RuntimeError, "XML_ParserCreate failed");
  XML_SetHashSalt(p->expat, static_cast<unsigned long>(hash_bytes("expat", 5)));
  XML_SetUserData(p->expat, p.get());
  XML_SetUnknownEncodingHandler(p->expat, decode_unknown_encoding, nullptr);
  return p;
}

}  // namespace taipan::expat
