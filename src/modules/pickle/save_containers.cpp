// Saving tuples, lists, dicts and sets. A container goes into the memo before its items, so that items may refer to
// it; tuples and frozensets cannot, so that one that was saved by its own items is thrown away again.
#include "modules/pickle/pickle.h"

#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/list.h"
#include "object/protocol.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "types/set.h"

namespace taipan::pickling {
namespace {

/// In fast mode nothing is memoised; from a certain depth on, cycles are looked for instead.
Status enter_fast(Pickler& p, PyObject* o) {
  if (!p.fast || ++p.fast_nesting < kFastNestingLimit) return {};
  if (!p.fast_memo) p.fast_memo = object(TRY(new_dict()).release());
  Ref<> id = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(o)));
  if (TRY(dict_contains(p.fast_memo, id.get()))) {
    p.fast_nesting = -1;
    return raise(PyExc_ValueError, "fast mode: can't pickle cyclic objects including object type {} at {}", type_name(o), as_address(o));
  }
  return dict_set(p.fast_memo, id.get(), Py_None);
}
Status leave_fast(Pickler& p, PyObject* o, Status outcome) {
  if (!p.fast || p.fast_nesting < 0) return outcome;
  if (p.fast_nesting-- >= kFastNestingLimit && outcome) {
    Ref<> id = TRY(new_int_unsigned(reinterpret_cast<uintptr_t>(o)));
    TRY(dict_remove(p.fast_memo, id.get()));
  }
  return outcome;
}

Status save_items(Pickler& p, PyObject* tuple) {
  for (Py_ssize_t i = 0; i < tuple_size(tuple); i++) TRY(save(p, item(tuple, i)));
  return {};
}
Status write_pops(Pickler& p, Py_ssize_t n) {
  for (Py_ssize_t i = 0; i < n; i++) TRY(write(p, POP));
  return {};
}

}  // namespace

Status save_tuple(Pickler& p, PyObject* o) {
  Py_ssize_t n = tuple_size(o);
  if (n == 0) {
    if (p.protocol) return write(p, EMPTY_TUPLE);
    TRY(write(p, MARK));
    return write(p, TUPLE);
  }
  bool brief = n <= 3 && p.protocol >= 2;
  if (!brief) TRY(write(p, MARK));
  TRY(save_items(p, o));
  if (p.memo.find(o) >= 0) {  // it contains itself
    if (brief) TRY(write_pops(p, n));
    else if (p.bin) TRY(write(p, POP_MARK));
    else TRY(write_pops(p, n + 1));
    return memo_get(p, o);
  }
  constexpr Instruction kBrief[] = {EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3};
  TRY(write(p, brief ? kBrief[n] : TUPLE));
  return memo_put(p, o);
}

// -- lists --

Status save_batches_of_list(Pickler& p, PyObject* iterator) {
  if (p.protocol == 0) {
    for (;;) {
      Ref<> o = TRY(next(iterator));
      if (!o) return {};
      TRY(save(p, o.get()));
      TRY(write(p, APPEND));
    }
  }
  int n;
  do {
    Ref<> first = TRY(next(iterator));
    if (!first) return {};
    Ref<> o = TRY(next(iterator));
    if (!o) {
      TRY(save(p, first.get()));
      return write(p, APPEND);
    }
    TRY(write(p, MARK));
    TRY(save(p, first.get()));
    for (n = 1; o;) {
      TRY(save(p, o.get()));
      if (++n == kBatchSize) break;
      o = TRY(next(iterator));
    }
    TRY(write(p, APPENDS));
  } while (n == kBatchSize);
  return {};
}

namespace {

Status save_exact_list_items(Pickler& p, PyObject* o) {
  if (list_size(o) == 1) {
    Ref<> only = share(list_item(o, 0));
    TRY(save(p, only.get()));
    return write(p, APPEND);
  }
  Py_ssize_t i = 0;
  do {
    TRY(write(p, MARK));
    for (int n = 0; i < list_size(o) && n < kBatchSize; n++) {
      Ref<> each = share(list_item(o, i++));  // saving may change the list
      TRY(save(p, each.get()));
    }
    TRY(write(p, APPENDS));
  } while (i < list_size(o));
  return {};
}
Status save_list_items(Pickler& p, PyObject* o) {
  if (p.bin) TRY(write(p, EMPTY_LIST));
  else TRY(write(p, "(l"));
  Py_ssize_t n = list_size(o);
  TRY(memo_put(p, o));
  if (n == 0) return {};
  if (p.protocol > 0) return save_exact_list_items(p, o);
  Ref<> iterator = TRY(iterate(o));
  return save_batches_of_list(p, iterator.get());
}

}  // namespace

Status save_list(Pickler& p, PyObject* o) {
  TRY(enter_fast(p, o));
  return leave_fast(p, o, save_list_items(p, o));
}

