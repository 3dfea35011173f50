#include "fhir/datatypes.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::fhir {
/// One meaning a concept of the pack; one that tells route or side before one that does not, then
/// the pack's own before the site's.
Meanings of_kind(Meanings meanings, Kind kind) {
  std::erase_if(meanings, [&](const auto& meaning) { return meaning.kind != kind; });
  std::stable_sort(meanings.begin(), meanings.end(), [](const auto& a, const auto& b) {
    const auto says = [](const auto& m) {
      return m.route != Medication::Route::unclear || m.side != Condition::Side::unstated;
    };
    if (a.id != b.id) return a.id < b.id;
    return says(a) != says(b) ? says(a) : a.matched_by < b.matched_by;
  });
  const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
  meanings.erase(std::unique(meanings.begin(), meanings.end(), same), meanings.end());
  return meanings;
}

Element::Children codings_of(const Element& coded) {
  return (coded.is_object() ? coded : Element()).each("coding");
}

std::string_view text_of(const Element& coded) {
  return coded.is_object() ? coded.text("text") : coded.text();
}

Meanings find_codes(const Element& coded, const Vocabulary& vocabulary) {
  Meanings found;
  for (const Element coding : codings_of(coded)) {
    const auto system = vocabulary.system(coding.text("system"));
    if (system != 0) vocabulary.find_code(system, coding.text("code"), found);
  }
  return found;
}

Meanings find_codes(const Element& coded, Kind kind, const Vocabulary& vocabulary) {
  return of_kind(find_codes(coded, vocabulary), kind);
}

Meanings find_names(const Element& coded, Kind kind, const Vocabulary& vocabulary) {
  Meanings found;
  const std::string_view text = text_of(coded);
  if (!text.empty()) vocabulary.find_names(kind, text, found);
  for (const Element coding : codings_of(coded)) {
    if (!found.empty()) break;
    const std::string_view display = coding.text("display");
    if (!display.empty() && display != text) vocabulary.find_names(kind, display, found);
  }
  return of_kind(std::move(found), kind);
}

Meanings recognize(const Element& coded, Kind kind, const Vocabulary& vocabulary) {
  Meanings meanings = find_codes(coded, kind, vocabulary);
  if (meanings.empty()) meanings = find_names(coded, kind, vocabulary);
  return meanings;
}

std::string_view words_of(const Element& coded) {
  if (const auto text = text_of(coded); !text.empty()) return text;
  for (const Element coding : codings_of(coded)) {
    if (const auto display = coding.text("display"); !display.empty()) return display;
  }
  return {};
}

std::string_view code_of(const Element& coded) {
  if (!coded) return {};
  if (!coded.is_object()) return coded.text();
  for (const Element coding : codings_of(coded)) {
    if (const auto code = coding.text("code"); !code.empty()) return code;
  }
  return text_of(coded);
}

std::optional<bool> polarity_of(const Element& coded, const Vocabulary& vocabulary) {
  for (const Element coding : codings_of(coded)) {
    const auto system = vocabulary.system(coding.text("system"));
    if (const auto said = vocabulary.value_of_code(system, coding.text("code"))) return said;
  }
  if (const auto said = vocabulary.value_of_words(text_of(coded))) return said;
  for (const Element coding : codings_of(coded)) {
    if (const auto said = vocabulary.value_of_words(coding.text("display"))) return said;
  }
  return {};
}

bool is_guarded(const Element& coded, const Vocabulary& vocabulary) {
  if (vocabulary.has_guard(text_of(coded))) return true;
  for (const Element coding : codings_of(coded)) {
    if (vocabulary.has_guard(coding.text("display"))) return true;
  }
  return false;
}

std::optional<DateSpan> read_date(const Element& date, Reading& reading) {
  if (!date) return {};
  if (const auto span = date.date()) return span;
  reading.facts.warnings.push_back(fmt::format("{} is not a date; read as absent", date.path()));
  return {};
}

Interval read_period(const Element& period, Reading& reading) {
  Interval interval{read_date(period.find("start"), reading),
                    read_date(period.find("end"), reading)};
  if (interval.start && interval.end && interval.end->last < interval.start->first) {
    reading.facts.warnings.push_back(
        fmt::format("{} ends before it starts; its end is not used", period.path()));
    interval.end.reset();
  }
  return interval;
}

Interval read_when(const Element& parent, std::string_view stem, Reading& reading) {
  for (const Element element : parent.children()) {
    if (!element.name().starts_with(stem)) continue;
    const std::string_view type = element.name().substr(stem.size());
    if (type == "Period") return read_period(element, reading);
    if (type == "DateTime" || type == "Date" || type == "Instant") {
      return {read_date(element, reading), std::nullopt};
    }
    if (type == "String") return {parse_date(element.text()), std::nullopt};  // "childhood" is none
  }
  return {};
}

std::optional<DateSpan> span_of(const Interval& interval) {
  if (!interval.start) return interval.end;
  if (!interval.end) return interval.start;
  return DateSpan{interval.start->first, std::max(interval.start->last, interval.end->last)};
}

std::string_view normal_reference(std::string_view reference) {
  reference = trim(reference);
  reference = reference.substr(0, reference.find("/_history/"));
  if (reference.starts_with("urn:") || reference.starts_with("#")) return reference;
  const auto last = reference.rfind('/');
  if (last == reference.npos || last == 0) return reference;
  const auto before = reference.rfind('/', last - 1);
  return before == reference.npos ? reference : reference.substr(before + 1);
}

Condition::Side side_of_words(std::string_view text) {
  const std::string words = " " + fold(text) + " ";
  const auto says = [&](std::string_view word) { return words.find(word) != words.npos; };
  const bool left =
      says(" left ") || says(" lle ");  // as clinicians shorten "left lower extremity"
  const bool right = says(" right ") || says(" rle ");
  const bool both = says(" bilateral ") || says(" both ") || says(" ble ") || says(" b l ");
  if ((left && right) || both) return Condition::Side::both;
  if (left) return Condition::Side::left;
  return right ? Condition::Side::right : Condition::Side::unstated;
}
}  // namespace legwork::fhir
