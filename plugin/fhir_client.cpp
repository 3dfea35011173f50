#include "plugin/fhir_client.hpp"

#include "plugin/fhir_page.hpp"
#include "plugin/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace legwork::plugin {
namespace {
using std::chrono::seconds;
constexpr unsigned most_retries = 2;

/// A query on its way through its pages.
struct Course {
  Obtained obtained;
  std::string type;  // of resources that it asks for
  bool is_search = false;
  std::optional<press::Address> next;  // to be fetched; nothing when done
  std::vector<press::Address> seen;    // pages fetched
  unsigned retries = 0;
  seconds pause{0};  // before it is fetched again

  void stop(std::string why) {
    obtained.not_seen = std::move(why);
    next.reset();
  }
};

/// RFC 6750's characters: what else stands in a token could end the header and begin another.
bool is_token(std::string_view token) {
  return std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7F'; });
}

press::PlainHttp plain_of(const press::Address& base) {
  return base.scheme == "http" ? press::PlainHttp::to_loopback : press::PlainHttp::never;
}

Result<press::Address> address_of(const FhirServer& server, const std::string& query) {
  const bool absolute = query.starts_with("https://") || query.starts_with("http://");
  const std::string base(press::without_last_slash(server.base.text()));
  const auto address =
      press::read_address(absolute ? query : base + "/" + query, plain_of(server.base));
  if (address && !press::is_below(*address, server.base)) {
    return refuse(ErrorKind::unsupported, "address", "it is not on the FHIR server of this call");
  }
  return address;
}

Course begin(const FhirServer& server, const FhirQuery& query) {
  Course course;
  course.obtained.key = query.key;
  const auto asked = fitted(server.vendor, query.query);
  if (!asked) {
    course.stop(asked.error().what);
    return course;
  }
  auto address = address_of(server, *asked);
  if (!address) {
    course.stop("not asked for: " + address.error().what);
    return course;
  }
  course.is_search = !address->query.empty();
  course.type = asked->substr(0, asked->find_first_of("/?"));
  course.next = std::move(*address);
  return course;
}

press::Outgoing request_for(const FhirServer& server, const press::Address& address,
                            std::size_t most_bytes) {
  press::Outgoing request{address, server.vendor.headers, most_bytes};
  request.headers.push_back({"Accept", "application/fhir+json"});
  if (!server.token.empty()) request.headers.push_back({"Authorization", "Bearer " + server.token});
  return request;
}

std::string why_refused(unsigned status) {
  switch (status) {
    case 401:
      return "the access token is not accepted (401)";
    case 403:
      return "the access token does not allow it (403)";
    case 404:
    case 410:
      return fmt::format("the FHIR server does not have it ({})", status);
    case 429:
      return "the FHIR server has too much to do (429)";
    default:
      break;
  }
  if (status >= 500) return fmt::format("the FHIR server failed ({})", status);
  if (status >= 300 && status < 400) {
    return fmt::format("the FHIR server sends elsewhere ({}), which is not followed", status);
  }
  return fmt::format("the FHIR server refused the request ({})", status);
}

/// Whether it is worth asking again: told when, not too often, and in time.
bool may_retry(const Course& course, const press::Fetched& answer,
               const press::Patience& patience) {
  const bool busy = answer.status == 429 || answer.status == 503;
  return busy && answer.retry_after && course.retries < most_retries &&
         std::chrono::steady_clock::now() + *answer.retry_after < patience.deadline;
}

void follow(Course& course, const FhirServer& server, const std::string& next,
            const FetchBounds& bounds) {
  const auto address = press::resolve(*course.next, next, plain_of(server.base));
  if (!address || !press::is_below(*address, server.base)) {
    return course.stop(
        "its next page is not on the FHIR server of this call, and was not asked for");
  }
  course.seen.push_back(*course.next);
  if (std::ranges::find(course.seen, *address) != course.seen.end()) {
    return course.stop("its pages lead in a circle");
  }
  if (course.seen.size() >= bounds.pages_of_a_query) {
    return course.stop(fmt::format("it has more than {} pages", bounds.pages_of_a_query));
  }
  course.next = *address;
}

void take(Course& course, const FhirServer& server, press::Fetched answer,
          const FetchBounds& bounds) {
  const auto page = read_fhir_page(answer.body);
  if (!page) return course.stop("the FHIR server's answer cannot be read: " + page.error().what);
  if (page->type == "OperationOutcome") {
    return course.stop("the FHIR server answered with a problem instead of data");
  }
  if (page->type != (course.is_search ? "Bundle" : course.type)) {
    return course.stop("the FHIR server answered with something else than was asked for");
  }
  course.obtained.texts.push_back(std::move(answer.body));
  if (page->reports_error) {
    course.obtained.not_seen = "the FHIR server reported a problem; some may be missing";
  }
  if (page->next.empty()) {
    course.next.reset();
  } else {
    follow(course, server, page->next, bounds);
  }
}

void take(Course& course, const FhirServer& server, Result<press::Fetched> answer,
          const FetchBounds& bounds, const press::Patience& patience) {
  course.pause = seconds(0);
  if (!answer) return course.stop("the FHIR server was asked, but: " + answer.error().what);
  if (answer->status == 200) return take(course, server, std::move(*answer), bounds);
  if (!may_retry(course, *answer, patience)) return course.stop(why_refused(answer->status));
  ++course.retries;
  course.pause = *answer->retry_after;
}

/// Waits, but no longer than we may, and not when told to stop.
void wait(seconds pause, const press::Patience& patience) {
  if (pause <= seconds(0)) return;
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  const auto until = std::min(std::chrono::steady_clock::now() + pause, patience.deadline);
  never.wait_until(lock, patience.stop, until, [] { return false; });
}

/// What all queries of a call may still use.
struct Left {
  std::size_t requests, bytes;
};

/// One round: the next page of each query that has one. A slow answer holds up the others' next
/// pages, but the deadline is everybody's.
void fetch_round(std::span<Course> courses, const FhirServer& server, const FetchBounds& bounds,
                 const press::Patience& patience, const press::FetchAll& fetch, Left& left) {
  std::vector<Course*> asked;
  std::vector<press::Outgoing> requests;
  seconds pause{0};
  for (Course& course : courses) {
    if (!course.next) continue;
    if (left.requests == 0 || left.bytes == 0) {
      course.stop("the call has fetched as much as it may");
      continue;
    }
    --left.requests;
    asked.push_back(&course);
    requests.push_back(
        request_for(server, *course.next, std::min(left.bytes, press::Outgoing{}.most_bytes)));
    pause = std::max(pause, course.pause);
  }
  wait(pause, patience);
  auto answers = fetch(requests, patience);
  for (std::size_t at = 0; at < asked.size(); ++at) {
    if (answers[at]) left.bytes -= std::min(left.bytes, answers[at]->body.size());
    take(*asked[at], server, std::move(answers[at]), bounds, patience);
  }
}
}  // namespace

