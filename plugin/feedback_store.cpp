#include "plugin/feedback_store.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <mutex>
#include <thread>

namespace legwork::plugin {
namespace {
/// A call waits this long for another program that writes; a card is not worth more.
constexpr int busy_milliseconds = 250;

constexpr const char* schema = R"(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS card (
    uuid TEXT PRIMARY KEY, service TEXT, concern TEXT, state TEXT, patient TEXT, user TEXT,
    client TEXT, tenant TEXT, pack TEXT, shown TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY, card TEXT NOT NULL REFERENCES card(uuid), outcome TEXT NOT NULL,
    action TEXT, reason_system TEXT, reason_code TEXT, commented INTEGER, time TEXT NOT NULL,
    arrived TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS feedback_card ON feedback(card);
)";

constexpr const char* answered_sql = "SELECT 1 FROM feedback WHERE card = ?1 LIMIT 1";
constexpr const char* known_sql = "SELECT user FROM card WHERE uuid = ?1";
constexpr const char* show_sql =
    "INSERT INTO card (uuid, service, concern, state, patient, user, client, tenant, pack, shown) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT(uuid) DO UPDATE SET user = excluded.user, shown = excluded.shown";
constexpr const char* keep_sql =
    "INSERT INTO feedback (card, outcome, action, reason_system, reason_code, commented, time, "
    "arrived) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM card WHERE uuid = "
    "?1)";
constexpr const char* lines_sql =
    "SELECT f.time, c.client, c.tenant, c.service, c.concern, f.card, f.outcome, f.action, "
    "f.reason_system, f.reason_code, f.commented, c.user, c.pack FROM feedback f JOIN card c ON "
    "c.uuid = f.card WHERE f.time >= ?1 ORDER BY f.time, f.id";

/// A prepared statement that is reset when a use of it ends.
class Statement {
 public:
  ~Statement() { sqlite3_finalize(statement_); }
  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  int prepare(sqlite3* database, const char* sql) {
    return sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  }
  /// Texts must live until reset.
  void bind(int at, std::string_view text) {
    sqlite3_bind_text(statement_, at, text.data(), int(text.size()), SQLITE_STATIC);
  }
  int step() { return sqlite3_step(statement_); }
  std::string text(int column) {
    const auto* const at = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return at == nullptr ? std::string() : std::string(at);
  }
  void reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

/// SQLite's own words name no value that was bound.
tl::unexpected<Error> refused(const std::string& path, int code) {
  const auto primary = code & 0xFF;
  const bool damaged =
      primary == SQLITE_NOTADB || primary == SQLITE_CORRUPT || primary == SQLITE_ERROR;
  return refuse(damaged ? ErrorKind::malformed : ErrorKind::unavailable, path,
                fmt::format("{}; {}", sqlite3_errstr(code),
                            damaged ? "move the file away, and a new one is made"
                                    : "feedback is not kept until this is mended"));
}
}  // namespace

struct FeedbackStore::Connection {
  explicit Connection(std::string file) : path(std::move(file)) {}
  ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  struct Close {
    void operator()(sqlite3* open) const { sqlite3_close_v2(open); }
  };
  std::string path;
  std::unique_ptr<sqlite3, Close> database;
  std::mutex mutex;  // one thread at a time has the statements
  Statement answered, known, show, keep, lines;
};

FeedbackStore::FeedbackStore(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}
FeedbackStore::~FeedbackStore() = default;

Result<std::unique_ptr<FeedbackStore>> FeedbackStore::open(const std::string& path) {
  auto made = std::make_unique<Connection>(path);
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  int code = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  made->database.reset(database);
  if (code != SQLITE_OK) return refused(path, code);
  sqlite3_busy_timeout(database, busy_milliseconds);
  code = sqlite3_exec(database, schema, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return refused(path, code);
  const std::pair<Statement*, const char*> all[] = {{&made->answered, answered_sql},
                                                    {&made->known, known_sql},
                                                    {&made->show, show_sql},
                                                    {&made->keep, keep_sql},
                                                    {&made->lines, lines_sql}};
  for (const auto& [statement, sql] : all)
    if (code = statement->prepare(database, sql); code != SQLITE_OK) return refused(path, code);
  return std::unique_ptr<FeedbackStore>(new FeedbackStore(std::move(made)));
}

Result<bool> FeedbackStore::is_answered(std::span<const std::string> uuids) {
  const std::lock_guard lock(connection_->mutex);
  Statement& statement = connection_->answered;
  for (const auto& uuid : uuids) {
    statement.bind(1, uuid);
    const int code = statement.step();
    statement.reset();
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) return refused(connection_->path, code);
  }
  return false;
}

Result<void> FeedbackStore::show(const ShownCard& card, std::string_view now) {
  const std::lock_guard lock(connection_->mutex);
  Statement& known = connection_->known;
  known.bind(1, card.uuid);
  const bool is_known = known.step() == SQLITE_ROW && known.text(0) == card.user;
  known.reset();
  if (is_known) return {};  // most calls show what was shown: nothing is written
  Statement& show = connection_->show;
  const std::string_view values[] = {card.uuid,    card.service, card.concern, card.state,
                                     card.patient, card.user,    card.client,  card.tenant,
                                     card.pack,    now};
  for (int i = 0; i < int(std::size(values)); ++i) show.bind(i + 1, values[i]);
  const int code = show.step();
  show.reset();
  if (code != SQLITE_DONE) return refused(connection_->path, code);
  return {};
}

Result<std::size_t> FeedbackStore::keep(std::span<const Feedback> feedback,
                                        std::span<const std::string> actions,
                                        std::string_view now) {
  const std::lock_guard lock(connection_->mutex);
  sqlite3* const database = connection_->database.get();
  if (const int code = sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
      code != SQLITE_OK)
    return refused(connection_->path, code);
  std::size_t kept = 0;
  int code = SQLITE_DONE;
  for (std::size_t i = 0; i < feedback.size() && code == SQLITE_DONE; ++i) {
    const Feedback& one = feedback[i];
    const bool accepted = one.outcome == Feedback::Outcome::accepted;
    const std::string_view values[] = {one.card,
                                       accepted ? "accepted" : "overridden",
                                       actions[i],
                                       one.reason_system,
                                       one.reason_code,
                                       one.commented ? "1" : "0",
                                       one.time.empty() ? now : std::string_view(one.time),
                                       now};
    for (int at = 0; at < int(std::size(values)); ++at) connection_->keep.bind(at + 1, values[at]);
    code = connection_->keep.step();
    connection_->keep.reset();
    kept += code == SQLITE_DONE ? std::size_t(sqlite3_changes(database)) : 0;
  }
  if (code == SQLITE_DONE) code = sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return kept;
  sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
  return refused(connection_->path, code);
}

Result<std::vector<FeedbackLine>> FeedbackStore::lines(std::string_view since) {
  const std::lock_guard lock(connection_->mutex);
  Statement& at = connection_->lines;
  std::vector<FeedbackLine> found;
  at.bind(1, since);
  int code = at.step();
  for (; code == SQLITE_ROW; code = at.step())
    found.push_back({at.text(0), at.text(1), at.text(2), at.text(3), at.text(4), at.text(5),
                     at.text(6), at.text(7), at.text(8), at.text(9),
                     at.text(10) == "1" ? "yes" : "no", at.text(11), at.text(12)});
  at.reset();
  if (code != SQLITE_DONE) return refused(connection_->path, code);
  return found;
}
}  // namespace legwork::plugin
