// Finding the code object that lies in the executable for what a `.pyc` file holds.
#include "runtime/library_images.h"

#include <algorithm>

#include "object/error.h"
#include "types/code.h"

namespace taipan {

static constexpr const char* kFiles[] = {
    "__future__", "_compat_pickle", "_compression", "_weakrefset", "argparse", "ast", "asyncio/__init__", "asyncio/base_events",
    "asyncio/base_futures", "asyncio/base_subprocess", "asyncio/base_tasks", "asyncio/constants", "asyncio/coroutines",
    "asyncio/events", "asyncio/exceptions", "asyncio/format_helpers", "asyncio/futures", "asyncio/locks", "asyncio/log",
    "asyncio/mixins", "asyncio/protocols", "asyncio/queues", "asyncio/runners", "asyncio/selector_events", "asyncio/sslproto",
    "asyncio/staggered", "asyncio/streams", "asyncio/subprocess", "asyncio/taskgroups", "asyncio/tasks", "asyncio/threads",
    "asyncio/timeouts", "asyncio/transports", "asyncio/trsock", "asyncio/unix_events", "base64", "bisect", "collections/__init__",
    "collections/abc", "concurrent/__init__", "concurrent/futures/__init__", "concurrent/futures/_base", "configparser",
    "contextlib", "contextvars", "copy", "copyreg", "csv", "dataclasses", "datetime", "decimal", "dis", "encodings/__init__",
    "encodings/aliases", "encodings/latin_1", "encodings/utf_8", "enum", "fnmatch", "fractions", "functools", "glob", "gzip",
    "hashlib", "heapq", "hmac", "importlib/__init__", "importlib/_abc", "importlib/abc", "inspect", "json/__init__",
    "json/decoder", "json/encoder", "json/scanner", "keyword", "linecache", "locale", "logging/__init__", "numbers", "opcode",
    "operator", "pathlib", "pickle", "pprint", "queue", "random", "re/__init__", "re/_casefix", "re/_compiler", "re/_constants",
    "re/_parser", "reprlib", "selectors", "shutil", "signal", "socket", "ssl", "string", "struct", "subprocess", "tempfile",
    "textwrap", "threading", "token", "tokenize", "traceback", "types", "typing", "unittest/__init__", "unittest/case",
    "unittest/loader", "unittest/main", "unittest/result", "unittest/runner", "unittest/signals", "unittest/suite",
    "unittest/util", "urllib/__init__", "urllib/parse", "warnings", "weakref",
};

std::span<const char* const> library_image_files() { return kFiles; }

Ref<> library_image(std::string_view data) {
  if (!taipan_library_keys || !keep_columns) return {};  // -X no_debug_ranges: what is read loses them
  std::span<const LibraryKey> keys(taipan_library_keys, static_cast<size_t>(taipan_library_key_count));
  auto size = static_cast<int64_t>(data.size());
  auto key = std::ranges::lower_bound(keys, size, {}, &LibraryKey::size);
  if (key == keys.end() || key->size != size) return {};
  Digest digest = digest_of(data);
  for (; key != keys.end() && key->size == size; key++) {
    if (key->digest != digest || !key->image->code) continue;
    if (!make_frozen_sets(key->image->sets, key->image->set_count)) {  // marshal will say that there is no memory
      clear_error();
      return {};
    }
    return share(object(std::exchange(key->image->code, nullptr)));  // marshal makes new objects each time
  }
  return {};
}

}  // namespace taipan
