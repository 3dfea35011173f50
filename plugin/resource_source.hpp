#pragma once

#include <functional>
#include <string>
#include <vector>

namespace legwork::plugin {
/// What one call needs and was not sent.
struct FetchPlan {
  struct Item {
    std::string key;    ///< of the prefetch: "labs"
    std::string query;  ///< "Observation?patient=p1&code=…"; of a further page: its whole address
  };
  std::string client;        ///< of Caller; may be ""
  std::string fhir_server;   ///< as the request names it
  std::string access_token;  ///< lives as long as this call, goes to that server only; may be ""
  std::string patient;       ///< id
  std::vector<Item> items;
};

/// What came of one item, or why nothing did. Of an item with several pages there may be several.
struct Fetched {
  std::string key;
  std::string json;     ///< "" where nothing came
  std::string why_not;  ///< one clause without patient data: "no answer within 3 s"; "" for nothing
};

/// Asks the EHR's FHIR server, and follows its pages. It may wait: called where that is allowed.
/// Says of each item that it could not have all of why.
using FetchMissing = std::function<std::vector<Fetched>(const FetchPlan&)>;
}  // namespace legwork::plugin
