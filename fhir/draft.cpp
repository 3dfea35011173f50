#include "fhir/draft.hpp"

#include "base/text.hpp"
#include "fhir/datatypes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace legwork::fhir {
namespace {
/// Whether two Patients under one id cannot be one person: nobody is born twice, and a family name
/// and a sex that both differ are not one person's new version.
bool contradict(const Patient& a, const Patient& b) {
  if (a.birth && b.birth && (a.birth->last < b.birth->first || b.birth->last < a.birth->first)) {
    return true;
  }
  return !a.family.empty() && !b.family.empty() && fold(a.family) != fold(b.family) &&
         !a.sex.empty() && !b.sex.empty() && a.sex != b.sex;
}

/// Undated facts come first; then by day, then by reference, then as the resource has them.
template <class Fact, class Date>
void sort_by(std::vector<Fact>& facts, Date date) {
  const auto key = [&](const Fact& fact) {
    const std::optional<DateSpan>& day = date(fact);
    return std::tuple(day ? day->first : Day::min(), day ? day->last : Day::min(),
                      std::string_view(fact.reference));
  };
  std::stable_sort(facts.begin(), facts.end(),
                   [&](const Fact& a, const Fact& b) { return key(a) < key(b); });
}

/// How a subject's reference stands to the patient of the chart.
enum class Subject { patient, other, unclear };

Subject subject_is(std::string_view reference, const Patient& patient,
                   const std::vector<std::string>& patient_urls) {
  constexpr std::string_view uuid = "urn:uuid:", type = "Patient/";
  const std::string_view normal = normal_reference(reference);
  if (normal.empty() || normal == patient.reference) return Subject::patient;
  std::string_view id = patient.reference;
  id.remove_prefix(id.starts_with(type) ? type.size() : 0);
  if (normal == id || (normal.starts_with(uuid) && normal.substr(uuid.size()) == id)) {
    return Subject::patient;
  }
  if (std::find(patient_urls.begin(), patient_urls.end(), normal) != patient_urls.end()) {
    return Subject::patient;
  }
  if (normal.starts_with(uuid)) return patient_urls.empty() ? Subject::unclear : Subject::other;
  const bool names_a_type = normal[0] >= 'A' && normal[0] <= 'Z' && normal.find('/') != normal.npos;
  return names_a_type ? Subject::other : Subject::unclear;
}

/// The version of a resource as text that sorts: one server writes its instants in one form.
std::string version_of(const Element& resource) {
  const Element meta = resource.find("meta");
  const std::string_view updated = meta.text("lastUpdated");
  const std::string_view number = meta.text("versionId");
  if (updated.empty() && number.empty()) return {};
  return fmt::format("{} {:>20}", updated, number);
}

std::string reference_of(std::string_view type, std::string_view id, std::string_view full_url,
                         const Place& place) {
  if (id.empty()) return full_url.empty() ? place.words() : std::string(normal_reference(full_url));
  std::string reference;
  reference.reserve(type.size() + 1 + id.size());
  return reference.append(type).append("/").append(id);
}

bool is_in_error(const Element& resource) {
  return code_of(resource.find("status")) == "entered-in-error" ||
         code_of(resource.find("verificationStatus")) == "entered-in-error";
}
}  // namespace

std::string Place::words() const {
  switch (step) {
    case Step::input:
      return std::string(name);
    case Step::line:
      return fmt::format("{}:{}", outer->words(), index);
    case Step::item:
      break;
  }
  if (name.empty()) return fmt::format("{}[{}]", outer->words(), index);
  if (outer->step == Step::input) return fmt::format("{}[{}]", name, index);
  return fmt::format("{}.{}[{}]", outer->words(), name, index);
}

void Draft::take(const Rule& rule, const ElementList& list, const Place& place,
                 std::string_view full_url) {
  complaint_.clear();
  facts_.clear();
  const Element resource(list.root(), complaint_);
  Record record = describe(rule, resource, place, full_url);
  Reading reading{vocabulary_, record.reference, facts_};
  rule.read(resource, reading);
  record.fate = fate_of(list, resource);
  record.complaint = complaint_;
  if (taker_) {
    Element subject = resource.find("subject");
    if (!subject) subject = resource.find("patient");
    taker_({rule.type,
            record.reference,
            record.has_id,
            subject.text("reference"),
            full_url,
            {},
            &list,
            record.fate != Record::Fate::idle || !facts_.warnings.empty(),
            record.complaint});
    subjects_.resize(1);  // of a million patients: not kept
    return;
  }
  const bool counts = record.fate == Record::Fate::used || record.fate == Record::Fate::idle;
  records_.push_back(std::move(record));
  if (!counts) return;
  keep_facts(records_.size() - 1, full_url);
  if (unmapped_ == nullptr || is_in_error(resource)) return;
  std::string ignored;  // a code that cannot be listed is no reason to leave the resource out
  tally_.note(rule.type, Element(list.root(), ignored), records_.size() - 1, vocabulary_);
}

