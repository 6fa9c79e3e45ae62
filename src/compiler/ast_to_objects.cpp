// A tree of nodes as instances of the `ast` module's classes.
#include "compiler/ast_objects.h"
#include "compiler/tree_depth.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "syntax/visit.h"

namespace taipan {

namespace {

class ToObjects {
 public:
  Ref<> node(const syntax::Node* n);

  /// The visitor of one node's fields: sets the attributes of `o`.
  struct Fields {
    ToObjects& to;
    PyObject* o;
    bool ok = true;

    template <class T>
    void field(const char* name, const T& value) {
      set(name, [&] { return to.value(value); });
    }
    template <class T>
    void optional(const char* name, const T& value) {
      field(name, value);
    }
    template <class T>
    void list(const char* name, const syntax::Seq<T>& values) {
      set(name, [&] { return to.sequence(values); });
    }
    template <class T>
    void optionals(const char* name, const syntax::Seq<T>& values) {
      list(name, values);
    }
    template <class F>
    void set(const char* name, F&& make) {
      if (!ok) return;
      Ref<> key = new_interned(name);
      Ref<> made = key ? make() : Ref<>();
      ok = made && set_attr(o, key.get(), made.get());
    }
  };

 private:
  template <class T>
    requires std::derived_from<T, syntax::Node>
  Ref<> value(T* const& n) {
    return n ? node(n) : none();
  }
  Ref<> value(const syntax::Identifier& id) {
    if (!id) return none();
    if (!id->object) {
      Ref<> name = TRY(new_str_with_surrogates(id->text));
      id->object = pool_.keep(intern(std::move(name)));
    }
    return share(static_cast<PyObject*>(id->object));
  }
  Ref<> value(const syntax::String& s) { return s.data() ? new_str_with_surrogates(s) : none(); }
  Ref<> value(const syntax::Int& n) { return new_int(n); }
  Ref<> value(const syntax::Constant& c) {
    return share(TRY(compiler::object_of(const_cast<syntax::Constant&>(c), pool_)));
  }
#define ENUM(Name, python_name, ...) \
  Ref<> value(const syntax::Name& e) { return share(ast_classes.python_name##_singletons[int(e)]); }
#include "syntax/ast.def"
  template <class T>
  Ref<> sequence(const syntax::Seq<T>& values) {
    auto list = TRY(new_list());
    for (auto& v : values) {
      Ref<> made = TRY(value(v));
      TRY(list_append(object(list.get()), made.get()));
    }
    return list;
  }

  compiler::ObjectPool pool_;
  compiler::TreeDepth depth_;
  friend struct Fields;
};

Status set_int(PyObject* o, PyObject* name, int n) { return set_attr(o, name, TRY(new_int(n)).get()); }

Ref<> ToObjects::node(const syntax::Node* n) {
  compiler::TreeDepth::Level level(depth_, "maximum recursion depth exceeded during ast construction");
  if (!level) return {};
  auto* type = reinterpret_cast<Type*>(ast_classes.of_kind[int(n->kind)]);
  Ref<> o = TRY(adopt(generic_new(type, nullptr, nullptr)));
  Fields fields{*this, o.get()};
  syntax::for_each_field(n, fields);
  if (!fields.ok) return {};
  if (const syntax::Range* r = syntax::range_of(n)) {
    TRY(set_int(o.get(), "lineno"_name, r->line));
    TRY(set_int(o.get(), "col_offset"_name, r->column));
    TRY(set_int(o.get(), "end_lineno"_name, r->end_line));
    TRY(set_int(o.get(), "end_col_offset"_name, r->end_column));
  }
  return o;
}

}  // namespace

Ref<> tree_to_objects(syntax::Mod* tree) {
  TRY(start_ast_classes());
  return ToObjects().node(tree);
}

}  // namespace taipan
