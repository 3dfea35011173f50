#include "report/template_wording.hpp"

#include <cassert>

namespace legwork::report {
std::string fill(std::string_view text, Wording::Values values) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    result += text.substr(at, open - at);
    if (open == text.npos) break;
    const auto close = text.find('}', open);
    const auto name = text.substr(open + 1, close - open - 1);
    for (const auto& [key, value] : values)
      if (key == name) result += value;
    at = close + 1;
  }
  return result;
}

const std::string& for_count(const Wording::Entry& entry, std::size_t count) {
  return count == 1 && !entry.one.empty() ? entry.one : entry.other;
}

void Wording::add(std::string key, Entry entry) {
  entries_.insert_or_assign(std::move(key), std::move(entry));
}

bool Wording::has(std::string_view key) const { return entries_.find(key) != entries_.end(); }

const Wording::Entry& Wording::entry(std::string_view key) const {
  const auto found = entries_.find(key);
  assert(found != entries_.end());
  return found->second;
}

const std::string& Wording::operator[](std::string_view key) const { return entry(key).other; }

std::string Wording::fill(std::string_view key, Values values) const {
  return report::fill((*this)[key], values);
}

std::string Wording::count(std::string_view key, std::size_t count) const {
  return report::fill(for_count(entry(key), count), {{"count", std::to_string(count)}});
}
}  // namespace legwork::report
