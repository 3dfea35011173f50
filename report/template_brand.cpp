#include "report/template_brand.hpp"

#include "report/watermark.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace legwork::report {
namespace {
constexpr double readable = 4.5;   // WCAG 2.1 AA for text
constexpr double told_apart = 20;  // ΔE of brand and signal, whatever the eye

std::optional<Color> read_color(const pugi::xml_node& node, const char* attribute, Faults& faults) {
  const std::string_view text = node.attribute(attribute).value();
  unsigned rgb = 0;
  const auto* first = text.data() + std::min<std::size_t>(1, text.size());
  const auto* last = text.data() + text.size();
  const auto read = std::from_chars(first, last, rgb, 16);
  if (text.size() != 7 || text[0] != '#' || read.ptr != last || read.ec != std::errc{}) {
    faults.add(ErrorKind::malformed, node,
               fmt::format("{} '{}' is not a color; write it as #RRGGBB", attribute, text));
    return {};
  }
  const Color color{static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8 & 255),
                    static_cast<std::uint8_t>(rgb & 255)};
  if (const auto ratio = contrast(color, watermark_color); ratio < readable) {
    faults.add(ErrorKind::malformed, node,
               fmt::format("{} {} is too light to read over the watermark (contrast {:.1f}); "
                           "choose a darker color with at least {}",
                           attribute, text, ratio, readable));
    return {};
  }
  return color;
}
}  // namespace

Brand read_brand(const pugi::xml_node& node, Faults& faults) {
  faults.check_attributes(node, {"name", "department", "address", "color", "signal"});
  Brand brand;
  brand.name = node.attribute("name").value();
  brand.department = node.attribute("department").value();
  brand.address = node.attribute("address").value();
  if (brand.name.empty())
    faults.add(ErrorKind::missing, node, "the brand has no name; write name=\"…\"");
  const auto color = read_color(node, "color", faults);
  const auto signal = read_color(node, "signal", faults);
  if (!color || !signal) return brand;
  brand.color = *color;
  brand.signal = *signal;
  if (const auto apart = least_difference(*color, *signal); apart < told_apart)
    faults.add(ErrorKind::malformed, node,
               fmt::format("color and signal look alike to some eyes (difference {:.0f} of the {} "
                           "needed); choose two that differ more, as by leaving signal at #A93A0B",
                           apart, told_apart));
  return brand;
}
}  // namespace legwork::report
