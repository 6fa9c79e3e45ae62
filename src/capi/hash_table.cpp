// The internal hash table of C pointers that some extension modules use (_hashlib): buckets are lists of entries.
#include <cstring>

#include "capi/export.h"
#include "object/alloc.h"

extern "C" {
// The layouts are part of the contract: callers read fields and go through the entries themselves.
struct SlistItem {
  SlistItem* next;
};
struct Slist {
  SlistItem* head;
};
struct HashtableEntry {
  SlistItem link;
  Py_uhash_t key_hash;
  void* key;
  void* value;
};
struct HashtableAllocator {
  void* (*malloc)(size_t);
  void (*free)(void*);
};
struct Hashtable {
  size_t nentries, nbuckets;
  Slist* buckets;
  HashtableEntry* (*get_entry)(Hashtable*, const void*);
  Py_uhash_t (*hash)(const void*);
  int (*compare)(const void*, const void*);
  void (*destroy_key)(void*);
  void (*destroy_value)(void*);
  HashtableAllocator alloc;
};
}

namespace {
constexpr size_t kFewestBuckets = 16;

HashtableEntry* entry_of(SlistItem* item) { return reinterpret_cast<HashtableEntry*>(item); }
Slist& bucket_of(Hashtable* t, Py_uhash_t hash) { return t->buckets[hash & (t->nbuckets - 1)]; }
HashtableEntry* find_entry(Hashtable* t, const void* key) {
  Py_uhash_t hash = t->hash(key);
  for (SlistItem* i = bucket_of(t, hash).head; i; i = i->next) {
    HashtableEntry* e = entry_of(i);
    if (e->key_hash == hash && (e->key == key || t->compare(key, e->key))) return e;
  }
  return nullptr;
}
Slist* new_buckets(Hashtable* t, size_t n) {
  auto* buckets = static_cast<Slist*>(t->alloc.malloc(n * sizeof(Slist)));
  if (buckets) memset(buckets, 0, n * sizeof(Slist));
  return buckets;
}
/// Twice as many buckets as entries, at least; keeps the table as it is if there is no memory.
void resize(Hashtable* t) {
  size_t wanted = kFewestBuckets;
  while (wanted < t->nentries * 2) wanted *= 2;
  if (wanted == t->nbuckets) return;
  Slist* buckets = new_buckets(t, wanted);
  if (!buckets) return;
  for (size_t b = 0; b < t->nbuckets; b++) {
    for (SlistItem *i = t->buckets[b].head, *next; i; i = next) {
      next = i->next;
      Slist& to = buckets[entry_of(i)->key_hash & (wanted - 1)];
      i->next = to.head;
      to.head = i;
    }
  }
  t->alloc.free(t->buckets);
  t->buckets = buckets;
  t->nbuckets = wanted;
}
void destroy_entry(Hashtable* t, HashtableEntry* e) {
  if (t->destroy_key) t->destroy_key(e->key);
  if (t->destroy_value) t->destroy_value(e->value);
  t->alloc.free(e);
}
}  // namespace

CAPI Py_uhash_t _Py_hashtable_hash_ptr(const void* key) {
  auto bits = reinterpret_cast<size_t>(key);
  return bits >> 4 | bits << (8 * sizeof bits - 4);
}
CAPI int _Py_hashtable_compare_direct(const void* a, const void* b) { return a == b; }
CAPI Hashtable* _Py_hashtable_new_full(Py_uhash_t (*hash)(const void*), int (*compare)(const void*, const void*),
                                       void (*destroy_key)(void*), void (*destroy_value)(void*), HashtableAllocator* allocator) {
  HashtableAllocator alloc = allocator ? *allocator : HashtableAllocator{PyMem_Malloc, PyMem_Free};
  auto* t = static_cast<Hashtable*>(alloc.malloc(sizeof(Hashtable)));
  if (!t) return nullptr;
  *t = {0, kFewestBuckets, nullptr, find_entry, hash, compare, destroy_key, destroy_value, alloc};
  t->buckets = new_buckets(t, kFewestBuckets);
  if (t->buckets) return t;
  alloc.free(t);
  return nullptr;
}
CAPI Hashtable* _Py_hashtable_new(Py_uhash_t (*hash)(const void*), int (*compare)(const void*, const void*)) {
  return _Py_hashtable_new_full(hash, compare, nullptr, nullptr, nullptr);
}
CAPI void _Py_hashtable_clear(Hashtable* t) {
  for (size_t b = 0; b < t->nbuckets; b++) {
    for (SlistItem *i = t->buckets[b].head, *next; i; i = next) {
      next = i->next;
      destroy_entry(t, entry_of(i));
    }
    t->buckets[b].head = nullptr;
  }
  t->nentries = 0;
  resize(t);
}
CAPI void _Py_hashtable_destroy(Hashtable* t) {
  _Py_hashtable_clear(t);
  t->alloc.free(t->buckets);
  t->alloc.free(t);
}
CAPI size_t _Py_hashtable_size(const Hashtable* t) { return sizeof(Hashtable) + t->nbuckets * sizeof(Slist) + t->nentries * sizeof(HashtableEntry); }
CAPI int _Py_hashtable_set(Hashtable* t, const void* key, void* value) {
  auto* e = static_cast<HashtableEntry*>(t->alloc.malloc(sizeof(HashtableEntry)));
  if (!e) return -1;
  *e = {{nullptr}, t->hash(key), const_cast<void*>(key), value};
  t->nentries++;
  if (t->nentries * 2 > t->nbuckets) resize(t);
  Slist& bucket = bucket_of(t, e->key_hash);
  e->link.next = bucket.head;
  bucket.head = &e->link;
  return 0;
}
CAPI void* _Py_hashtable_get(Hashtable* t, const void* key) {
  HashtableEntry* e = t->get_entry(t, key);
  return e ? e->value : nullptr;
}
CAPI void* _Py_hashtable_steal(Hashtable* t, const void* key) {
  HashtableEntry* e = find_entry(t, key);
  if (!e) return nullptr;
  SlistItem** at = &bucket_of(t, e->key_hash).head;
  while (*at != &e->link) at = &(*at)->next;
  *at = e->link.next;
  t->nentries--;
  void* value = e->value;
  t->alloc.free(e);
  if (t->nentries * 10 < t->nbuckets) resize(t);
  return value;
}
CAPI int _Py_hashtable_foreach(Hashtable* t, int (*visit)(Hashtable*, const void*, const void*, void*), void* data) {
  for (size_t b = 0; b < t->nbuckets; b++) {
    for (SlistItem* i = t->buckets[b].head; i; i = i->next) {
      if (int stop = visit(t, entry_of(i)->key, entry_of(i)->value, data)) return stop;
    }
  }
  return 0;
}
