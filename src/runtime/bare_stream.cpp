// -X bare: no importlib, no library, no buffered streams: sys.stdout and sys.stderr write straight to the descriptor.
// For finding out what is wrong when a normal start does not get that far, and for the messages of a start itself.
#include <unistd.h>

#include "object/bind.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/str.h"
#include "object/type.h"
#include "runtime/lifecycle.h"

namespace taipan {
namespace {

struct BareStream {
  PyObject_HEAD
  int fd;
};

constexpr char write_doc[] = "write($self, text, /)\n--\n\nWrites text.";
Result<Py_ssize_t> write_text(BareStream& self, Str& text) {
  std::string_view bytes = utf8_or_question(object(text));
  Py_ssize_t n = str_length(object(text));
  while (!bytes.empty()) {
    ssize_t done = write(self.fd, bytes.data(), bytes.size());
    if (done <= 0) break;
    bytes.remove_prefix(static_cast<size_t>(done));
  }
  return n;
}
constexpr char flush_doc[] = "flush($self, /)\n--\n\nDoes nothing.";
void flush(BareStream&) {}

constexpr char fileno_doc[] = "fileno($self, /)\n--\n\nThe descriptor.";
Ref<> fileno_of(BareStream& self) { return new_int(self.fd); }

constinit PyMethodDef methods[] = {method<write_doc, write_text>, method<flush_doc, flush>, method<fileno_doc, fileno_of>, {}};
void dealloc(PyObject* o) { deallocate(reinterpret_cast<BareStream*>(o)); }

constinit PyTypeObject bare_stream_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "bare_stream",
    .tp_basicsize = sizeof(BareStream),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = methods,
};

}  // namespace

static Status set_bare(PyObject* name, int fd) {
  TRY(ready_type(&bare_stream_type));
  Ref<BareStream> stream = TRY(allocate<BareStream>(&bare_stream_type));
  stream->fd = fd;
  return sys_set(name, object(stream.get()));
}

Status make_bare_streams() {
  TRY(set_bare("stdout"_name, 1));
  return set_bare("stderr"_name, 2);
}
Status make_early_stderr() {
  TRY(set_bare("stderr"_name, 2));
  return set_bare("__stderr__"_name, 2);
}

}  // namespace taipan
