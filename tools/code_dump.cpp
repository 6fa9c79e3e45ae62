// Compiles Python files and prints their code objects in a canonical form, without a running interpreter: what
// tests/oracle/compiler_compare.py compares with CPython's.
//
// usage: code_dump [-O|-OO] FILE…       or with "-": paths on standard input, one a line, each answered by
//        a line "PATH<tab>bytes" and that many bytes of text
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
#include <string>
#include <vector>
#include <algorithm>

#include "base/hash.h"
#include "bytecode/line_table.h"
#include "compiler/compile.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/name.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/code.h"
#include "types/set.h"

using namespace taipan;

namespace {

int optimize = 0;

void add_hex(std::string& out, std::string_view bytes) {
  for (unsigned char c : bytes) {
    char text[3];
    snprintf(text, sizeof text, "%02x", c);
    out += text;
  }
}

/// Code points, so that any str can be shown: ASCII as it is, others as \x{…}.
void add_str(std::string& out, PyObject* s) {
  out += '"';
  for (Py_ssize_t i = 0; i < str_length(s); i++) {
    Py_UCS4 c = char_at(s, i);
    if (c >= 32 && c < 127 && c != '\\' && c != '"') {
      out += char(c);
    } else {
      char text[16];
      snprintf(text, sizeof text, "\\x{%x}", c);
      out += text;
    }
  }
  out += '"';
}

void add_double(std::string& out, double d) {
  char text[24];
  if (d != d) d = std::bit_cast<double>(uint64_t{0x7ff8000000000000});
  snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(std::bit_cast<uint64_t>(d)));
  out += text;
}

void add_int(std::string& out, PyObject* o) {
  if (Py_SIZE(o) < 0) out += '-';
  for (Py_ssize_t i = Py_ABS(Py_SIZE(o)); i-- > 0;) {
    char text[16];
    snprintf(text, sizeof text, "%08x.", reinterpret_cast<Int*>(o)->ob_digit[i]);
    out += text;
  }
}

void add(std::string& out, PyObject* o, int depth);

void add_field(std::string& out, int depth, const char* name) {
  out += '\n';
  out.append(size_t(depth) * 2, ' ');
  out += name;
  out += '=';
}

std::string units_of(Code* c) {
  std::string text;
  Ref<> bytes = code_bytes(c);
  std::string_view v = bytes_view(bytes.get());
  LineTableReader lines(line_table(c), c->co_firstlineno);
  bool known = lines.next();
  for (size_t i = 0; i + 1 < v.size(); i += 2) {
    while (known && int(i / 2) >= lines.end()) known = lines.next();
    const auto& row = kOpcodes[uint8_t(v[i])];
    text += "\n            ";
    text += row.exists() ? std::string(row.name) : "?";
    text += ' ' + std::to_string(int(uint8_t(v[i + 1])));
    const Location& l = lines.location();
    if (row.name != "CACHE") {
      for (int n : {l.line, l.end_line, l.column, l.end_column}) text += n < 0 ? " None" : " " + std::to_string(n);
    }
  }
  return text;
}

void add_code(std::string& out, Code* c, int depth) {
  out += "code(";
  auto number = [&](const char* name, int n) {
    add_field(out, depth, name);
    out += std::to_string(n);
  };
  auto value = [&](const char* name, Ref<> o) {
    add_field(out, depth, name);
    if (o) add(out, o.get(), depth + 1);
  };
  value("co_name", share(c->co_name));
  value("co_qualname", share(c->co_qualname));
  number("co_argcount", c->co_argcount);
  number("co_posonlyargcount", c->co_posonlyargcount);
  number("co_kwonlyargcount", c->co_kwonlyargcount);
  number("co_nlocals", c->co_nlocals);
  number("co_stacksize", c->co_stacksize);
  number("co_flags", c->co_flags);
  number("co_firstlineno", c->co_firstlineno);
  value("co_names", share(c->co_names));
  value("co_varnames", code_varnames(c));
  value("co_freevars", code_freevars(c));
  value("co_cellvars", code_cellvars(c));
  add_field(out, depth, "co_code");
  out += units_of(c);
  value("co_linetable", share(c->co_linetable));
  value("co_exceptiontable", share(c->co_exceptiontable));
  value("co_consts", share(c->co_consts));
  out += ')';
}

