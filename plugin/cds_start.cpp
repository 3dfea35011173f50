#include "plugin/cds_start.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <chrono>

namespace legwork::plugin {
namespace {
/// The pages that go into the chart.
constexpr std::string_view summary_layout = "clinician";

std::string utc_now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

Result<Summary> print(const Knowledge& knowledge, const causes::Assessment& assessment) {
  auto printed = knowledge.printers->print(summary_layout, assessment, knowledge.pack, {});
  if (!printed) return tl::unexpected(printed.error());
  const auto* const layout = knowledge.printers->layout(summary_layout);
  return Summary{layout->language, assessment.provenance.complaint_title, "Clinician summary",
                 std::move(printed->pdf), "legwork " LEGWORK_VERSION};
}

std::string launch_url(const Config& config, const Caller& caller) {
  const auto client = std::ranges::find(config.clients, caller.client, &ClientConfig::name);
  const bool has_page = client != config.clients.end() && !client->smart_client_id.empty();
  return has_page && !config.base_url.empty() ? config.base_url + "/launch" : "";
}
}  // namespace

Result<CdsContext> make_cds_context(const Config& config,
                                    std::shared_ptr<const Knowledge> knowledge, CdsStart start) {
  CdsContext context;
  context.pack = std::shared_ptr<const causes::Pack>(knowledge, &knowledge->pack);
  context.base_url = config.base_url;
  context.launch_url = [config](const Caller& caller) { return launch_url(config, caller); };
  context.fetch = std::move(start.fetch);
  if (config.file_summary)
    context.print = [knowledge](const causes::Assessment& assessment) {
      return print(*knowledge, assessment);
    };
  context.today = std::move(start.today);
  context.now = utc_now;
  context.report = std::move(start.report);
  if (config.database.empty()) return context;

  auto key = load_site_key(config.key_file.empty() ? config.database + ".key" : config.key_file);
  if (!key) return tl::unexpected(key.error());
  context.key = std::move(*key);
  auto store = FeedbackStore::open(config.database);
  if (store)
    context.feedback = std::move(*store);
  else if (context.report)
    context.report(store.error());
  return context;
}
}  // namespace legwork::plugin