void Draft::take(const Copied& copied, const Place& place, std::string_view full_url) {
  const auto type = copied.rule->type;
  const bool has_id = !copied.id.empty() || !full_url.empty();
  taker_({type,
          reference_of(type, copied.id, full_url, place),
          has_id,
          copied.subject,
          full_url,
          copied.json,
          nullptr,
          true,
          {}});
}

bool Draft::is_dull(const Rule& rule, const ElementList& resource) const {
  std::string complaint;
  return rule.codes.say_nothing(Element(resource.root(), complaint), vocabulary_) &&
         complaint.empty();
}

Draft::Record::Fate Draft::fate_of(const ElementList& list, const Element& resource) const {
  using enum Record::Fate;
  if (!complaint_.empty()) return unreadable;
  if (!facts_.any()) return idle;
  if (is_in_error(resource)) return in_error;
  const bool modifies = list.holds("modifierExtension") || list.holds("implicitRules");
  return modifies ? modified : used;
}

Draft::Record Draft::describe(const Rule& rule, const Element& resource, const Place& place,
                              std::string_view full_url) {
  Record record;
  const std::string_view id = resource.text("id");
  record.has_id = !id.empty() || !full_url.empty();
  record.reference = reference_of(rule.type, id, full_url, place);
  Element subject = resource.find("subject");
  if (!subject) subject = resource.find("patient");
  record.subject = subject_index(subject.text("reference"));
  record.version = version_of(resource);
  return record;
}

/// The same subject comes hundreds of times in a row: only its neighbors are looked at.
std::size_t Draft::subject_index(std::string_view reference) {
  if (reference.empty()) return 0;
  if (subjects_.back() != reference) subjects_.emplace_back(reference);
  return subjects_.size() - 1;
}

void Draft::keep_facts(std::size_t record, std::string_view full_url) {
  const auto move_to = [record](auto& drafted, auto& facts) {
    for (auto& fact : facts) drafted.push_back({record, std::move(fact)});
  };
  if (facts_.patient) {
    patients_.push_back({record, std::move(*facts_.patient)});
    const std::string_view url = normal_reference(full_url);
    if (url.starts_with("urn:")) patient_urls_.emplace_back(url);
  }
  if (facts_.product) {
    drugs_.push_back({record,
                      {std::move(*facts_.product), records_[record].reference,
                       std::string(normal_reference(full_url))}});
  }
  move_to(medications_, facts_.medications);
  move_to(measurements_, facts_.measurements);
  move_to(conditions_, facts_.conditions);
  move_to(procedures_, facts_.procedures);
  move_to(answers_, facts_.answers);
  move_to(allergies_, facts_.allergies);
  move_to(warnings_, facts_.warnings);
  if (facts_.no_known_allergies) no_known_allergies_.push_back(record);
}

void Draft::refuse(const Place& place, std::string_view why) {
  if (taker_) {
    const std::string words = place.words();
    taker_({{}, words, false, {}, {}, {}, nullptr, true, why});
    return;
  }
  Record record;
  record.reference = place.words();
  record.fate = Record::Fate::unreadable;
  record.complaint = why;
  records_.push_back(std::move(record));
}

void Draft::take_pages(const ElementList& bundle, const Place& place) {
  std::string ignored;
  Page page;
  page.place = place.words();
  for (const Element link : Element(bundle.root(), ignored).each("link")) {
    if (link.text("relation") == "self") page.self = link.text("url");
    if (link.text("relation") == "next") page.next = link.text("url");
  }
  if (!taker_ && (!page.self.empty() || !page.next.empty())) pages_.push_back(std::move(page));
}

void Draft::forget_since(std::size_t mark) {
  for (; mark < records_.size(); ++mark) records_[mark].fate = Record::Fate::forgotten;
}

Result<Chart> Draft::finish(std::string_view where) && {
  drop_superseded();
  auto patient = the_patient(where);
  if (!patient) return tl::unexpected(patient.error());
  const auto foreign = foreign_subjects(*patient);
  drop_foreign(foreign);
  if (unmapped_ != nullptr) list_unmapped(foreign);

  Chart chart;
  chart.patient = std::move(*patient);
  chart.measurements = kept(measurements_);
  chart.conditions = kept(conditions_);
  chart.procedures = kept(procedures_);
  chart.answers = kept(answers_);
  chart.allergies = kept(allergies_);
  chart.no_known_allergies = std::any_of(no_known_allergies_.begin(), no_known_allergies_.end(),
                                         [&](std::size_t record) { return is_kept(record); });
  add_medications(chart);
  sort_by(chart.medications, [](const auto& medication) { return medication.start; });
  sort_by(chart.measurements, [](const auto& fact) { return fact.date; });
  sort_by(chart.conditions, [](const auto& c) { return c.onset ? c.onset : c.recorded; });
  sort_by(chart.procedures, [](const auto& fact) { return fact.date; });
  sort_by(chart.answers, [](const auto& fact) { return fact.date; });
  sort_by(chart.allergies, [](const auto&) { return std::optional<DateSpan>(); });
  add_notes(chart);

  chart.resources_read = passed_;
  for (const Record& record : records_) {
    using enum Record::Fate;
    chart.resources_read += record.fate != forgotten;
    chart.resources_used += record.fate == used;
    chart.resources_unreadable += record.fate == unreadable;
  }
  return chart;
}

