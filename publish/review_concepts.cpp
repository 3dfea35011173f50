#include "publish/review_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::publish {
namespace {
using namespace causes;

std::string_view word(fhir::Kind kind) {
  switch (kind) {
    case fhir::Kind::medication:
      return "medication";
    case fhir::Kind::observation:
      return "observation";
    case fhir::Kind::condition:
      return "condition";
    case fhir::Kind::procedure:
      return "procedure";
  }
  return {};
}

/// What a code itself tells beside its meaning.
std::string tells(const Concept::Code& code) {
  std::string words = code.prefix ? "and all that begin with it" : "";
  const auto add = [&](std::string_view what) {
    words.append(words.empty() ? "" : "; ").append(what);
  };
  if (code.route == fhir::Medication::Route::systemic) add("systemic");
  if (code.route == fhir::Medication::Route::local) add("local");
  if (code.side == fhir::Condition::Side::left) add("left");
  if (code.side == fhir::Condition::Side::right) add("right");
  if (code.side == fhir::Condition::Side::both) add("both sides");
  return words;
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

/// The codes of one system that tell the same, as one row.
Table codes_of(const Concept& meant) {
  Table table;
  table.columns = {"System", "Codes", "They tell"};
  std::vector<std::string> systems;
  std::string last;
  for (const Concept::Code& one : meant.codes) {
    if (std::find(systems.begin(), systems.end(), one.system) == systems.end()) {
      systems.push_back(one.system);
    }
    const std::string key = one.system + '|' + tells(one);
    if (table.rows.empty() || key != last) {
      table.rows.push_back({{}, {{quiet(one.system)}, {code(one.code)}, {plain(tells(one))}}});
    } else {
      table.rows.back().cells[1].front().text += ' ' + one.code;
    }
    last = key;
  }
  if (!meant.names.empty()) {
    table.rows.push_back({{},
                          {{plain("name")},
                           {plain(fmt::format("{}", fmt::join(meant.names, ", ")))},
                           {plain("in any case")}}});
  }
  table.caption = meant.codes.empty()
                      ? "no codes"
                      : fmt::format("{} in {}", counted(meant.codes.size(), "code", "codes"),
                                    counted(systems.size(), "system", "systems"));
  table.caption += ", " + counted(meant.names.size(), "name", "names");
  return table;
}

std::string range(const Concept& meant) {
  if (meant.plausible_low && meant.plausible_high) {
    return fmt::format("{} to {}", *meant.plausible_low, *meant.plausible_high);
  }
  if (meant.plausible_low) return fmt::format("{} or more", *meant.plausible_low);
  return meant.plausible_high ? fmt::format("{} or less", *meant.plausible_high) : "";
}

Block facts_of(ConceptId id, const Pack& pack) {
  const Concept& meant = pack.concepts[id];
  Block block;
  block.facts = {{"Kind", {plain(word(meant.kind))}}};
  const auto add = [&](std::string_view name, const std::string& says) {
    if (!says.empty()) block.facts.push_back({std::string(name), {plain(says)}});
  };
  add("Unit", meant.unit);
  add("Plausible", range(meant));
  if (meant.molar_mass) add("Molar mass", fmt::format("{} g/mol", *meant.molar_mass));
  for (const Concept::Conversion& from : meant.conversions) {
    const auto offset = from.offset == 0 ? "" : fmt::format(" {:+}", from.offset);
    add("Converted", fmt::format("from {} by × {}{}", from.from, from.factor, offset));
  }
  if (meant.local_forms) add("Local forms", "its route must be told before it counts as systemic");
  std::vector<Line> narrower;
  for (const ConceptId other : meant.narrower) {
    if (other != id) narrower.push_back(concept_line(other, pack));
  }
  if (!narrower.empty()) block.facts.push_back({"Includes", listed(narrower)});
  if (!meant.codes.empty() || !meant.names.empty()) block.detail = codes_of(meant);
  return block;
}
/// Whoever shows codes shows what the owners of their systems ask to be shown.
std::vector<Block> notices(const Pack& pack) {
  Table table;
  table.caption = "Notices of the code systems";
  table.columns = {"System", "Notice"};
  for (const CodeSystem& system : pack.code_systems) {
    if (system.copyright.empty()) continue;
    table.rows.push_back({{}, {{plain(system.uri)}, {plain(system.copyright)}}});
  }
  if (table.rows.empty()) return {};
  std::vector<Block> blocks(1);
  blocks.front().table = std::move(table);
  return blocks;
}
}  // namespace

Section concepts(const Pack& pack) {
  Section section{"concepts", "Concepts", notices(pack), {}};
  for (std::size_t i = 0; i < pack.concepts.size(); ++i) {
    const Concept& meant = pack.concepts[i];
    section.entries.push_back({anchor("concept", meant.id),
                               meant.label,
                               meant.id,
                               {facts_of(static_cast<ConceptId>(i), pack)}});
  }
  return section;
}
}  // namespace legwork::publish
