#include "batch/journal.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <map>
#include <mutex>

namespace legwork::batch {
namespace {
struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Statement prepare(sqlite3* database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
  return Statement(statement);
}

constexpr const char* schema =
    "PRAGMA synchronous = FULL;"
    "CREATE TABLE IF NOT EXISTS run (run TEXT NOT NULL, shelves INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS shelf (id INTEGER PRIMARY KEY, seen INTEGER NOT NULL,"
    " reported INTEGER NOT NULL, not_symptomatic INTEGER NOT NULL, rejected INTEGER NOT NULL,"
    " unchanged INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS joined (kind TEXT PRIMARY KEY, shelves INTEGER NOT NULL,"
    " length INTEGER NOT NULL);";
}  // namespace

struct Journal::State {
  Database database;
  std::string path;
  std::size_t shelves = 0;
  std::vector<std::optional<PatientCounts>> finished;
  std::map<std::string, Joined, std::less<>> joined;
  std::mutex mutex;

  Error error() const {
    return {ErrorKind::unavailable, path,
            fmt::format("the journal cannot be used: {}; make room there and run again",
                        sqlite3_errmsg(database.get()))};
  }

  /// What the run was begun with; nothing where it begins now.
  Result<void> begin(const std::string& run, std::size_t wanted) {
    if (sqlite3_exec(database.get(), schema, nullptr, nullptr, nullptr) != SQLITE_OK)
      return tl::unexpected(error());
    const auto found = prepare(database.get(), "SELECT run, shelves FROM run");
    if (!found) return tl::unexpected(error());
    if (sqlite3_step(found.get()) == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(found.get(), 0));
      if (run != text)
        return refuse(ErrorKind::unsupported, path,
                      "is of a run with another input, pack, day or other options; give the same "
                      "ones, or another --out");
      shelves = static_cast<std::size_t>(sqlite3_column_int64(found.get(), 1));
      return {};
    }
    shelves = wanted;
    const auto insert = prepare(database.get(), "INSERT INTO run VALUES (?, ?)");
    if (!insert) return tl::unexpected(error());
    sqlite3_bind_text(insert.get(), 1, run.data(), static_cast<int>(run.size()), SQLITE_STATIC);
    sqlite3_bind_int64(insert.get(), 2, static_cast<sqlite3_int64>(shelves));
    if (sqlite3_step(insert.get()) != SQLITE_DONE) return tl::unexpected(error());
    return {};
  }

  Result<void> read() {
    finished.resize(shelves);
    const auto rows =
        prepare(database.get(),
                "SELECT id, seen, reported, not_symptomatic, rejected, unchanged FROM shelf");
    if (!rows) return tl::unexpected(error());
    int state = sqlite3_step(rows.get());
    for (; state == SQLITE_ROW; state = sqlite3_step(rows.get())) {
      const auto number = [&](int column) {
        return static_cast<std::uint64_t>(sqlite3_column_int64(rows.get(), column));
      };
      if (number(0) < shelves)
        finished[number(0)] = PatientCounts{number(1), number(2), number(3), number(4), number(5)};
    }
    if (state != SQLITE_DONE) return tl::unexpected(error());
    return {};
  }

  Result<void> read_joined() {
    const auto rows = prepare(database.get(), "SELECT kind, shelves, length FROM joined");
    if (!rows) return tl::unexpected(error());
    int step = sqlite3_step(rows.get());
    for (; step == SQLITE_ROW; step = sqlite3_step(rows.get())) {
      const auto* kind = reinterpret_cast<const char*>(sqlite3_column_text(rows.get(), 0));
      joined[kind] = {static_cast<std::size_t>(sqlite3_column_int64(rows.get(), 1)),
                      static_cast<std::uint64_t>(sqlite3_column_int64(rows.get(), 2))};
    }
    if (step != SQLITE_DONE) return tl::unexpected(error());
    return {};
  }
};

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::~Journal() = default;
Journal::Journal(Journal&&) noexcept = default;

Result<Journal> Journal::open(const std::string& path, const std::string& run,
                              std::size_t shelves) {
  auto state = std::make_unique<State>();
  state->path = path;
  sqlite3* database = nullptr;
  const int opened =
      sqlite3_open_v2(path.c_str(), &database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
  state->database.reset(database);
  if (opened != SQLITE_OK) return tl::unexpected(state->error());
  if (auto begun = state->begin(run, shelves); !begun) return tl::unexpected(begun.error());
  if (auto read = state->read(); !read) return tl::unexpected(read.error());
  if (auto read = state->read_joined(); !read) return tl::unexpected(read.error());
  return Journal(std::move(state));
}

std::size_t Journal::shelves() const { return state_->shelves; }

std::optional<PatientCounts> Journal::finished(std::size_t shelf) const {
  return state_->finished[shelf];
}

Result<void> Journal::finish(std::size_t shelf, const PatientCounts& counts) {
  const std::lock_guard lock(state_->mutex);
  const auto insert =
      prepare(state_->database.get(), "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?, ?)");
  if (!insert) return tl::unexpected(state_->error());
  int column = 0;
  for (const std::uint64_t value : {std::uint64_t{shelf}, counts.seen, counts.reported,
                                    counts.not_symptomatic, counts.rejected, counts.unchanged})
    sqlite3_bind_int64(insert.get(), ++column, static_cast<sqlite3_int64>(value));
  if (sqlite3_step(insert.get()) != SQLITE_DONE) return tl::unexpected(state_->error());
  state_->finished[shelf] = counts;
  return {};
}

Joined Journal::joined(std::string_view kind) const {
  const auto found = state_->joined.find(kind);
  return found == state_->joined.end() ? Joined() : found->second;
}

Result<void> Journal::note(std::string_view kind, const Joined& joined) {
  const auto insert =
      prepare(state_->database.get(), "INSERT OR REPLACE INTO joined VALUES (?, ?, ?)");
  if (!insert) return tl::unexpected(state_->error());
  sqlite3_bind_text(insert.get(), 1, kind.data(), static_cast<int>(kind.size()), SQLITE_STATIC);
  sqlite3_bind_int64(insert.get(), 2, static_cast<sqlite3_int64>(joined.shelves));
  sqlite3_bind_int64(insert.get(), 3, static_cast<sqlite3_int64>(joined.length));
  if (sqlite3_step(insert.get()) != SQLITE_DONE) return tl::unexpected(state_->error());
  state_->joined[std::string(kind)] = joined;
  return {};
}
}  // namespace legwork::batch
