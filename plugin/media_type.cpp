#include "plugin/media_type.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace legwork::plugin {
namespace {
/// Takes the text before the next separator off the front.
std::string_view next_part(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trim(part);
}

/// The q of a range's parameters: 1 where there is none, 0 where it is no number.
double weight(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto parameter = next_part(parameters, ';');
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    double q = 0;
    std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), q);
    return std::clamp(q, 0.0, 1.0);
  }
  return 1;
}

/// How exactly a range means an offer: 0 not at all, 1 anything, 2 its kind, 3 by name.
int fit(std::string_view range, std::string_view offer) {
  if (range == offer) return 3;
  if (range.ends_with("/*") &&
      offer.substr(0, offer.find('/')) == range.substr(0, range.size() - 2))
    return 2;
  return range == "*/*" ? 1 : 0;
}

/// How much an offer is wanted: by what means it most exactly.
double wanted(std::string_view accept, std::string_view offer) {
  int best = 0;
  double q = 0;
  while (!accept.empty()) {
    const auto entry = next_part(accept, ',');
    const auto semicolon = std::min(entry.find(';'), entry.size());
    const int fits = fit(bare_media_type(entry), offer);
    if (fits <= best) continue;
    best = fits;
    q = weight(entry.substr(std::min(semicolon + 1, entry.size())));
  }
  return q;
}
}  // namespace

std::string bare_media_type(std::string_view header) {
  std::string type(trim(header.substr(0, std::min(header.find(';'), header.size()))));
  std::ranges::transform(type, type.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return type;
}

std::optional<std::size_t> choose(std::string_view accept,
                                  std::span<const std::string_view> offers) {
  if (trim(accept).empty()) accept = "*/*";
  std::optional<std::size_t> chosen;
  double most = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const double q = wanted(accept, bare_media_type(offers[i]));
    if (q <= most) continue;
    most = q;
    chosen = i;
  }
  return chosen;
}
}  // namespace legwork::plugin
