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
}  // namespace legwork
