#pragma once

#include "fhir/chart.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace legwork::fhir {
/// Which room of a chart a concept belongs to. A code means something only in its own room.
enum class Kind : std::uint8_t { medication, observation, condition, procedure };
inline constexpr std::array<std::string_view, 4> kind_names = {"medication", "observation",
                                                               "condition", "procedure"};

/// A code system of the pack; 0 is "one the pack does not know".
using SystemId = std::uint8_t;

/// The codes and names that matter, gathered from a pack before anything is read. The reader keeps
/// only resources that something here recognizes.
///
/// Built once (add_…), then only read: may be shared between threads.
class Vocabulary {
 public:
  struct Meaning {
    ConceptId id;
    Kind kind;
    Medication::Route route = Medication::Route::unclear;  ///< what the code itself tells
    Condition::Side side = Condition::Side::unstated;
    MatchedBy matched_by = MatchedBy::code;
  };

  SystemId add_system(std::string_view uri);  ///< the same uri gives the same id
  bool has_room() const;                      ///< whether one more system can be added
  void add_system_alias(std::string_view uri, SystemId system);
  void add_code(SystemId system, std::string_view code, Meaning meaning);
  void add_prefix(SystemId system, std::string_view prefix, Meaning meaning);
  void add_name(std::string_view name, Meaning meaning);
  void add_route_code(SystemId system, std::string_view code, Medication::Route route);
  void add_route_words(std::string_view words, Medication::Route route);
  void add_value_code(SystemId system, std::string_view code, bool present);
  void add_value_word(std::string_view words, bool present);
  void add_guard(std::string_view words);  ///< "no", "denies", "family history of"
  void add_question(std::string_view link_id);
  void set_questionnaire(std::string_view canonical);

  /// Tolerates what EHRs send: a trailing slash, upper case, "urn:oid:", http for https.
  SystemId system(std::string_view uri) const;

  /// Appends every meaning of a code: exact ones, then by prefix (with the dot of ICD left out or
  /// not).
  void find_code(SystemId system, std::string_view code, std::vector<Meaning>& found) const;

  /// Appends the meanings of a kind whose name stands in the text as whole words, in any case; the
  /// longest name where names overlap. Nothing if a guard stands in a text about a condition. An
  /// observation's name must be the whole text: "Creatinine, urine" is not "creatinine".
  void find_names(Kind kind, std::string_view text, std::vector<Meaning>& found) const;
  bool has_guard(std::string_view text) const;

  std::optional<Medication::Route> route_of_code(SystemId system, std::string_view code) const;
  /// What the words of a product, form or route say: "topical gel", "oral tablet". Local wins,
  /// since a product's name may hold both ("gel … apply by mouth" does not exist; "oral rinse"
  /// does).
  std::optional<Medication::Route> route_of_words(std::string_view text) const;

  std::optional<bool> value_of_code(SystemId system, std::string_view code) const;
  std::optional<bool> value_of_words(std::string_view text) const;

  bool is_question(std::string_view link_id) const;
  /// Whether a QuestionnaireResponse answers the pack's questionnaire (version suffix ignored).
  bool is_questionnaire(std::string_view canonical) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <class T>
  using Table = std::unordered_map<std::string, T, Hash, std::equal_to<>>;
  struct Name {
    std::vector<std::string> words;
    Meaning meaning;
  };
  using Phrase = std::vector<std::string>;
  struct PrefixLengths {
    std::size_t shortest = SIZE_MAX, longest = 0;
  };

  void find_whole_name(Kind kind, std::string_view text, std::vector<Meaning>& found) const;

  Table<SystemId> systems_;
  SystemId last_system_ = 0;
  Table<std::vector<Meaning>> codes_;          // key: system byte + code
  Table<std::vector<Meaning>> prefixes_;       // the same, code without dots
  std::vector<PrefixLengths> prefix_lengths_;  // by system
  Table<std::vector<Name>> names_;             // of drugs and conditions; key: first word
  Table<std::vector<Meaning>> whole_names_;    // of observations and procedures; key: the name
  Table<std::vector<std::pair<Phrase, Medication::Route>>> route_words_;  // key: first word
  Table<Medication::Route> route_codes_;
  Table<bool> value_codes_, value_words_;
  Table<std::vector<Phrase>> guards_;  // key: first word
  std::unordered_set<std::string, Hash, std::equal_to<>> questions_;
  std::string questionnaire_;
};
}  // namespace legwork::fhir
