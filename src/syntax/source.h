#pragma once
// From the bytes of a file to UTF-8 text: byte order mark, coding cookie (PEP 263), decoding.
#include <string_view>

#include "base/arena.h"
#include "syntax/diagnostics.h"

namespace taipan::syntax {

/// Decodes for codecs that are not known here. Returns the UTF-8 text (in the arena), or text
/// without data: then `problem` is the message of the SyntaxError, or empty if another exception is
/// pending.
struct Decoder {
  std::string_view (*decode)(void* context, std::string_view encoding, std::string_view bytes,
                             Arena& arena, std::string_view& problem) = nullptr;
  void* context = nullptr;
};

struct Source {
  std::string_view text;          ///< without byte order mark; lines still end as they did
  std::string_view encoding;      ///< normalised: "utf-8", "iso-8859-1" or as the cookie has it
  bool columns_in_bytes = false;  ///< neither cookie nor mark: see ParseOptions
  const Diagnostic* error = nullptr;
  bool aborted = false;  ///< the decoder left an exception
};

/// As `compile()` treats bytes; or, with a file's name, as that file is treated when it is run:
/// then text that is not UTF-8 and does not say what it is, is an error at once.
Source decode_source(std::string_view bytes, const Decoder& decoder, Arena& arena,
                     std::string_view file_name = {}, bool whole_lines = false);

/// What the first two lines say about the encoding, as normalised; empty if nothing. `whole_lines`: a line without its
/// newline says nothing.
std::string_view find_cookie(std::string_view bytes, Arena& arena, bool whole_lines = false);

}  // namespace taipan::syntax
