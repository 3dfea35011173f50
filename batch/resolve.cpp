#include "batch/records.hpp"

#include <fmt/format.h>
#include <simdjson.h>
#include <boost/json.hpp>

namespace legwork::batch {
namespace {
namespace json = boost::json;

constexpr std::size_t worth_writing = std::size_t{1} << 16;

/// A record that waits, as `records` wrote it.
struct Waiting {
  std::int64_t at = 0, line = 0;
  std::string_view reference, entry;
};

/// Takes lines of one identifier after the other: first the cards of the patients who have it,
/// which name no file, then what waits for them.
class Resolving {
 public:
  std::string made;  ///< lines
  LineCounts counts;

  Result<void> take(const RecordLine& line) {
    if (line.key != identifier_) owners_ = 0;
    identifier_ = line.key;
    padded_ = simdjson::padded_string(line.json);
    simdjson::ondemand::document document;
    if (parser_.iterate(padded_).get(document) != simdjson::SUCCESS) return damaged();
    return line.file.empty() ? take_card(document) : take_waiting(line, document);
  }

 private:
  Result<void> take_card(simdjson::ondemand::document& document) {
    std::string_view patient;
    if (document["patient"].get_string().get(patient) != simdjson::SUCCESS) return damaged();
    if (owners_ == 0 || patient != owner_) ++owners_;
    owner_ = patient;
    return {};
  }

  Result<void> take_waiting(const RecordLine& line, simdjson::ondemand::document& document) {
    Waiting waiting;
    simdjson::ondemand::object entry;
    const bool sound = document["at"].get(waiting.at) == simdjson::SUCCESS &&
                       document["line"].get(waiting.line) == simdjson::SUCCESS &&
                       document["reference"].get(waiting.reference) == simdjson::SUCCESS &&
                       document["entry"].get(entry) == simdjson::SUCCESS &&
                       entry.raw_json().get(waiting.entry) == simdjson::SUCCESS;
    if (!sound) return damaged();
    if (owners_ == 1) {
      append_record_line(made,
                         {.key = owner_, .file = line.file, .at = line.at, .json = waiting.entry});
      ++counts.used;
    } else {
      const auto reject = json::serialize(
          json::object{{"file", line.file},
                       {"at", waiting.at},
                       {"line", waiting.line},
                       {"reference", json::string(waiting.reference)},
                       {"why", json::string(owners_ > 0 ? more_than_one_has_it : nobody_has_it)}});
      append_record_line(made, {.key = std::string(keys::reject),
                                .file = line.file,
                                .at = static_cast<std::uint64_t>(waiting.line),
                                .json = reject});
      ++counts.rejected;
    }
    return {};
  }

  static tl::unexpected<Error> damaged() {
    return refuse(ErrorKind::malformed, "standard input",
                  "holds a line under Identifier/ that `legwork records` did not write");
  }

  simdjson::ondemand::parser parser_;
  simdjson::padded_string padded_;
  std::string identifier_, owner_;
  std::size_t owners_ = 0;
};
}  // namespace

Result<LineCounts> resolve_identifiers(int pipe, const WriteLines& write) {
  Resolving resolving;
  auto& made = resolving.made;
  const auto flush = [&] {
    auto written = write(made);
    made.clear();
    return written;
  };
  SortedRecords records(pipe, line_limit);
  for (;;) {
    const auto line = records.next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) break;
    const auto& [record, text] = **line;
    if (record && record->key.starts_with(keys::identifier)) {
      if (const auto taken = resolving.take(*record); !taken) return tl::unexpected(taken.error());
    } else {
      made.append(text.text) += '\n';
    }
    if (made.size() < worth_writing) continue;
    if (const auto flushed = flush(); !flushed) return tl::unexpected(flushed.error());
  }
  const auto& counts = resolving.counts;
  const auto rejected = static_cast<std::int64_t>(counts.rejected);
  const auto changed = json::serialize(
      json::object{{"used", -rejected}, {"rejected", rejected}, {"records", counts.used}});
  if (counts.used + counts.rejected > 0)
    append_record_line(made, {.key = std::string(keys::lines), .json = changed});
  append_record_line(made, {.key = std::string(keys::end), .json = "{}"});
  if (const auto flushed = flush(); !flushed) return tl::unexpected(flushed.error());
  return counts;
}
}  // namespace legwork::batch
