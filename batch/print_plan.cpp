#include "batch/print_plan.hpp"

#include "base/text.hpp"
#include "batch/worklist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

namespace legwork::batch {
namespace {
std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return text;
}

/// Names that Windows keeps for devices, whatever their ending.
bool is_device(const std::string& name) {
  static constexpr std::array<std::string_view, 4> plain = {"con", "prn", "aux", "nul"};
  const auto stem = lower(name.substr(0, name.find('.')));
  const bool numbered = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
  return numbered || std::ranges::find(plain, stem) != plain.end();
}

/// A letter of the name, if every system can hold it.
bool is_safe(unsigned char letter) {
  return letter >= ' ' && letter != 0x7F &&
         std::string_view("/\\:*?\"<>|").find(static_cast<char>(letter)) == std::string_view::npos;
}

/// How a ward's files are called, if it had that stem.
std::vector<std::string> names_of(const std::string& stem, std::size_t count) {
  if (count == 1) return {stem + ".pdf"};
  std::vector<std::string> names;
  const auto digits = std::max<std::size_t>(2, std::to_string(count).size());
  for (std::size_t i = 1; i <= count; ++i)
    names.push_back(fmt::format("{}-{:0{}}.pdf", stem, i, digits));
  return names;
}
}  // namespace

std::string file_name(std::string_view ward) {
  if (ward.empty()) return "no ward";
  constexpr std::size_t most = 100;  // bytes: with number and ending, no system's limit
  std::string name = printable(ward);
  for (auto& letter : name)
    if (!is_safe(static_cast<unsigned char>(letter))) letter = '_';
  if (name.size() > most) {
    name.resize(most);
    while (!is_utf8(name)) name.pop_back();
  }
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  if (name.starts_with('.') || name.empty() || is_device(name)) name.insert(name.begin(), '_');
  return name;
}

std::vector<PrintFile> plan_print(const std::vector<std::string_view>& rows) {
  std::map<std::string, std::vector<std::string_view>> wards;
  for (const auto row : rows) wards[row_of_line(row).ward].push_back(row);

  std::vector<PrintFile> files;
  std::set<std::string> taken;  // in lower case: some systems know no other
  for (const auto& [ward, all] : wards) {
    const auto count = (all.size() + patients_in_file - 1) / patients_in_file;
    const auto is_taken = [&](const std::string& name) { return taken.contains(lower(name)); };
    auto names = names_of(file_name(ward), count);
    for (int other = 2; std::ranges::any_of(names, is_taken); ++other)
      names = names_of(fmt::format("{} ({})", file_name(ward), other), count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto first = all.begin() + static_cast<std::ptrdiff_t>(i * patients_in_file);
      const auto last = all.begin() + static_cast<std::ptrdiff_t>(
                                          std::min((i + 1) * patients_in_file, all.size()));
      taken.insert(lower(names[i]));
      files.push_back({names[i], ward, i + 1, count, {first, last}});
    }
  }
  return files;
}
}  // namespace legwork::batch
