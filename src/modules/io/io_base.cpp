// _IOBase and the three abstract bases below it: what every file object can do, in terms of read, write and close.
#include "modules/io/io.h"

namespace taipan::io {
namespace {

PyObject* unsupported_class = nullptr;

static constexpr char seek_doc[] =
    "seek($self, pos, whence=0, /)\n--\n\nMove to a position: from the start (0), from here (1), from the end (2).";
Ref<> base_seek(PyObject* self, PyObject*, PyObject*) { return raise_unsupported("seek"); }
static constexpr char tell_doc[] = "tell($self, /)\n--\n\nThe current position.";
Ref<> base_tell(PyObject* self) { return call_method(self, "seek"_name, small_int(0), small_int(1)); }
static constexpr char truncate_doc[] = "truncate($self, pos=None, /)\n--\n\nCut the file at a position, the current one by default.";
Ref<> base_truncate(PyObject* self, PyObject*) { return raise_unsupported("truncate"); }

Result<bool> has_closed_mark(PyObject* self) { return has_attr(self, "__IOBase_closed"_name); }

static constexpr char flush_doc[] = "flush($self, /)\n--\n\nWrite out what is held back; nothing here.";
Status base_flush(PyObject* self) {
  if (TRY(has_closed_mark(self))) return raise_closed();
  return {};
}
static constexpr char close_doc[] = "close($self, /)\n--\n\nFlush and close. A second call does nothing.";
Status base_close(PyObject* self) {
  if (TRY(has_closed_mark(self))) return {};
  Ref<> flushed = call_method(self, "flush"_name);
  PendingError pending = PendingError::take();
  Status marked = set_attr(self, "__IOBase_closed"_name, Py_True);
  if (!flushed) {
    if (marked) std::move(pending).restore();
    else chain_context(std::move(pending));
    return Raised{};
  }
  return marked;
}
Ref<> get_closed(PyObject* self, void*) { return boolean(TRY(has_closed_mark(self))); }

static constexpr char seekable_doc[] = "seekable($self, /)\n--\n\nCan the position be moved?";
static constexpr char readable_doc[] = "readable($self, /)\n--\n\nCan the file be read?";
static constexpr char writable_doc[] = "writable($self, /)\n--\n\nCan the file be written?";
Ref<> answer_no(PyObject*) { return boolean(false); }

Ref<> check_seekable(PyObject* self) { TRY(check_capability(self, "seekable"_name, "File or stream is not seekable.")); return boolean(true); }
Ref<> check_readable(PyObject* self) { TRY(check_capability(self, "readable"_name, "File or stream is not readable.")); return boolean(true); }
Ref<> check_writable(PyObject* self) { TRY(check_capability(self, "writable"_name, "File or stream is not writable.")); return boolean(true); }
Status check_closed_method(PyObject* self) { return check_closed(self); }
static constexpr char check_seekable_doc[] = "_checkSeekable($self, /)\n--\n\nRaise unless seekable.";
static constexpr char check_readable_doc[] = "_checkReadable($self, /)\n--\n\nRaise unless readable.";
static constexpr char check_writable_doc[] = "_checkWritable($self, /)\n--\n\nRaise unless writable.";
static constexpr char check_closed_doc[] = "_checkClosed($self, /)\n--\n\nRaise if closed.";

static constexpr char fileno_doc[] = "fileno($self, /)\n--\n\nThe file descriptor.";
Ref<> base_fileno(PyObject*) { return raise_unsupported("fileno"); }
static constexpr char isatty_doc[] = "isatty($self, /)\n--\n\nIs it a terminal?";
Ref<> base_isatty(PyObject* self) {
  TRY(check_closed(self));
  return boolean(false);
}
static constexpr char enter_doc[] = "__enter__($self, /)\n--\n\nThe file itself.";
Ref<> base_enter(PyObject* self) {
  TRY(check_closed(self));
  return share(self);
}
static constexpr char exit_doc[] = "__exit__($self, /, *args)\n--\n\nClose the file.";
Ref<> base_exit(PyObject* self, VarArgs) { return call_method(self, "close"_name); }

static constexpr char readline_doc[] = "readline($self, size=-1, /)\n--\n\nA line with its line break; at most size bytes if size is not negative.";
Ref<> base_readline(PyObject* self, PyObject* size_argument) {
  Py_ssize_t limit = size_argument ? TRY(read_size(size_argument)) : -1;
  Ref<> peek = TRY(find_attr(self, "peek"_name));
  TextBuffer line;
  while (limit < 0 || static_cast<Py_ssize_t>(line.size()) < limit) {
    Py_ssize_t wanted = 1;
    if (peek) {
      Ref<> ahead = TRY(call(peek.get(), small_int(1)));
      if (!PyBytes_Check(ahead.get()))
        return raise(PyExc_OSError, "peek() should have returned a bytes object, not '{}'", clip(type_name(ahead.get()), 200));
      std::string_view bytes = bytes_view(ahead.get());
      if (!bytes.empty()) {
        size_t end = bytes.find('\n');
        wanted = static_cast<Py_ssize_t>(end == bytes.npos ? bytes.size() : end + 1);
        if (limit >= 0) wanted = std::min(wanted, limit - static_cast<Py_ssize_t>(line.size()));
      }
    }
    Ref<> count = TRY(new_int(wanted));
    Ref<> piece = TRY(call_method(self, "read"_name, count.get()));
    if (!PyBytes_Check(piece.get()))
      return raise(PyExc_OSError, "read() should have returned a bytes object, not '{}'", clip(type_name(piece.get()), 200));
    std::string_view bytes = bytes_view(piece.get());
    if (bytes.empty()) break;
    if (!line.append(bytes)) return raise_no_memory();
    if (bytes.back() == '\n') break;
  }
  return new_bytes(line.view());
}
Ref<> base_iter(PyObject* self) {
  TRY(check_closed(self));
  return share(self);
}
Result<Ref<>> base_next(PyObject* self) {
  Ref<> line = TRY(call_method(self, "readline"_name));
  if (TRY(length(line.get())) == 0) return Ref<>();
  return line;
}
static constexpr char readlines_doc[] = "readlines($self, hint=-1, /)\n--\n\nA list of lines; no more once hint bytes or characters are reached.";
Ref<> base_readlines(PyObject* self, PyObject* hint_argument) {
  Py_ssize_t hint = hint_argument ? TRY(read_size(hint_argument)) : -1;
  Ref<List> lines = TRY(new_list());
  if (hint <= 0) {
    TRY(list_extend(object(lines.get()), self));
    return lines;
  }
  Py_ssize_t total = 0;
  Ref<> it = TRY(iterate(self));
  for (;;) {
    Ref<> line = TRY(next(it.get()));
    if (!line) return lines;
    TRY(list_append(object(lines.get()), line.get()));
    total += TRY(length(line.get()));
    if (total > hint) return lines;
  }
}
static constexpr char writelines_doc[] = "writelines($self, lines, /)\n--\n\nWrite each string; no line breaks are added.";
Status base_writelines(PyObject* self, PyObject* lines) {
  TRY(check_closed(self));
  return for_each(lines, [&](PyObject* line) -> Status {
    Ref<> done = TRY(call_method(self, "write"_name, line));
    return {};
  });
}

void base_dealloc(PyObject* o) {
  // A subclass's dealloc has called tp_finalize already; for the bases themselves it is up to us.
  if (call_finalizer_from_dealloc(o)) return;
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  auto* f = reinterpret_cast<IOBase*>(o);
  clear_weakrefs(o);
  Py_XDECREF(f->dict);
  Py_TYPE(o)->tp_free(o);
}
int base_traverse(PyObject* o, visitproc visit, void* arg) { return visit_base(reinterpret_cast<IOBase*>(o), visit, arg); }
int base_clear(PyObject* o) {
  clear_field(reinterpret_cast<IOBase*>(o)->dict);
  return 0;
}
Ref<> get_dict(PyObject* o, void*) { return get_instance_dict(o); }

constinit PyMethodDef methods[] = {
    method<seek_doc, base_seek>, method<tell_doc, base_tell>, method<truncate_doc, base_truncate>,
    method<flush_doc, base_flush>, method<close_doc, base_close>,
    method<seekable_doc, answer_no>, method<readable_doc, answer_no>, method<writable_doc, answer_no>,
    method<check_closed_doc, check_closed_method>, method<check_seekable_doc, check_seekable>,
    method<check_readable_doc, check_readable>, method<check_writable_doc, check_writable>,
    method<fileno_doc, base_fileno>, method<isatty_doc, base_isatty>,
    method<enter_doc, base_enter>, method<exit_doc, base_exit>,
    method<readline_doc, base_readline>, method<readlines_doc, base_readlines>, method<writelines_doc, base_writelines>,
    {},
};
constinit PyGetSetDef getset[] = {
    {"__dict__", slot<get_dict>, nullptr, nullptr, nullptr},
    {"closed", slot<get_closed>, nullptr, nullptr, nullptr},
    {},
};

// -- _RawIOBase: read in terms of readinto --

static constexpr char raw_read_doc[] = "read($self, size=-1, /)\n--\n\nUp to size bytes; all there are if size is negative.";
Ref<> raw_read(PyObject* self, Py_ssize_t n) {
  if (n < 0) return call_method(self, "readall"_name);
  Ref<> wanted = TRY(new_int(n));
  Ref<> array = TRY(call(object(&PyByteArray_Type), wanted.get()));
  Ref<> got = TRY(call_method(self, "readinto"_name, array.get()));
  if (got.get() == Py_None) return got;
  Py_ssize_t count = TRY(to_ssize(got.get(), PyExc_ValueError));
  auto* a = reinterpret_cast<ByteArray*>(array.get());
  if (count < 0 || count > Py_SIZE(a)) return raise(PyExc_ValueError, "readinto returned {} outside buffer size {}", count, Py_SIZE(a));
  return new_bytes({a->ob_start, static_cast<size_t>(count)});
}
static constexpr char raw_readall_doc[] = "readall($self, /)\n--\n\nEverything until the end.";
Ref<> raw_readall(PyObject* self) {
  TextBuffer all;
  Ref<> step = TRY(new_int(kDefaultBufferSize));
  for (;;) {
    Ref<> piece = TRY(call_method(self, "read"_name, step.get()));
    if (piece.get() == Py_None) {
      if (!all.size()) return piece;
      break;
    }
    if (!PyBytes_Check(piece.get())) return raise(PyExc_TypeError, "read() should return bytes");
    if (!Py_SIZE(piece.get())) break;
    if (!all.append(bytes_view(piece.get()))) return raise_no_memory();
  }
  return new_bytes(all.view());
}
constinit PyMethodDef raw_methods[] = {method<raw_read_doc, raw_read>, method<raw_readall_doc, raw_readall>, {}};

// -- _BufferedIOBase --

static constexpr char readinto_doc[] = "readinto($self, buffer, /)\n--\n\nRead into a writable buffer; the number of bytes.";
static constexpr char readinto1_doc[] = "readinto1($self, buffer, /)\n--\n\nThe same with at most one read of the raw file.";
Ref<> read_into(PyObject* self, PyObject* buffer, PyObject* method_name) {
  BufferView view;
  TRY(view.acquire_writable(buffer));
  Ref<> size = TRY(new_int(view.size()));
  Ref<> data = TRY(call_method(self, method_name, size.get()));
  if (!PyBytes_Check(data.get())) return raise(PyExc_TypeError, "read() should return bytes");
  Py_ssize_t n = Py_SIZE(data.get());
  if (n > view.size())
    return raise(PyExc_ValueError, "read() returned too much data: {} bytes requested, {} returned", view.size(), n);
  memcpy(view.data(), PyBytes_AS_STRING(data.get()), n);
  return new_int(n);
}
Ref<> buffered_readinto(PyObject* self, PyObject* buffer) { return read_into(self, buffer, "read"_name); }
Ref<> buffered_readinto1(PyObject* self, PyObject* buffer) { return read_into(self, buffer, "read1"_name); }
Ref<> refuse_read(PyObject*, VarArgs) { return raise_unsupported("read"); }
Ref<> refuse_read1(PyObject*, VarArgs) { return raise_unsupported("read1"); }
Ref<> refuse_write(PyObject*, VarArgs) { return raise_unsupported("write"); }
Ref<> refuse_detach(PyObject*) { return raise_unsupported("detach"); }
static constexpr char read_doc[] = "read($self, /, *args)\n--\n\nRead; subclasses say how.";
static constexpr char read1_doc[] = "read1($self, /, *args)\n--\n\nRead with at most one raw read; subclasses say how.";
static constexpr char write_doc[] = "write($self, /, *args)\n--\n\nWrite; subclasses say how.";
static constexpr char detach_doc[] = "detach($self, /)\n--\n\nSeparate the underlying file and return it.";
constinit PyMethodDef buffered_methods[] = {
    method<detach_doc, refuse_detach>, method<read_doc, refuse_read>, method<read1_doc, refuse_read1>,
    method<readinto_doc, buffered_readinto>, method<readinto1_doc, buffered_readinto1>, method<write_doc, refuse_write>, {}};

// -- _TextIOBase --

Ref<> refuse_readline(PyObject*, VarArgs) { return raise_unsupported("readline"); }
static constexpr char text_readline_doc[] = "readline($self, /, *args)\n--\n\nA line; subclasses say how.";
Ref<> answer_none(PyObject*, void*) { return none(); }
constinit PyMethodDef text_methods[] = {method<detach_doc, refuse_detach>, method<read_doc, refuse_read>,
                                        method<text_readline_doc, refuse_readline>, method<write_doc, refuse_write>, {}};
constinit PyGetSetDef text_getset[] = {{"encoding", slot<answer_none>, nullptr, nullptr, nullptr},
                                       {"newlines", slot<answer_none>, nullptr, nullptr, nullptr},
                                       {"errors", slot<answer_none>, nullptr, nullptr, nullptr},
                                       {}};

}  // namespace

PyObject* unsupported_operation() {
  if (!unsupported_class) {
    Ref<> bases = tuple_of({PyExc_OSError, PyExc_ValueError});
    Ref<Dict> dict = new_dict();
    if (!bases || !dict || !dict_set(object(dict.get()), "__module__"_name, "io"_name)) return nullptr;
    unsupported_class = new_type(&PyType_Type, "UnsupportedOperation"_name, bases.get(), object(dict.get())).release();
  }
  return unsupported_class;
}
Raised raise_unsupported(const char* message) {
  PyObject* type = unsupported_operation();
  if (!type) return {};
  return raise(type, "{}", message);
}
Raised raise_closed() { return raise(PyExc_ValueError, "I/O operation on closed file."); }

Result<bool> is_closed(PyObject* file) {
  Ref<> closed = TRY(get_attr(file, "closed"_name));
  return is_true(closed.get());
}
Status check_closed(PyObject* file) {
  if (TRY(is_closed(file))) return raise_closed();
  return {};
}
Status check_capability(PyObject* file, PyObject* method, const char* message) {
  Ref<> answer = TRY(call_method(file, method));
  if (answer.get() == Py_True) return {};
  return raise_unsupported(message);
}

void finalize_file(PyObject* file) {
  PendingError pending = PendingError::take();
  bool closed = false;
  Ref<> answer = get_attr(file, "closed"_name);
  if (!answer) {
    clear_error();
  } else {
    auto truth = is_true(answer.get());
    if (truth) closed = *truth;
    else clear_error();
  }
  if (!closed) {
    if (!set_attr(file, "_finalizing"_name, Py_True)) clear_error();
    Ref<> done = call_method(file, "close"_name);
    // Nobody can answer an error in here; the file is gone either way.
    if (!done) clear_error();
  }
  std::move(pending).restore();
}

Result<Py_ssize_t> read_size(PyObject* size) {
  if (size == Py_None) return -1;
  if (!is_index(size)) return raise(PyExc_TypeError, "argument should be integer or None, not '{}'", clip(type_name(size), 200));
  return to_ssize(size, PyExc_OverflowError);
}

Result<int64_t> to_offset(PyObject* o) {
  Ref<> n = TRY(index(o));
  int64_t value;
  if (int_to_int64(n.get(), &value) != 0) return raise(PyExc_OverflowError, "cannot fit '{}' into an offset-sized integer", type_name(o));
  return value;
}

}  // namespace taipan::io

