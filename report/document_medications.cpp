#include "report/document_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace legwork::report {
namespace {
using namespace std::chrono;
using causes::MedicationLine;

constexpr Period before_onset{6, 0};
constexpr Period without_onset{12, 0};
constexpr int most_ticks = 10;

/// From half a year before the onset to the day of the report.
struct Axis {
  Day first, last;

  explicit Axis(const causes::Assessment& assessment) : last(assessment.as_of) {
    const auto& onset = assessment.complaint.onset;
    if (onset) last = std::max(last, onset->last);
    first = onset ? before(onset->first, before_onset) : before(last, without_onset);
  }
  double at(Day day) const {
    return static_cast<double>((day - first).count()) / static_cast<double>((last - first).count());
  }
  double within(Day day) const { return std::clamp(at(day), 0.0, 1.0); }
};

/// The first days of months, few enough to be read; the year stands where it is new.
std::vector<Timeline::Tick> ticks(const Wording& words, const Axis& axis) {
  const auto months = static_cast<double>((axis.last - axis.first).count()) / 30.44;
  int step = 1;
  for (const int wider : {1, 2, 3, 6, 12, 24, 60, 120, 240}) {
    step = wider;
    if (months / wider <= most_ticks) break;
  }
  std::vector<Timeline::Tick> found;
  const year_month_day first = axis.first;
  int year_shown = 0;
  for (auto month = first.year() / first.month();; month += std::chrono::months(1)) {
    const Day day = sys_days(month / 1);
    if (day > axis.last) return found;
    const auto index = int(month.year()) * 12 + static_cast<int>(unsigned(month.month())) - 1;
    if (day < axis.first || index % step != 0) continue;
    Timeline::Tick tick{axis.at(day), step < 12 ? month_words(words, month.month()) : "", ""};
    if (int(month.year()) != year_shown) tick.year = std::to_string(int(month.year()));
    year_shown = int(month.year());
    found.push_back(std::move(tick));
  }
}

/// When the drug was started, seen from the onset. "" where one of the two is not known.
std::string against_onset(const Material& material, const MedicationLine& drug) {
  const auto& words = material.words;
  const auto& onset = material.assessment.complaint.onset;
  if (!drug.start || !onset) return "";
  if (drug.start->last >= onset->first && drug.start->first <= onset->last)
    return words["medications.at-onset"];
  const bool earlier = drug.start->last < onset->first;
  const auto days = earlier ? onset->first - drug.start->last : drug.start->first - onset->last;
  return words.fill(earlier ? "medications.before-onset" : "medications.after-onset",
                    {{"interval", interval_words(words, static_cast<int>(days.count()))}});
}

}  // namespace

std::string period_words(const Wording& words, const MedicationLine& drug) {
  const auto start = drug.start ? date_words(words, *drug.start) : "";
  if (!drug.start && drug.end)
    return words.fill("medications.until", {{"end", date_words(words, *drug.end)}});
  if (!drug.start) return words[drug.in_use ? "medications.in-use" : "medications.not-in-use"];
  if (drug.end)
    return words.fill("medications.period",
                      {{"start", start}, {"end", date_words(words, *drug.end)}});
  return words.fill(drug.in_use ? "medications.since" : "medications.from", {{"start", start}});
}

std::string causes_words(const Material& material, const MedicationLine& drug, std::size_t limit) {
  std::vector<std::string> linked;
  for (const auto& id : drug.causes)
    if (const auto cause = material.causes.find(id); cause != material.causes.end())
      linked.emplace_back(cause->second);
  return list_words(material.words, linked, limit);
}

namespace {
std::string causes_of(const Material& material, const MedicationLine& drug) {
  const auto linked = causes_words(material, drug, 4);
  return linked.empty() ? "" : material.words.fill("medications.causes", {{"causes", linked}});
}

Timeline::Lane lane(const Material& material, const Axis& axis, const MedicationLine& drug) {
  Timeline::Lane lane;
  lane.name = {{drug.name, Tone::strong}};
  if (!drug.dose.empty()) lane.name.push_back({" " + drug.dose});
  lane.below = period_words(material.words, drug);
  if (const auto when = against_onset(material, drug); !when.empty())
    lane.below += material.words["list.separator"] + when;
  lane.label = drug.drug_class;
  lane.linked = !drug.causes.empty();
  lane.start_known = drug.start.has_value();
  lane.began_earlier = drug.start && drug.start->first < axis.first;
  lane.from = drug.start ? axis.within(drug.start->first) : 0;
  if (drug.end)
    lane.to = axis.within(drug.end->last);
  else
    lane.to = drug.in_use ? 1 : lane.from;
  lane.to = std::max(lane.from, lane.to);
  lane.alternative = material.words.fill(
      "medications.lane", {{"name", drug.dose.empty() ? drug.name : drug.name + " " + drug.dose},
                           {"class", drug.drug_class},
                           {"period", lane.below},
                           {"causes", causes_of(material, drug)}});
  return lane;
}
}  // namespace

Section medications_section(const Material& material) {
  const auto& assessment = material.assessment;
  const auto& words = material.words;
  if (assessment.medication_entries == 0)
    return absent(material, SectionId::medications, "medications.no-list");
  auto section = titled(material, SectionId::medications);
  if (assessment.medications.empty()) {
    section.note.clear();
    section.block =
        Absence{words.count("medications.none-relevant", assessment.medication_entries)};
    return section;
  }
  const Axis axis(assessment);
  Timeline timeline;
  timeline.names = words["medications.names"];
  timeline.ticks = ticks(words, axis);
  timeline.today = words["medications.today"];
  if (const auto& onset = assessment.complaint.onset) {
    timeline.onset = axis.at(onset->first);
    timeline.onset_label = words.fill("medications.onset", {{"date", date_words(words, *onset)}});
  } else {
    timeline.onset_label = words["medications.onset-unknown"];
  }
  for (const auto& drug : assessment.medications)
    timeline.lanes.push_back(lane(material, axis, drug));
  timeline.more = more_words(words, "medications.more");
  section.note = words.count("medications.note", assessment.medication_entries);
  section.block = std::move(timeline);
  return section;
}
}  // namespace legwork::report
