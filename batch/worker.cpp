#include "batch/worker.hpp"

#include "batch/file.hpp"
#include "batch/medications.hpp"
#include "batch/result_lines.hpp"
#include "batch/run.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <unistd.h>
#include <boost/json.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <random>

namespace legwork::batch {
namespace {
namespace fs = std::filesystem;

tl::unexpected<Error> failed(const std::string& path) {
  return refuse(ErrorKind::unavailable, path,
                fmt::format("cannot be written: {}; make room there and run this part again",
                            std::strerror(errno)));
}

/// The records of the patient at hand.
struct AtHand {
  struct Place {
    std::uint64_t at = 0;
    std::size_t begin = 0, size = 0;
  };
  std::string key, bytes;
  std::vector<Place> places;
  bool is_too_large = false;

  void begin(std::string patient) {
    key = std::move(patient);
    bytes.clear();
    places.clear();
    is_too_large = false;
  }
  std::vector<Record> records() const {
    std::vector<Record> records;
    for (const auto& place : places)
      records.push_back(
          {key, 0, place.at, std::string_view(bytes).substr(place.begin, place.size)});
    return records;
  }
};

class Worker {
 public:
  Worker(const WorkerOptions& options, Making& making, const WriteLines& write)
      : options_(options), making_(making), write_(write) {}

  Worked done;

  Result<void> begin() {
    if (!options_.out.empty()) {
      std::error_code error;
      fs::create_directories(options_.out + "/reports", error);
      if (error) errno = error.value();
      if (error) return failed(options_.out);
    }
    return write_(started_line(making_));
  }

  Result<void> take(const SortedRecords::Line& line) {
    const auto& record = line.record;
    if (!record) return reject(line, "is no record: a key, a tab and a JSON object");
    if (record->key.starts_with(keys::patient)) return take_record(line);
    // Whoever it is about, all their records have come.
    if (auto made = make(); !made) return made;
    if (!line.text.is_whole || !is_sound(record->json)) return reject(line, "is no JSON object");
    if (record->key.starts_with(keys::medication)) {
      medications_.add(record->key, record->json, 0, ++drugs_);
      return {};
    }
    if (record->key == keys::partial) {
      making_.is_partial = done.is_partial = true;
      return {};
    }
    for (const auto key : {keys::deleted, keys::exported, keys::lines, keys::reject})
      if (record->key == key) return write_(handed_on_line(key, record->json));
    if (record->key.starts_with(keys::identifier))
      return reject(line, "waits for its patient: send the lines through `legwork resolve`");
    return reject(line, "has a key that is none of a patient");
  }

  Result<void> end() {
    if (auto made = make(); !made) return made;
    if (!options_.out.empty() && !File(options_.out, O_RDONLY | O_DIRECTORY).sync_all())
      return failed(options_.out);
    return write_(ended_line(records_));
  }

 private:
  Result<void> take_record(const SortedRecords::Line& line) {
    const auto& record = *line.record;
    if (record.key != at_hand_.key) {
      if (auto made = make(); !made) return made;
      at_hand_.begin(record.key);
    }
    ++records_;
    auto& [key, bytes, places, is_too_large] = at_hand_;
    is_too_large |= !line.text.is_whole || bytes.size() + record.json.size() > options_.limit;
    if (is_too_large) {
      std::string().swap(bytes);
      places.clear();
      return {};
    }
    if (!is_sound(record.json)) return reject(line, "is no JSON object");
    places.push_back({record.at, bytes.size(), record.json.size()});
    bytes += record.json;
    return {};
  }

  /// What came of the patient at hand, if there is one.
  Result<void> make() {
    if (at_hand_.key.empty()) return {};
    PatientResult result;
    const auto records = at_hand_.records();
    if (at_hand_.is_too_large)
      result.why =
          fmt::format("has more than {} bytes of records; let --limit be larger", options_.limit);
    else if (records.empty())
      result.why = "has no record that can be read";
    else
      result = make_patient(records, medications_, making_);
    count(done.patients, result.fate);
    if (!options_.out.empty() && !result.pdf.empty()) {
      if (auto put = put_report(result); !put) return put;
      result.pdf.clear();
    }
    const auto line = result_line(at_hand_.key, result);
    at_hand_.begin({});
    return write_(line);
  }

  /// Whole or not at all. Others may be writing the same: the file on its way has its own name.
  Result<void> put_report(const PatientResult& result) {
    const auto folder = fmt::format("{}/reports/{}", options_.out, result.name.substr(0, 2));
    std::error_code ignored;
    fs::create_directory(folder, ignored);
    const auto path = fmt::format("{}/{}.pdf", folder, result.name);
    const auto part = fmt::format("{}/{}.{:08x}.part", folder, result.name, random_());
    const bool written = File(part, O_WRONLY | O_CREAT | O_EXCL, 0644).write(result.pdf) &&
                         ::rename(part.c_str(), path.c_str()) == 0;
    if (written) return {};
    const int why = errno;
    ::unlink(part.c_str());
    errno = why;
    return failed(path);
  }

  bool is_sound(std::string_view text) {
    simdjson::dom::element value;
    return parser_.parse(text.data(), text.size()).get(value) == simdjson::SUCCESS &&
           value.is_object();
  }

  Result<void> reject(const SortedRecords::Line& line, const char* why) {
    namespace json = boost::json;
    ++done.lines.read;
    ++done.lines.rejected;
    const json::object what{{"file", "standard input"},
                            {"at", 0},
                            {"line", line.text.number},
                            {"reference", ""},
                            {"why", why}};
    static constexpr std::string_view counted = R"({"read":1,"rejected":1})";
    return write_(handed_on_line(keys::reject, json::serialize(what)) +
                  handed_on_line(keys::lines, counted));
  }

  const WorkerOptions& options_;
  Making& making_;
  const WriteLines& write_;
  Medications medications_;
  AtHand at_hand_;
  simdjson::dom::parser parser_;
  std::random_device random_;
  std::uint64_t records_ = 0, drugs_ = 0;
};
}  // namespace

Result<Worked> work(const WorkerOptions& options, Making making, const WriteLines& write) {
  Worker worker(options, making, write);
  if (const auto begun = worker.begin(); !begun) return tl::unexpected(begun.error());
  SortedRecords records(options.pipe, options.limit);
  for (;;) {
    const auto line = records.next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) break;
    if (const auto taken = worker.take(**line); !taken) return tl::unexpected(taken.error());
  }
  if (const auto ended = worker.end(); !ended) return tl::unexpected(ended.error());
  return worker.done;
}
}  // namespace legwork::batch
