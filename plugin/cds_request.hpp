#pragma once

#include "base/result.hpp"
#include "plugin/discovery.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// What came under one key of the prefetch, as far as one walk over it tells.
struct Prefetched {
  enum class Kind : std::uint8_t { null, resource, bundle, outcome, unreadable };
  std::string key;
  Kind kind = Kind::unreadable;
  std::string_view json;              ///< as it stood in the body
  std::vector<std::string> types;     ///< of the resources in it, each once
  std::vector<std::string> patients;  ///< ids of the Patients in it
  std::size_t entries = 0;            ///< resources of a Bundle, OperationOutcomes left out
  std::optional<std::size_t> total;   ///< that a Bundle says there are
  std::string next;                   ///< address of a Bundle's next page; "" for none
  bool failed = false;                ///< an OperationOutcome in it tells of an error
};

/// A call of a CDS service, by CDS Hooks 1.1, 2.0 or 3.0: what legwork uses is the same in all.
/// Holds views into the body, which must outlive it.
struct CdsRequest {
  std::string user, patient, encounter;  ///< of the context; the patient's id without "Patient/"
  std::string fhir_server, access_token, token_patient;  ///< each may be ""
  std::vector<std::string> selections;                   ///< of order-select
  std::string_view draft_orders;                         ///< JSON; "" where there are none
  std::vector<Prefetched> prefetch;                      ///< in the order of the body
};

/// Reads a call of the service. What it does not know (`extension`, further members) is stepped
/// over; drafts of orders are not looked into.
///
/// `room`: bytes that may be read from body.data() on; simdjson needs some behind the text, and
/// copies it where they are missing.
/// Errors: malformed    not JSON, or a member is of the wrong kind
///         missing      a member that the hook requires
///         unsupported  another hook than the service's; a member that stands twice
/// `where` names the member, `what` says what to do; neither quotes the body.
/// Source: https://cds-hooks.hl7.org/2.0/#calling-a-cds-service
Result<CdsRequest> read_cds_request(std::string_view body, std::size_t room,
                                    const CdsService& service);

/// The same for one resource or Bundle that was fetched.
Prefetched look_at(std::string key, std::string_view json);
}  // namespace legwork::plugin
