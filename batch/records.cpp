#include "batch/records.hpp"

#include "batch/manifest.hpp"
#include "press/io.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace legwork::batch {
namespace {
namespace json = boost::json;

constexpr std::uint64_t memory_for_names = std::uint64_t{64} << 20;
constexpr std::size_t name_shelves = 64;
constexpr std::size_t deleted_limit = std::size_t{1} << 30;

json::array array_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& text : texts) array.emplace_back(json::string(text));
  return array;
}

/// The hand of one thread: what it finds becomes lines.
class Lines {
 public:
  /// `at`: where in the one file its first byte stands, or 0.
  Lines(const std::vector<InputFile>& files, std::uint64_t at, RecordSink& sink)
      : files_(files), at_(at), hand_(sink) {}

  Result<void> put(const Record& record) { return put(record.patient, record, record.json); }

  /// Nobody can refer to what has no id.
  Result<void> put_medication(const Record& drug) {
    return drug.patient.starts_with(keys::medication) ? put(drug.patient, drug, drug.json)
                                                      : Result<void>();
  }

  Result<void> add_patient(std::string_view identifier, std::string_view reference) {
    const auto card = json::serialize(json::object{{"patient", json::string(reference)}});
    return hand_.put({.key = fmt::format("{}{}", keys::identifier, identifier), .json = card});
  }

  Result<void> wait(const NamedSubjects::Waiting& waiting) {
    const auto& [record, reject] = waiting;
    const auto text =
        fmt::format(R"({{"at":{},"line":{},"reference":{},"entry":{}}})", at_, reject.line,
                    json::serialize(json::string(reject.reference)), record.json);
    return put(fmt::format("{}{}", keys::identifier, record.patient), record, text);
  }

  Result<void> put_down() { return hand_.put_down(); }

 private:
  Result<void> put(std::string_view key, const Record& record, std::string_view text) {
    return hand_.put({.key = std::string(key),
                      .file = files_[record.file].name,
                      .at = at_ + record.at,
                      .json = text});
  }

  const std::vector<InputFile>& files_;
  std::uint64_t at_;
  RecordSink::Hand hand_;
};

Hand hand_of(const std::shared_ptr<Lines>& lines) {
  return {.put = [lines](const Record& record) { return lines->put(record); },
          .put_medication = [lines](const Record& drug) { return lines->put_medication(drug); },
          .add_patient =
              [lines](std::string_view identifier, std::string_view reference) {
                return lines->add_patient(identifier, reference);
              },
          .wait = [lines](const NamedSubjects::Waiting& one) { return lines->wait(one); },
          .put_down = [lines] { return lines->put_down(); }};
}

json::object counts_of(const Gathered& gathered, std::uint64_t records) {
  return {{"breaks", gathered.breaks},           {"read", gathered.lines.read},
          {"used", gathered.lines.used},         {"notNeeded", gathered.lines.not_needed},
          {"rejected", gathered.lines.rejected}, {"leftOut", gathered.left_out},
          {"problems", gathered.problems},       {"records", records}};
}

/// What is said of all that was read: what is only to be counted, and what everybody must know.
class Telling {
 public:
  explicit Telling(RecordSink& sink) : hand_(sink) {}

  void tell(std::string_view key, const json::object& what, const std::string& file = {},
            std::uint64_t at = 0) {
    const auto text = json::serialize(what);
    if (put_) put_ = hand_.put({.key = std::string(key), .file = file, .at = at, .json = text});
  }
  void tell_partial() {
    tell(keys::partial, {{"resourceType", "OperationOutcome"},
                         {"issue", json::array{json::object{{"severity", "error"}}}}});
  }
  Result<void> finish() { return put_ ? hand_.put_down() : put_; }

 private:
  RecordSink::Hand hand_;
  Result<void> put_;
};

json::object to_json(const ExportManifest& said, const std::vector<std::string>& cut_short) {
  return {{"transactionTime", said.transaction_time},
          {"errorFiles", array_of(said.error_files)},
          {"missingFiles", array_of(said.missing)},
          {"shortFiles", array_of(cut_short)}};
}

/// Everything but the records themselves. `at`: of the one file's first byte.
Result<Mapped> conclude(const std::vector<InputFile>& files, const Gathered& gathered,
                        const Deletions& deletions, std::uint64_t at, RecordSink& to,
                        const ExportManifest* said) {
  Telling telling(to);
  for (const auto& reject : gathered.rejects)
    telling.tell(keys::reject,
                 {{"file", files[reject.file].name},
                  {"at", at},
                  {"line", reject.line},
                  {"reference", reject.reference},
                  {"why", reject.why}},
                 files[reject.file].name, reject.line);
  for (const auto& reference : deletions.all())
    telling.tell(keys::deleted, {{"reference", reference}});
  const auto promised = said != nullptr ? *said : ExportManifest();
  const auto cut_short = files_cut_short(files, promised, gathered);
  const bool partial = is_partial({promised, gathered, cut_short});
  if (partial) telling.tell_partial();
  auto counts = counts_of(gathered, to.records());
  if (said == nullptr) counts["file"] = files.front().name;
  counts["at"] = at;
  telling.tell(keys::lines, counts, said == nullptr ? files.front().name : "", at);
  if (said != nullptr) telling.tell(keys::exported, to_json(promised, cut_short));
  if (const auto told = telling.finish(); !told) return tl::unexpected(told.error());
  if (const auto ended = to.finish(); !ended) return tl::unexpected(ended.error());
  return Mapped{gathered.lines, partial};
}

