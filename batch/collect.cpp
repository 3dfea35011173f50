#include "batch/collect.hpp"

#include "base/digest.hpp"
#include "batch/group.hpp"
#include "batch/journal.hpp"
#include "batch/manifest.hpp"
#include "batch/output.hpp"
#include "batch/parts.hpp"
#include "batch/record_lines.hpp"
#include "batch/result_lines.hpp"
#include "batch/worklist_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <boost/json.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

namespace legwork::batch {
namespace {
namespace fs = std::filesystem;
namespace json = boost::json;
using Kind = ResultLine::Kind;

/// A part of a file, and how many line breaks are in it.
using Breaks = std::map<std::pair<std::string, std::uint64_t>, std::uint64_t>;

/// A reject as it was handed on: its line counts from the beginning of its part of the file.
struct HandedOn {
  std::string file;
  std::uint64_t at = 0, line = 0;
  std::string reference, why;
};

/// Tells a patient from every other.
using Digest = std::pair<std::uint64_t, std::uint64_t>;

Digest digest_of(std::string_view key) {
  const auto digits = sha256(key);
  Digest digest;
  std::from_chars(digits.data(), digits.data() + 16, digest.first, 16);
  std::from_chars(digits.data() + 16, digits.data() + 32, digest.second, 16);
  return digest;
}

std::uint64_t number_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_number()) return 0;
  // What resolving took back is less than nothing; sums of these wrap around as they should.
  return value->is_int64() ? static_cast<std::uint64_t>(value->get_int64())
                           : value->to_number<std::uint64_t>();
}

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

void add_texts(std::vector<std::string>& texts, const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value != nullptr && value->is_array())
    for (const auto& one : value->get_array())
      if (one.is_string()) texts.emplace_back(one.get_string());
}

class Collecting {
 public:
  explicit Collecting(const std::string& out) : out_(out), group_(out, 0, Shelving::files) {}

