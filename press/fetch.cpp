#include "press/fetch.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace legwork::press {
namespace {
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds longest_connect{30'000};

struct ReleaseEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, ReleaseEasy>;

struct ReleaseMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using Multi = std::unique_ptr<CURLM, ReleaseMulti>;

struct ReleaseList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ReleaseList>;

/// Connections of calls that are over, for the next. Whoever fetches takes one multi handle, with
/// the connections that it keeps, and gives it back.
class Pool {
 public:
  Multi take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return Multi(curl_multi_init());
    Multi multi = std::move(idle_.back());
    idle_.pop_back();
    return multi;
  }
  void give_back(Multi multi) {
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < 32) idle_.push_back(std::move(multi));
  }

 private:
  std::mutex mutex_;
  std::vector<Multi> idle_;
};

/// One request under way. Stays where it is: curl holds pointers into it.
struct Transfer {
  Easy easy;
  List headers;
  Fetched fetched;
  Sink sink;
  bool began = false;      // the sink was asked
  bool into_sink = false;  // and wants this body
  std::size_t most_bytes = 0;
  bool too_large = false;
  bool done = false;
  CURLcode code = CURLE_OK;
};

std::string header_of(CURL* easy, const char* name) {
  curl_header* header = nullptr;
  if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return {};
  return header->value;
}

/// Status and headers, as soon as they are there.
void read_head(Transfer& transfer) {
  CURL* const easy = transfer.easy.get();
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  Fetched& fetched = transfer.fetched;
  fetched.status = static_cast<unsigned>(status);
  fetched.content_type = header_of(easy, "Content-Type");
  fetched.cache_control = header_of(easy, "Cache-Control");
  if (!header_of(easy, "Retry-After").empty()) {
    curl_off_t seconds = 0;
    curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds);
    fetched.retry_after = std::chrono::seconds(seconds);
  }
  fetched.headers.clear();
  curl_header* header = nullptr;
  while ((header = curl_easy_nextheader(easy, CURLH_HEADER, -1, header)) != nullptr)
    fetched.headers.push_back({header->name, header->value});
}

