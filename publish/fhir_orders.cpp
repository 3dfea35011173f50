#include "causes/wording.hpp"
#include "publish/fhir_names.hpp"
#include "publish/fhir_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::publish {
namespace {
using causes::Pack;
using causes::Test;
using Code = causes::WorkupItem::Code;

constexpr std::string_view type = "ActivityDefinition";

/// What one activity orders: the test, by its code if it has one; or one of several codes of it.
struct Order {
  std::string id, title, text;
  const Code* code = nullptr;
};

std::vector<Order> orders_of(const Pack& pack, const Test& test) {
  if (test.orders.empty()) return {{id_in(pack, test.id), test.label, test.label, nullptr}};
  if (test.orders.size() == 1)
    return {{id_in(pack, test.id), test.label, test.label, &test.orders.front()}};
  std::vector<Order> orders;
  for (const Code& code : test.orders) {
    const std::string& words = code.display.empty() ? code.code : code.display;
    orders.push_back(
        {id_in(pack, test.id + '.' + code.code), test.label + ": " + words, words, &code});
  }
  return orders;
}

/// What to mind: how long a result is good for, and the cautions, each with its condition.
std::string usage(const Pack& pack, const Test& test) {
  std::string text;
  if (test.repeat && !test.measures.empty()) {
    text = fmt::format("Not needed where it is on file and was done within {}.",
                       causes::in_words(*test.repeat, pack.phrases));
  }
  for (const Test::Caution& caution : test.cautions) {
    if (!text.empty()) text += "\n\n";
    text += caution.text;
    if (caution.when)
      text += " (Unless this is known to be untrue: " + sentence(*caution.when, pack) + ".)";
  }
  return text;
}

Json::Array grounds(const Pack& pack, const Test& test) {
  std::vector<std::string> claims{test.claim};
  for (const Test::Caution& caution : test.cautions) {
    if (std::ranges::find(claims, caution.claim) == claims.end()) claims.push_back(caution.claim);
  }
  return citations(pack, claims);
}

Json code_of(const Order& order) {
  Json::Array codings;
  if (order.code != nullptr) {
    codings.push_back(Json::Object{{"system", order.code->system},
                                   {"code", order.code->code},
                                   {"display", order.code->display}});
  }
  return Json::Object{{"coding", codings}, {"text", order.text}};
}
}  // namespace

std::vector<NamedCanonical> activities_of(const Pack& pack, const Test& test) {
  std::vector<NamedCanonical> found;
  for (const Order& order : orders_of(pack, test)) {
    found.push_back({order.title, canonical(pack, type, order.id)});
  }
  return found;
}

std::vector<Resource> activities(const Pack& pack) {
  std::vector<Resource> made;
  for (const Test& test : pack.tests) {
    const std::string mind = usage(pack, test);
    for (const Order& order : orders_of(pack, test)) {
      auto body = definition(pack, type, order.id, order.title, {test.reason, mind});
      body.push_back({"description", test.reason});
      body.push_back({"usage", mind});
      if (order.code != nullptr) body.push_back({"copyright", notices(pack, {order.code->system})});
      body.push_back({"relatedArtifact", grounds(pack, test)});
      body.push_back({"kind", "ServiceRequest"});
      body.push_back({"code", code_of(order)});
      body.push_back({"intent", "proposal"});  // who signs it makes it an order
      body.push_back({"priority", priority(test.urgency)});
      made.push_back({std::string(type), order.id, url_of(pack, type, order.id), body});
    }
  }
  return made;
}
}  // namespace legwork::publish
