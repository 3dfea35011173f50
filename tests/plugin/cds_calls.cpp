#include "tests/plugin/cds_calls.hpp"

#include "plugin/discovery.hpp"
#include "press/io.hpp"
#include "tests/causes/test_pack.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace legwork::tests {
namespace {
namespace json = boost::json;

const json::value& example() {
  static const json::value chart = json::parse(
      press::read_file(LEGWORK_SOURCE_DIR "/examples/amlodipine-and-iron.json", 1 << 24).value());
  return chart;
}

std::string find_empty(const json::value& value, const std::string& path) {
  if (value.is_null()) return path;
  if (value.is_string() && value.get_string().empty()) return path;
  if (const auto* const list = value.if_array()) {
    const bool allowed = path == "$.cards" || path == "$.services";
    if (list->empty() && !allowed) return path;
    for (std::size_t i = 0; i < list->size(); ++i)
      if (auto found = find_empty((*list)[i], path + '[' + std::to_string(i) + ']'); !found.empty())
        return found;
  }
  if (const auto* const object = value.if_object()) {
    if (object->empty()) return path;
    for (const auto& [name, member] : *object)
      if (auto found = find_empty(member, path + '.' + std::string(name)); !found.empty())
        return found;
  }
  return {};
}

const json::value* find(const json::value& root, std::string_view path) {
  const json::value* at = &root;
  while (!path.empty() && at != nullptr) {
    const auto step = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    if (const auto* const list = at->if_array()) {
      const auto index = std::size_t(std::stoul(std::string(step)));
      at = index < list->size() ? &(*list)[index] : nullptr;
    } else {
      const auto* const object = at->if_object();
      at = object == nullptr ? nullptr
                             : object->if_contains(json::string_view(step.data(), step.size()));
    }
  }
  return at;
}
}  // namespace

std::shared_ptr<const causes::Pack> heavy_legs_pack() {
  static const auto pack =
      std::make_shared<const causes::Pack>(read(pack_files("packs/heavy-legs")));
  return pack;
}

std::string searchset_of(const std::vector<std::string>& resources) {
  std::string entries;
  for (const auto& resource : resources)
    entries += (entries.empty() ? "" : ",") + (R"({"resource":)" + resource + "}");
  return R"({"resourceType":"Bundle","type":"searchset","total":)" +
         std::to_string(resources.size()) + R"(,"entry":[)" + entries + "]}";
}

std::string searchset(std::string_view type) {
  std::vector<std::string> found;
  for (const auto& entry : example().at("entry").as_array())
    if (entry.at("resource").at("resourceType").as_string() ==
        json::string_view(type.data(), type.size()))
      found.push_back(json::serialize(entry.at("resource")));
  return searchset_of(found);
}

CdsCall::CdsCall() {
  prefetch = {{"patient", json::serialize(example().at("entry").at(0).at("resource"))},
              {"medications", searchset("MedicationRequest")},
              {"conditions", searchset("Condition")},
              {"labs", searchset("Observation")},
              {"statements", "null"},
              {"symptoms", searchset_of({})},
              {"answers", searchset_of({})},
              {"imaging", searchset_of({})},
              {"procedures", searchset_of({})}};
}

std::string CdsCall::body() const {
  std::string keys;
  for (const auto& [key, value] : prefetch)
    keys += (keys.empty() ? "\"" : ",\"") + key + "\":" + value;
  return R"({"hook":")" + hook +
         R"(","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","context":)" + context + rest +
         R"(,"prefetch":{)" + keys + "}}";
}

plugin::CdsContext cds_context() {
  plugin::CdsContext context;
  context.pack = heavy_legs_pack();
  context.today = [] { return day("2026-11-22"); };
  context.now = [] { return std::string("2026-11-22T10:00:00Z"); };
  return context;
}

plugin::Response answer(const std::vector<plugin::Route>& routes, std::string_view method,
                        std::string path, std::string body, const plugin::Caller& caller) {
  const plugin::Router router(routes);
  const auto found = router.find(method, path);
  REQUIRE(found.route != nullptr);
  auto http = std::make_shared<plugin::Request>();
  http->method = method;
  http->path = std::move(path);
  http->body = std::move(body);
  auto given = found.route->handler(http, caller);
  if (auto* const later = std::get_if<plugin::Later>(&given)) return (*later)();
  return std::get<plugin::Response>(given);
}

plugin::Response answer(plugin::CdsContext context, const CdsCall& call) {
  return answer(plugin::cds_routes(std::move(context)), "POST", "/cds-services/" + call.service,
                call.body());
}

std::string empty_member(const std::string& text) { return find_empty(json::parse(text), "$"); }

std::string at(const std::string& text, std::string_view path) {
  const auto root = json::parse(text);
  const auto* const value = find(root, path);
  if (value == nullptr) return {};
  return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

std::size_t count(const std::string& text, std::string_view path) {
  const auto root = json::parse(text);
  const auto* const value = find(root, path);
  return value == nullptr || !value->is_array() ? 0 : value->get_array().size();
}
}  // namespace legwork::tests