  Result<void> read(const std::string& path) {
    const bool is_pipe = path == "-";
    const auto name = is_pipe ? std::string("standard input") : path;
    const Descriptor file(is_pipe ? ::dup(STDIN_FILENO)
                                  : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number < 0)
      return refuse(errno == ENOENT ? ErrorKind::missing : ErrorKind::unavailable, name,
                    fmt::format("cannot be read: {}", std::strerror(errno)));
    PipeLines lines(file.number, name, line_limit);
    bool in_worker = false;
    for (;;) {
      const auto line = lines.next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) break;
      const auto where = fmt::format("{}:{}", name, (*line)->number);
      auto read = reader_.read((*line)->text);
      if (!read || (!in_worker && read->kind != Kind::started)) {
        if (in_worker && lines_end(lines)) break;  // a worker was stopped in the middle of a line
        return refuse(ErrorKind::malformed, where, "is no line of a worker's results");
      }
      in_worker = read->kind != Kind::ended;
      if (const auto taken = take(*read, where); !taken) return taken;
    }
    if (in_worker || started_.empty())
      return refuse(ErrorKind::unavailable, name,
                    "ends before its worker did; let that part be done again");
    return {};
  }

  Result<Counts> finish() {
    if (has_counts_ && mapped_ != worked_)
      return refuse(ErrorKind::unavailable, out_,
                    fmt::format("{} records were sent to workers and {} have come back: a part is "
                                "missing, or here twice; collect the results of all parts",
                                mapped_, worked_));
    if (const auto closed = group_.close(); !closed) return tl::unexpected(closed.error());
    gathered_.deletions = deleted_.size();
    const auto how = json::parse(started_).as_object();
    const auto& pack = how.at("pack").as_object();
    causes::Provenance provenance;
    provenance.pack_id = text_in(pack, "id");
    provenance.pack_version = text_in(pack, "version");
    provenance.pack_digest = text_in(pack, "digest");
    const auto as_of = text_in(how, "asOf");
    const auto day = parse_date(as_of);
    if (text_in(how, "program") != LEGWORK_VERSION || !day)
      return refuse(ErrorKind::unsupported, "results",
                    "are of another version of legwork; collect them with the workers' own");
    const Delivered delivered{said_, gathered_, cut_short_};
    const Counts counts{gathered_.lines, patients_, {}, is_partial(delivered)};
    const WorklistFrame frame{
        text_in(how, "complaint"), as_of, "legwork " LEGWORK_VERSION, patients_.seen, {}, false};
    const auto joined = join(frame);
    if (!joined) return tl::unexpected(joined.error());
    const auto done =
        conclude_output(out_, manifest_of(counts, delivered, {provenance, day->first}));
    if (!done) return tl::unexpected(done.error());
    return counts;
  }

 private:
  struct Descriptor {
    int number;
    explicit Descriptor(int handle) : number(handle) {}
    ~Descriptor() {
      if (number >= 0) ::close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
  };

  /// Of the one group that all results are.
  Result<void> join(const WorklistFrame& frame) {
    std::error_code none;
    fs::remove(journal_path(out_), none);  // of one that was stopped: its parts are not these
    auto journal = Journal::open(journal_path(out_), "collect", 1);
    if (!journal) return tl::unexpected(journal.error());
    if (auto kept = journal->finish(0, patients_); !kept) return kept;
    if (auto joined = join_all(out_, reject_lines(), Shelving::files, *journal); !joined)
      return joined;
    const auto rows = find_rows(out_, 1);
    return rows ? write_worklist(out_, *rows, frame) : tl::unexpected(rows.error());
  }

  static bool lines_end(PipeLines& lines) {
    const auto next = lines.next();
    return next && !*next;
  }

  Result<void> take(const ResultLine& line, const std::string& where) {
    if (line.kind == Kind::patient) return take_patient(line, where);
    std::error_code error;
    const auto value = json::parse(json::string_view(line.json.data(), line.json.size()), error);
    if (error || !value.is_object()) return refuse(ErrorKind::malformed, where, "is no JSON");
    const auto& what = value.get_object();
    switch (line.kind) {
      case Kind::started:
        if (started_.empty()) started_ = line.json;
        if (started_ == line.json) break;
        return refuse(ErrorKind::unsupported, where,
                      "is of a worker with another version, pack, day or key than the others");
      case Kind::reject:
        rejects_.push_back({text_in(what, "file"), number_in(what, "at"), number_in(what, "line"),
                            text_in(what, "reference"), text_in(what, "why")});
        break;
      case Kind::lines:
        take_counts(what);
        break;
      case Kind::deleted:
        deleted_.insert(text_in(what, "reference"));
        break;
      case Kind::exported:
        if (what.contains("transactionTime"))
          said_.transaction_time = text_in(what, "transactionTime");
        add_texts(said_.missing, what, "missingFiles");
        add_texts(said_.error_files, what, "errorFiles");
        add_texts(cut_short_, what, "shortFiles");
        break;
      case Kind::ended:
        worked_ += number_in(what, "records");
        break;
      case Kind::patient:
        break;
    }
    return {};
  }

  void take_counts(const json::object& what) {
    has_counts_ |= what.contains("records");
    mapped_ += number_in(what, "records");
    gathered_.lines.read += number_in(what, "read");
    gathered_.lines.used += number_in(what, "used");
    gathered_.lines.not_needed += number_in(what, "notNeeded");
    gathered_.lines.rejected += number_in(what, "rejected");
    gathered_.left_out += number_in(what, "leftOut");
    gathered_.problems += number_in(what, "problems");
    breaks_[{text_in(what, "file"), number_in(what, "at")}] = number_in(what, "breaks");
  }

  Result<void> take_patient(const ResultLine& line, const std::string& where) {
    const auto& result = line.result;
    if (!seen_.insert(digest_of(line.key)).second)
      return refuse(ErrorKind::unsupported, where,
                    "is of a patient who has come already: the same part is here twice, or the "
                    "records were not sorted as one");
    count(patients_, result.fate);
    std::error_code error;
    const auto report =
        fmt::format("{}/reports/{}/{}.pdf", out_, result.name.substr(0, 2), result.name);
    if (result.fate == Fate::reported && result.pdf.empty() && !fs::exists(report, error))
      return refuse(ErrorKind::unavailable, report,
                    "is not there: let its worker write to this folder, or put the PDF into its "
                    "results");
    return group_.add(line.key, result);
  }

  /// In the order of the export, as the places that a reader can find.
  std::string reject_lines() {
    for (auto& reject : rejects_) {
      if (reject.line == 0) continue;
      for (auto part = breaks_.lower_bound({reject.file, 0});
           part != breaks_.end() && part->first < std::pair(reject.file, reject.at); ++part)
        reject.line += part->second;
    }
    std::ranges::sort(rejects_, [](const HandedOn& a, const HandedOn& b) {
      return std::tie(a.file, a.line, a.reference, a.why) <
             std::tie(b.file, b.line, b.reference, b.why);
    });
    std::string lines;
    for (const auto& [file, at, line, reference, why] : rejects_)
      lines += reject_line(line == 0 ? file : fmt::format("{}:{}", file, line),
                           {0, 0, 0, reference, why});
    return lines;
  }

  const std::string& out_;
  Group group_;
  ResultReader reader_;
  std::string started_;  // how
  std::set<Digest> seen_;
  std::set<std::string> deleted_;
  std::vector<HandedOn> rejects_;
  Breaks breaks_;
  Gathered gathered_;
  PatientCounts patients_;
  ExportManifest said_;
  std::vector<std::string> cut_short_;
  std::uint64_t mapped_ = 0, worked_ = 0;
  bool has_counts_ = false;
};
}  // namespace

Result<Counts> collect(std::span<const std::string> results, const std::string& out) {
  if (is_complete(out))
    return refuse(ErrorKind::unsupported, out, "holds a finished run; name another folder");
  if (auto prepared = prepare_output(out, Shelving::files); !prepared)
    return tl::unexpected(prepared.error());
  Collecting collecting(out);
  for (const auto& path : results)
    if (const auto read = collecting.read(path); !read) return tl::unexpected(read.error());
  return collecting.finish();
}
}  // namespace legwork::batch
