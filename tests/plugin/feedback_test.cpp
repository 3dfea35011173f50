#include "plugin/feedback_store.hpp"

#include "tests/plugin/cds_calls.hpp"

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

using namespace legwork;
using namespace legwork::tests;

namespace {
/// A folder of this test's own, gone with it.
struct Folder {
  Folder() {
    std::string made = std::filesystem::temp_directory_path() / "legwork-feedback-XXXXXX";
    REQUIRE(::mkdtemp(made.data()) != nullptr);
    path = made;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(std::string_view name) const { return path + '/' + std::string(name); }
  std::string path;
};

std::shared_ptr<plugin::FeedbackStore> open(const std::string& path) {
  auto opened = plugin::FeedbackStore::open(path);
  REQUIRE(opened);
  return std::move(*opened);
}

plugin::CdsContext context_with(std::shared_ptr<plugin::FeedbackStore> store) {
  auto context = cds_context();
  context.key.bytes = std::string(32, 'k');
  context.feedback = std::move(store);
  return context;
}

std::string overridden(
    const std::string& uuid,
    std::string_view reason =
        R"({"reason":{"code":)"
        R"("patient-refuses","system":)"
        R"("http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"}})") {
  return R"({"card":")" + uuid + R"(","outcome":"overridden","overrideReason":)" +
         std::string(reason) + R"(,"outcomeTimestamp":"2026-11-22T10:05:31Z"})";
}

plugin::Response give(const plugin::CdsContext& context, const std::string& entries) {
  return answer(plugin::cds_routes(context), "POST", "/cds-services/legwork-patient-view/feedback",
                R"({"feedback":[)" + entries + "]}");
}

std::vector<std::string> uuids(const plugin::Response& response) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < count(response.body, "cards"); ++i)
    found.push_back(at(response.body, "cards/" + std::to_string(i) + "/uuid"));
  return found;
}
}  // namespace

TEST_CASE("feedback that is none says which entry and why", "[plugin]") {
  struct Row {
    std::string body, where;
  };
  const auto row = GENERATE(values<Row>({
      {"{", "body"},
      {"[]", "feedback"},
      {"{}", "feedback"},
      {R"({"feedback":{}})", "feedback"},
      {R"({"feedback":[7]})", "feedback[0]"},
      {R"({"feedback":[{"outcome":"accepted"}]})", "feedback[0].card"},
      {R"({"feedback":[{"card":"a","outcome":"accepted"},{"card":"b","outcome":"ignored"}]})",
       "feedback[1].outcome"},
  }));
  CAPTURE(row.body);
  const auto read = plugin::read_feedback(row.body);
  REQUIRE_FALSE(read);
  CHECK(read.error().where == row.where);
  const auto response = answer(plugin::cds_routes(cds_context()), "POST",
                               "/cds-services/legwork-patient-view/feedback", row.body);
  CHECK(response.status == 400);
  CHECK(at(response.body, "resourceType") == "OperationOutcome");
}

TEST_CASE("feedback is taken where nothing is kept", "[plugin]") {
  CHECK(give(cds_context(), overridden("b9a1")).status == 200);
}

TEST_CASE("a card that was overridden does not come back until something new is found",
          "[plugin]") {
  const Folder folder;
  const auto context = context_with(open(folder.file("f.db")));
  CdsCall call;
  const auto shown = uuids(answer(context, call));
  REQUIRE(shown.size() == 2);
  CHECK(uuids(answer(context, call)) == shown);  // nobody has answered yet
  CHECK(give(context, overridden(shown[0]) + "," + overridden(shown[1])).status == 200);
  CHECK(answer(context, call).body == R"({"cards":[]})");

  // The same findings by another service are the same card.
  CdsCall start = call;
  start.service = "legwork-encounter-start";
  start.hook = "encounter-start";
  CHECK(answer(context, start).body == R"({"cards":[]})");

  // Another patient of the same name has cards of her own.
  CHECK(count(answer(plugin::cds_routes(context), "POST", "/cds-services/" + call.service,
                     call.body(), {"elsewhere", ""})
                  .body,
              "cards") == 2);

  // The ferritin is gone: the work-up is another, the drug is not.
  call.prefetch["labs"] = searchset_of({});
  const auto news = answer(context, call);
  REQUIRE(count(news.body, "cards") == 1);
  CHECK(at(news.body, "cards/0/source/topic/code") == "work-up");
}

TEST_CASE("a year of encounters with renewed orders shows each card once", "[plugin]") {
  const Folder folder;
  auto context = context_with(open(folder.file("f.db")));
  std::size_t shown = 0;
  for (int month = 1; month <= 12; ++month) {
    CdsCall call;
    auto drugs = call.prefetch["medications"];
    const std::string id = "amlodipine-10";
    const auto at_id = drugs.find("\"" + id + "\"");
    REQUIRE(at_id != std::string::npos);
    drugs.insert(at_id + 1 + id.size(), "-renewed-" + std::to_string(month));
    call.prefetch["medications"] = drugs;
    call.context = R"({"userId":"Practitioner/d1","patientId":"p1","encounterId":"e)" +
                   std::to_string(month) + "\"}";
    const auto found = uuids(answer(context, call));
    shown += found.size();
    for (const auto& uuid : found)
      give(context, R"({"card":")" + uuid + R"(","outcome":"accepted"})");
  }
  CHECK(shown == 2);
}

