#pragma once

#include <string_view>
#include <vector>

namespace legwork::causes {
/// Of some ids those that a mistyped one may have meant, nearest first: at most three, each with
/// few letters added, left out or changed.
std::vector<std::string_view> nearest(std::string_view mistyped,
                                      const std::vector<std::string_view>& ids);
}  // namespace legwork::causes