/// A folder of its own, taken away with what is in it.
class Temporary {
 public:
  explicit Temporary(const std::string& folder) : path_(folder + "/legwork-records-XXXXXX") {
    made_ = ::mkdtemp(path_.data()) != nullptr;
  }
  ~Temporary() {
    std::error_code ignored;
    if (made_) std::filesystem::remove_all(path_, ignored);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  bool made() const { return made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool made_ = false;
};

Result<void> read_deleted(const std::string& path, Deletions& deletions) {
  if (path.empty()) return {};
  const auto text = press::read_file(path, deleted_limit);
  if (!text) return tl::unexpected(text.error());
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto line = read_record_line(rest.substr(0, rest.find('\n')));
    rest.remove_prefix(std::min(rest.size(), rest.find('\n') + 1));
    std::error_code error;
    const auto value = line ? json::parse(std::string(line->json), error) : json::value();
    const auto* reference = error ? nullptr : value.find_pointer("/reference", error);
    if (reference == nullptr || !reference->is_string())
      return refuse(ErrorKind::malformed, path, "holds a line that is no record of a deletion");
    deletions.add_reference(std::string_view(reference->get_string()));
  }
  return {};
}
}  // namespace

Result<Mapped> write_records(const ExportOptions& options, const fhir::Vocabulary& vocabulary,
                             RecordSink& to) {
  auto files = find_input(options.folder);
  if (!files) return tl::unexpected(files.error());
  const auto said = read_export_manifest(options.folder, *files);
  if (!said) return tl::unexpected(said.error());
  const Temporary temporary(options.temporary);
  if (!temporary.made())
    return refuse(ErrorKind::unavailable, options.temporary,
                  "no folder can be made there; name another with TMPDIR");
  NamedSubjects named(name_shelves, temporary.path(), memory_for_names, options.jobs);
  const auto hand = [&] {
    const auto names = std::make_shared<NamedSubjects::Hand>(named);
    const auto lines = std::make_shared<Lines>(*files, 0, to);
    auto one = hand_of(lines);
    one.add_patient = [names](std::string_view identifier, std::string_view reference) {
      return names->add_patient(identifier, reference);
    };
    one.wait = [names](const NamedSubjects::Waiting& waiting) { return names->add(waiting); };
    one.put_down = [names, lines] {
      auto down = names->put_down();
      return down ? lines->put_down() : down;
    };
    return one;
  };
  const auto resolve = [&](const std::function<void(Reject)>& refuse) {
    Lines last(*files, 0, to);
    auto resolved = named.resolve([&](const Record& record) { return last.put(record); }, refuse);
    return resolved ? last.put_down() : resolved;
  };
  Deletions deletions;
  Progress progress;
  const auto gathered =
      gather(*files, vocabulary, options.jobs, {hand, resolve, deletions, progress});
  if (!gathered) return tl::unexpected(gathered.error());
  return conclude(*files, *gathered, deletions, 0, to, &*said);
}

Result<Mapped> write_records(const PipedFile& piped, const fhir::Vocabulary& vocabulary,
                             RecordSink& to) {
  auto file = input_file(piped.name);
  if (!file)
    return refuse(ErrorKind::unsupported, piped.name,
                  "is no file of an export: .ndjson, .jsonl or .json, plain or as .gz or .zst");
  file->path.assign(1, '-');
  file->is_pipe = true;
  file->holds = piped.holds;
  if (piped.is_unpacked) file->packing = Packing::none;
  const std::vector files{*file};

  Deletions deletions;
  if (const auto read = read_deleted(piped.deleted, deletions); !read)
    return tl::unexpected(read.error());
  Progress progress;
  const auto hand = [&] { return hand_of(std::make_shared<Lines>(files, piped.at, to)); };
  const auto resolve = [](const std::function<void(Reject)>&) { return Result<void>(); };
  const auto gathered = gather(files, vocabulary, 1, {hand, resolve, deletions, progress});
  if (!gathered) return tl::unexpected(gathered.error());
  // Of others' deletions they tell.
  const auto own = file->holds == Holds::deletions ? deletions : Deletions();
  return conclude(files, *gathered, own, piped.at, to, nullptr);
}

Result<std::string> plan_records(std::span<const std::string> names, const std::string& folder) {
  std::vector<InputFile> files;
  for (const auto& name : names)
    if (auto file = input_file(name)) files.push_back(std::move(*file));
  if (files.empty())
    return refuse(ErrorKind::missing, "standard input",
                  "names no .ndjson or .json file, plain or packed as .gz or .zst");
  const auto said = read_export_manifest(folder, files);
  if (!said) return tl::unexpected(said.error());
  json::array planned;
  for (const auto& file : files)
    planned.push_back({{"name", file.name},
                       {"holds", file.holds == Holds::deletions ? "deletions" : "resources"},
                       {"lines", file.is_lines}});
  for (const auto& promise : said->promises)
    planned.at(promise.file).as_object()["promised"] = promise.lines;
  std::string records;
  RecordSink sink([&](std::string_view lines) {
    records += lines;
    return Result<void>();
  });
  Telling telling(sink);
  if (!said->missing.empty()) telling.tell_partial();
  telling.tell(keys::exported, to_json(*said, {}));
  if (const auto told = telling.finish(); !told) return tl::unexpected(told.error());
  return json::serialize(json::object{{"files", std::move(planned)}, {"records", records}}) + "\n";
}
}  // namespace legwork::batch
