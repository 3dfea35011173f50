#pragma once

#include "base/result.hpp"
#include "fhir/chart.hpp"
#include "fhir/read.hpp"
#include "plugin/cds_request.hpp"
#include "plugin/discovery.hpp"
#include "plugin/resource_source.hpp"

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// A part of the chart that legwork did not see, or not all of. It is told with every answer: what
/// was not seen is unknown, and never "nothing found".
struct Unseen {
  std::string key;   ///< of the prefetch: "labs"
  std::string name;  ///< "laboratory results"
  std::string why;   ///< "not sent", "20 of 57 entries sent"
  bool in_part = false;
};

/// What a call brought, judged.
struct Judged {
  std::vector<fhir::Input> read;    ///< into the body of the request
  std::vector<FhirQuery> to_fetch;  ///< what would have to be asked for
  std::vector<Unseen> unseen;       ///< if nothing is fetched
};

/// Judges each key of the prefetch. Present: read. Null: the client has no data; read as not seen,
/// and not asked for again. Absent, an OperationOutcome, unreadable, or holding other types than
/// were asked for: not seen. With an error inside, a next page, or fewer entries than its total:
/// read as far as it goes. A key that stands twice: both are read. Keys that nobody asked for:
/// ignored.
///
/// Errors: unsupported  a Patient in it, or the access token, is another's than context.patientId
Result<Judged> judge(const CdsRequest& request, std::span<const PrefetchTemplate> templates);

/// What was fetched beside what was sent.
struct Gathered {
  std::deque<std::string> texts;  ///< owns what `read` refers to, but for the body
  std::vector<fhir::Input> read;
  std::vector<Unseen> unseen;
};

/// Puts together what was sent and what was fetched. Errors: as judge
Result<Gathered> gather(Judged judged, std::vector<Obtained> obtained, const CdsRequest& request,
                        std::span<const PrefetchTemplate> templates);

/// The keys without which nothing can be said: the patient, and the conditions, which tell whether
/// there is a complaint: an empty answer without them would be read as "nothing found". Data that
/// the client says it has none of (null) counts as sent, but for the patient.
std::vector<std::string> missing(const std::vector<Unseen>& unseen);

/// Reads what came as one chart. An input that cannot be read is left out and told as not seen; a
/// medication list that was not seen whole denies no drug.
/// Errors: unsupported  two patients; missing  no Patient that can be used
Result<fhir::Chart> read_gathered(Gathered& gathered, const CdsRequest& request,
                                  std::span<const PrefetchTemplate> templates,
                                  const fhir::Vocabulary& vocabulary);
}  // namespace legwork::plugin
