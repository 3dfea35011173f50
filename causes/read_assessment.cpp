#include "causes/read_assessment.hpp"

#include "causes/json.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <optional>

namespace legwork::causes {
namespace {
namespace json = boost::json;

constexpr std::string_view remedy = "give what `legwork assess --format json` wrote, unchanged";

/// A value of the file and where it stands. The first fault is kept, and what is read after it is
/// empty: one look at the end tells whether all went well.
class Place {
 public:
  Place(const json::value* value, std::string path, std::optional<Error>& fault)
      : value_(value), path_(std::move(path)), fault_(fault) {}

  Place operator[](std::string_view key) const;
  bool has(std::string_view key) const;
  std::string text() const;
  std::string text_if_any(std::string_view key) const {
    return has(key) ? (*this)[key].text() : std::string();
  }
  bool yes() const;
  DateSpan date() const;
  std::optional<DateSpan> date_if_any(std::string_view key) const;
  std::int64_t number() const;
  template <class Word, std::size_t N>
  Word one_of(const std::array<Word, N>& words) const;
  template <class Use>
  void each(Use use) const;

  void refuse(ErrorKind kind, std::string_view what) const {
    if (!fault_) fault_ = Error{kind, path_, fmt::format("{}; {}", what, remedy)};
  }

 private:
  const json::value* value_;  ///< null after a fault
  std::string path_;
  std::optional<Error>& fault_;
};

Place Place::operator[](std::string_view key) const {
  const auto* object = value_ == nullptr ? nullptr : value_->if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(key);
  if (found == nullptr) refuse(ErrorKind::malformed, fmt::format("'{}' is absent", key));
  return {found, fmt::format("{}.{}", path_, key), fault_};
}

bool Place::has(std::string_view key) const {
  const auto* object = value_ == nullptr ? nullptr : value_->if_object();
  return object != nullptr && object->contains(key);
}

std::string Place::text() const {
  const auto* text = value_ == nullptr ? nullptr : value_->if_string();
  if (text == nullptr) refuse(ErrorKind::malformed, "is not a text");
  return text == nullptr ? std::string() : std::string(*text);
}

bool Place::yes() const {
  const auto* truth = value_ == nullptr ? nullptr : value_->if_bool();
  if (truth == nullptr) refuse(ErrorKind::malformed, "is neither true nor false");
  return truth != nullptr && *truth;
}

std::int64_t Place::number() const {
  const auto* number = value_ == nullptr ? nullptr : value_->if_int64();
  if (number == nullptr) refuse(ErrorKind::malformed, "is not a whole number");
  return number == nullptr ? 0 : *number;
}

/// As `iso` writes it: "2026-11", or "2026-10-30/2026-11-02" for an odd span.
DateSpan Place::date() const {
  const auto written = text();
  const auto slash = written.find('/');
  const auto first = parse_date(std::string_view(written).substr(0, slash));
  const auto last =
      slash == written.npos ? first : parse_date(std::string_view(written).substr(slash + 1));
  if (first && last && first->first <= last->last) return {first->first, last->last};
  refuse(ErrorKind::malformed, "is not a date");
  return {};
}

std::optional<DateSpan> Place::date_if_any(std::string_view key) const {
  if (!has(key)) return {};
  return (*this)[key].date();
}

template <class Word, std::size_t N>
Word Place::one_of(const std::array<Word, N>& words) const {
  const auto written = text();
  for (const Word value : words)
    if (word(value) == written) return value;
  refuse(ErrorKind::unsupported, "is a word that this version of legwork does not know");
  return words.front();
}

template <class Use>
void Place::each(Use use) const {
  const auto* array = value_ == nullptr ? nullptr : value_->if_array();
  if (array == nullptr) return refuse(ErrorKind::malformed, "is not a list");
  for (std::size_t i = 0; i < array->size() && !fault_; ++i)
    use(Place(&(*array)[i], fmt::format("{}[{}]", path_, i), fault_));
}

constexpr std::array red_flag_words = {RedFlagStatus::present, RedFlagStatus::possible,
                                       RedFlagStatus::not_recorded, RedFlagStatus::absent};
constexpr std::array cause_words = {CauseStatus::supported, CauseStatus::possible,
                                    CauseStatus::undetermined, CauseStatus::unlikely};
constexpr std::array workup_words = {WorkupStatus::recommended, WorkupStatus::on_file,
                                     WorkupStatus::not_needed};
constexpr std::array urgency_words = {Urgency::emergency, Urgency::same_day, Urgency::soon,
                                      Urgency::routine};

void read_head(const Place& from, Assessment& into) {
  into.provenance.pack_id = from["pack"]["id"].text();
  into.provenance.pack_version = from["pack"]["version"].text();
  into.as_of = from["asOf"].date().first;
  const auto patient = from["patient"];
  into.patient.reference = patient["reference"].text();
  into.patient.name_text = patient.text_if_any("name");
  into.patient.birth = patient.date_if_any("birthDate");
}

void read_findings(const Place& from, Assessment& into) {
  from["redFlags"].each([&](const Place& line) {
    RedFlagFinding flag;
    flag.id = line["id"].text();
    flag.label = line["label"].text();
    flag.status = line["status"].one_of(red_flag_words);
    into.red_flags.push_back(std::move(flag));
  });
  from["causes"].each([&](const Place& line) {
    CauseFinding cause;
    cause.id = line["id"].text();
    cause.label = line["label"].text();
    cause.status = line["status"].one_of(cause_words);
    into.causes.push_back(std::move(cause));
  });
  from["questions"].each([&](const Place& line) {
    OpenQuestion question;
    question.id = line["id"].text();
    question.label = line["label"].text();
    into.questions.push_back(std::move(question));
  });
  from["workup"].each([&](const Place& line) {
    WorkupItem item;
    item.id = line["id"].text();
    item.label = line["label"].text();
    item.status = line["status"].one_of(workup_words);
    item.urgency = line["urgency"].one_of(urgency_words);
    into.workup.push_back(std::move(item));
  });
}

void read_record(const Place& from, Assessment& into) {
  from["medications"].each([&](const Place& line) {
    MedicationLine medication;
    medication.name = line["name"].text();
    medication.in_use = line["inUse"].yes();
    into.medications.push_back(std::move(medication));
  });
  from["results"].each([&](const Place& line) {
    LabSeries series;
    series.id = line["id"].text();
    series.label = line["label"].text();
    const auto latest = line["latest"];
    series.points.push_back(
        {latest["reference"].text(), latest["date"].date(), 0, latest["value"].text()});
    into.labs.push_back(std::move(series));
  });
}
}  // namespace

legwork::Result<Assessment> read_assessment(std::string_view text, const std::string& name) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error) return refuse(ErrorKind::malformed, name, fmt::format("is not JSON; {}", remedy));
  std::optional<Error> fault;
  const Place root(&value, name + ": $", fault);
  if (!value.is_object()) root.refuse(ErrorKind::malformed, "is not an object");
  if (const auto version = root["schemaVersion"].number(); version > assessment_schema_version)
    return refuse(ErrorKind::unsupported, name,
                  "was written by a newer legwork; use that one, or assess again with this one");
  Assessment assessment;
  read_head(root, assessment);
  read_findings(root, assessment);
  read_record(root, assessment);
  if (fault) return tl::unexpected(std::move(*fault));
  return assessment;
}
}  // namespace legwork::causes
