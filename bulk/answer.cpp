#include "bulk/answer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

namespace legwork::bulk {
namespace {
namespace json = boost::json;
using press::Fetched;
using std::chrono::milliseconds;

/// A code as IssueType has them: nothing that could hold a name.
bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 20 &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

/// "transient" itself, and those below it that waiting helps.
/// Source: https://hl7.org/fhir/R4/valueset-issue-type.html
bool is_transient(std::string_view code) {
  return code == "transient" || code == "throttled" || code == "timeout" || code == "lock-error";
}

/// Whether a server that failed says, or lets a proxy say, that it may be asked again.
bool may_pass(const Fetched& answer) {
  const auto codes = issue_codes(answer.body);
  if (!codes.empty()) return std::ranges::any_of(codes, is_transient);
  return answer.status == 502 || answer.status == 503 || answer.status == 504;
}

Error error_of(const Fetched& answer, std::string_view what) {
  return {answer.status >= 500 ? ErrorKind::unavailable : ErrorKind::unsupported, "the server",
          fmt::format("{}: {}", what, said(answer))};
}

milliseconds pause_of(const Fetched& answer, unsigned times) {
  if (!answer.retry_after) return back_off(times);
  return std::max(shortest_pause, milliseconds(*answer.retry_after));
}

/// Pauses after a failure, unless there were too many.
Step wait_or_stop(Error error, milliseconds pause, unsigned most, Tries& tries) {
  if (++tries.failures > most) {
    error.kind = ErrorKind::unavailable;
    return Stop{std::move(error)};
  }
  return Wait{pause};
}

/// What is the same whatever was asked for; nothing where it depends.
std::optional<Step> after_trouble(const Answer& answer, unsigned most, Tries& tries) {
  if (!answer) return wait_or_stop(answer.error(), back_off(tries.failures), most, tries);
  const unsigned status = answer->status;
  // Told to slow down is no failure: the time that a run may take ends it.
  if (status == 429 || (status == 503 && answer->retry_after))
    return Wait{pause_of(*answer, tries.waits++)};
  if (status == 408 || (status >= 500 && may_pass(*answer)))
    return wait_or_stop(error_of(*answer, "too many failures in a row"),
                        pause_of(*answer, tries.failures), most, tries);
  return {};
}

/// 401 where a token is taken: once another, then no more.
Step after_401(const Fetched& answer, Tries& tries) {
  if (tries.tokens++ == 0) return NewToken{};
  return Stop{{ErrorKind::unsupported, "the server",
               fmt::format("takes no token of this client: {}", said(answer))}};
}
}  // namespace

milliseconds back_off(unsigned times) {
  return std::min(longest_pause, milliseconds(1000) * (1U << std::min(times, 10U)));
}

std::vector<std::string> issue_codes(std::string_view body) {
  std::error_code error;
  const auto value = json::parse(json::string_view(body.data(), body.size()), error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* issues = object == nullptr ? nullptr : object->if_contains("issue");
  std::vector<std::string> codes;
  if (issues == nullptr || !issues->is_array()) return codes;
  for (const auto& issue : issues->get_array()) {
    const auto* code = issue.is_object() ? issue.get_object().if_contains("code") : nullptr;
    if (code == nullptr || !code->is_string() || codes.size() == 5) continue;
    const std::string_view text(code->get_string().data(), code->get_string().size());
    if (is_code(text)) codes.emplace_back(text);
  }
  return codes;
}

std::string said(const Fetched& answer) {
  const auto codes = issue_codes(answer.body);
  if (codes.empty()) return fmt::format("answered {}", answer.status);
  return fmt::format("answered {} ({})", answer.status, fmt::join(codes, ", "));
}

Step after_kick_off(const Answer& answer, Tries& tries) {
  if (auto step = after_trouble(answer, most_first_failures, tries)) return std::move(*step);
  if (answer->status == 401) return after_401(*answer, tries);
  if (answer->status == 202 && !answer->header("Content-Location").empty()) return GoOn{};
  if (answer->status == 202)
    return Stop{{ErrorKind::unsupported, "the server",
                 "began an export and did not say where (no Content-Location)"}};
  return Stop{error_of(*answer, "does not begin the export")};
}

Step after_poll(const Answer& answer, Tries& tries) {
  if (auto step = after_trouble(answer, most_failures, tries)) return std::move(*step);
  const unsigned status = answer->status;
  if (status == 200) return GoOn{};
  if (status == 401) return after_401(*answer, tries);
  if (status == 202) {
    const auto waits = tries.waits;
    tries = {};
    tries.waits = waits + 1;
    return Wait{pause_of(*answer, waits)};
  }
  if (status == 404 || status == 410)
    return Stop{{ErrorKind::missing, "the server",
                 fmt::format("knows nothing of this export any more: {}", said(*answer))}};
  return Stop{error_of(*answer, "the export has failed there")};
}

Step after_file(const Answer& answer, Sent sent, Tries& tries) {
  if (auto step = after_trouble(answer, most_failures, tries)) return std::move(*step);
  const unsigned status = answer->status;
  if (status == 200 || status == 206) return GoOn{};
  if (status == 401 && sent == Sent::token) return after_401(*answer, tries);
  if (status >= 300 && status < 400 && !answer->header("Location").empty() && tries.redirects++ < 5)
    return Elsewhere{std::string(answer->header("Location"))};
  if (status == 416)  // what is on disk is not the beginning of this file
    return wait_or_stop(error_of(*answer, "does not send a file from where it broke off"),
                        shortest_pause, most_failures, tries);
  if (status >= 400 && status < 500 && tries.manifests++ < 2) return NewManifest{};
  return Stop{{ErrorKind::unavailable, "the server",
               fmt::format("does not send a file that its manifest names: {}", said(*answer))}};
}
}  // namespace legwork::bulk
