#pragma once

#include "base/date.hpp"
#include "causes/pack.hpp"
#include "plugin/cards.hpp"
#include "plugin/feedback_store.hpp"
#include "plugin/http.hpp"
#include "plugin/resource_source.hpp"
#include "plugin/router.hpp"
#include "plugin/site_key.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace legwork::plugin {
/// Makes the pages that a card offers to file.
using PrintSummary = std::function<Result<Summary>(const causes::Assessment&)>;

/// What the CDS services work with. All of it may be used by several threads at a time.
struct CdsContext {
  std::shared_ptr<const causes::Pack> pack;
  std::string base_url;  ///< as clients call legwork; "" for not known
  /// The SMART page's launch URL for a caller; empty, or "" from it: no link.
  std::function<std::string(const Caller&)> launch_url;
  FetchMissing fetch;                       ///< empty: nothing is fetched
  PrintSummary print;                       ///< empty: no summary is offered
  std::shared_ptr<FeedbackStore> feedback;  ///< null: feedback is taken and not kept
  SiteKey key;
  std::function<Day()> today;        ///< the day to judge charts on
  std::function<std::string()> now;  ///< RFC 3339 in UTC
  /// Told of what went wrong without the client's doing: a database that is locked. May be empty.
  std::function<void(const Error&)> report;
};

/// GET /cds-services; POST /cds-services/{id} and /cds-services/{id}/feedback; and GET /basis, the
/// page of the pack that every card's source leads to.
std::vector<Route> cds_routes(CdsContext context);
}  // namespace legwork::plugin
