#include "bulk/client.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace legwork::bulk {
namespace {
using std::chrono::seconds;
constexpr seconds answer_time{120};  // a manifest of ten thousand files takes its time
constexpr std::size_t largest_answer = std::size_t{256} << 20;

tl::unexpected<Error> stopped(const press::Address& address) {
  return refuse(ErrorKind::unavailable, address.host, "told to stop");
}
}  // namespace

/// The token for a request to that address; "" where none is sent.
Result<std::string> Client::token_for(const press::Address& address) const {
  return press::is_same_server(address, base_) ? tokens_.current() : std::string();
}

Answer Client::ask_once(press::Outgoing request, const std::string& token) const {
  if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
  const press::Patience patience{std::chrono::steady_clock::now() + answer_time, outside_.stop};
  return std::move(outside_.fetch({&request, 1}, patience).front());
}

Result<press::Fetched> Client::ask(press::Outgoing request, After after,
                                   std::chrono::system_clock::time_point give_up,
                                   Progress& progress) const {
  request.most_bytes = largest_answer;
  for (Tries tries;;) {
    const auto token = token_for(request.address);
    if (!token) return tl::unexpected(token.error());
    auto answer = ask_once(request, *token);
    if (outside_.stop.stop_requested()) return stopped(request.address);
    if (answer) progress.hear(printable(answer->header("X-Progress").substr(0, 100)));
    auto step = after(answer, tries);
    if (std::holds_alternative<GoOn>(step)) return answer;
    if (auto* stop = std::get_if<Stop>(&step)) return tl::unexpected(std::move(stop->error));
    if (std::holds_alternative<NewToken>(step)) {
      if (token->empty())
        return refuse(ErrorKind::unsupported, request.address.host,
                      tokens_.has_credentials()
                          ? "asks for a token, and is not the FHIR server, to which alone it goes"
                          : "asks who this is; give --client-id and --key");
      tokens_.refused(*token);
      continue;
    }
    const auto* wait = std::get_if<Wait>(&step);
    if (wait == nullptr)
      return refuse(ErrorKind::unsupported, request.address.host, "sends this request elsewhere");
    if (outside_.clock() + wait->pause >= give_up)
      return refuse(ErrorKind::unavailable, request.address.host,
                    "is not ready within the time of --timeout");
    if (!outside_.pause(wait->pause)) return stopped(request.address);
  }
}

Result<void> Client::remove(const press::Address& job) const {
  press::Outgoing request{job, {{"Accept", "application/fhir+json"}}};
  request.method = "DELETE";
  Tries tries;
  for (;;) {
    const auto token = token_for(job);
    if (!token) return tl::unexpected(token.error());
    const auto answer = ask_once(request, *token);
    const bool done = answer && ((answer->status >= 200 && answer->status < 300) ||
                                 answer->status == 404 || answer->status == 410);
    if (done) return {};
    if (answer && answer->status == 401 && !token->empty() && tries.tokens++ == 0) {
      tokens_.refused(*token);
      continue;
    }
    if (++tries.failures > 3 && !answer) return tl::unexpected(answer.error());
    if (tries.failures > 3)
      return refuse(ErrorKind::unavailable, job.host,
                    fmt::format("does not end the export: {}", said(*answer)));
    if (!outside_.pause(back_off(tries.failures - 1))) return stopped(job);
  }
}
}  // namespace legwork::bulk
