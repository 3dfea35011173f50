#pragma once

#include "press/http_header.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace legwork::plugin {
using press::Header;

/// One request as it was received, whole. No part of it may go into a log: paths and bodies hold
/// patients' ids.
struct Request {
  std::string method;  ///< "GET"
  std::string path;    ///< without the query, as it was sent: "/cds-services/legwork-patient-view"
  std::string query;   ///< without "?"; may be ""
  std::vector<Header> headers;
  std::string body;  ///< decoded, where it came with a Content-Encoding
  std::string id;    ///< of this request in the log
  std::string peer;  ///< address it came from: "127.0.0.1"

  /// The value of the first header of that name, in any case; null where there is none.
  const std::string* header(std::string_view name) const;
};

struct Response {
  unsigned status = 200;
  std::string content_type;  ///< "application/json"; "" where there is no body
  std::string body;
  std::vector<Header> headers;  ///< beside those that the server itself writes
};

/// What a handler says: an answer; or the rest of the work, where it must first wait for somebody
/// else (the EHR's FHIR server). That is run where waiting holds up nobody else.
using Later = std::function<Response()>;
using Answer = std::variant<Response, Later>;

/// Who calls. Empty members: nobody has to say who they are here.
struct Caller {
  std::string client;  ///< name of the [client.NAME] that the call was trusted as
  std::string tenant;  ///< of the JWT; may be ""
};

/// Called on any thread, several at a time; throws nothing that is not a fault of ours.
using Handler = std::function<Answer(std::shared_ptr<const Request>, const Caller&)>;

/// Whether a question may be settled by asking the network.
enum class Network { avoid, use };
struct Denied {
  unsigned status = 401;  ///< 401 or 403
  std::string why;        ///< one lower-case clause, with what to do; no part of the token
};
struct Undecided {};  ///< cannot be told without the network
using Verdict = std::variant<Caller, Denied, Undecided>;

/// Says whether a request may pass. `url`: the address called, as the client knows it.
using Gate = std::function<Verdict(const Request&, std::string_view url, Network)>;
}  // namespace legwork::plugin
