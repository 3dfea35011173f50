#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "causes/assessment.hpp"
#include "causes/criterion.hpp"
#include "causes/patient_words.hpp"
#include "causes/phrases.hpp"
#include "fhir/vocabulary.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace legwork::causes {
struct Source {
  std::string id, short_name, title, url;
  std::string verified;         ///< "full", "abstract", "secondary", "memory"
  std::optional<Day> reviewed;  ///< when somebody last held the pack against it
  std::string where;            ///< "sources.xml:17"
};

struct Claim {
  std::string id, text;
  std::optional<Index> source;  ///< none: the pack's article
};

/// A code system whose owner asks for a notice beside its codes.
struct CodeSystem {
  std::string uri, copyright;  ///< copyright: the notice; may be ""
};

/// A clinical idea. Its codes and names are in the pack's vocabulary too, which finds a concept by
/// them; here they are as the pack lists them.
struct Concept {
  std::string id, label;
  fhir::Kind kind = fhir::Kind::condition;
  std::vector<ConceptId> narrower;  ///< itself and everything below it, ascending
  bool local_forms = false;         ///< medication: its route must be told

  struct Code {
    std::string system;  ///< uri
    std::string code;
    bool prefix = false;            ///< stands for all that begin with it
    fhir::Medication::Route route;  ///< what the code itself tells
    fhir::Condition::Side side;
  };
  std::vector<Code> codes;
  std::vector<std::string> names;

  /// What turns a value in another unit into `unit`, where that is no ratio: value * factor +
  /// offset.
  struct Conversion {
    std::string from;
    double factor = 1, offset = 0;
  };
  std::string unit;  ///< observation: UCUM, the unit of all its thresholds; "" for none
  std::optional<double> molar_mass, plausible_low, plausible_high;
  std::optional<double> usual_low,
      usual_high;  ///< where the laboratory sends neither range nor flag
  std::vector<Conversion> conversions;
  /// What this is calculated from where it was not measured itself: of / to * factor, in `unit`.
  struct Ratio {
    ConceptId of = 0, to = 0;
    double factor = 1;
  };
  std::optional<Ratio> ratio;
  int digits = 1;    ///< decimals when printed in `unit`
  bool lab = false;  ///< stands in the table of results

  bool counts(ConceptId other) const;  ///< whether a fact about `other` is one about this
};

/// A criterion in its place: what it does to a cause or a red flag, and the claim that says so.
struct Rule {
  std::string id;
  std::string claim;
  int weight = 1;
  Criterion criterion;
};

struct Cause {
  std::string id, label;
  std::vector<std::string> claims;
  std::vector<Rule> strong, weak, against, caps, rules_out;
  std::optional<Criterion> decides;
  std::vector<std::string> tests;  ///< beside those that unknown criteria name
  std::string would_change;
};

struct RedFlag {
  std::string id, label, action;
  std::vector<std::string> claims;
  std::vector<Rule> present, possible, absent;
};

struct Test {
  struct Urgent {
    Rule rule;
    Urgency urgency = Urgency::routine;
    std::string reason;
    bool unless_on_file = false;  ///< else it is asked for whatever is on file
  };
  /// Where it would mislead or harm: a yes, and it is not asked for.
  struct Withheld {
    Rule rule;
    std::string reason;
  };
  struct Caution {
    std::string claim, text;
    std::optional<Criterion> when;  ///< none: always
  };
  std::string id, label, kind, claim, reason;
  int burden = 1;  ///< on patient and payer, beside the pack's other tests: 1 is least
  bool baseline = false;
  Urgency urgency = Urgency::routine;
  std::optional<Period> repeat;  ///< none: never counts as on file
  std::vector<ConceptId> measures;
  bool needs_all = false;  ///< all of `measures` put it on file, not any
  std::vector<WorkupItem::Code> orders;
  std::vector<Urgent> urgent;
  std::vector<Withheld> withheld;
  std::vector<Caution> cautions;
};

