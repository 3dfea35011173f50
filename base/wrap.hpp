#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace legwork {
/// Columns that UTF-8 takes in a terminal, one for each character: true of Latin, Greek and
/// Cyrillic and of box drawing; wide (CJK) and combining characters are counted as one too.
std::size_t columns(std::string_view text);

/// The text in lines of at most so many columns, broken at white space, any run of which is one
/// space; a longer word stays whole.
/// Always at least one line, which may be "".
std::vector<std::string> wrap(std::string_view text, std::size_t limit);
}  // namespace legwork