Result<press::Address> allowed_server(const Config& config, const Caller& caller,
                                      std::string_view fhir_server) {
  auto address = press::read_address(fhir_server, plain_http_of(config));
  if (!address) return refuse(address.error().kind, "fhirServer", address.error().what);
  if (!address->query.empty()) {
    return refuse(ErrorKind::malformed, "fhirServer", "it is not a base address");
  }
  address->path = std::string(press::without_last_slash(address->path));
  if (config.clients.empty()) {
    if (address->is_loopback()) return address;
    return refuse(ErrorKind::unsupported, "fhirServer",
                  "without configured clients, only FHIR servers on this machine are asked");
  }
  const auto client = std::ranges::find(config.clients, caller.client, &ClientConfig::name);
  const bool listed =
      client != config.clients.end() &&
      std::ranges::any_of(client->fhir_servers, [&](const std::string& server) {
        return press::without_last_slash(server) == press::without_last_slash(fhir_server);
      });
  if (listed) return address;
  return refuse(ErrorKind::unsupported, "fhirServer",
                "it is not among this client's fhir-servers; add it to the configuration");
}

std::vector<Obtained> fetch_chart(const FhirServer& server, std::span<const FhirQuery> queries,
                                  const FetchBounds& bounds, const press::Patience& patience,
                                  const press::FetchAll& fetch) {
  std::vector<Course> courses;
  courses.reserve(queries.size());
  for (const FhirQuery& query : queries) {
    courses.push_back(begin(server, query));
    if (!is_token(server.token)) courses.back().stop("the access token cannot be sent");
  }
  Left left{bounds.requests, bounds.bytes};
  while (
      std::ranges::any_of(courses, [](const Course& course) { return course.next.has_value(); })) {
    fetch_round(courses, server, bounds, patience, fetch, left);
  }
  std::vector<Obtained> all;
  all.reserve(courses.size());
  for (Course& course : courses) all.push_back(std::move(course.obtained));
  return all;
}
}  // namespace legwork::plugin
