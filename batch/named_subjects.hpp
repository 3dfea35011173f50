#pragma once

#include "batch/rejects.hpp"
#include "batch/shelves.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

// Some systems name a patient by an identifier, "hospital number 17", and not by a reference. Whose
// it is may stand in another file, so these records wait on shelves of their own, chosen by the
// identifier, where every Patient leaves a card for each of its identifiers. When all is read,
// shelf by shelf, they are brought together and go on to their patients: memory stays bounded.

namespace legwork::batch {
/// Why a record that names its patient by an identifier cannot be used.
inline constexpr std::string_view nobody_has_it =
    "names its patient by an identifier that no patient has";
inline constexpr std::string_view more_than_one_has_it =
    "names its patient by an identifier that more than one patient has";

class NamedSubjects {
 public:
  /// As Shelves.
  NamedSubjects(std::size_t count, std::string folder, std::uint64_t memory, std::size_t hands);

  /// A record that waits for its patient.
  struct Waiting {
    Record record;  ///< its patient is the identifier: "system|value"
    Reject reject;  ///< as it is to be noted if nobody has that identifier
  };

  /// What one thread has for them.
  class Hand {
   public:
    explicit Hand(NamedSubjects& all) : all_(all), hand_(all.shelves_) {}
    Result<void> add_patient(std::string_view identifier, std::string_view reference);
    Result<void> add(const Waiting& waiting);
    Result<void> put_down() { return hand_.put_down(); }

   private:
    NamedSubjects& all_;
    Shelves::Hand hand_;
  };

  /// Puts what waits where its patients' records go. What nobody, or more than one, has the
  /// identifier of is handed over.
  Result<void> resolve(const std::function<Result<void>(const Record&)>& put,
                       const std::function<void(Reject)>& refuse);

 private:
  Shelves shelves_;
  std::atomic<bool> any_{false};
};
}  // namespace legwork::batch
