#include <fmt/format.h>

#include "tests/causes/generated_charts.hpp"

#include <array>
#include <variant>

namespace legwork::tests {
namespace {
using fhir::Measurement;

std::string told(const std::optional<DateSpan>& date) { return date ? iso(*date) : "-"; }

template <class... Kinds>
struct Overloaded : Kinds... {
  using Kinds::operator()...;
};

std::string told(const fhir::Quantity& quantity) {
  constexpr std::array comparators{"", "<", "<=", ">=", ">"};
  std::string text =
      fmt::format("{}{}", comparators[std::size_t(quantity.comparator)], quantity.value);
  if (quantity.high) text += fmt::format(" to {}", *quantity.high);
  return text + " '" + quantity.unit + "'";
}

std::string told(const Measurement& measured) {
  std::string text = std::visit(
      Overloaded{[](const Measurement::Absent&) { return std::string("absent"); },
                 [](const fhir::Quantity& quantity) { return told(quantity); },
                 [](bool present) { return std::string(present ? "present" : "not present"); },
                 [](const std::string& words) { return words; }},
      measured.value);
  const auto limit = [](const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : std::string();
  };
  if (measured.limits) {
    text += fmt::format(" [{}..{}]", limit(measured.limits->low), limit(measured.limits->high));
  }
  if (!measured.interpretation.empty()) text += " flag " + measured.interpretation;
  return measured.preliminary ? text + " preliminary" : text;
}

std::string told(const fhir::Answer& answer) {
  return std::visit(Overloaded{[](bool yes) { return std::string(yes ? "yes" : "no"); },
                               [](double number) { return fmt::format("{}", number); },
                               [](const DateSpan& date) { return iso(date); },
                               [](const std::string& words) { return words; }},
                    answer.value);
}

std::string told(const fhir::Medication& entry, const causes::Pack& pack) {
  constexpr std::array sources{"ordered", "dispensed", "administered", "stated"};
  constexpr std::array uses{"taking", "paused", "stopped", "planned", "not taken", "unclear"};
  constexpr std::array routes{"systemic", "local", "unclear"};
  std::string names;
  for (const fhir::ConceptId drug : entry.ingredients) names += pack.concepts[drug].id + " ";
  return fmt::format("{}{}, {}, route {}, {} to {}, {} mg", names,
                     sources[std::size_t(entry.source)], uses[std::size_t(entry.use)],
                     routes[std::size_t(entry.route)], told(entry.start), told(entry.end),
                     entry.strength_mg.value_or(0));
}

std::string told(const fhir::Condition& condition, const causes::Pack& pack) {
  constexpr std::array origins{"problem", "encounter", "observation", "report"};
  constexpr std::array clinical{"active", "inactive", "unstated"};
  constexpr std::array certain{"confirmed", "suspected", "refuted"};
  constexpr std::array sides{"unstated", "left", "right", "both"};
  return fmt::format("{}, {}, {}, {}, side {}, onset {}, recorded {}, abated {}",
                     pack.concepts[condition.id].id, origins[std::size_t(condition.origin)],
                     clinical[std::size_t(condition.clinical)],
                     certain[std::size_t(condition.certainty)], sides[std::size_t(condition.side)],
                     told(condition.onset), told(condition.recorded), told(condition.abatement));
}
}  // namespace

std::string described(const GeneratedCase& made, const causes::Pack& pack) {
  const fhir::Chart& chart = made.chart;
  std::string text = fmt::format("as of {}, onset {}; born {}, sex '{}'{}\n", iso(made.as_of),
                                 told(made.onset), told(chart.patient.birth), chart.patient.sex,
                                 chart.patient.deceased ? ", deceased" : "");
  text += fmt::format("{} entries on the medication list, {} unidentified\n",
                      chart.medication_entries, chart.unidentified_medications.size());
  for (const auto& entry : chart.medications) text += "  " + told(entry, pack) + "\n";
  for (const auto& measured : chart.measurements) {
    text += fmt::format("  {} {}: {}\n", told(measured.date), pack.concepts[measured.id].id,
                        told(measured));
  }
  for (const auto& condition : chart.conditions) text += "  " + told(condition, pack) + "\n";
  for (const auto& done : chart.procedures) {
    text += fmt::format("  {} {}\n", told(done.date), pack.concepts[done.id].id);
  }
  for (const auto& answer : chart.answers) {
    text += fmt::format("  {} {}? {}\n", told(answer.date), answer.question, told(answer));
  }
  return text;
}
}  // namespace legwork::tests
