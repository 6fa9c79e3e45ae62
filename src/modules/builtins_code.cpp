// Built-in functions that run or compile code: eval, exec, compile, __import__, __build_class__,
// breakpoint.
#include "modules/builtins_code.h"
#include "object/bytes.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/fs_text.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/source.h"
#include "types/buffer.h"
#include "vm/vm.h"

namespace taipan::builtins {
namespace {

struct Scope {
  Ref<> globals, locals;
};
enum class For { eval, exec };

Raised raise_bad_globals(For use, PyObject* globals) {
  if (use == For::exec)
    return raise(PyExc_TypeError, "exec() globals must be a dict, not {}",
                 clip(type_name(globals), 100));
  if (is_mapping(globals))
    return raise_value(PyExc_TypeError,
                       "globals must be a real dict; try eval(code, {}, mapping)"_name);
  return raise(PyExc_TypeError, "globals must be a dict");
}

Result<Scope> make_scope(For use, PyObject* globals, PyObject* locals) {
  Scope s;
  if (locals != Py_None && !is_mapping(locals)) {
    if (use == For::eval) return raise(PyExc_TypeError, "locals must be a mapping");
    return raise(PyExc_TypeError, "locals must be a mapping or None, not {}",
                 clip(type_name(locals), 100));
  }
  if (globals != Py_None && !PyDict_Check(globals)) return raise_bad_globals(use, globals);
  if (globals != Py_None) {
    s.globals = share(globals);
    s.locals = share(locals == Py_None ? globals : locals);
  } else {
    PyObject* current = current_globals();
    if (!current) {
      return use == For::eval
                 ? raise(PyExc_TypeError,
                         "eval must be given globals and locals when called without a frame")
                 : raise(PyExc_SystemError, "globals and locals cannot be NULL");
    }
    s.globals = share(current);
    s.locals = locals == Py_None ? TRY(current_locals()) : share(locals);
  }
  if (!TRY(dict_contains(s.globals.get(), "__builtins__"_name)))
    TRY(dict_set(s.globals.get(), "__builtins__"_name, current_builtins()));
  return s;
}

/// The text of a str, bytes or buffer argument.
struct SourceText {
  std::string_view text;
  Ref<> owner;
  int flags = 0;
};
Result<SourceText> source_text(PyObject* o, const char* function, const char* what) {
  SourceText s;
  if (PyUnicode_Check(o)) {
    s.flags = PyCF_IGNORE_COOKIE;
    s.owner = share(o);
    s.text = TRY(to_utf8(o));
  } else if (PyBytes_Check(o)) {
    s.owner = share(o);
    s.text = bytes_view(o);
  } else if (has_buffer(o)) {
    s.owner = TRY(call(object(&PyBytes_Type), o));
    s.text = bytes_view(s.owner.get());
  } else {
    return raise(PyExc_TypeError, "{}() arg 1 must be a {} object", function, what);
  }
  if (s.text.find('\0') != s.text.npos)
    return raise(PyExc_ValueError, "source code string cannot contain null bytes");
  return s;
}

/// The __future__ and compiler flags of the running code.
int inherited_flags() {
  return current_code_flags() & PyCF_MASK;
}

Status audit_compile(std::string_view text, PyObject* filename) {
  if (!has_audit_hooks()) return {};
  Ref<> source = TRY(new_bytes(text));
  return audit("compile", {source.get(), filename});
}

Ref<> run_text(PyObject* source, const char* function, SourceKind kind, Scope& scope) {
  SourceText s = TRY(source_text(source, function, "string, bytes or code"));
  if (kind == SourceKind::eval)
    while (!s.text.empty() && (s.text[0] == ' ' || s.text[0] == '\t')) s.text.remove_prefix(1);
  SourceOptions options;
  options.flags = s.flags | inherited_flags();
  TRY(audit_compile(s.text, "<string>"_name));
  Ref<> code = TRY(compile_source(s.text, "<string>"_name, kind, options));
  TRY(audit("exec", {code.get()}));
  return eval_code(*reinterpret_cast<Code*>(code.get()), scope.globals.get(), scope.locals.get());
}

constexpr char eval_doc[] =
    "eval($module, source, globals=None, locals=None, /)\n--\n\n"
    "The value of an expression, given as text or as a code object, with these variables (default: "
    "the current ones).";
Ref<> eval(PyObject*, PyObject* source, PyObject* globals, PyObject* locals) {
  Scope scope = TRY(make_scope(For::eval, globals, locals));
  if (!PyCode_Check(source)) return run_text(source, "eval", SourceKind::eval, scope);
  auto& code = *reinterpret_cast<Code*>(source);
  if (code.co_nfreevars > 0)
    return raise(PyExc_TypeError, "code object passed to eval() may not contain free variables");
  TRY(audit("exec", {source}));
  return eval_code(code, scope.globals.get(), scope.locals.get());
}

Ref<> exec_code(Code& code, Scope& scope, PyObject* closure) {
  int free_count = code.co_nfreevars;
  if (!free_count) {
    if (closure) return raise(PyExc_TypeError, "cannot use a closure with this code object");
    return eval_code(code, scope.globals.get(), scope.locals.get());
  }
  bool right = closure && PyTuple_CheckExact(closure) && tuple_size(closure) == free_count;
  for (int i = 0; right && i < free_count; i++) right = PyCell_Check(item(closure, i));
  if (!right)
    return raise(PyExc_TypeError, "code object requires a closure of exactly length {}",
                 free_count);
  return eval_code_ex(code, scope.globals.get(), scope.locals.get(), nullptr, 0, nullptr, 0,
                      nullptr, 0, nullptr, closure);
}

constexpr char exec_doc[] =
    "exec($module, source, globals=None, locals=None, /, *, closure=None)\n--\n\n"
    "Runs statements, given as text or as a code object, with these variables (default: the "
    "current ones).\n"
    "A code object with free variables needs a closure: a tuple of as many cells.";
Ref<> exec(PyObject*, PyObject* source, PyObject* globals, PyObject* locals, PyObject* closure) {
  if (closure == Py_None) closure = nullptr;
  Scope scope = TRY(make_scope(For::exec, globals, locals));
  if (PyCode_Check(source)) {
    TRY(audit("exec", {source}));
    TRY(done(exec_code(*reinterpret_cast<Code*>(source), scope, closure)));
  } else {
    if (closure)
      return raise(PyExc_TypeError, "closure can only be used when source is a code object");
    TRY(done(run_text(source, "exec", SourceKind::file, scope)));
  }
  return none();
}

Result<SourceKind> source_kind(std::string_view mode, bool tree) {
  if (mode == "exec") return SourceKind::file;
  if (mode == "eval") return SourceKind::eval;
  if (mode == "single") return SourceKind::single;
  if (mode == "func_type") {
    if (tree) return SourceKind::function_type;
    return raise(PyExc_ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  }
  if (tree)
    return raise(PyExc_ValueError,
                 "compile() mode must be 'exec', 'eval', 'single' or 'func_type'");
  return raise(PyExc_ValueError, "compile() mode must be 'exec', 'eval' or 'single'");
}

constexpr char compile_doc[] =
    "compile($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, "
    "optimize=-1, *, _feature_version=-1)\n--\n\n"
    "A code object for exec() or eval(), from text or from a tree of module ast. The filename is "
    "what tracebacks show;\n"
    "mode is 'exec' for a module, 'eval' for one expression, 'single' for one statement of a "
    "prompt.\n"
    "Flags choose future features; those of the calling code count too, unless dont_inherit is "
    "set.";
Ref<> compile(PyObject*, PyObject* source, PyObject* filename, std::string_view mode, int flags,
              bool dont_inherit, int optimize, int feature_version) {
  Ref<> name = TRY(path_text(filename));
  if (flags & ~(PyCF_MASK | PyCF_MASK_OBSOLETE | PyCF_COMPILE_MASK))
    return raise(PyExc_ValueError, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2)
    return raise(PyExc_ValueError, "compile(): invalid optimize value");
  SourceOptions options;
  options.flags = flags | PyCF_SOURCE_IS_UTF8 | (dont_inherit ? 0 : inherited_flags());
  options.optimization = optimize;
  bool tree = flags & PyCF_ONLY_AST;
  if (feature_version >= 0 && tree) options.feature_version = feature_version;
  SourceKind kind = TRY(source_kind(mode, tree));
  if (TRY(is_syntax_tree(source))) {
    if (tree) return share(source);
    return compile_tree(source, name.get(), kind, options);
  }
  SourceText s = TRY(source_text(source, "compile", "string, bytes or AST"));
  options.flags |= s.flags;
  TRY(audit_compile(s.text, name.get()));
  return compile_source(s.text, name.get(), kind, options);
}

constexpr char import_doc[] =
    "__import__($module, /, name, globals=None, locals=None, fromlist=(),\n           "
    "level=0)\n--\n\n"
    "What the import statement calls. For programs, importlib.import_module() is the better "
    "choice.\n"
    "The package's first part is returned, or with a fromlist the module itself; level counts the "
    "leading dots.";
Ref<> import(PyObject*, PyObject* name, PyObject* globals, PyObject*, PyObject* fromlist,
             int level) {
  return import_level(name, globals == Py_None ? nullptr : globals, fromlist, level);
}

PyObject* build_class_entry(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  return build_class(args, nargs, kwnames).release();
}

Ref<> breakpoint(PyObject*, Arguments args) {
  PyObject* hook = sys_get("breakpointhook"_name);
  if (!hook) return raise(PyExc_RuntimeError, "lost sys.breakpointhook");
  Ref<> kept = share(hook);
  return vectorcall(hook, args.items, static_cast<size_t>(args.count), args.names);
}

}  // namespace

constinit PyMethodDef code_functions[] = {
    method<print_doc, print>,
    method<input_doc, input>,
    method<eval_doc, eval>,
    method<exec_doc, exec>,
    method<compile_doc, compile>,
    method<import_doc, import>,
    {"__build_class__",
     __builtin_constant_p(1) ? (PyCFunction)(void (*)())build_class_entry : nullptr,
     METH_FASTCALL | METH_KEYWORDS,
     "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nWhat the class "
     "statement calls."},
    varargs<breakpoint>(
        "breakpoint",
        "breakpoint(*args, **kws)\n\n"
        "Stops in the debugger: calls sys.breakpointhook() with the same arguments."),
    {},
};

}  // namespace taipan::builtins
