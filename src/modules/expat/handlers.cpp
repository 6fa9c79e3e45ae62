// From the library's events to calls of Python.
#include "modules/expat/parser.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/codecs.h"
#include "vm/vm.h"

namespace taipan::expat {
namespace {

// -- arguments ------------------------------------------------------------------------------

Ref<> text(const XML_Char* s) { return s ? decode_utf8_text(s, "strict") : none(); }
Ref<> text(const XML_Char* s, int n) {
  return s ? decode_utf8_text({s, static_cast<size_t>(n)}, "strict") : none();
}
/// A name: equal ones are one object.
Ref<> name(Parser& p, const XML_Char* s) {
  Ref<> made = TRY(text(s));
  if (!p.interned || !s) return made;
  PyObject* first = TRY(dict_set_default(p.interned, made.get(), made.get()));
  return share(first);
}

Ref<> attributes_object(Parser& p, const XML_Char** pairs) {
  int n = 0;
  if (p.specified_attributes) n = XML_GetSpecifiedAttributeCount(p.expat);
  else
    while (pairs[n]) n += 2;
  Ref<> made = TRY(p.ordered_attributes ? Ref<>(new_list()) : Ref<>(new_dict()));
  for (int i = 0; i < n; i += 2) {
    Ref<> key = TRY(name(p, pairs[i])), value = TRY(text(pairs[i + 1]));
    if (p.ordered_attributes) {
      TRY(list_append(made.get(), key.get()));
      TRY(list_append(made.get(), value.get()));
    } else {
      TRY(dict_set(made.get(), key.get(), value.get()));
    }
  }
  return made;
}

/// A content model: (type, quantifier, name, children).
Ref<> model_object(Parser& p, const XML_Content& m) {
  RecursionGuard guard(" while converting a content model");
  if (!guard) return {};
  Ref<Tuple> children = TRY(new_tuple(static_cast<Py_ssize_t>(m.numchildren)));
  for (unsigned i = 0; i < m.numchildren; i++) children->ob_item[i] = TRY(model_object(p, m.children[i])).release();
  Ref<> type = TRY(new_int(m.type)), quantifier = TRY(new_int(m.quant)), own = TRY(name(p, m.name));
  return tuple_of({type.get(), quantifier.get(), own.get(), object(children.get())});
}

// -- calls ----------------------------------------------------------------------------------

struct EventRow {
  const char* name;  // as a traceback shows it
  int line;          // tracebacks of programs that CPython runs have this line of its source
};
constexpr EventRow kRows[kEvents] = {
    {"StartElement", 417},      {"EndElement", 469},       {"ProcessingInstruction", 473}, {"CharacterData", 282},
    {"UnparsedEntityDecl", 479}, {"NotationDecl", 619},    {"StartNamespaceDecl", 629},    {"EndNamespaceDecl", 636},
    {"Comment", 641},           {"StartCdataSection", 645}, {"EndCdataSection", 649},      {"Default", 653},
    {"DefaultHandlerExpand", 657}, {"NotStandalone", 662}, {"ExternalEntityRef", 666},     {"StartDoctypeDecl", 681},
    {"EndDoctypeDecl", 689},    {"EntityDecl", 491},       {"XmlDecl", 508},               {"ElementDecl", 583},
    {"AttlistDecl", 598},       {"SkippedEntity", 611},
};

/// Calls a handler; a failure stops the parser. Empty: it failed.
Ref<> call_handler(Parser& p, Event e, PyObject* const* args, size_t n) {
  Ref<> handler = share(p.handlers[e]);
  p.in_callback = true;
  Ref<> result = vectorcall(handler.get(), args, n);
  p.in_callback = false;
  if (!result) {
    add_synthetic_traceback(kRows[e].name, "../Modules/pyexpat.c", kRows[e].line);
    XML_StopParser(p.expat, XML_FALSE);
  }
  return result;
}

/// Is there someone to call, and no failure yet? Text collected so far comes first.
bool ready(Parser& p, Event e) {
  if (!p.handlers[e] || pending_error()) return false;
  return static_cast<bool>(flush_text(p)) && p.handlers[e];
}

/// Calls a handler with what the arguments become; they may fail, too.
template <class... A>
Ref<> deliver(Parser& p, Event e, A... args) {
  Ref<> result;
  if ((static_cast<bool>(args) && ...)) {
    PyObject* items[] = {args.get()..., nullptr};
    result = call_handler(p, e, items, sizeof...(A));
  }
  if (!result) drop_handlers(p);
  return result;
}

Parser& self(void* data) { return *static_cast<Parser*>(data); }

void start_element(void* data, const XML_Char* tag, const XML_Char** attributes) {
  Parser& p = self(data);
  if (ready(p, kStartElement)) deliver(p, kStartElement, name(p, tag), attributes_object(p, attributes)).reset();
}
void end_element(void* data, const XML_Char* tag) {
  Parser& p = self(data);
  if (ready(p, kEndElement)) deliver(p, kEndElement, name(p, tag)).reset();
}
void processing_instruction(void* data, const XML_Char* target, const XML_Char* rest) {
  Parser& p = self(data);
  if (ready(p, kProcessingInstruction)) deliver(p, kProcessingInstruction, name(p, target), text(rest)).reset();
}
void unparsed_entity(void* data, const XML_Char* entity, const XML_Char* base, const XML_Char* system,
                     const XML_Char* public_id, const XML_Char* notation) {
  Parser& p = self(data);
  if (ready(p, kUnparsedEntityDecl))
    deliver(p, kUnparsedEntityDecl, name(p, entity), name(p, base), name(p, system), name(p, public_id), name(p, notation))
        .reset();
}
void notation_decl(void* data, const XML_Char* notation, const XML_Char* base, const XML_Char* system,
                   const XML_Char* public_id) {
  Parser& p = self(data);
  if (ready(p, kNotationDecl))
    deliver(p, kNotationDecl, name(p, notation), name(p, base), name(p, system), name(p, public_id)).reset();
}
void start_namespace(void* data, const XML_Char* prefix, const XML_Char* uri) {
  Parser& p = self(data);
  if (ready(p, kStartNamespaceDecl)) deliver(p, kStartNamespaceDecl, name(p, prefix), name(p, uri)).reset();
}
void end_namespace(void* data, const XML_Char* prefix) {
  Parser& p = self(data);
  if (ready(p, kEndNamespaceDecl)) deliver(p, kEndNamespaceDecl, name(p, prefix)).reset();
}
void comment(void* data, const XML_Char* content) {
  Parser& p = self(data);
  if (ready(p, kComment)) deliver(p, kComment, text(content)).reset();
}
void start_cdata(void* data) {
  Parser& p = self(data);
  if (ready(p, kStartCdataSection)) deliver(p, kStartCdataSection).reset();
}
void end_cdata(void* data) {
  Parser& p = self(data);
  if (ready(p, kEndCdataSection)) deliver(p, kEndCdataSection).reset();
}
void plain_default(void* data, const XML_Char* s, int n) {
  Parser& p = self(data);
  if (ready(p, kDefault)) deliver(p, kDefault, text(s, n)).reset();
}
void expanding_default(void* data, const XML_Char* s, int n) {
  Parser& p = self(data);
  if (ready(p, kDefaultHandlerExpand)) deliver(p, kDefaultHandlerExpand, text(s, n)).reset();
}

/// What a handler answers to the library; 0 stops it.
int answer(Parser& p, Ref<> result) {
  if (!result) return 0;
  Ref<> number = index(result.get());
  int64_t value = 0;
  if (!number || int_to_int64(number.get(), &value)) {
    if (!pending_error()) raise(PyExc_OverflowError, "Python int too large to convert to C long");
    drop_handlers(p);
    return 0;
  }
  return static_cast<int>(value);
}
int not_standalone(void* data) {
  Parser& p = self(data);
  if (!ready(p, kNotStandalone)) return 0;
  return answer(p, deliver(p, kNotStandalone));
}
int external_entity(XML_Parser parser, const XML_Char* context, const XML_Char* base, const XML_Char* system,
                    const XML_Char* public_id) {
  Parser& p = self(XML_GetUserData(parser));
  if (!ready(p, kExternalEntityRef)) return 0;
  return answer(p, deliver(p, kExternalEntityRef, text(context), name(p, base), name(p, system), name(p, public_id)));
}
void start_doctype(void* data, const XML_Char* doctype, const XML_Char* system, const XML_Char* public_id, int internal) {
  Parser& p = self(data);
  if (ready(p, kStartDoctypeDecl))
    deliver(p, kStartDoctypeDecl, name(p, doctype), name(p, system), name(p, public_id), new_int(internal)).reset();
}
void end_doctype(void* data) {
  Parser& p = self(data);
  if (ready(p, kEndDoctypeDecl)) deliver(p, kEndDoctypeDecl).reset();
}
void entity_decl(void* data, const XML_Char* entity, int is_parameter, const XML_Char* value, int length,
                 const XML_Char* base, const XML_Char* system, const XML_Char* public_id, const XML_Char* notation) {
  Parser& p = self(data);
  if (ready(p, kEntityDecl))
    deliver(p, kEntityDecl, name(p, entity), new_int(is_parameter), text(value, length), name(p, base), name(p, system),
            name(p, public_id), name(p, notation))
        .reset();
}
void xml_decl(void* data, const XML_Char* version, const XML_Char* encoding, int standalone) {
  Parser& p = self(data);
  if (ready(p, kXmlDecl)) deliver(p, kXmlDecl, text(version), text(encoding), new_int(standalone)).reset();
}
void element_decl(void* data, const XML_Char* tag, XML_Content* model) {
  Parser& p = self(data);
  if (ready(p, kElementDecl)) deliver(p, kElementDecl, name(p, tag), model_object(p, *model)).reset();
  XML_FreeContentModel(p.expat, model);
}
void attribute_list(void* data, const XML_Char* element, const XML_Char* attribute, const XML_Char* type,
                    const XML_Char* otherwise, int required) {
  Parser& p = self(data);
  if (ready(p, kAttlistDecl))
    deliver(p, kAttlistDecl, name(p, element), name(p, attribute), text(type), text(otherwise), new_int(required)).reset();
}
void skipped_entity(void* data, const XML_Char* entity, int is_parameter) {
  Parser& p = self(data);
  if (ready(p, kSkippedEntity)) deliver(p, kSkippedEntity, name(p, entity), new_int(is_parameter)).reset();
}

// -- text -----------------------------------------------------------------------------------

Status tell_text(Parser& p, const XML_Char* s, int n) {
  if (!p.handlers[kCharacterData]) return {};
  return done(deliver(p, kCharacterData, text(s, n)));
}
void character_data(void* data, const XML_Char* s, int n) {
  Parser& p = self(data);
  if (pending_error()) return;
  if (!p.buffer) {
    if (!tell_text(p, s, n)) return;
    return;
  }
  if (n > p.buffer_size - p.buffer_used) {
    // The handler may put another in its place, or none.
    if (!flush_text(p) || !p.handlers[kCharacterData]) return;
  }
  if (n > p.buffer_size) {
    if (!tell_text(p, s, n)) return;
    p.buffer_used = 0;
  } else {
    memcpy(p.buffer + p.buffer_used, s, static_cast<size_t>(n));
    p.buffer_used += n;
  }
}
void ignore_text(void*, const XML_Char*, int) {}
int refuse_entity(XML_Parser, const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*) { return 0; }

}  // namespace

Status flush_text(Parser& p) {
  if (!p.buffer || !p.buffer_used) return {};
  Status told = tell_text(p, p.buffer, p.buffer_used);
  p.buffer_used = 0;
  return told;
}

void set_library_handler(Parser& p, Event e, bool on) {
  XML_Parser x = p.expat;
  switch (e) {
    case kStartElement: return XML_SetStartElementHandler(x, on ? start_element : nullptr);
    case kEndElement: return XML_SetEndElementHandler(x, on ? end_element : nullptr);
    case kProcessingInstruction: return XML_SetProcessingInstructionHandler(x, on ? processing_instruction : nullptr);
    case kCharacterData:
      // Inside a callback the library may be in the middle of text: it needs someone to give it to.
      return XML_SetCharacterDataHandler(x, on ? character_data : p.in_callback ? ignore_text : nullptr);
    case kUnparsedEntityDecl: return XML_SetUnparsedEntityDeclHandler(x, on ? unparsed_entity : nullptr);
    case kNotationDecl: return XML_SetNotationDeclHandler(x, on ? notation_decl : nullptr);
    case kStartNamespaceDecl: return XML_SetStartNamespaceDeclHandler(x, on ? start_namespace : nullptr);
    case kEndNamespaceDecl: return XML_SetEndNamespaceDeclHandler(x, on ? end_namespace : nullptr);
    case kComment: return XML_SetCommentHandler(x, on ? comment : nullptr);
    case kStartCdataSection: return XML_SetStartCdataSectionHandler(x, on ? start_cdata : nullptr);
    case kEndCdataSection: return XML_SetEndCdataSectionHandler(x, on ? end_cdata : nullptr);
    case kDefault: return XML_SetDefaultHandler(x, on ? plain_default : nullptr);
    case kDefaultHandlerExpand: return XML_SetDefaultHandlerExpand(x, on ? expanding_default : nullptr);
    case kNotStandalone: return XML_SetNotStandaloneHandler(x, on ? not_standalone : nullptr);
    case kExternalEntityRef: return XML_SetExternalEntityRefHandler(x, on ? external_entity : nullptr);
    case kStartDoctypeDecl: return XML_SetStartDoctypeDeclHandler(x, on ? start_doctype : nullptr);
    case kEndDoctypeDecl: return XML_SetEndDoctypeDeclHandler(x, on ? end_doctype : nullptr);
    case kEntityDecl: return XML_SetEntityDeclHandler(x, on ? entity_decl : nullptr);
    case kXmlDecl: return XML_SetXmlDeclHandler(x, on ? xml_decl : nullptr);
    case kElementDecl: return XML_SetElementDeclHandler(x, on ? element_decl : nullptr);
    case kAttlistDecl: return XML_SetAttlistDeclHandler(x, on ? attribute_list : nullptr);
    case kSkippedEntity: return XML_SetSkippedEntityHandler(x, on ? skipped_entity : nullptr);
    case kEvents: return;
  }
}

void drop_handlers(Parser& p) {
  for (int e = 0; e < kEvents; e++) {
    clear_field(p.handlers[e]);
    set_library_handler(p, static_cast<Event>(e), false);
  }
  XML_SetExternalEntityRefHandler(p.expat, refuse_entity);
}

int decode_unknown_encoding(void*, const XML_Char* name, XML_Encoding* info) {
  if (pending_error()) return XML_STATUS_ERROR;
  char all[256];
  for (int i = 0; i < 256; i++) all[i] = static_cast<char>(i);
  Ref<> decoded = decode_text({all, sizeof all}, name, "replace");
  if (!decoded) return XML_STATUS_ERROR;
  if (str_length(decoded.get()) != 256) {
    raise(PyExc_ValueError, "multi-byte encodings are not supported");
    return XML_STATUS_ERROR;
  }
  for (int i = 0; i < 256; i++) {
    Py_UCS4 c = char_at(decoded.get(), i);
    info->map[i] = c == 0xfffd ? -1 : static_cast<int>(c);
  }
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

// -- attributes -----------------------------------------------------------------------------

namespace {

Event event_of(void* closure) { return static_cast<Event>(reinterpret_cast<intptr_t>(closure)); }
Ref<> get_handler(PyObject* o, void* closure) {
  PyObject* handler = self(o).handlers[event_of(closure)];
  return share(handler ? handler : Py_None);
}
Status set_handler(PyObject* o, PyObject* value, void* closure) {
  Parser& p = self(o);
  Event e = event_of(closure);
  if (!value) return raise(PyExc_RuntimeError, "Cannot delete attribute");
  if (e == kCharacterData) TRY(flush_text(p));  // it belongs to the handler until now
  bool on = value != Py_None;
  replace_field(p.handlers[e], on ? share(value) : Ref<>());
  set_library_handler(p, e, on);
  return {};
}
template <Event e>
constexpr PyGetSetDef attribute(const char* name) {
  return {name, slot<get_handler>, slot<set_handler>, nullptr,
          __builtin_constant_p(1) ? (void*)(intptr_t)e : nullptr};
}

}  // namespace

constinit PyGetSetDef handler_attributes[] = {
    attribute<kStartElement>("StartElementHandler"),
    attribute<kEndElement>("EndElementHandler"),
    attribute<kProcessingInstruction>("ProcessingInstructionHandler"),
    attribute<kCharacterData>("CharacterDataHandler"),
    attribute<kUnparsedEntityDecl>("UnparsedEntityDeclHandler"),
    attribute<kNotationDecl>("NotationDeclHandler"),
    attribute<kStartNamespaceDecl>("StartNamespaceDeclHandler"),
    attribute<kEndNamespaceDecl>("EndNamespaceDeclHandler"),
    attribute<kComment>("CommentHandler"),
    attribute<kStartCdataSection>("StartCdataSectionHandler"),
    attribute<kEndCdataSection>("EndCdataSectionHandler"),
    attribute<kDefault>("DefaultHandler"),
    attribute<kDefaultHandlerExpand>("DefaultHandlerExpand"),
    attribute<kNotStandalone>("NotStandaloneHandler"),
    attribute<kExternalEntityRef>("ExternalEntityRefHandler"),
    attribute<kStartDoctypeDecl>("StartDoctypeDeclHandler"),
    attribute<kEndDoctypeDecl>("EndDoctypeDeclHandler"),
    attribute<kEntityDecl>("EntityDeclHandler"),
    attribute<kXmlDecl>("XmlDeclHandler"),
    attribute<kElementDecl>("ElementDeclHandler"),
    attribute<kAttlistDecl>("AttlistDeclHandler"),
    attribute<kSkippedEntity>("SkippedEntityHandler"),
    {},
};

}  // namespace taipan::expat