// -- dicts --

namespace {

Status save_pair(Pickler& p, PyObject* pair) {
  if (!PyTuple_Check(pair) || tuple_size(pair) != 2)
    return raise(PyExc_TypeError, "dict items iterator must return 2-tuples");
  TRY(save(p, item(pair, 0)));
  return save(p, item(pair, 1));
}

}  // namespace

Status save_batches_of_dict(Pickler& p, PyObject* iterator) {
  if (p.protocol == 0) {
    for (;;) {
      Ref<> pair = TRY(next(iterator));
      if (!pair) return {};
      TRY(save_pair(p, pair.get()));
      TRY(write(p, SETITEM));
    }
  }
  int n;
  do {
    Ref<> first = TRY(next(iterator));
    if (!first) return {};
    Ref<> pair = TRY(next(iterator));
    if (!pair) {
      TRY(save_pair(p, first.get()));
      return write(p, SETITEM);
    }
    TRY(write(p, MARK));
    TRY(save_pair(p, first.get()));
    for (n = 1; pair;) {
      TRY(save_pair(p, pair.get()));
      if (++n == kBatchSize) break;
      pair = TRY(next(iterator));
    }
    TRY(write(p, SETITEMS));
  } while (n == kBatchSize);
  return {};
}

namespace {

Status save_exact_dict_items(Pickler& p, PyObject* o) {
  Py_ssize_t position = 0, size = dict_size(o);
  PyObject *key, *value;
  auto save_item = [&]() -> Status {
    Ref<> keep_key = share(key), keep_value = share(value);
    TRY(save(p, keep_key.get()));
    return save(p, keep_value.get());
  };
  if (size == 1) {
    dict_next(o, &position, &key, &value);
    TRY(save_item());
    return write(p, SETITEM);
  }
  int n;
  do {
    TRY(write(p, MARK));
    for (n = 0; n < kBatchSize && dict_next(o, &position, &key, &value); n++) {
      TRY(save_item());
      if (dict_size(o) != size) return raise(PyExc_RuntimeError, "dictionary changed size during iteration");
    }
    TRY(write(p, SETITEMS));
  } while (n == kBatchSize);
  return {};
}
Status save_dict_items(Pickler& p, PyObject* o) {
  if (p.bin) TRY(write(p, EMPTY_DICT));
  else TRY(write(p, "(d"));
  TRY(memo_put(p, o));
  if (dict_size(o) == 0) return {};
  if (p.protocol > 0) return save_exact_dict_items(p, o);
  Ref<> items = TRY(call_method(o, "items"_name)), iterator = TRY(iterate(items.get()));
  return save_batches_of_dict(p, iterator.get());
}

}  // namespace

Status save_dict(Pickler& p, PyObject* o) {
  TRY(enter_fast(p, o));
  return leave_fast(p, o, save_dict_items(p, o));
}

// -- sets --

namespace {

/// Before protocol 4: type([items…]).
Status save_set_as_call(Pickler& p, PyObject* o) {
  Ref<List> items = TRY(to_list(o));
  Ref<> args = TRY(tuple_of({object(items.get())}));
  Ref<> reduced = TRY(tuple_of({object(Py_TYPE(o)), args.get()}));
  return save_reduced(p, reduced.get(), o);
}

}  // namespace

Status save_set(Pickler& p, PyObject* o) {
  if (p.protocol < 4) return save_set_as_call(p, o);
  TRY(write(p, EMPTY_SET));
  TRY(memo_put(p, o));
  Py_ssize_t size = set_size(o), position = 0;
  if (size == 0) return {};
  int n;
  PyObject* key;
  do {
    TRY(write(p, MARK));
    for (n = 0; n < kBatchSize && set_next(o, &position, &key); n++) {
      Ref<> keep = share(key);
      TRY(save(p, keep.get()));
      if (set_size(o) != size) return raise(PyExc_RuntimeError, "set changed size during iteration");
    }
    TRY(write(p, ADDITEMS));
  } while (n == kBatchSize);
  return {};
}

namespace {

Status save_frozenset_items(Pickler& p, PyObject* o) {
  if (p.protocol < 4) return save_set_as_call(p, o);
  TRY(write(p, MARK));
  TRY(for_each(o, [&](PyObject* each) { return save(p, each); }));
  if (p.memo.find(o) >= 0) {
    TRY(write(p, POP_MARK));
    return memo_get(p, o);
  }
  TRY(write(p, FROZENSET));
  return memo_put(p, o);
}

}  // namespace

Status save_frozenset(Pickler& p, PyObject* o) {
  TRY(enter_fast(p, o));
  return leave_fast(p, o, save_frozenset_items(p, o));
}

}  // namespace taipan::pickling