TEST_CASE("what is kept is what the export needs, and no patient", "[plugin]") {
  const Folder folder;
  const auto path = folder.file("f.db");
  const auto store = open(path);
  const auto context = context_with(store);
  const CdsCall call;
  const auto answered = answer(context, call);
  const auto shown = uuids(answered);
  const auto suggestion = at(answered.body, "cards/1/suggestions/0/uuid");
  const auto given = give(
      context,
      overridden(shown[0], R"({"userComment":"Odalys Brightwater prefers to wait"})") + "," +
          overridden(shown[0], R"({"reason":{"code":"Brightwater","system":"Odalys"}})") + "," +
          R"({"card":")" + shown[1] + R"(","outcome":"accepted","acceptedSuggestions":[{"id":")" +
          suggestion + R"("}]})" + "," + overridden("11111111-1111-1111-1111-111111111111"));
  CHECK(given.status == 200);

  const auto lines = store->lines("");
  REQUIRE(lines);
  REQUIRE(lines->size() == 3);  // the card that nobody showed is passed over
  const auto& accepted = (*lines)[0];
  CHECK(accepted.intervention == "work-up");
  CHECK(accepted.outcome == "accepted");
  CHECK(accepted.time == "2026-11-22T10:00:00Z");  // of its arrival
  CHECK_FALSE(accepted.action.empty());
  CHECK(accepted.user.size() == 64);
  CHECK(accepted.pack.starts_with("heavy-legs "));
  CHECK((*lines)[1].commented == "yes");
  CHECK((*lines)[2].reason_code == "other");  // not one that the card offered
  CHECK(store->lines("2027-01-01")->empty());

  std::string bytes;
  for (const auto* const end : {"", "-wal"}) {
    std::ifstream file(path + end, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  CHECK(bytes.find(shown[0]) != std::string::npos);
  for (const std::string_view planted :
       {"Brightwater", "Odalys", "BW-204417", "p1\"", "Patient/p1", "Practitioner/d1"})
    CHECK(bytes.find(planted) == std::string::npos);
}

TEST_CASE("a database that is locked, full or damaged costs no answer", "[plugin]") {
  const Folder folder;
  const auto path = folder.file("f.db");
  auto context = context_with(open(path));
  std::vector<Error> reported;
  context.report = [&](const Error& error) { reported.push_back(error); };
  const CdsCall call;

  SECTION("locked by another program") {
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(count(answer(context, call).body, "cards") == 2);
    CHECK(give(context, overridden("a")).status == 200);
    sqlite3_close(other);
    REQUIRE_FALSE(reported.empty());
    CHECK(reported.front().kind == ErrorKind::unavailable);
    CHECK(reported.front().where == path);
  }
  SECTION("full") {
    // What a full disk does, the limit on a file's size does: not a byte more is written.
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{}, none{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    none = before;
    none.rlim_cur = 1;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &none) == 0);
    const auto cards = answer(context, call);
    const auto given = give(context, overridden("a"));
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, ignored);
    CHECK(count(cards.body, "cards") == 2);
    CHECK(given.status == 200);
    CHECK_FALSE(reported.empty());
    CHECK(give(context, overridden(uuids(cards)[0])).status == 200);
  }
  SECTION("overwritten while it is open") {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << std::string(8192, 'x');
    std::filesystem::remove(path + "-wal");
    CHECK(count(answer(context, call).body, "cards") == 2);
    CHECK(give(context, overridden("a")).status == 200);
  }
  SECTION("never was one") {
    const auto junk = folder.file("junk.db");
    std::ofstream(junk) << "this is no database, and long enough to be told from one";
    const auto opened = plugin::FeedbackStore::open(junk);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::malformed);
    CHECK(opened.error().where == junk);
  }
  SECTION("a folder that is not there") {
    const auto opened = plugin::FeedbackStore::open(folder.file("none/f.db"));
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::unavailable);
  }
}

TEST_CASE("the site's key is made where there is none, and only its owner may read it",
          "[plugin]") {
  const Folder folder;
  const auto path = folder.file("key");
  const auto made = plugin::load_site_key(path);
  REQUIRE(made);
  CHECK(made->bytes.size() == 32);
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK(plugin::load_site_key(path)->bytes == made->bytes);

  ::chmod(path.c_str(), 0644);
  const auto open_to_all = plugin::load_site_key(path);
  REQUIRE_FALSE(open_to_all);
  CHECK(open_to_all.error().what == "others than its owner may read this key; make it chmod 600");

  std::ofstream(folder.file("short")) << "too short";
  ::chmod(folder.file("short").c_str(), 0600);
  CHECK_FALSE(plugin::load_site_key(folder.file("short")));
  CHECK_FALSE(plugin::load_site_key(folder.file("none/key")));
}

TEST_CASE("a keyed hash is HMAC-SHA-256, and keeps its parts apart", "[plugin]") {
  // RFC 4231, test case 2, has the key "Jefe"; ours puts lengths before the parts.
  const plugin::SiteKey key{"Jefe"};
  CHECK(plugin::keyed_hash(key, {"ab"}).size() == 64);
  CHECK(plugin::keyed_hash(key, {"a", "b"}) != plugin::keyed_hash(key, {"ab"}));
  CHECK(plugin::keyed_hash(key, {"a"}) != plugin::keyed_hash({"other"}, {"a"}));
}
