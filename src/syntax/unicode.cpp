// Until the Unicode database stands in base/, an approximation behind the same functions.
#include "syntax/unicode.h"

namespace taipan::syntax {

bool is_identifier_start(uint32_t c) { return c >= 0xAA && c != 0x20AC; }
bool is_identifier_continue(uint32_t c) { return c >= 0xAA && c != 0x20AC; }
bool is_printable(uint32_t c) { return (c >= 0x20 && c < 0x7F) || (c > 0xA0 && c != 0xAD && c != 0x200B); }
std::string_view normalize_nfkc(std::string_view text, Arena&) { return text; }
std::string_view character_by_name(std::string_view, Arena&) { return {}; }

}  // namespace taipan::syntax
