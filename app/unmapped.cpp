#include "app/unmapped.hpp"

#include "app/tell.hpp"
#include "base/csv.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <span>

namespace legwork::app {
namespace {
void show(const fhir::Unmapped& unmapped) {
  constexpr std::size_t listed = 20;
  const auto& codes = unmapped.codes;
  if (codes.empty()) {
    fmt::print(stderr, "The pack knows all codes.\n");
    return;
  }
  fmt::print(stderr, "{:>6}  {:<12} code\n", "count", "kind");
  for (const auto& code : std::span(codes).first(std::min(listed, codes.size())))
    fmt::print(stderr, "{:>6}  {:<12} {}|{} {}\n", code.count,
               fhir::kind_names[static_cast<std::size_t>(code.kind)], code.system, code.code,
               code.display);
  if (codes.size() > listed || unmapped.more)
    fmt::print(stderr, "        and {} more; name a file with --unmapped to have all\n",
               codes.size() - std::min(listed, codes.size()));
}
}  // namespace

std::string to_csv(const fhir::Unmapped& unmapped) {
  std::string csv = "system,code,concept,kind,display,count\n";
  for (const fhir::UnmappedCode& code : unmapped.codes) {
    csv += fmt::format("{},{},,{},{},{}\n", csv_value(code.system), csv_value(code.code),
                       fhir::kind_names[static_cast<std::size_t>(code.kind)],
                       csv_value(code.display), code.count);
  }
  if (unmapped.more) csv += "# and more\n";
  return csv;
}

Result<void> write_unmapped(const fhir::Unmapped& unmapped, const std::string& path) {
  if (path.empty()) return {};
  if (path != "-") return press::write_file(path, to_csv(unmapped));
  show(unmapped);
  return {};
}
}  // namespace legwork::app
