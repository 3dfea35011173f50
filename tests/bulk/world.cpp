#include "tests/bulk/world.hpp"

namespace legwork::bulk::sample {
struct World::Inside {
  Serve serve;
  mutable std::mutex mutex;
  std::vector<press::Outgoing> requests;
  std::vector<std::chrono::milliseconds> waits;
  std::chrono::system_clock::time_point now{std::chrono::hours(500'000)};
};

World::World(Serve serve) : inside_(std::make_shared<Inside>()) {
  inside_->serve = std::move(serve);
}

Outside World::outside() {
  const auto inside = inside_;
  const auto fetch = [inside](std::span<const press::Outgoing> requests, const press::Patience&) {
    std::vector<Result<press::Fetched>> answers;
    for (const auto& request : requests) {
      {
        const std::scoped_lock lock(inside->mutex);
        inside->requests.push_back(request);
      }
      auto given = inside->serve(request);
      answers.push_back(given ? deliver(request, std::move(*given)) : std::move(given));
    }
    return answers;
  };
  const auto wait = [inside](std::chrono::milliseconds pause, const std::stop_token&) {
    const std::scoped_lock lock(inside->mutex);
    inside->waits.push_back(pause);
    inside->now += pause;
  };
  const auto clock = [inside] {
    const std::scoped_lock lock(inside->mutex);
    return inside->now;
  };
  return {fetch, clock, wait, {}};
}

std::vector<press::Outgoing> World::requests() const {
  const std::scoped_lock lock(inside_->mutex);
  return inside_->requests;
}

std::vector<std::string> World::asked() const {
  std::vector<std::string> made;
  for (const auto& request : requests())
    made.push_back(request.method + " " + request.address.text());
  return made;
}

std::vector<std::chrono::milliseconds> World::waits() const {
  const std::scoped_lock lock(inside_->mutex);
  return inside_->waits;
}

std::string header_of(const press::Outgoing& request, std::string_view name) {
  for (const auto& header : request.headers)
    if (header.name == name) return header.value;
  return {};
}

press::Fetched answer(unsigned status, std::string body, std::vector<press::Header> headers) {
  press::Fetched made;
  made.status = status;
  made.body = std::move(body);
  made.headers = std::move(headers);
  return made;
}

Result<press::Fetched> deliver(const press::Outgoing& request, press::Fetched answer) {
  if (!request.sink.begin || !request.sink.begin(answer)) return answer;
  const bool taken = request.sink.take(answer.body);
  answer.body.clear();
  if (!taken) return refuse(ErrorKind::unavailable, request.address.host, "the answer broke off");
  return answer;
}
}  // namespace legwork::bulk::sample