void Draft::drop_superseded() {
  std::unordered_map<std::string_view, std::size_t> latest;
  latest.reserve(records_.size());
  for (std::size_t at = 0; at < records_.size(); ++at) {
    if (!records_[at].has_id || records_[at].fate == Record::Fate::forgotten) continue;
    const auto [found, first] = latest.emplace(records_[at].reference, at);
    if (first) continue;
    const bool newer = records_[at].version >= records_[found->second].version;
    records_[newer ? found->second : at].fate = Record::Fate::superseded;
    if (newer) found->second = at;
  }
}

Result<Patient> Draft::the_patient(std::string_view where) const {
  const Patient* only = nullptr;
  for (const auto& [record, patient] : patients_) {
    if (!is_kept(record)) continue;
    if (only) {
      return legwork::refuse(ErrorKind::unsupported, std::string(where),
                             "more than one patient; give one patient's record at a time");
    }
    only = &patient;
  }
  for (const auto& [record, patient] : patients_) {
    if (records_[record].fate != Record::Fate::superseded || !only) continue;
    if (!contradict(patient, *only)) continue;
    return legwork::refuse(ErrorKind::unsupported, std::string(where),
                           "two different patients under one id; give one patient's record at a "
                           "time");
  }
  if (only) return *only;
  return legwork::refuse(ErrorKind::missing, std::string(where), "no Patient that can be used");
}

std::vector<bool> Draft::foreign_subjects(const Patient& patient) const {
  std::vector<bool> foreign;
  foreign.reserve(subjects_.size());
  for (const std::string& subject : subjects_) {
    foreign.push_back(subject_is(subject, patient, patient_urls_) == Subject::other);
  }
  return foreign;
}

void Draft::drop_foreign(const std::vector<bool>& foreign) {
  for (Record& record : records_) {
    if (record.fate != Record::Fate::used || !foreign[record.subject]) continue;
    record.fate = Record::Fate::foreign;
  }
}

/// What gave no fact counts here too: that its code is not known may be why.
void Draft::list_unmapped(const std::vector<bool>& foreign) const {
  std::vector<bool> counts;
  counts.reserve(records_.size());
  for (const Record& record : records_) {
    const bool is_read = record.fate == Record::Fate::used || record.fate == Record::Fate::idle;
    counts.push_back(is_read && !foreign[record.subject]);
  }
  *unmapped_ = tally_.list(counts);
}

bool Draft::is_kept(std::size_t record) const {
  return records_[record].fate == Record::Fate::used;
}

template <class Fact>
std::vector<Fact> Draft::kept(All<Fact>& drafted) const {
  std::vector<Fact> facts;
  facts.reserve(drafted.size());
  for (auto& [record, fact] : drafted) {
    if (is_kept(record)) facts.push_back(std::move(fact));
  }
  return facts;
}

void Draft::add_notes(Chart& chart) const {
  using enum Note::Severity;
  for (const Record& record : records_) {
    using enum Record::Fate;
    switch (record.fate) {
      case unreadable:
        chart.notes.push_back({warning, record.reference, record.complaint + "; left out"});
        break;
      case in_error:
        chart.notes.push_back({information, record.reference, "entered in error; left out"});
        break;
      case modified:
        chart.notes.push_back({warning, record.reference,
                               "carries a modifier extension that is not understood; left out"});
        break;
      case foreign:
        chart.notes.push_back({warning, record.reference, "is not about this patient; left out"});
        break;
      case used:
      case idle:
      case superseded:
      case forgotten:
        break;
    }
  }
  for (const auto& [record, text] : warnings_) {
    const auto fate = records_[record].fate;
    if (fate != Record::Fate::used && fate != Record::Fate::idle) continue;
    chart.notes.push_back({warning, records_[record].reference, text});
  }
  for (const Page& page : pages_) {
    const auto supplied = [&](const Page& other) { return other.self == page.next; };
    if (page.next.empty() || std::any_of(pages_.begin(), pages_.end(), supplied)) continue;
    chart.notes.push_back(
        {warning, page.place, "the search result has further pages that were not supplied"});
  }
  std::sort(chart.notes.begin(), chart.notes.end(), [](const Note& a, const Note& b) {
    return std::tie(a.reference, a.text) < std::tie(b.reference, b.text);
  });
}
}  // namespace legwork::fhir
