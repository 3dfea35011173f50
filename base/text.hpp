#pragma once

#include <string>
#include <string_view>

namespace legwork {
/// Lower-cases ASCII, makes every run of other ASCII characters than letters, digits and the
/// decimal point one space, and trims. Bytes above ASCII stay: "Voltaren® 1 % Gel" -> "voltaren® 1
/// gel". Two texts with the same folded form are the same words.
std::string fold(std::string_view text);

/// The text without ASCII white space at its ends.
std::string_view trim(std::string_view text);

bool is_utf8(std::string_view text);

/// The text with every control character (Unicode Cc) and malformed byte shown as U+FFFD: what a
/// file holds or is called must not steer the reader's terminal.
std::string printable(std::string_view text);

/// The text for XML or HTML, in an element or a quoted attribute: & < > " ' as references. What
/// these cannot hold at all stays: it is the caller's to leave out.
std::string escape_markup(std::string_view text);
}  // namespace legwork
