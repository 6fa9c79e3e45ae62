// Fuzzes source decoding, lexer, parser, error rules and dump: any bytes give a tree or an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "syntax/dump.h"
#include "syntax/parser.h"
#include "syntax/source.h"

using namespace taipan;
using namespace taipan::syntax;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  // The first byte chooses how the rest is read.
  ParseOptions options;
  options.mode = static_cast<Mode>(data[0] & 3);
  options.type_comments = data[0] & 4;
  options.interactive = data[0] & 8;
  options.allow_incomplete_input = data[0] & 16;
  options.feature_version = data[0] & 32 ? 6 : 11;
  Arena arena;
  std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  Source source = decode_source(bytes, {}, arena);
  if (source.error) return 0;
  options.columns_in_bytes = source.columns_in_bytes;
  ParseResult r = parse(source.text, options, arena);
  if (r.tree) dump(r.tree, {.include_attributes = true});
  else if (!r.error && !r.needs_more) abort();
  return 0;
}
