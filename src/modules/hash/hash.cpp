// The modules _md5, _sha1, _sha256 and _sha512: hash objects that need no library but this one.
#include "modules/hash/hash.h"

#include "modules/hash/input.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/bytes.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::digests {

Status acquire_input(PyObject* o, BufferView& buffer) {
  if (PyUnicode_Check(o)) return raise(PyExc_TypeError, "Strings must be encoded before hashing");
  if (!has_buffer(o)) return raise(PyExc_TypeError, "object supporting the buffer API required");
  TRY(buffer.acquire(o));
  if (buffer.raw().ndim > 1) return raise(PyExc_BufferError, "Buffer must be single dimension");
  return {};
}
Ref<> hexadecimal(const unsigned char* data, size_t n) {
  Ref<> text = TRY(allocate_str(static_cast<Py_ssize_t>(2 * n), 0x7F));
  auto* out = static_cast<char*>(str_data(text.get()));
  for (size_t i = 0; i < n; i++) {
    out[2 * i] = "0123456789abcdef"[data[i] >> 4];
    out[2 * i + 1] = "0123456789abcdef"[data[i] & 15];
  }
  return text;
}

namespace {

struct Hash {
  PyObject_HEAD
  Hasher hasher;
};
Hash& as(PyObject* o) { return *reinterpret_cast<Hash*>(o); }

void dealloc(PyObject* o) { Py_TYPE(o)->tp_free(o); }

Status feed(Hasher& hasher, PyObject* o) {
  BufferView buffer;
  TRY(acquire_input(o, buffer));
  hasher.update(buffer.bytes());
  return {};
}

Ref<Hash> make(PyTypeObject* type, const Hasher& hasher) {
  Ref<Hash> self = TRY(adopt(reinterpret_cast<Hash*>(type->tp_alloc(type, 0))));
  self->hasher = hasher;
  return self;
}

constexpr char copy_doc[] = "copy($self, /)\n--\n\nReturn a copy of the hash object.";
Ref<> copy(Hash& self) { return make(Py_TYPE(object(self)), self.hasher); }
constexpr char digest_doc[] = "digest($self, /)\n--\n\nReturn the digest value as a bytes object.";
Ref<> digest(Hash& self) {
  unsigned char out[64];
  self.hasher.finish(out);
  return new_bytes({reinterpret_cast<char*>(out), self.hasher.algorithm->size});
}
constexpr char hexdigest_doc[] =
    "hexdigest($self, /)\n--\n\nReturn the digest value as a string of hexadecimal digits.";
Ref<> hexdigest(Hash& self) {
  unsigned char out[64];
  self.hasher.finish(out);
  return hexadecimal(out, self.hasher.algorithm->size);
}
constexpr char update_doc[] =
    "update($self, obj, /)\n--\n\nUpdate this hash object's state with the provided string.";
Status update(Hash& self, PyObject* o) { return feed(self.hasher, o); }

Ref<> get_name(PyObject* o, void*) { return new_str(as(o).hasher.algorithm->name); }
Ref<> get_block_size(PyObject* o, void*) { return new_int(static_cast<int64_t>(as(o).hasher.algorithm->block)); }
Ref<> get_digest_size(PyObject* o, void*) { return new_int(static_cast<int64_t>(as(o).hasher.algorithm->size)); }

constinit PyMethodDef methods[] = {
    method<copy_doc, copy>,
    method<digest_doc, digest>,
    method<hexdigest_doc, hexdigest>,
    method<update_doc, update>,
    {},
};
constinit PyGetSetDef getset[] = {
    {"block_size", slot<get_block_size>, nullptr, nullptr, nullptr},
    {"name", slot<get_name>, nullptr, nullptr, nullptr},
    {"digest_size", slot<get_digest_size>, nullptr, nullptr, nullptr},
    {},
};

consteval PyTypeObject hash_type(const char* name) {
  PyTypeObject type = {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(Hash),
      .tp_dealloc = dealloc,
      .tp_getattro = generic_get_attr_slot,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
      .tp_methods = methods,
      .tp_getset = getset,
      .tp_alloc = generic_alloc,
      .tp_free = generic_free,
  };
  return type;
}
constinit PyTypeObject md5_type = hash_type("_md5.md5"), sha1_type = hash_type("_sha1.sha1"),
                       sha224_type = hash_type("_sha256.sha224"), sha256_type = hash_type("_sha256.sha256"),
                       sha384_type = hash_type("_sha512.sha384"), sha512_type = hash_type("_sha512.sha512");

// -- the modules --

template <const Algorithm& algorithm, PyTypeObject& type>
Ref<> start(PyObject*, PyObject* string, bool) {
  Hasher hasher;
  hasher.start(algorithm);
  if (string) TRY(feed(hasher, string));
  return make(&type, hasher);
}

#define TAIPAN_DIGEST(NAME, TEXT)                                                                    \
  constexpr char NAME##_doc[] =                                                                      \
      TEXT "($module, /, string=b'', *, usedforsecurity=True)\n--\n\n"                               \
           "Return a new " TEXT " hash object; optionally initialized with a string.";               \
  constexpr PyMethodDef NAME##_row = method<NAME##_doc, start<NAME, NAME##_type>>;
TAIPAN_DIGEST(md5, "md5")
TAIPAN_DIGEST(sha1, "sha1")
TAIPAN_DIGEST(sha224, "sha224")
TAIPAN_DIGEST(sha256, "sha256")
TAIPAN_DIGEST(sha384, "sha384")
TAIPAN_DIGEST(sha512, "sha512")
#undef TAIPAN_DIGEST

constinit PyMethodDef md5_rows[] = {md5_row, {}}, sha1_rows[] = {sha1_row, {}}, sha256_rows[] = {sha256_row, sha224_row, {}},
                      sha512_rows[] = {sha512_row, sha384_row, {}};

Status expose(PyObject* module, PyObject* name, PyTypeObject& type) {
  TRY(ready_type(&type));
  return set_attr(module, name, object(type));
}
Status fill_md5(PyObject* m) { return expose(m, "MD5Type"_name, md5_type); }
Status fill_sha1(PyObject* m) { return expose(m, "SHA1Type"_name, sha1_type); }
Status fill_sha256(PyObject* m) {
  TRY(expose(m, "SHA224Type"_name, sha224_type));
  return expose(m, "SHA256Type"_name, sha256_type);
}
Status fill_sha512(PyObject* m) {
  TRY(expose(m, "SHA384Type"_name, sha384_type));
  return expose(m, "SHA512Type"_name, sha512_type);
}

constexpr const char* no_doc = nullptr;

}  // namespace
}  // namespace taipan::digests

using namespace taipan;
PyObject* init_md5() { return define_module<"_md5", digests::no_doc, digests::fill_md5, digests::md5_rows>(); }
PyObject* init_sha1() { return define_module<"_sha1", digests::no_doc, digests::fill_sha1, digests::sha1_rows>(); }
PyObject* init_sha256() { return define_module<"_sha256", digests::no_doc, digests::fill_sha256, digests::sha256_rows>(); }
PyObject* init_sha512() { return define_module<"_sha512", digests::no_doc, digests::fill_sha512, digests::sha512_rows>(); }
