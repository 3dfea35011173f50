#pragma once

#include "base/result.hpp"
#include "fhir/chart.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace legwork::batch {
/// Which ward each patient is on, as a hospital's own list says, or an export.
class Wards {
 public:
  /// CSV with a line of headings: "patient,ward", where a patient is told by the id or the
  /// reference of the Patient, or "identifier,ward", by the value of any identifier, as a medical
  /// record number. Other columns do not matter. `name`: how errors name the list.
  ///
  /// Errors: malformed  no such headings, a line that cannot be read, a patient on two wards
  static Result<Wards> read(std::string_view csv, const std::string& name);

  Wards() = default;
  /// By the patients' references.
  explicit Wards(std::unordered_map<std::string, std::string> wards);

  /// The ward of a patient; "" for who is not on the list.
  std::string_view of(std::string_view reference, const fhir::Patient& patient) const;

  const std::string& digest() const {
    return digest_;
  }  ///< tells a list from every other; "" of an export

 private:
  struct Entry {
    std::string ward;
    std::size_t line = 0;
  };
  std::unordered_map<std::string, Entry> entries_;
  bool by_identifier_ = false;
  std::string digest_;
};
}  // namespace legwork::batch
