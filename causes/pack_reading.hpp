#pragma once

#include "base/xml.hpp"
#include "causes/pack.hpp"

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Shared by the files that read a pack; of no use outside `causes`.
namespace legwork::causes {
enum class IdKind {
  source,
  claim,
  concept_,
  criterion,
  cause,
  red_flag,
  test,
  question,
  score,
  drug_order
};

/// The state of reading one pack: the ids known so far, and the faults found so far.
class Reading {
 public:
  Pack pack;
  std::vector<Error> faults;
  std::unordered_map<std::string, std::string> system_uris;  ///< by the pack's own short ids
  std::vector<Element> patient_roots;                        ///< of Pack::patient
  std::map<std::string, Element> patient_places;             ///< of its texts: "en cause low-iron"

  void fault(const Element& at, std::string what);

  /// Faults for every attribute and child that is not among those a reader of the pack knows.
  void expect(const Element& at, std::initializer_list<std::string_view> attributes,
              std::initializer_list<std::string_view> children);

  std::string required(const Element& at, std::string_view attribute);
  std::string optional(const Element& at, std::string_view attribute);
  bool yes(const Element& at, std::string_view attribute);
  std::optional<double> number(const Element& at, std::string_view attribute);
  int whole(const Element& at, std::string_view attribute, int otherwise);
  std::optional<Period> period(const Element& at, std::string_view attribute);
  /// The index of the attribute's value in `choices`; 0 where it is absent.
  std::size_t choice(const Element& at, std::string_view attribute,
                     std::span<const std::string_view> choices);
  std::size_t choice(const Element& at, std::string_view attribute,
                     std::initializer_list<std::string_view> choices) {
    return choice(at, attribute, std::span(choices.begin(), choices.size()));
  }
  std::vector<std::string> list(const Element& at, std::string_view attribute);

  /// Makes an id known, and where it stands; a fault where it is not new.
  void define(const Element& at, IdKind kind, std::size_t index);
  /// What an id stands for; a fault where it stands for nothing.
  std::optional<Index> find(const Element& at, IdKind kind, std::string_view id);
  /// Where the n-th of a kind is defined.
  const Element& place(IdKind kind, std::size_t index) const;
  std::optional<Index> reference(const Element& at, std::string_view attribute, IdKind kind);
  std::vector<Index> references(const Element& at, std::string_view attribute, IdKind kind);
  /// The ids of a list attribute, each checked.
  std::vector<std::string> ids(const Element& at, std::string_view attribute, IdKind kind);

 private:
  struct Known {
    std::unordered_map<std::string, Index> ids;
    std::vector<Element> places;
  };
  Known known_[10];
};

/// Whether an id names a concept of the kind that a criterion or test may look at.
std::optional<ConceptId> concept_reference(const Element& at, std::string_view attribute,
                                           std::initializer_list<fhir::Kind> kinds,
                                           Reading& reading);

// Each reads the elements of one root.
void read_systems(const Element& root, Reading& reading);
void read_forms(const Element& root, Reading& reading);
void read_unit_repairs(const Element& root, Reading& reading);
void read_phrases(const Element& root, Reading& reading);
void read_header(const Element& root, Reading& reading);

void read_concept(const Element& at, Concept& into, Reading& reading);
void read_codes(const Element& at, ConceptId id, Reading& reading);
void read_ratio(const Element& at, ConceptId id, Reading& reading);

/// The one criterion among an element's children; a fault where there is none or more than one.
std::optional<Criterion> read_criterion_in(const Element& at, Reading& reading);
bool is_criterion(std::string_view element_name);

void read_cause(const Element& at, Cause& into, Reading& reading);
void read_red_flag(const Element& at, RedFlag& into, Reading& reading);
void read_test_measures(const Element& at, Test& into, Reading& reading);
void read_test(const Element& at, Test& into, Reading& reading);
void read_score(const Element& at, ScoreRule& into, Reading& reading);
void read_banner(const Element& at, Reading& reading);
void read_drug_order(const Element& at, DrugOrder& into, Reading& reading);
void read_patient_words(const Element& root, Reading& reading);

// Faults that show only when everything is read.

/// Causes, red flags, scores and criteria that rest on themselves.
void check_circles(Reading& reading);
/// Claims, tests and questions that nothing uses; causes that nothing could settle.
void check_use(Reading& reading);
/// Criteria that no chart can meet, or none can fail.
void check_sense(Reading& reading);
/// Bands of one analyte in one cause that overlap where they say opposite things, or leave a gap.
void check_bands(Reading& reading);
/// Words for the patient that leave something of the pack out, or differ between languages.
void check_patient_words(Reading& reading);
}  // namespace legwork::causes
