#include "causes/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

// Levenshtein's distance, row by row. "amlodipin" -> "amlodipine" is 1.

namespace legwork::causes {
namespace {
/// Capitals and spaces are how people write, not what they mean.
char plain(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == ' ' || c == '_' ? '-' : c;
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (plain(a[i]) == plain(b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}
}  // namespace

std::vector<std::string_view> nearest(std::string_view mistyped,
                                      const std::vector<std::string_view>& ids) {
  constexpr std::size_t most = 3, longest_id = 100;
  if (mistyped.size() > longest_id) return {};
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (const auto id : ids) {
    const std::size_t longer = std::max(mistyped.size(), id.size());
    const std::size_t limit = std::max<std::size_t>(2, longer / 3);
    if (longer - std::min(mistyped.size(), id.size()) > limit) continue;
    const std::size_t apart = distance(mistyped, id);
    if (apart <= limit && apart < longer) found.emplace_back(apart, id);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string_view> near;
  for (const auto& [apart, id] : found) {
    if (near.size() < most) near.push_back(id);
  }
  return near;
}
}  // namespace legwork::causes
