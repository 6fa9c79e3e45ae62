#pragma once
// pyexpat's parser object: the library's parser, a Python callable per event, and the text that is being collected.
#include <expat.h>

#include "object/bind.h"

namespace taipan::expat {

/// What a program can have called, in the order of the attributes.
enum Event {
  kStartElement, kEndElement, kProcessingInstruction, kCharacterData, kUnparsedEntityDecl, kNotationDecl,
  kStartNamespaceDecl, kEndNamespaceDecl, kComment, kStartCdataSection, kEndCdataSection, kDefault, kDefaultHandlerExpand,
  kNotStandalone, kExternalEntityRef, kStartDoctypeDecl, kEndDoctypeDecl, kEntityDecl, kXmlDecl, kElementDecl, kAttlistDecl,
  kSkippedEntity, kEvents
};

struct Parser {
  PyObject_HEAD
  XML_Parser expat;
  PyObject* parent;  // a parser of an external entity needs the one that it was made from
  int ordered_attributes, specified_attributes, namespace_prefixes;
  bool in_callback;
  char* buffer;      // null: text is not collected
  int buffer_size, buffer_used;
  PyObject* interned;  // dict: texts seen so far; null: no interning
  PyObject* handlers[kEvents];
  template <class F>
  void each(F&& f) {
    f(parent), f(interned);
    for (PyObject*& h : handlers) f(h);
  }
};
extern PyTypeObject parser_type;
extern PyObject* error;  // ExpatError
extern PyGetSetDef handler_attributes[];

/// Tells the program about the text collected so far.
Status flush_text(Parser& p);
/// Has the library call us for this event, or no more.
void set_library_handler(Parser& p, Event e, bool wanted);
/// A handler has failed: nothing more is called.
void drop_handlers(Parser& p);
int decode_unknown_encoding(void*, const XML_Char* name, XML_Encoding* info);

Ref<> new_parser(const char* encoding, const char* separator, PyObject* interned);
Raised raise_expat(XML_Parser p, XML_Error code);

}  // namespace taipan::expat
