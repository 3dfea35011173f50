#pragma once

#include "base/date.hpp"
#include "fhir/chart.hpp"

#include <optional>
#include <string>
#include <vector>

namespace legwork::causes {
/// What a piece of evidence does to the statement that it stands under.
enum class Says { for_it, against_it, context };

/// One chart entry behind an answer, told in the pack's words.
struct Evidence {
  std::string reference;  ///< "MedicationRequest/m1"; "" where the whole list is meant
  std::optional<DateSpan> date;
  Says says = Says::context;
  std::string text;   ///< "amlodipine 10 mg, started 7 weeks before onset"
  std::string rule;   ///< id of the criterion that used it
  std::string claim;  ///< id of the claim that makes it matter
};

enum class CauseStatus { supported, possible, undetermined, unlikely };
enum class RedFlagStatus { present, possible, not_recorded, absent };
enum class WorkupStatus { recommended, on_file, not_needed };
enum class Urgency { emergency, same_day, soon, routine };
enum class ComplaintStatus { recorded, not_recorded };
/// Who says so: the pack's article, or a guideline that was added to it.
enum class Origin { article, guideline };

/// A claim as it is printed: in the pack's own words, never the article's sentence.
struct ClaimText {
  std::string id;
  std::string text;
  std::string source;  ///< short: "article", "AASM 2025"
  Origin origin = Origin::article;
};

/// A claim that something here rests on, and what to read to check it.
struct CitedClaim {
  ClaimText claim;
  std::string citation, url;  ///< of the source; the url may be ""
  std::string verified;       ///< how far it was read: "full", "abstract", "secondary", "memory"
};

struct CauseFinding {
  std::string id;
  std::string label;
  Origin origin = Origin::article;
  CauseStatus status = CauseStatus::undetermined;
  int strength = 0;  ///< orders causes of one status; not a probability
  std::vector<ClaimText> claims;
  std::vector<Evidence> evidence;    ///< for it first, then against, then context
  std::vector<std::string> unknown;  ///< ids of questions and tests that would tell
  std::string would_change;          ///< what result would change the status; may be ""
};

struct RedFlagFinding {
  std::string id;
  std::string label;
  RedFlagStatus status = RedFlagStatus::not_recorded;
  std::string action;  ///< "same day: DVT pathway"
  std::vector<ClaimText> claims;
  std::vector<Evidence> evidence;
  std::vector<std::string> unknown;
};

struct OpenQuestion {
  std::string id;
  std::string label;                 ///< what it asks for, in a few words: "urge to move the legs"
  std::string text;                  ///< as the clinician asks it
  std::string effect;                ///< what the answer would change
  std::vector<std::string> decides;  ///< red flags first, then causes
  std::string type = {};             ///< of its answer: "boolean", "date" …
};

/// A result on file, for the work-up and for the table of results.
struct Result {
  std::string reference;
  std::optional<DateSpan> date;
  std::string value;  ///< "18", "<5", "negative"
  std::string unit;   ///< as sent
};

struct WorkupItem {
  struct Caution {
    std::string text;
    ClaimText claim;
  };
  std::string id;
  std::string label;
  WorkupStatus status = WorkupStatus::not_needed;
  Urgency urgency = Urgency::routine;
  std::vector<std::string> causes;  ///< red flags first
  std::string reason;
  std::optional<Result> last_done;
  struct Code {
    std::string system, code, display;
  };
  std::vector<Code> codes;  ///< that order it
  std::vector<Caution> cautions;
  std::string rule;  ///< id of the rule that made it urgent or withheld it; "" for neither
  ClaimText claim;   ///< that makes the test, or that rule, matter
};

struct Score {
  std::string id;
  std::string label;
  int low = 0, high = 0;  ///< equal when nothing is unknown
  std::vector<std::string> unknown;
  ClaimText claim = {};
};

/// One analyte on file, for the table of results. All numbers in `unit`, the pack's.
struct LabSeries {
  enum class Flag { none, low, high };
  std::string id;
  std::string label;
  std::string unit;
  struct Point {
    std::string reference;
    DateSpan date;
    double value = 0;
    std::string printed;  ///< "<5"
    friend bool operator==(const Point&, const Point&) = default;
  };
  std::vector<Point> points;                    ///< oldest first; one a day
  std::optional<double> limit_low, limit_high;  ///< the laboratory's, of the last point
  Flag flag = Flag::none;                       ///< of the last point, by those limits
  bool stale = false;                           ///< older than the pack's look-back
};

/// One drug on the list, for the timeline.
struct MedicationLine {
  std::string name;  ///< the ingredient
  std::string drug_class;
  std::string dose;                    ///< of the last entry; may be ""
  std::optional<DateSpan> start, end;  ///< no end: in use
  bool in_use = false;
  std::vector<std::string> references;
  std::vector<std::string> causes;  ///< that this drug is one for
};

/// What the reader must know before all else: "under 18: the thresholds are an adult's".
struct BannerShown {
  std::string text;
  std::string rule = {};  ///< id of the banner
  ClaimText claim = {};
};

struct Complaint {
  ComplaintStatus status = ComplaintStatus::not_recorded;
  std::optional<DateSpan> onset;
  std::vector<Evidence> evidence;
};

/// Where an assessment comes from: printed at its foot.
struct Provenance {
  std::string pack_id, pack_version, pack_title;
  std::string pack_digest;      ///< SHA-256 of its files, whatever they are called
  std::string article;          ///< citation
  std::string complaint_title;  ///< "Heavy legs when lying down": the title of the page
  std::vector<std::pair<std::string, std::string>>
      attributes;  ///< decision-support source attributes
  std::string disclaimer;
  std::size_t resources_read = 0, resources_used = 0, resources_unreadable = 0;
};

/// Everything found for one patient, as one value; every output is made from it.
struct Assessment {
  Provenance provenance;
  Day as_of{};
  fhir::Patient patient;
  std::vector<std::string> allergies;
  bool no_known_allergies = false;
  std::vector<BannerShown> banners;
  Complaint complaint;
  std::vector<RedFlagFinding> red_flags;  ///< all of the pack, most pressing first
  std::vector<CauseFinding> causes;       ///< all of the pack, most important first
  std::vector<OpenQuestion> questions;    ///< those not answered, most decisive first
  std::vector<WorkupItem> workup;         ///< all of the pack, most urgent first
  std::vector<Score> scores;
  std::vector<LabSeries> labs;                ///< analytes with a usable result
  std::vector<std::string> labs_not_on_file;  ///< labels of those the work-up would want
  std::vector<MedicationLine> medications;
  std::size_t medication_entries = 0;  ///< on the list, known to the pack or not
  std::vector<CitedClaim> claims;      ///< all that is named above, in the pack's order
  std::vector<fhir::Note> notes;
};
}  // namespace legwork::causes
