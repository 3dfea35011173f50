#pragma once

#include "base/date.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace legwork::fhir {
/// Index of a concept in the pack that was read with (`Vocabulary` hands them out).
using ConceptId = std::uint16_t;

/// How a resource was recognized, the surest way first: by a code of the pack, by a code that the
/// site mapped itself, by a name. The report says which where it was not the first.
enum class MatchedBy { code, site_code, name };

/// One reason why part of the input was left out or repaired. Printed with every report.
struct Note {
  enum class Severity { information, warning };
  Severity severity = Severity::warning;
  std::string reference;  ///< "Observation/o9"; "Bundle.entry[7]" where there is no id
  std::string text;       ///< one lower-case clause without patient data
  friend bool operator==(const Note&, const Note&) = default;
};

struct Patient {
  std::string reference;      ///< "Patient/p1"
  std::string family, given;  ///< given names in order, one space between
  std::string name_text;      ///< HumanName.text, for names that have no parts
  std::string sex;            ///< FHIR administrative gender, or ""
  std::optional<DateSpan> birth;
  bool deceased = false;
  std::optional<DateSpan> deceased_on;
  struct Identifier {
    std::string label;  ///< type.text, or the type's code: "MR"; may be ""
    std::string value;
    friend bool operator==(const Identifier&, const Identifier&) = default;
  };
  std::vector<Identifier> identifiers;  ///< medical record numbers first
  friend bool operator==(const Patient&, const Patient&) = default;
};

/// One statement that a drug is, was or will be used. The same drug may stand in several.
struct Medication {
  enum class Source { ordered, dispensed, administered, stated };
  enum class Use { taking, paused, stopped, planned, not_taken, unclear };
  enum class Route { systemic, local, unclear };

  std::string reference;
  std::string name;                        ///< as the chart words it; "" where it gives only codes
  std::vector<ConceptId> ingredients;      ///< those the pack knows, ascending, no repeats
  MatchedBy matched_by = MatchedBy::code;  ///< the least sure of its ingredients
  Source source = Source::ordered;
  Use use = Use::unclear;
  Route route = Route::unclear;
  std::optional<DateSpan> start, end;
  std::optional<double> strength_mg;  ///< of one ingredient, from the product's name
  std::string dose;                   ///< what the page prints: "10 mg"; may be ""
  friend bool operator==(const Medication&, const Medication&) = default;
};

/// A number as it was sent. `value <= 0` and odd units are the reader's business downstream.
struct Quantity {
  enum class Comparator { equal, less, less_or_equal, greater_or_equal, greater };
  double value = 0;
  Comparator comparator = Comparator::equal;
  std::optional<double> high;  ///< upper end, where a Range was sent
  std::string unit;            ///< the UCUM code where one was sent, else the unit's text
  bool ucum = false;           ///< the sender says that `unit` is UCUM
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// One observed value. Several codes for one thing give one Measurement.
struct Measurement {
  /// Absent: the sender says that there is no value. Text: words that are neither a number nor
  /// yes or no. bool: present or absent, positive or negative.
  struct Absent {
    std::string reason;  ///< dataAbsentReason code, or ""
    friend bool operator==(const Absent&, const Absent&) = default;
  };
  struct Limits {
    std::optional<double> low, high;  ///< in the unit of the value
    friend bool operator==(const Limits&, const Limits&) = default;
  };
  std::string reference;
  ConceptId id = 0;
  MatchedBy matched_by = MatchedBy::code;
  std::optional<DateSpan> date;  ///< when the sample was taken, not when it was reported
  std::variant<Absent, Quantity, bool, std::string> value;
  std::optional<Limits> limits;  ///< the laboratory's own reference range
  std::string interpretation;    ///< "L", "H", "N" …; may be ""
  bool preliminary = false;
  friend bool operator==(const Measurement&, const Measurement&) = default;
};

/// A diagnosis, symptom or sign: from the problem list, a visit's reason, an observation with a
/// finding as its code or value, or a report's coded conclusion.
struct Condition {
  enum class Origin { problem, encounter, observation, report };
  enum class Clinical { active, inactive, unstated };
  enum class Certainty { confirmed, suspected, refuted };
  enum class Side { unstated, left, right, both };

  std::string reference;
  ConceptId id = 0;
  MatchedBy matched_by = MatchedBy::code;
  std::string name;  ///< as the chart words it; may be ""
  Origin origin = Origin::problem;
  Clinical clinical = Clinical::unstated;
  Certainty certainty = Certainty::confirmed;
  Side side = Side::unstated;
  std::optional<DateSpan> onset, abatement, recorded;
  friend bool operator==(const Condition&, const Condition&) = default;
};

/// Something done: a Procedure, an ImagingStudy, or a DiagnosticReport. Never an order for one.
struct Procedure {
  std::string reference;
  ConceptId id = 0;
  MatchedBy matched_by = MatchedBy::code;
  std::string name;
  std::optional<DateSpan> date;
  std::string conclusion;  ///< DiagnosticReport.conclusion; may be ""
  friend bool operator==(const Procedure&, const Procedure&) = default;
};

/// One answer of a QuestionnaireResponse to a question of the pack.
struct Answer {
  std::string reference;
  std::string question;  ///< linkId
  std::variant<bool, double, DateSpan, std::string> value;
  std::optional<DateSpan> date;  ///< authored
  friend bool operator==(const Answer&, const Answer&) = default;
};

struct Allergy {
  std::string reference;
  std::string name;
  friend bool operator==(const Allergy&, const Allergy&) = default;
};

/// One person's record, reduced to what the pack reasons about. A plain value: owns its text, may
/// be shared between threads. What a Chart does not mention is unknown, not false.
struct Chart {
  Patient patient;
  std::vector<Medication> medications;  ///< only those with an ingredient that the pack knows
  std::vector<Measurement> measurements;
  std::vector<Condition> conditions;
  std::vector<Procedure> procedures;
  std::vector<Answer> answers;
  std::vector<Allergy> allergies;
  std::vector<Note> notes;

  /// Medication entries that count (not in error), known to the pack or not. 0: no list.
  std::size_t medication_entries = 0;
  /// Of these, entries in use whose drug nobody can tell (no readable code and no name): with one
  /// of these on the list, "not on the list" cannot be said.
  std::vector<std::string> unidentified_medications;
  bool no_known_allergies = false;

  std::size_t resources_read = 0;        ///< all that stood in the input
  std::size_t resources_used = 0;        ///< of these, those that gave a fact
  std::size_t resources_unreadable = 0;  ///< of these, those left out as damaged; each has a note
  friend bool operator==(const Chart&, const Chart&) = default;
};
}  // namespace legwork::fhir
