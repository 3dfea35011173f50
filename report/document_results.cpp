#include "report/document_sections.hpp"

#include <algorithm>
#include <set>

namespace legwork::report {
namespace {
using causes::LabSeries;
constexpr std::size_t trend_length = 5;

}  // namespace

std::string flag_word(const Wording& words, LabSeries::Flag flag) {
  switch (flag) {
    case LabSeries::Flag::low:
      return words["results.low"];
    case LabSeries::Flag::high:
      return words["results.high"];
    case LabSeries::Flag::none:
      break;
  }
  return "";
}

namespace {
std::string range_words(const Wording& words, const LabSeries& lab) {
  if (lab.limit_low && lab.limit_high)
    return words.fill("results.range", {{"low", number_words(*lab.limit_low)},
                                        {"high", number_words(*lab.limit_high)}});
  if (lab.limit_low)
    return words.fill("results.range-from", {{"low", number_words(*lab.limit_low)}});
  if (lab.limit_high)
    return words.fill("results.range-to", {{"high", number_words(*lab.limit_high)}});
  return words["results.no-range"];
}

}  // namespace

RangeBar range_bar(const Wording& words, const LabSeries& lab) {
  RangeBar bar;
  bar.value = lab.points.back().value;
  bar.low = lab.limit_low;
  bar.high = lab.limit_high;
  if (bar.low) bar.low_text = number_words(*bar.low);
  if (bar.high) bar.high_text = number_words(*bar.high);
  bar.without = words["results.no-range"];
  bar.alternative = words.fill(
      "results.bar", {{"test", lab.label},
                      {"value", with_unit(lab.points.back().printed, unit_words(lab.unit))},
                      {"range", range_words(words, lab)},
                      {"flag", lab.flag == LabSeries::Flag::none ? words["results.within"]
                                                                 : flag_word(words, lab.flag)}});
  return bar;
}

Trend trend(const Wording& words, const LabSeries& lab) {
  Trend result;
  const auto count = std::min(lab.points.size(), trend_length);
  std::string spoken;
  for (auto point = lab.points.end() - static_cast<std::ptrdiff_t>(count);
       point != lab.points.end(); ++point) {
    result.values.push_back(point->value);
    if (!spoken.empty()) spoken += words["list.separator"];
    spoken += words.fill("results.point",
                         {{"value", point->printed}, {"date", date_words(words, point->date)}});
  }
  result.low = lab.limit_low;
  result.high = lab.limit_high;
  result.without = words["results.single"];
  result.alternative = words.fill("results.trend", {{"test", lab.label}, {"points", spoken}});
  return result;
}

namespace {
TextCell taken(const Material& material, const LabSeries& lab) {
  const auto& date = lab.points.back().date;
  const auto age = age_words(material.words, date, material.assessment.as_of);
  return {{{date_words(material.words, date), lab.stale ? Tone::quiet : Tone::plain}},
          {{age, lab.stale ? Tone::strong : Tone::quiet}}};
}

TextCell before(const Wording& words, const LabSeries& lab) {
  if (lab.points.size() < 2) return {{{words["results.no-earlier"], Tone::quiet}}};
  const auto& earlier = lab.points[lab.points.size() - 2];
  return {{{earlier.printed}}, {{date_words(words, earlier.date), Tone::quiet}}, {}};
}

Row result_row(const Material& material, const LabSeries& lab) {
  const auto& words = material.words;
  Row row;
  row.cells.push_back(TextCell{{{lab.label, Tone::strong}}});
  row.cells.push_back(Reading{lab.points.back().printed, unit_words(lab.unit),
                              flag_word(words, lab.flag), lab.stale});
  row.cells.push_back(range_bar(words, lab));
  row.cells.push_back(taken(material, lab));
  row.cells.push_back(before(words, lab));
  row.cells.push_back(trend(words, lab));
  row.name = lab.label;
  return row;
}
/// The entries that speak for a red flag or for a cause that stands out.
std::set<std::string_view> cited_references(const causes::Assessment& assessment) {
  std::set<std::string_view> cited;
  const auto cite = [&](const std::vector<causes::Evidence>& evidence) {
    for (const auto& entry : evidence)
      if (entry.says == causes::Says::for_it) cited.insert(entry.reference);
  };
  for (const auto& flag : assessment.red_flags) cite(flag.evidence);
  for (const auto& cause : assessment.causes)
    if (cause.status == causes::CauseStatus::supported ||
        cause.status == causes::CauseStatus::possible)
      cite(cause.evidence);
  return cited;
}

/// What is cited may not be cut before what is not, nor what the laboratory flagged.
int importance(const LabSeries& lab, const std::set<std::string_view>& cited) {
  const bool flagged = lab.flag != LabSeries::Flag::none && !lab.stale;
  return 2 * static_cast<int>(cited.contains(lab.points.back().reference)) +
         static_cast<int>(flagged);
}
}  // namespace

Section results_section(const Material& material) {
  const auto& words = material.words;
  Table table;
  table.columns = {{words["results.test"], 100},  {words["results.result"], 128},
                   {words["results.where"], 104}, {words["results.taken"], 66},
                   {words["results.before"], 66}, {words["results.since"], 51}};
  const auto cited = cited_references(material.assessment);
  std::vector<const LabSeries*> labs;
  for (const auto& lab : material.assessment.labs)
    if (!lab.points.empty()) labs.push_back(&lab);
  std::stable_sort(labs.begin(), labs.end(), [&](const LabSeries* a, const LabSeries* b) {
    return importance(*a, cited) > importance(*b, cited);
  });
  for (const auto* lab : labs) table.rows.push_back(result_row(material, *lab));
  table.more = more_words(words, "results.more");

  auto section = table.rows.empty() ? absent(material, SectionId::results, "results.none")
                                    : titled(material, SectionId::results);
  if (!table.rows.empty()) section.block = std::move(table);
  if (const auto& missing = material.assessment.labs_not_on_file; !missing.empty())
    section.tail = {{words["results.not-on-file"], Tone::strong},
                    {" " + list_words(words, missing, 16)}};
  return section;
}
}  // namespace legwork::report