void add(std::string& out, PyObject* o, int depth) {
  PyTypeObject* type = Py_TYPE(o);
  if (type == &PyCode_Type) return add_code(out, reinterpret_cast<Code*>(o), depth);
  if (type == &PyUnicode_Type) return add_str(out, o);
  if (type == &PyTuple_Type) {
    out += '(';
    for (Py_ssize_t i = 0; i < tuple_size(o); i++) {
      add(out, item(o, i), depth + 1);
      out += ',';
    }
    out += ')';
  } else if (type == &PyFrozenSet_Type) {
    std::vector<std::string> items;
    Py_ssize_t position = 0;
    PyObject* key;
    while (set_next(o, &position, &key)) add(items.emplace_back(), key, depth);
    std::sort(items.begin(), items.end());
    out += "frozenset{";
    for (auto& i : items) out += i + ",";
    out += '}';
  } else if (type == &PyLong_Type) {
    out += "int:";
    add_int(out, o);
  } else if (type == &PyFloat_Type) {
    out += "float:";
    add_double(out, float_value(o));
  } else if (type == &PyComplex_Type) {
    Py_complex z = reinterpret_cast<Complex*>(o)->cval;
    out += "complex:";
    add_double(out, z.real);
    out += ',';
    add_double(out, z.imag);
  } else if (type == &PyBytes_Type) {
    out += "bytes:";
    add_hex(out, bytes_view(o));
  } else {
    out += o == Py_None ? "None" : o == Py_True ? "True" : o == Py_False ? "False" : o == Py_Ellipsis ? "..." : "?";
  }
}

void add_error(std::string& out) {
  Ref<> error = take_error();
  if (!error) {
    out += "error without exception";
    return;
  }
  out += type_name(error.get());
  out += ": ";
  if (PyType_IsSubtype(Py_TYPE(error.get()), reinterpret_cast<PyTypeObject*>(PyExc_SyntaxError))) {
    auto* e = reinterpret_cast<PySyntaxErrorObject*>(error.get());
    bool first = true;
    for (PyObject* field : {e->msg, e->lineno, e->offset, e->end_lineno, e->end_offset}) {
      if (!std::exchange(first, false)) out += ' ';
      add(out, field ? field : Py_None, 0);
    }
  } else {
    PyObject* args = reinterpret_cast<Exception*>(error.get())->args;
    if (tuple_size(args)) add(out, item(args, 0), 0);
  }
}

std::string describe(const char* path) {
  std::string source, out;
  FILE* f = fopen(path, "rb");
  if (!f) return "cannot open";
  char buffer[65536];
  while (size_t n = fread(buffer, 1, sizeof buffer, f)) source.append(buffer, n);
  fclose(f);
  Ref<> filename = new_str("F");
  Ref<Code> code = compile_source(source, true, SourceMode::kExec, filename.get(), {.flags = 0, .optimize = optimize});
  if (code) add_code(out, code.get(), 1);
  else add_error(out);
  clear_error();
  return out;
}

bool start() {
  static Thread thread{};
  thread.interp = &interpreter();
  interpreter().recursion_limit = 1000;
  thread.recursion_limit = thread.recursion_remaining = 1000;
  thread.exc_info = &thread.exc_state;
  thread.cframe = &thread.root_cframe;
  thread.stack_limit = static_cast<char*>(__builtin_frame_address(0)) - (7 << 20);
  set_current_thread(&thread);
  hash_secret = hash_secret_from_seed(0);
  if (!intern_static_names() || !start_ints() || !start_bytes()) return false;
  PyTypeObject* types[] = {&PyBaseObject_Type, &PyType_Type,  &PyUnicode_Type, &PyLong_Type,     &PyBool_Type,
                           &PyFloat_Type,      &PyComplex_Type, &PyTuple_Type, &PyList_Type,     &PyDict_Type,
                           &PySet_Type,        &PyFrozenSet_Type, &PyBytes_Type, &PyCode_Type};
  if (!ready_types(types, std::size(types))) return false;
  return bool(ready_types(exception_types, exception_type_count));
}

}  // namespace

int main(int argc, char** argv) {
  if (!start()) {
    fprintf(stderr, "cannot start\n");
    return 1;
  }
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "-O")) {
      optimize = 1;
    } else if (!strcmp(argv[i], "-OO")) {
      optimize = 2;
    } else if (!strcmp(argv[i], "-")) {
      char* line = nullptr;
      size_t capacity = 0;
      while (getline(&line, &capacity, stdin) > 0) {
        line[strcspn(line, "\n")] = 0;
        std::string text = describe(line);
        printf("%s\t%zu\n", line, text.size());
        fwrite(text.data(), 1, text.size(), stdout);
        fflush(stdout);
      }
      free(line);
    } else {
      puts(describe(argv[i]).c_str());
    }
  }
  fflush(stdout);
  _exit(0);
}
