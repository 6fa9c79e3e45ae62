// Built-in functions about one object: attributes, classes, text, numbers.
#include "modules/builtins.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/audit.h"
#include "vm/vm.h"

namespace taipan::builtins {

// -- attributes -----------------------------------------------------------------------------

static Raised raise_bad_name(PyObject* name) {
  return raise(PyExc_TypeError, "attribute name must be string, not '{}'", type_name(name));
}

static Ref<> getattr(PyObject*, Arguments args) {
  if (!check_positional("getattr", args.count, 2, 3)) return {};
  PyObject *o = args.items[0], *name = args.items[1];
  if (!PyUnicode_Check(name)) return raise_bad_name(name);
  if (args.count == 2) return get_attr(o, name);
  Ref<> found = TRY(find_attr(o, name));
  return found ? std::move(found) : share(args.items[2]);
}

static constexpr char hasattr_doc[] =
    "hasattr($module, obj, name, /)\n--\n\nDoes the object have an attribute of this name? "
    "(getattr() is tried.)";
static Result<bool> hasattr(PyObject*, PyObject* o, PyObject* name) {
  if (!PyUnicode_Check(name)) return raise_bad_name(name);
  return has_attr(o, name);
}

static constexpr char setattr_doc[] =
    "setattr($module, obj, name, value, /)\n--\n\nsetattr(x, 'y', v) is the statement x.y = v.";
static Status setattr(PyObject*, PyObject* o, PyObject* name, PyObject* value) {
  return set_attr(o, name, value);
}

static constexpr char delattr_doc[] =
    "delattr($module, obj, name, /)\n--\n\ndelattr(x, 'y') is the statement del x.y.";
static Status delattr(PyObject*, PyObject* o, PyObject* name) { return del_attr(o, name); }

static Ref<> dir(PyObject*, PyObject* args) {
  if (!check_positional("dir", tuple_size(args), 0, 1)) return {};
  return taipan::dir(tuple_size(args) ? item(args, 0) : nullptr);
}

static Ref<> vars(PyObject*, Arguments args) {
  if (!check_positional("vars", args.count, 0, 1)) return {};
  if (!args.count) return current_locals();
  Ref<> dict = TRY(find_attr(args.items[0], "__dict__"_name));
  if (!dict) return raise(PyExc_TypeError, "vars() argument must have __dict__ attribute");
  return dict;
}

static constexpr char globals_doc[] =
    "globals($module, /)\n--\n\nThe dict of the current module's variables.";
static Ref<> globals(PyObject*) {
  PyObject* dict = current_globals();
  return dict ? share(dict) : none();
}
static constexpr char locals_doc[] =
    "locals($module, /)\n--\n\nA dict of the current scope's variables; in a function a snapshot "
    "of them.";
static Ref<> locals(PyObject*) { return current_locals(); }

// -- identity, classes ----------------------------------------------------------------------

static constexpr char id_doc[] =
    "id($module, obj, /)\n--\n\nA number that no other object has during this one's life.";
static Ref<> id(PyObject*, PyObject* o) {
  Ref<> number = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(o)));
  TRY(audit("builtins.id", {number.get()}));
  return number;
}

static constexpr char hash_doc[] =
    "hash($module, obj, /)\n--\n\nThe hash value; equal objects have the same.";
static Result<Py_ssize_t> hash(PyObject*, PyObject* o) { return taipan::hash(o); }

static constexpr char callable_doc[] = "callable($module, obj, /)\n--\n\nCan the object be called?";
static bool callable(PyObject*, PyObject* o) { return is_callable(o); }

static constexpr char isinstance_doc[] =
    "isinstance($module, obj, class_or_tuple, /)\n--\n\n"
    "Is the object an instance of the class, of one of a tuple of classes, or of a union's member?";
static Result<bool> isinstance(PyObject*, PyObject* o, PyObject* classes) {
  return is_instance(o, classes);
}

static constexpr char issubclass_doc[] =
    "issubclass($module, cls, class_or_tuple, /)\n--\n\nIs the class one of these, or derived from "
    "one?";
static Result<bool> issubclass(PyObject*, PyObject* type, PyObject* classes) {
  return is_subclass(type, classes);
}

static constexpr char len_doc[] = "len($module, obj, /)\n--\n\nHow many items a container has.";
static Result<Py_ssize_t> len(PyObject*, PyObject* o) { return length(o); }

// -- text -----------------------------------------------------------------------------------

static constexpr char repr_doc[] =
    "repr($module, obj, /)\n--\n\nThe object as text for programmers.";
static Ref<> repr(PyObject*, PyObject* o) { return taipan::repr(o); }

static constexpr char ascii_doc[] =
    "ascii($module, obj, /)\n--\n\nrepr() with escapes for all that is not ASCII.";
static Ref<> ascii(PyObject*, PyObject* o) { return to_ascii(o); }

static constexpr char format_doc[] =
    "format($module, value, format_spec=\'\', /)\n--\n\n"
    "The value as text by its type's format language: value.__format__(format_spec).";
static Ref<> format(PyObject*, PyObject* value, Str* spec) {
  return taipan::format(value, spec ? object(spec) : nullptr);
}

