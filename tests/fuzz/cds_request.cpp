// Calls of a CDS service, and feedback, as anybody on the network may send them: whatever the
// bytes, they are read, judged and read as a chart, or refused in words.
#include "plugin/cds_request.hpp"

#include "fhir/service_requests.hpp"
#include "plugin/feedback.hpp"
#include "plugin/prefetch.hpp"
#include "tests/fhir/small_vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>

using namespace legwork;

namespace {
/// What is read must lie in the body, also where that was copied to be read.
void check_inside(std::string_view part, std::string_view body) {
  const std::less<> before;
  if (part.empty()) return;
  if (before(part.data(), body.data())) std::abort();
  if (before(body.data() + body.size(), part.data() + part.size())) std::abort();
}

void check(const Error& error) {
  if (error.where.empty() || error.what.empty()) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto templates = plugin::prefetch_templates(causes::Pack{});
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  if (const auto feedback = plugin::read_feedback(body); !feedback) check(feedback.error());
  for (const auto& service : plugin::cds_services()) {
    const auto request = plugin::read_cds_request(body, size, service);
    if (!request) {
      check(request.error());
      continue;
    }
    check_inside(request->draft_orders, body);
    for (const auto& value : request->prefetch) check_inside(value.json, body);
    (void)fhir::read_service_requests(request->draft_orders);
    auto judged = plugin::judge(*request, templates);
    if (!judged) {
      check(judged.error());
      continue;
    }
    auto gathered = plugin::gather(std::move(*judged), {}, *request, templates);
    if (!gathered) std::abort();  // nothing was fetched that could be another's
    (void)plugin::read_gathered(*gathered, *request, templates, fhir::sample::vocabulary());
  }
  return 0;
}