using namespace taipan;

namespace taipan::io {

constinit PyTypeObject IOBase_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io._IOBase",
    .tp_basicsize = sizeof(IOBase),
    .tp_dealloc = base_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "_IOBase()\n--\n\nWhat all file objects share: closing, line by line reading, the with statement.",
    .tp_traverse = base_traverse,
    .tp_clear = base_clear,
    .tp_weaklistoffset = offsetof(IOBase, weaklist),
    .tp_iter = slot<base_iter>,
    .tp_iternext = slot<base_next>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_dictoffset = offsetof(IOBase, dict),
    .tp_new = generic_new,
    .tp_finalize = finalize_file,
};
constinit PyTypeObject RawIOBase_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io._RawIOBase",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "_RawIOBase()\n--\n\nBase of unbuffered binary files.",
    .tp_methods = raw_methods,
    .tp_base = &IOBase_Type,
};
constinit PyTypeObject BufferedIOBase_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io._BufferedIOBase",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "_BufferedIOBase()\n--\n\nBase of binary files that buffer.",
    .tp_methods = buffered_methods,
    .tp_base = &IOBase_Type,
};
constinit PyTypeObject TextIOBase_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_io._TextIOBase",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "_TextIOBase()\n--\n\nBase of text files.",
    .tp_methods = text_methods,
    .tp_getset = text_getset,
    .tp_base = &IOBase_Type,
};

}  // namespace taipan::io
