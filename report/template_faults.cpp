#include "report/template_faults.hpp"

#include "report/template_wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace legwork::report {
void Faults::add(ErrorKind kind, const pugi::xml_node& node, std::string what) {
  add(kind, node.offset_debug(), std::move(what));
}

void Faults::add(ErrorKind kind, std::ptrdiff_t offset, std::string what) {
  const auto end = xml_.begin() + std::clamp<std::ptrdiff_t>(offset, 0, std::ssize(xml_));
  const auto line = 1 + std::count(xml_.begin(), end, '\n');
  faults_.push_back({kind, fmt::format("{}:{}", name_, line), std::move(what)});
}

void Faults::check_attributes(const pugi::xml_node& node,
                              std::initializer_list<std::string_view> known) {
  for (const auto& attribute : node.attributes())
    if (std::find(known.begin(), known.end(), std::string_view(attribute.name())) == known.end())
      add(ErrorKind::malformed, node,
          known.size() == 0
              ? fmt::format("<{}> has no attribute '{}'; remove it", node.name(), attribute.name())
              : fmt::format("attribute '{}' of <{}> is not known; use {}", attribute.name(),
                            node.name(), fmt::join(known, ", ")));
}

void Faults::check_braces(const pugi::xml_node& node, std::string_view text, std::string_view what,
                          std::string_view fields) {
  for_each_placeholder(text, [&](std::string_view name) {
    if (has_word(fields, name)) return;
    add(ErrorKind::malformed, node,
        fields.empty()
            ? fmt::format("{} has no placeholder '{{{}}}'; remove the braces", what, name)
            : fmt::format("{} has no placeholder '{{{}}}'; it knows: {}", what, name, fields));
  });
  if (std::count(text.begin(), text.end(), '{') != std::count(text.begin(), text.end(), '}'))
    add(ErrorKind::malformed, node,
        fmt::format("{} opens a brace that it does not close; close it", what));
}

std::size_t Faults::limit(const pugi::xml_node& node) {
  const std::string_view text = node.attribute("limit").value();
  std::size_t limit = SIZE_MAX;
  if (!node.attribute("limit")) return limit;
  const auto* last = text.data() + text.size();
  const auto read = std::from_chars(text.data(), last, limit);
  if (read.ec != std::errc{} || read.ptr != last || limit == 0)
    add(ErrorKind::malformed, node,
        fmt::format("limit '{}' is not a number from 1 on; correct or remove it", text));
  return limit;
}

bool has_word(std::string_view list, std::string_view word) {
  const auto spaced = fmt::format(" {} ", list);
  return !word.empty() && spaced.find(fmt::format(" {} ", word)) != spaced.npos;
}
}  // namespace legwork::report
