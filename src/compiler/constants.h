#pragma once
// The constants of a compilation. Equal constants of equal types become one object in the whole module
// (ConstantCache), and one index in each code object (ConstantTable). 0, 0.0, -0.0 and False all differ.
#include <cstdint>
#include <memory>
#include <vector>

#include "object/ref.h"
#include "syntax/tree.h"

namespace taipan::compiler {

/// Objects that stay alive until the compilation is over; the tree and the passes borrow them.
class ObjectPool {
 public:
  PyObject* keep(Ref<> o) {
    objects_.push_back(std::move(o));
    return objects_.back().get();
  }

 private:
  std::vector<Ref<>> objects_;
};

class ConstantCache {
 public:
  /// The object that stands for all constants equal to `o`; borrowed, as long as the cache lives.
  Result<PyObject*> merge(Ref<> o);

 private:
  struct Entry {
    uint64_t hash;
    PyObject* object;
  };
  void grow();
  std::vector<Entry> slots_;
  size_t count_ = 0;
  ObjectPool pool_;
};

/// `co_consts` while it is made.
class ConstantTable {
 public:
  explicit ConstantTable(ConstantCache& cache) : cache_(&cache) {}
  Result<int> add(Ref<> o);
  template <class T>
  Result<int> add(Ref<T> o) {
    return add(Ref<>(std::move(o)));
  }
  PyObject* operator[](size_t i) const { return items_[i]; }
  size_t size() const { return items_.size(); }
  void truncate(size_t n) {
    if (n < items_.size()) items_.resize(n);
  }
  const std::vector<PyObject*>& items() const { return items_; }

 private:
  ConstantCache* cache_;
  std::vector<PyObject*> items_;
  std::vector<int> index_;  // open addressing by address; -1 is free
};

/// The value of a literal as an object, made when first asked for and kept in the tree from then on.
Result<PyObject*> object_of(syntax::Constant& constant, ObjectPool& pool);

/// Distinct names (interned str, compared by address) in order of their coming.
class NameTable {
 public:
  int find(PyObject* name) const;  ///< -1: absent
  int add(PyObject* name);         ///< its index, old or new
  size_t size() const { return names_.size(); }
  PyObject* operator[](size_t i) const { return names_[i]; }
  const std::vector<PyObject*>& names() const { return names_; }

 private:
  void rebuild();
  std::vector<PyObject*> names_;
  std::vector<int> index_;  // empty while there are few names
};

/// "<module>" and its kin, borrowed: one str each for all code objects, and not an interned one (.pyc files show the difference).
Result<PyObject*> anonymous_name(std::string_view name);

}  // namespace taipan::compiler
