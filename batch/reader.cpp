#include "batch/reader.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>

namespace legwork::batch {
namespace {
std::string entry_of(std::string_view full_url, std::string_view json) {
  if (full_url.empty()) return fmt::format(R"({{"resource":{}}})", json);
  return fmt::format(R"({{"fullUrl":{},"resource":{}}})",
                     boost::json::serialize(boost::json::string(full_url)), json);
}

/// Under which key a patient's resources are gathered, from a reference that names no text's own.
std::string key_of(std::string_view reference) {
  static constexpr std::string_view uuid = "urn:uuid:";
  if (reference.starts_with(uuid)) return fmt::format("Patient/{}", reference.substr(uuid.size()));
  if (reference.find('/') == reference.npos) return fmt::format("Patient/{}", reference);
  return std::string(reference);
}
}  // namespace

Reader::Reader(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
               const Destinations& to)
    : files_(files), to_(to), sieve_(vocabulary), hand_(to.hand()) {}

Result<std::size_t> Reader::read(const Piece& piece, std::size_t index) {
  piece_ = &piece;
  piece_index_ = index;
  const auto& file = files_[piece.file];
  const bool deletions = file.holds == Holds::deletions;
  const auto use = [&](const InputLine& line) {
    ++lines.read;
    deletions ? take_deletions(line) : take(line);
  };
  const auto came = [&](std::uint64_t bytes) { to_.progress.bytes += bytes; };
  const auto read = each_line(file, piece, fhir::Sieve::padding(), use, came);
  if (failed_) return tl::unexpected(*failed_);
  if (read) return *read;
  const auto& error = read.error();
  // What cannot be read now may be readable later: the run stops, and is gone on with.
  if (error.kind == ErrorKind::missing || error.kind == ErrorKind::unavailable)
    return legwork::refuse(ErrorKind::unavailable, error.where,
                           error.what + "; mend that and run again");
  ++lines.read;  // what is behind the fault counts as one line
  refuse({}, {}, error.what);
  return std::size_t{0};
}

Result<void> Reader::finish() { return hand_.put_down(); }

void Reader::take_deletions(const InputLine& line) {
  if (to_.deletions.add(line.text))
    ++lines.used;
  else
    refuse(line, {}, "is no Bundle of deletions");
}

void Reader::take(const InputLine& line) {
  items_.clear();
  complaint_.clear();
  const auto fault = sieve_.sift(line.text, {files_[piece_->file].name, line.number},
                                 [this](const fhir::Sifted& found) { keep(found); });
  if (!fault.empty()) return refuse(line, {}, std::string(fault));
  if (!complaint_.empty() && items_.empty()) return refuse(line, reference_, complaint_);
  if (items_.empty()) {
    ++lines.not_needed;
    return;
  }
  place_all(line);
}

/// What cannot be read goes to its patient, too, whose report then says so.
void Reader::keep(const fhir::Sifted& found) {
  const bool lost = found.json.empty() || (!found.complaint.empty() && found.patient.empty());
  if (lost) {
    complaint_ = found.complaint;
    reference_ = found.has_id ? found.reference : std::string_view();
    return;
  }
  items_.push_back({std::string(found.type),
                    std::string(found.reference),
                    found.has_id,
                    std::string(found.patient),
                    std::string(found.full_url),
                    std::string(found.json),
                    {found.identifiers.begin(), found.identifiers.end()}});
}

/// Puts what a text holds where it belongs.
void Reader::place_all(const InputLine& line) {
  const auto patients = std::ranges::count(items_, "Patient", &Item::type);
  has_patients_ = patients > 0;
  only_patient_ = patients == 1 ? &*std::ranges::find(items_, "Patient", &Item::type) : nullptr;
  auto all = Outcome::not_needed;
  for (const auto& item : items_) {
    const auto one = place(item, line);
    if (one == Outcome::used || all == Outcome::not_needed) all = one;
  }
  switch (all) {
    case Outcome::used:
      ++lines.used;
      break;
    case Outcome::not_needed:
      ++lines.not_needed;
      break;
    case Outcome::rejected:
      ++lines.rejected;
      break;
  }
}

Reader::Outcome Reader::place(const Item& item, const InputLine& line) {
  const auto file = static_cast<std::uint32_t>(piece_->file);
  const auto patient = only_patient_ != nullptr ? only_patient_->reference : patient_of(item);
  if (to_.deletions.hold(item.reference) || to_.deletions.hold(patient)) {
    ++deleted;
    return Outcome::not_needed;
  }
  if (item.type == "OperationOutcome" && patient.empty()) {
    ++problems;
    return Outcome::used;
  }
  if (item.type == "Medication" && !has_patients_) {
    check(hand_.put_medication({item.reference, file, line.offset, item.json}));
    return Outcome::used;
  }
  if (patient.empty() && !item.identifiers.empty()) return wait(item, line);
  if (patient.empty()) {
    rejects.push_back(
        note(line, item.has_id ? item.reference : "", "does not say whom it is about"));
    return Outcome::rejected;
  }
  if (!patient.starts_with("Patient/")) return Outcome::not_needed;  // of a Group, a Device
  check(hand_.put({patient, file, line.offset, entry_of(item.full_url, item.json)}));
  if (item.type == "Patient")
    for (const auto& identifier : item.identifiers) check(hand_.add_patient(identifier, patient));
  return Outcome::used;
}

/// For the patient who has the identifier. The line counts as used until nobody has it.
Reader::Outcome Reader::wait(const Item& item, const InputLine& line) {
  check(hand_.wait({{item.identifiers.front(), static_cast<std::uint32_t>(piece_->file),
                     line.offset, entry_of(item.full_url, item.json)},
                    note(line, item.has_id ? item.reference : "", {})}));
  return Outcome::used;
}

/// Of a text with several patients or none: by the reference, or the patient whose full URL it is.
std::string Reader::patient_of(const Item& item) const {
  if (item.type == "Patient") return item.reference;
  if (item.patient.empty()) return {};
  const auto named = std::ranges::find_if(items_, [&](const Item& other) {
    return other.type == "Patient" && !other.full_url.empty() && other.full_url == item.patient;
  });
  return named != items_.end() ? named->reference : key_of(item.patient);
}

void Reader::check(const Result<void>& put) {
  if (!put) failed_ = put.error();
}

void Reader::refuse(const InputLine& line, std::string_view reference, std::string why) {
  ++lines.rejected;
  rejects.push_back(note(line, reference, std::move(why)));
  ++to_.progress.rejects;
}

Reject Reader::note(const InputLine& line, std::string_view reference, std::string why) const {
  return {piece_->file, piece_index_, line.number, std::string(reference), std::move(why)};
}
}  // namespace legwork::batch
