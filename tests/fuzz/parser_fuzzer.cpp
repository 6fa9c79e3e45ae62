// Feeds arbitrary bytes to source decoding, the lexer and the parser. The first byte chooses the mode and the
// options, so that every start rule is reached. Whatever comes in, the parser gives a tree or an error.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "syntax/dump.h"
#include "syntax/parser.h"
#include "syntax/source.h"

using namespace taipan;
using namespace taipan::syntax;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  uint8_t choice = data[0];
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  Arena arena;
  ParseOptions options;
  options.mode = static_cast<Mode>(choice >> 1 & 3);
  options.type_comments = choice & 8;
  options.dont_imply_dedent = choice & 16;
  options.allow_incomplete_input = choice & 32;
  options.interactive = choice & 64 && options.mode == Mode::kSingle;
  Source source = decode_source(text, {}, arena);
  if (source.error) return 0;
  options.columns_in_bytes = source.columns_in_bytes;
  ParseResult result = parse(source.text, options, arena);
  if (!result.error && !result.tree && !result.needs_more) abort();
  // A tree must be whole: the dump visits every node.
  if (result.tree && (choice & 1)) dump(result.tree, {});
  return 0;
}
