#pragma once

#include "plugin/cds_service.hpp"
#include "plugin/config.hpp"
#include "plugin/knowledge.hpp"

#include <functional>
#include <memory>

namespace legwork::plugin {
/// What the server tells the cards beside its configuration.
struct CdsStart {
  FetchMissing fetch;  ///< may be empty
  std::function<Day()> today;
  std::function<void(const Error&)> report;  ///< for the log; may be empty
};

/// The context of the CDS services as a configuration describes it: its database and key are
/// opened, or made. A client with a smart_client_id gets a link to the page, at base_url +
/// "/launch".
///
/// A database that cannot be opened is reported, and feedback is then not kept: cards matter more.
/// Errors: as load_site_key; a server that would hash with another key than before does not start
Result<CdsContext> make_cds_context(const Config& config,
                                    std::shared_ptr<const Knowledge> knowledge, CdsStart start);
}  // namespace legwork::plugin
