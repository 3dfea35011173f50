#include "batch/gather.hpp"

#include "fhir/sieve.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

namespace legwork::batch {
namespace {
constexpr std::uint64_t piece_size = 16 << 20;

/// A resource that a text let pass, until the whole text is read: who its patient is may stand
/// last.
struct Item {
  std::string type, reference, patient, full_url, json;
};

std::string entry_of(std::string_view full_url, std::string_view json) {
  if (full_url.empty()) return fmt::format(R"({{"resource":{}}})", json);
  return fmt::format(R"({{"fullUrl":{},"resource":{}}})",
                     boost::json::serialize(boost::json::string(full_url)), json);
}

/// Under which key a patient's resources are gathered, from a reference that names no text's own.
std::string key_of(std::string_view reference) {
  static constexpr std::string_view uuid = "urn:uuid:";
  if (reference.starts_with(uuid)) return fmt::format("Patient/{}", reference.substr(uuid.size()));
  return std::string(reference);
}

/// What one thread does to lines, piece by piece.
class Reader {
 public:
  Reader(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary, Shelves& shelves,
         Medications& medications, Progress& progress)
      : files_(files),
        sieve_(vocabulary),
        hand_(shelves),
        medications_(medications),
        progress_(progress) {}

  LineCounts lines;
  std::vector<Reject> rejects;

  /// How many line breaks it held. Errors are those of the shelves.
  Result<std::size_t> read(const Piece& piece, std::size_t index) {
    piece_ = &piece;
    piece_index_ = index;
    failed_.reset();
    const auto& file = files_[piece.file];
    const auto read = each_line(file, piece, fhir::Sieve::padding(),
                                [this](const InputLine& line) { take(line); });
    if (failed_) return tl::unexpected(*failed_);
    progress_.bytes += piece.end - piece.begin;
    if (read) return *read;
    ++lines.read;  // what is behind the fault counts as one line
    ++lines.rejected;
    note({}, {}, read.error().what);
    return std::size_t{0};
  }

  Result<void> finish() { return hand_.put_down(); }

 private:
  void take(const InputLine& line) {
    ++lines.read;
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
    place(line);
  }

  /// What cannot be read goes to its patient, too, whose report then says so.
  void keep(const fhir::Sifted& found) {
    if (found.json.empty() || (found.patient.empty() && !found.complaint.empty())) {
      complaint_ = found.complaint;
      reference_ = found.has_id ? found.reference : std::string_view();
      return;
    }
    items_.push_back({std::string(found.type), std::string(found.reference),
                      std::string(found.patient), std::string(found.full_url),
                      std::string(found.json)});
  }

  /// Puts what a text holds where it belongs.
  void place(const InputLine& line) {
    const auto patients = std::ranges::count(items_, "Patient", &Item::type);
    const auto only = std::ranges::find(items_, "Patient", &Item::type);
    bool used = false;
    for (const auto& item : items_) {
      const auto file = static_cast<std::uint32_t>(piece_->file);
      if (item.type == "Medication" && patients == 0) {
        medications_.add(item.reference, item.json, file, line.offset);
        used = true;
        continue;
      }
      const auto patient = patients == 1 ? only->reference : patient_of(item);
      if (patient.empty()) {
        note(line, item.reference, "does not say whom it is about");
        continue;
      }
      const auto put = hand_.put({patient, file, line.offset, entry_of(item.full_url, item.json)});
      if (!put) failed_ = put.error();
      used = true;
    }
    ++(used ? lines.used : lines.rejected);
  }

  /// Of a text with several patients or none: by the reference, or the patient whose full URL it
  /// is.
  std::string patient_of(const Item& item) const {
    if (item.type == "Patient") return item.reference;
    const auto named = std::ranges::find_if(items_, [&](const Item& other) {
      return other.type == "Patient" && !other.full_url.empty() && other.full_url == item.patient;
    });
    return named != items_.end() ? named->reference : key_of(item.patient);
  }

  void refuse(const InputLine& line, std::string_view reference, std::string why) {
    ++lines.rejected;
    note(line, reference, std::move(why));
  }

  void note(const InputLine& line, std::string_view reference, std::string why) {
    rejects.push_back(
        {piece_->file, piece_index_, line.number, std::string(reference), std::move(why)});
    ++progress_.rejects;
  }

  const std::vector<InputFile>& files_;
  fhir::Sieve sieve_;
  Shelves::Hand hand_;
  Medications& medications_;
  Progress& progress_;
  const Piece* piece_ = nullptr;
  std::size_t piece_index_ = 0;
  std::vector<Item> items_;  // of the line at hand
  std::string complaint_, reference_;
  std::optional<Error> failed_;  // of the shelves
};

/// Lines are counted within pieces; now that all are read, within files.
std::vector<std::string> places_of(const std::vector<Reject>& rejects,
                                   const std::vector<InputFile>& files,
                                   const std::vector<Piece>& pieces,
                                   const std::vector<std::size_t>& breaks) {
  std::vector<std::string> places;
  for (const auto& reject : rejects) {
    std::size_t line = reject.line;
    for (std::size_t i = 0; i < pieces.size(); ++i)
      if (pieces[i].file == reject.file && pieces[i].begin < pieces[reject.piece].begin)
        line += breaks[i];
    places.push_back(reject.line == 0 ? files[reject.file].name
                                      : fmt::format("{}:{}", files[reject.file].name, line));
  }
  return places;
}
}  // namespace

Result<Gathered> gather(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
                        std::size_t jobs, Shelves& shelves, Medications& medications,
                        Progress& progress) {
  const auto pieces = cut(files, piece_size);
  std::vector<std::size_t> breaks(pieces.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  Gathered gathered;
  std::optional<Error> failed;

  const auto work = [&] {
    Reader reader(files, vocabulary, shelves, medications, progress);
    const auto fail = [&](const Error& error) {
      const std::lock_guard lock(mutex);
      failed = error;
      next = pieces.size();  // nobody begins another
    };
    for (auto i = next++; i < pieces.size(); i = next++) {
      const auto read = reader.read(pieces[i], i);
      if (!read) return fail(read.error());
      breaks[i] = *read;
    }
    if (const auto finished = reader.finish(); !finished) return fail(finished.error());
    const std::lock_guard lock(mutex);
    gathered.lines.read += reader.lines.read;
    gathered.lines.used += reader.lines.used;
    gathered.lines.not_needed += reader.lines.not_needed;
    gathered.lines.rejected += reader.lines.rejected;
    std::ranges::move(reader.rejects, std::back_inserter(gathered.rejects));
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
    work();
  }
  if (failed) return tl::unexpected(*failed);
  std::ranges::sort(gathered.rejects, [&](const Reject& a, const Reject& b) {
    const auto key = [&](const Reject& one) {
      return std::tuple(one.file, pieces[one.piece].begin, one.line, one.reference);
    };
    return key(a) < key(b);
  });
  gathered.places = places_of(gathered.rejects, files, pieces, breaks);
  return gathered;
}
}  // namespace legwork::batch
