#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace legwork::report {
/// The first file that a report carries along, as far as it can be read: nothing for none, for a
/// damaged one, and for one of more than `limit` bytes. Made for what legwork itself attaches;
/// whether it is what was attached, a digest must tell. Trusts no length that the file names.
std::optional<std::string> attached_file(std::string_view pdf, std::size_t limit);
}  // namespace legwork::report
