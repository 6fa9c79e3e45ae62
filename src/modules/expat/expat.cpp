// Module pyexpat.
#include <cctype>
#include <cstdio>

#include "modules/expat/parser.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "modules/parse_arguments.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "types/capsule.h"

#include <pyexpat.h>

namespace taipan::expat {

PyObject* error;
Status ready_parser_type();

namespace {

constexpr char create_doc[] =
    "ParserCreate($module, /, encoding=None, namespace_separator=None,\n             intern=<unrepresentable>)\n--\n\n"
    "Return a new XML parser object.";
Result<const char*> optional_text(PyObject* o, const char* name) {
  if (o == Py_None) return static_cast<const char*>(nullptr);
  if (!PyUnicode_Check(o))
    return raise(PyExc_TypeError, "ParserCreate() argument '{}' must be str or None, not {}", name, clip(type_name(o), 50));
  std::string_view text;
  TRY(take_argument({"ParserCreate", 1}, o, text));
  return text.data();
}
Ref<> create(PyObject*, PyObject* encoding, PyObject* separator, PyObject* interned) {
  const char* encoding_name = TRY(optional_text(encoding, "encoding"));
  const char* separator_text = TRY(optional_text(separator, "namespace_separator"));
  if (separator_text && strlen(separator_text) > 1)
    return raise(PyExc_ValueError, "namespace_separator must be at most one character, omitted, or None");
  if (interned == Py_None) return new_parser(encoding_name, separator_text, nullptr);
  if (interned) {
    if (!PyDict_Check(interned)) return raise(PyExc_TypeError, "intern must be a dictionary");
    return new_parser(encoding_name, separator_text, interned);
  }
  Ref<Dict> own = TRY(new_dict());
  return new_parser(encoding_name, separator_text, object(own.get()));
}

constexpr char error_doc[] = "ErrorString($module, code, /)\n--\n\nThe text of an error's number.";
Ref<> error_text(PyObject*, PyObject* o) {
  Ref<> n = TRY(index(o));
  int64_t code = TRY(to_int64(n.get()));
  const char* text = XML_ErrorString(static_cast<XML_Error>(code));
  return text ? new_str(text) : none();
}

constinit PyMethodDef functions[] = {method<create_doc, create>, method<error_doc, error_text>, {}};

constexpr const char* kErrors[] = {  // from number 1 on
    "XML_ERROR_NO_MEMORY", "XML_ERROR_SYNTAX", "XML_ERROR_NO_ELEMENTS", "XML_ERROR_INVALID_TOKEN",
    "XML_ERROR_UNCLOSED_TOKEN", "XML_ERROR_PARTIAL_CHAR", "XML_ERROR_TAG_MISMATCH", "XML_ERROR_DUPLICATE_ATTRIBUTE",
    "XML_ERROR_JUNK_AFTER_DOC_ELEMENT", "XML_ERROR_PARAM_ENTITY_REF", "XML_ERROR_UNDEFINED_ENTITY",
    "XML_ERROR_RECURSIVE_ENTITY_REF", "XML_ERROR_ASYNC_ENTITY", "XML_ERROR_BAD_CHAR_REF", "XML_ERROR_BINARY_ENTITY_REF",
    "XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF", "XML_ERROR_MISPLACED_XML_PI", "XML_ERROR_UNKNOWN_ENCODING",
    "XML_ERROR_INCORRECT_ENCODING", "XML_ERROR_UNCLOSED_CDATA_SECTION", "XML_ERROR_EXTERNAL_ENTITY_HANDLING",
    "XML_ERROR_NOT_STANDALONE", "XML_ERROR_UNEXPECTED_STATE", "XML_ERROR_ENTITY_DECLARED_IN_PE",
    "XML_ERROR_FEATURE_REQUIRES_XML_DTD", "XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING", "XML_ERROR_UNBOUND_PREFIX",
    "XML_ERROR_UNDECLARING_PREFIX", "XML_ERROR_INCOMPLETE_PE", "XML_ERROR_XML_DECL", "XML_ERROR_TEXT_DECL",
    "XML_ERROR_PUBLICID", "XML_ERROR_SUSPENDED", "XML_ERROR_NOT_SUSPENDED", "XML_ERROR_ABORTED", "XML_ERROR_FINISHED",
    "XML_ERROR_SUSPEND_PE", "XML_ERROR_RESERVED_PREFIX_XML", "XML_ERROR_RESERVED_PREFIX_XMLNS",
    "XML_ERROR_RESERVED_NAMESPACE_URI", "XML_ERROR_INVALID_ARGUMENT", "XML_ERROR_NO_BUFFER",
    "XML_ERROR_AMPLIFICATION_LIMIT_BREACH",
};

/// A module inside this one, in sys.modules too.
Ref<> add_part(PyObject* module, const char* name, const char* full_name, const char* doc) {
  PyObject* part = TRY(add_module(full_name));
  TRY(set_module_doc(part, doc));
  TRY(add_to_module(module, name, part));
  return share(part);
}

Status add_errors(PyObject* module) {
  Ref<> errors = add_part(module, "errors", "pyexpat.errors", "Constants used to describe error conditions.");
  if (!errors) return Raised{};
  Ref<Dict> codes = TRY(new_dict()), messages = TRY(new_dict());
  int code = 1;
  for (const char* name : kErrors) {
    const char* text = XML_ErrorString(static_cast<XML_Error>(code));
    if (!text) text = "unknown error";
    Ref<> message = TRY(new_str(text)), number = TRY(new_int(code++));
    TRY(add_to_module(errors.get(), name, message.get()));
    TRY(dict_set(object(codes.get()), message.get(), number.get()));
    TRY(dict_set(object(messages.get()), number.get(), message.get()));
  }
  TRY(add_to_module(errors.get(), "codes", object(codes.get())));
  return add_to_module(errors.get(), "messages", object(messages.get()));
}
Status add_model(PyObject* module) {
  Ref<> model = add_part(module, "model", "pyexpat.model", "Constants used to interpret content model information.");
  if (!model) return Raised{};
  static constexpr struct {
    const char* name;
    int value;
  } kNumbers[] = {
#define N(name) {#name, name},
      N(XML_CTYPE_EMPTY) N(XML_CTYPE_ANY) N(XML_CTYPE_MIXED) N(XML_CTYPE_NAME) N(XML_CTYPE_CHOICE) N(XML_CTYPE_SEQ)
      N(XML_CQUANT_NONE) N(XML_CQUANT_OPT) N(XML_CQUANT_REP) N(XML_CQUANT_PLUS)
#undef N
  };
  for (auto& row : kNumbers) TRY(add_int_to_module(model.get(), row.name, row.value));
  return {};
}

Status add_features(PyObject* module) {
  Ref<List> list = TRY(new_list());
  for (const XML_Feature* f = XML_GetFeatureList(); f->feature != XML_FEATURE_END; f++) {
    Ref<> name = TRY(new_str(f->name)), value = TRY(new_int(f->value));
    Ref<> pair = TRY(tuple_of({name.get(), value.get()}));
    TRY(list_append(object(list.get()), pair.get()));
  }
  return add_to_module(module, "features", object(list.get()));
}

/// What extension modules use of the library through us.
Status add_interface(PyObject* module) {
  static PyExpat_CAPI api{
      .magic = const_cast<char*>(PyExpat_CAPI_MAGIC),
      .size = sizeof(PyExpat_CAPI),
      .MAJOR_VERSION = XML_MAJOR_VERSION,
      .MINOR_VERSION = XML_MINOR_VERSION,
      .MICRO_VERSION = XML_MICRO_VERSION,
      .ErrorString = XML_ErrorString,
      .GetErrorCode = XML_GetErrorCode,
      .GetErrorColumnNumber = XML_GetErrorColumnNumber,
      .GetErrorLineNumber = XML_GetErrorLineNumber,
      .Parse = XML_Parse,
      .ParserCreate_MM = XML_ParserCreate_MM,
      .ParserFree = XML_ParserFree,
      .SetCharacterDataHandler = XML_SetCharacterDataHandler,
      .SetCommentHandler = XML_SetCommentHandler,
      .SetDefaultHandlerExpand = XML_SetDefaultHandlerExpand,
      .SetElementHandler = XML_SetElementHandler,
      .SetNamespaceDeclHandler = XML_SetNamespaceDeclHandler,
      .SetProcessingInstructionHandler = XML_SetProcessingInstructionHandler,
      .SetUnknownEncodingHandler = XML_SetUnknownEncodingHandler,
      .SetUserData = XML_SetUserData,
      .SetStartDoctypeDeclHandler = XML_SetStartDoctypeDeclHandler,
      .SetEncoding = XML_SetEncoding,
      .DefaultUnknownEncodingHandler = decode_unknown_encoding,
      .SetHashSalt = XML_SetHashSalt,
  };
  return add_to_module(module, "expat_CAPI", new_capsule(&api, PyExpat_CAPSULE_NAME, nullptr));
}

Status fill(PyObject* module) {
  TRY(ready_parser_type());
  if (!error) error = TRY(new_exception_class("xml.parsers.expat", "ExpatError")).release();
  TRY(add_to_module(module, "error", error));
  TRY(add_to_module(module, "ExpatError", error));
  TRY(add_to_module(module, "XMLParserType", object(&parser_type)));
  TRY(add_to_module(module, "EXPAT_VERSION", new_str(XML_ExpatVersion())));
  XML_Expat_Version version = XML_ExpatVersionInfo();
  Ref<> major = TRY(new_int(version.major)), minor = TRY(new_int(version.minor)), micro = TRY(new_int(version.micro));
  TRY(add_to_module(module, "version_info", tuple_of({major.get(), minor.get(), micro.get()})));
  TRY(add_to_module(module, "native_encoding", new_str("UTF-8")));
  TRY(add_errors(module));
  TRY(add_model(module));
  TRY(add_features(module));
  TRY(add_int_to_module(module, "XML_PARAM_ENTITY_PARSING_NEVER", XML_PARAM_ENTITY_PARSING_NEVER));
  TRY(add_int_to_module(module, "XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE", XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE));
  TRY(add_int_to_module(module, "XML_PARAM_ENTITY_PARSING_ALWAYS", XML_PARAM_ENTITY_PARSING_ALWAYS));
  return add_interface(module);
}

constexpr char module_doc[] = "Python wrapper for Expat parser.";

}  // namespace
}  // namespace taipan::expat

PyObject* init_pyexpat() {
  namespace module = taipan::expat;
  return taipan::define_module<"pyexpat", module::module_doc, module::fill, module::functions>();
}
