// _sre: what module re is built on.
#include "base/unicode.h"
#include "modules/module.h"
#include "modules/sre/pattern.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/tuple.h"

namespace taipan::sre {
namespace {

constexpr char compile_doc[] =
    "compile($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)\n--\n\n"
    "A pattern object of the words that re._compiler made.";
Ref<> compile(PyObject*, PyObject* pattern, int flags, List& code, Py_ssize_t groups, Dict& groupindex, Tuple& indexgroup) {
  Py_ssize_t n = Py_SIZE(&code);
  if (static_cast<size_t>(n) > (PY_SSIZE_T_MAX - sizeof(Pattern)) / sizeof(Code)) return raise_no_memory();
  size_t size = offsetof(Pattern, code) + static_cast<size_t>(n) * sizeof(Code);
  Ref<Pattern> p = adopt(reinterpret_cast<Pattern*>(allocate_var_object(&pattern_type, size, n)));
  if (!p) return {};
  p->pattern = p->groupindex = p->indexgroup = p->weakreflist = nullptr;
  p->groups = groups;
  p->flags = flags;
  for (Py_ssize_t i = 0; i < n; i++) {
    if (i >= Py_SIZE(&code) || !PyLong_Check(code.ob_item[i])) return raise(PyExc_TypeError, "an integer is required");
    int64_t word;
    if (int_to_int64(code.ob_item[i], &word) || word < 0 || word > UINT32_MAX)
      return raise(PyExc_OverflowError, "regular expression code size limit exceeded");
    p->code[i] = static_cast<Code>(word);
  }
  p->is_bytes = -1;
  if (pattern != Py_None) {
    BufferView buffer;
    const void* text;
    Py_ssize_t length;
    int char_size;
    bool is_bytes;
    TRY(text_of(pattern, buffer, &text, &length, &char_size, &is_bytes));
    p->is_bytes = is_bytes;
  }
  p->pattern = Py_NewRef(pattern);
  p->groupindex = Py_NewRef(object(groupindex));
  p->indexgroup = Py_NewRef(object(indexgroup));
  if (groups < 0 || groups > static_cast<Py_ssize_t>(kMaxGroups) || !is_valid(p->code, static_cast<uint64_t>(n), static_cast<Code>(groups)))
    return raise(PyExc_RuntimeError, "invalid SRE code");
  gc_track(object(p.get()));
  return p;
}

constexpr char getcodesize_doc[] = "getcodesize($module, /)\n--\n\n";
Py_ssize_t getcodesize(PyObject*) { return sizeof(Code); }
constexpr char ascii_iscased_doc[] = "ascii_iscased($module, character, /)\n--\n\n";
bool ascii_iscased(PyObject*, int c) {
  auto ch = static_cast<Code>(c);
  return ch < 128 && (lower_ascii(ch) != ch || (ch >= 'a' && ch <= 'z'));
}
constexpr char unicode_iscased_doc[] = "unicode_iscased($module, character, /)\n--\n\n";
bool unicode_iscased(PyObject*, int c) {
  auto ch = static_cast<Code>(c);
  return unicode::simple_lower(ch) != ch || unicode::simple_upper(ch) != ch;
}
constexpr char ascii_tolower_doc[] = "ascii_tolower($module, character, /)\n--\n\n";
Py_ssize_t ascii_tolower(PyObject*, int c) { return lower_ascii(static_cast<Code>(c)); }
constexpr char unicode_tolower_doc[] = "unicode_tolower($module, character, /)\n--\n\n";
Py_ssize_t unicode_tolower(PyObject*, int c) { return lower_unicode(static_cast<Code>(c)); }

constinit PyMethodDef rows[] = {
    method<compile_doc, compile>,
    method<getcodesize_doc, getcodesize>,
    method<ascii_iscased_doc, ascii_iscased>,
    method<unicode_iscased_doc, unicode_iscased>,
    method<ascii_tolower_doc, ascii_tolower>,
    method<unicode_tolower_doc, unicode_tolower>,
    {},
};

Status fill(PyObject* module) {
  TRY(ready_sre_types());
  TRY(set_attr(module, "MAGIC"_name, TRY(new_int(kMagic)).get()));
  TRY(set_attr(module, "CODESIZE"_name, TRY(new_int(sizeof(Code))).get()));
  TRY(set_attr(module, "MAXREPEAT"_name, TRY(new_int(kMaxRepeat)).get()));
  return set_attr(module, "MAXGROUPS"_name, TRY(new_int(kMaxGroups)).get());
}

constexpr char* doc = nullptr;

}  // namespace
}  // namespace taipan::sre

using namespace taipan;
using namespace taipan::sre;

PyObject* init_sre() { return define_module<"_sre", doc, fill, rows>(); }