void begin_body(Transfer& transfer) {
  if (transfer.began || !transfer.sink.begin) return;
  transfer.began = true;
  read_head(transfer);
  transfer.into_sink = transfer.sink.begin(transfer.fetched);
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* given) {
  auto& transfer = *static_cast<Transfer*>(given);
  begin_body(transfer);
  if (transfer.into_sink) return transfer.sink.take({bytes, size}) ? size : CURL_WRITEFUNC_ERROR;
  if (size > transfer.most_bytes - transfer.fetched.body.size()) {
    transfer.too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  transfer.fetched.body.append(bytes, size);
  return size;
}

milliseconds left_of(const Patience& patience) {
  return std::chrono::ceil<milliseconds>(patience.deadline - Clock::now());
}

void limit(CURL* easy, const Address& address, milliseconds left) {
  const bool plain = address.scheme == "http";
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  curl_easy_setopt(easy, CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, long(left.count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, long(std::min(left, longest_connect).count()));
  if (address.is_loopback()) curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

void set_method(CURL* easy, const Outgoing& request) {
  if (request.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
  } else if (request.method != "GET") {
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

void begin(Transfer& transfer, const Outgoing& request, const FetchOptions& options,
           milliseconds left) {
  transfer.easy.reset(curl_easy_init());
  transfer.most_bytes = request.most_bytes;
  transfer.sink = request.sink;
  CURL* const easy = transfer.easy.get();
  for (const Header& header : request.headers) {
    const std::string line = header.name + ": " + header.value;
    transfer.headers.reset(curl_slist_append(transfer.headers.release(), line.c_str()));
  }
  limit(easy, request.address, left);
  curl_easy_setopt(easy, CURLOPT_URL, request.address.text().c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
  if (!request.sink.begin) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  set_method(easy, request);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, long(request.stall.count()));
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  if (!options.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
}

void end(Transfer& transfer, CURLcode code) {
  transfer.code = code;
  transfer.done = true;
  if (code == CURLE_OK) begin_body(transfer);  // also where there was none
  read_head(transfer);
}

/// Why there is no answer, without what the request said: curl's own messages quote addresses.
std::string reason(const Transfer& transfer) {
  if (transfer.too_large) return "the answer is larger than it may be";
  switch (transfer.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the name of the host is not known";
    case CURLE_COULDNT_CONNECT:
      return "no connection";
    case CURLE_OPERATION_TIMEDOUT:
      return "no answer in time";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return "its certificate is not trusted";
    case CURLE_SSL_CONNECT_ERROR:
      return "TLS could not be agreed upon";
    default:
      return "the answer broke off";
  }
}

/// Lets curl work until all is done, the time is over, or we are told to stop.
void run(CURLM* multi, std::span<Transfer> transfers, const Patience& patience) {
  const std::stop_callback wake(patience.stop, [multi] { curl_multi_wakeup(multi); });
  int active = 1;
  while (active > 0 && !patience.stop.stop_requested()) {
    if (curl_multi_perform(multi, &active) != CURLM_OK) return;
    int waiting = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi, &waiting)) {
      const auto done = std::ranges::find_if(
          transfers, [&](const auto& t) { return t.easy.get() == message->easy_handle; });
      if (message->msg == CURLMSG_DONE && done != transfers.end()) end(*done, message->data.result);
    }
    const auto left = left_of(patience);
    if (left.count() <= 0) return;
    if (active > 0)
      curl_multi_poll(multi, nullptr, 0, int(std::min<long>(left.count(), 1000)), nullptr);
  }
}

Result<Fetched> outcome(Transfer& transfer, const Outgoing& request, const Patience& patience) {
  const std::string& host = request.address.host;
  if (patience.stop.stop_requested() && !transfer.done) {
    return refuse(ErrorKind::unavailable, host, "told to stop");
  }
  if (!transfer.done) return refuse(ErrorKind::unavailable, host, "no answer in time");
  if (transfer.code == CURLE_OK) return std::move(transfer.fetched);
  return refuse(ErrorKind::unavailable, host, reason(transfer));
}

std::vector<Result<Fetched>> fetch_all(std::span<const Outgoing> requests, const Patience& patience,
                                       const FetchOptions& options, Pool& pool) {
  std::vector<Transfer> transfers(requests.size());
  const auto left = left_of(patience);
  if (left.count() > 0 && !patience.stop.stop_requested()) {
    Multi multi = pool.take();
    curl_multi_setopt(multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS, long(options.at_a_time));
    for (std::size_t at = 0; at < requests.size(); ++at) {
      begin(transfers[at], requests[at], options, left);
      curl_multi_add_handle(multi.get(), transfers[at].easy.get());
    }
    run(multi.get(), transfers, patience);
    for (Transfer& transfer : transfers) {
      curl_multi_remove_handle(multi.get(), transfer.easy.get());
      transfer.easy.reset();
    }
    pool.give_back(std::move(multi));
  }
  std::vector<Result<Fetched>> outcomes;
  outcomes.reserve(requests.size());
  for (std::size_t at = 0; at < requests.size(); ++at) {
    outcomes.push_back(outcome(transfers[at], requests[at], patience));
  }
  return outcomes;
}
}  // namespace

std::string_view Fetched::header(std::string_view name) const {
  const std::string wanted(name);
  const auto found = std::ranges::find_if(headers, [&](const Header& header) {
    return curl_strequal(header.name.c_str(), wanted.c_str()) != 0;
  });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

FetchAll make_fetch(const FetchOptions& options) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)started;  // without it nothing connects, and every answer says so
  return [options, pool = std::make_shared<Pool>()](std::span<const Outgoing> requests,
                                                    const Patience& patience) {
    return fetch_all(requests, patience, options, *pool);
  };
}
}  // namespace legwork::press