static constexpr char chr_doc[] = "chr($module, i, /)\n--\n\nThe character with this code point.";
static Ref<> chr(PyObject*, int i) {
  if (i < 0 || i > 0x10ffff) return raise(PyExc_ValueError, "chr() arg not in range(0x110000)");
  return char_str(static_cast<Py_UCS4>(i));
}

static constexpr char ord_doc[] =
    "ord($module, c, /)\n--\n\nThe code point of a character, or the value of a byte.";
static Ref<> ord(PyObject*, PyObject* c) {
  Py_ssize_t size;
  if (PyUnicode_Check(c)) {
    size = str_length(c);
    if (size == 1) return new_int(char_at(c, 0));
  } else if (PyBytes_Check(c)) {
    size = Py_SIZE(c);
    if (size == 1) return new_int(static_cast<unsigned char>(PyBytes_AS_STRING(c)[0]));
  } else if (PyByteArray_Check(c)) {
    size = Py_SIZE(c);
    if (size == 1) return new_int(static_cast<unsigned char>(PyByteArray_AS_STRING(c)[0]));
  } else {
    return raise(PyExc_TypeError, "ord() expected string of length 1, but {} found", type_name(c));
  }
  return raise(PyExc_TypeError, "ord() expected a character, but string of length {} found", size);
}

static Ref<> in_base(PyObject* number, int base, const char* prefix) {
  Ref<> n = TRY(index(number));
  Ref<> digits = TRY(int_to_text(n.get(), base));
  std::string_view text = TRY(to_utf8(digits.get()));
  bool negative = text.starts_with('-');
  return format_str("{}{}{}", negative ? "-" : "", prefix, text.substr(negative));
}
static constexpr char bin_doc[] =
    "bin($module, number, /)\n--\n\nAn integer in base two: bin(5) is '0b101'.";
static Ref<> bin(PyObject*, PyObject* n) { return in_base(n, 2, "0b"); }
static constexpr char oct_doc[] =
    "oct($module, number, /)\n--\n\nAn integer in base eight: oct(8) is '0o10'.";
static Ref<> oct(PyObject*, PyObject* n) { return in_base(n, 8, "0o"); }
static constexpr char hex_doc[] =
    "hex($module, number, /)\n--\n\nAn integer in base sixteen: hex(255) is '0xff'.";
static Ref<> hex(PyObject*, PyObject* n) { return in_base(n, 16, "0x"); }

// -- numbers --------------------------------------------------------------------------------

static constexpr char abs_doc[] = "abs($module, x, /)\n--\n\nThe absolute value.";
static Ref<> abs(PyObject*, PyObject* x) { return absolute(x); }

static constexpr char divmod_doc[] = "divmod($module, x, y, /)\n--\n\nThe pair (x // y, x % y).";
static Ref<> divmod(PyObject*, PyObject* x, PyObject* y) { return taipan::divmod(x, y); }

static constexpr char pow_doc[] =
    "pow($module, /, base, exp, mod=None)\n--\n\n"
    "base ** exp; with a third argument base ** exp % mod, which is much faster for large "
    "integers.";
static Ref<> pow(PyObject*, PyObject* base, PyObject* exp, PyObject* mod) {
  return power(base, exp, mod);
}

static constexpr char round_doc[] =
    "round($module, /, number, ndigits=None)\n--\n\n"
    "The number rounded to so many decimal digits (negative: before the point). Without ndigits an "
    "integer.";
static Ref<> round(PyObject*, PyObject* number, PyObject* digits) {
  Ref<> method = TRY(lookup_special(number, "__round__"_name));
  if (!method)
    return raise(PyExc_TypeError, "type {} doesn't define __round__ method", type_name(number));
  return digits == Py_None ? call(method.get()) : call(method.get(), digits);
}

constinit PyMethodDef object_functions[] = {
    positional_varargs<getattr>(
        "getattr",
        "getattr(object, name[, default]) -> value\n\n"
        "getattr(x, 'y') is x.y; a default is the result when there is no such attribute."),
    method<hasattr_doc, hasattr>,
    method<setattr_doc, setattr>,
    method<delattr_doc, delattr>,
    {"dir", slot<dir>, METH_VARARGS,
     "dir([object]) -> list of strings\n\nThe names in the current scope, or an object's attributes."},
    positional_varargs<vars>("vars",
                             "vars([object]) -> dictionary\n\nlocals(), or the object's __dict__."),
    method<globals_doc, globals>,
    method<locals_doc, locals>,
    method<id_doc, id>,
    method<hash_doc, hash>,
    method<callable_doc, callable>,
    method<isinstance_doc, isinstance>,
    method<issubclass_doc, issubclass>,
    method<len_doc, len>,
    method<repr_doc, repr>,
    method<ascii_doc, ascii>,
    method<format_doc, format>,
    method<chr_doc, chr>,
    method<ord_doc, ord>,
    method<bin_doc, bin>,
    method<oct_doc, oct>,
    method<hex_doc, hex>,
    method<abs_doc, abs>,
    method<divmod_doc, divmod>,
    method<pow_doc, pow>,
    method<round_doc, round>,
    {},
};

}  // namespace taipan::builtins
