#include "batch/wards.hpp"

#include "base/csv.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::batch {
namespace {
std::string place(const std::string& name, std::size_t line) {
  return fmt::format("{}:{}", name, line);
}

std::size_t column(const CsvRow& headings, std::string_view wanted) {
  const auto found = std::ranges::find_if(
      headings.fields, [&](const std::string& field) { return trim(field) == wanted; });
  return static_cast<std::size_t>(found - headings.fields.begin());
}

/// "17", "Patient/17" -> "Patient/17"
std::string reference_of(std::string_view patient) {
  return patient.find('/') == patient.npos ? "Patient/" + std::string(patient)
                                           : std::string(patient);
}
}  // namespace

Result<Wards> Wards::read(std::string_view csv, const std::string& name) {
  const auto read = read_csv(csv);
  if (!read.faults.empty())
    return refuse(ErrorKind::malformed, place(name, read.faults.front().line),
                  read.faults.front().what);
  if (read.rows.empty()) return refuse(ErrorKind::malformed, name, "is empty");
  Wards wards;
  wards.digest_ = sha256(csv);
  const auto& headings = read.rows.front();
  auto who = column(headings, "patient");
  wards.by_identifier_ = who == headings.fields.size();
  if (wards.by_identifier_) who = column(headings, "identifier");
  const auto where = column(headings, "ward");
  if (who == headings.fields.size() || where == headings.fields.size())
    return refuse(ErrorKind::malformed, place(name, headings.line),
                  "expected the headings patient,ward or identifier,ward");
  for (const auto& row : read.rows) {
    if (&row == &headings) continue;
    if (row.fields.size() <= std::max(who, where))
      return refuse(ErrorKind::malformed, place(name, row.line), "has fewer values than headings");
    const auto patient = trim(row.fields[who]), ward = trim(row.fields[where]);
    if (patient.empty() || ward.empty()) continue;
    const auto [entry, is_new] = wards.entries_.try_emplace(
        wards.by_identifier_ ? std::string(patient) : reference_of(patient),
        Entry{std::string(ward), row.line});
    if (!is_new && entry->second.ward != ward)
      return refuse(
          ErrorKind::malformed, place(name, row.line),
          fmt::format("puts the patient of line {} on another ward, too", entry->second.line));
  }
  return wards;
}

Wards::Wards(std::unordered_map<std::string, std::string> wards) {
  for (auto& [patient, ward] : wards) entries_.emplace(patient, Entry{std::move(ward), 0});
}

std::string_view Wards::of(std::string_view reference, const fhir::Patient& patient) const {
  const auto find = [&](std::string_view key) {
    const auto found = entries_.find(std::string(key));
    return found == entries_.end() ? std::string_view() : std::string_view(found->second.ward);
  };
  if (!by_identifier_) return find(reference);
  for (const auto& identifier : patient.identifiers)
    if (const auto ward = find(identifier.value); !ward.empty()) return ward;
  return {};
}
}  // namespace legwork::batch
