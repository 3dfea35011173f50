#pragma once

#include "batch/gather.hpp"
#include "fhir/sieve.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// What one thread does to lines, piece by piece.
class Reader {
 public:
  Reader(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
         const Destinations& to);

  LineCounts lines;
  std::vector<Reject> rejects;
  std::uint64_t deleted = 0, problems = 0;  ///< resources left out; errors that the server told of

  /// How many line breaks it held.
  /// Errors: unavailable  a file cannot be opened or read, or a shelf not be written
  Result<std::size_t> read(const Piece& piece, std::size_t index);
  Result<void> finish();

 private:
  /// A resource that a text let pass, until the whole text is read: who its patient is may stand
  /// last.
  struct Item {
    std::string type, reference;
    bool has_id = false;  // else the reference is its place, of which a reject tells anyway
    std::string patient, full_url, json;
    std::vector<std::string> identifiers;
  };
  enum class Outcome : std::uint8_t { used, not_needed, rejected };

  void take(const InputLine& line);
  void take_deletions(const InputLine& line);
  void keep(const fhir::Sifted& found);
  void place_all(const InputLine& line);
  Outcome place(const Item& item, const InputLine& line);
  Outcome wait(const Item& item, const InputLine& line);
  std::string patient_of(const Item& item) const;
  void check(const Result<void>& put);
  void refuse(const InputLine& line, std::string_view reference, std::string why);
  Reject note(const InputLine& line, std::string_view reference, std::string why) const;

  const std::vector<InputFile>& files_;
  const Destinations& to_;
  fhir::Sieve sieve_;
  Hand hand_;
  const Piece* piece_ = nullptr;
  std::size_t piece_index_ = 0;
  std::vector<Item> items_;  // of the line at hand
  const Item* only_patient_ = nullptr;
  bool has_patients_ = false;
  std::string complaint_, reference_;
  std::optional<Error> failed_;
};
}  // namespace legwork::batch