struct Question {
  std::string id, label, type, ask, effect;  ///< label: what it asks for, in a few words
};

struct ScoreRule {
  struct Item {
    std::string id, label;
    int points = 0;
    Criterion criterion;
  };
  std::string id, label, claim;
  std::vector<Item> items;
};

struct Banner {
  std::string id, claim, text;
  Criterion when;
};

/// What is said where a drug is about to be ordered for somebody whom it may make worse. It never
/// says that an order is wrong: it shows what is on record, and what to think of.
struct DrugOrder {
  enum class Level { info, warning };
  struct Consider {
    std::string claim, text;
  };
  Rule rule;  ///< its id and claim, and for whom it is said
  std::string label;
  ConceptId drug = 0;
  Level level = Level::info;
  std::string why;
  std::vector<Consider> consider;
};

struct NamedCriterion {
  std::string id;
  Criterion criterion;
};

struct UnitRepair {
  std::string from, to;
  std::vector<ConceptId> only;  ///< empty: any concept
};

/// What makes the complaint recorded, and whose date is its onset.
struct ComplaintRule {
  std::vector<ConceptId> concepts, onset_concepts;
  std::vector<Index> questions;  ///< a yes to any of these records it too
  std::optional<Index> onset_question;
};

/// An article made computable. Read once, then shared by every thread.
struct Pack {
  Provenance provenance;  ///< without the counts, which belong to a chart
  std::string released;   ///< the day of this version: "2026-11-22"; "" where the pack says none
  std::string questionnaire;  ///< canonical: "https://…/Questionnaire/heavy-legs"
  std::string intended_use, out_of_scope;
  int adult_from = 0;
  ComplaintRule complaint;
  Period medication_cover{0, 90};  ///< how long a dispense without days of supply counts
  Period restart_gap{0, 30};       ///< a pause this long makes the next entry a new start
  Period answers_valid{0, 90};     ///< how long an answer counts
  Period findings_valid{12, 0};    ///< how long a visit's reason or an observed sign is current
  Period results_stale{12, 0};     ///< a result older than this is shown as old
  Period sources_valid{24, 0};     ///< from the review of a source to the next
  std::vector<Source> sources;
  std::vector<Claim> claims;
  std::vector<CodeSystem> code_systems;
  std::vector<Concept> concepts;  ///< ConceptId is the index
  std::vector<NamedCriterion> criteria;
  std::vector<Cause> causes;
  std::vector<RedFlag> red_flags;
  std::vector<Test> tests;
  std::vector<Question> questions;
  std::vector<ScoreRule> scores;
  std::vector<Banner> banners;
  std::vector<DrugOrder> drug_orders;  ///< may be empty
  std::vector<UnitRepair> unit_repairs;
  Phrases phrases;
  std::vector<PatientWords> patient;  ///< one a language; may be empty
  fhir::Vocabulary vocabulary;

  const Claim* claim(std::string_view id) const;
  const PatientWords* patient_words(std::string_view lang) const;
  ClaimText claim_text(std::string_view id) const;
  ClaimText claim_text(const Claim& claim) const;
};

/// A file of a pack, read by whoever may read files.
struct PackFile {
  std::string name;  ///< stands in errors: "packs/heavy-legs/causes.xml"
  std::string_view text;
};

/// Reads a pack from all its files, with those of packs/common among them. docs/pack.md is the
/// format. Refuses with every fault found, in the order of the files: `where` is "file:line",
/// `what` says what is wrong and how to mend it.
tl::expected<Pack, std::vector<Error>> read_pack(std::span<const PackFile> files);

/// The sources whose review is overdue on a day: `where` is "file:line". A fault of the pack's
/// upkeep, not of its form: such a pack still reads.
std::vector<Error> overdue_sources(const Pack& pack, Day on);
}  // namespace legwork::causes
