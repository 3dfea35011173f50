#include "batch/result_lines.hpp"

#include "base/digest.hpp"
#include "base/sha1.hpp"
#include "batch/record_lines.hpp"

#include <fmt/format.h>
#include <simdjson.h>
#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace legwork::batch {
namespace {
namespace json = boost::json;
using Kind = ResultLine::Kind;

constexpr std::array<std::pair<Fate, std::string_view>, 4> fates = {
    {{Fate::reported, "reported"},
     {Fate::not_symptomatic, "notSymptomatic"},
     {Fate::rejected, "rejected"},
     {Fate::unchanged, "unchanged"}}};

constexpr std::array<std::pair<Kind, std::string_view>, 6> kinds = {
    {{Kind::started, "started"},
     {Kind::reject, keys::reject},
     {Kind::lines, keys::lines},
     {Kind::deleted, keys::deleted},
     {Kind::exported, keys::exported},
     {Kind::ended, "ended"}}};

std::string json_string(std::string_view text) { return json::serialize(json::string(text)); }

/// Lines of JSON as an array.
std::string array_of(std::string_view lines) {
  std::string array(1, '[');
  while (!lines.empty()) {
    if (array.size() > 1) array += ',';
    array += lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), lines.find('\n') + 1));
  }
  array += ']';
  return array;
}
}  // namespace

std::string started_line(const Making& making) {
  const auto& pack = making.pack.provenance;
  const json::object how{
      {"program", LEGWORK_VERSION},
      {"pack",
       json::object{
           {"id", pack.pack_id}, {"version", pack.pack_version}, {"digest", pack.pack_digest}}},
      {"complaint", pack.complaint_title},
      {"template", making.printers.layout(making.layout)->digest},
      {"asOf", iso(making.assess.as_of)},
      {"who", making.who == Who::all ? "all" : "symptomatic"},
      {"key", hmac_sha256(making.key, "legwork worker").substr(0, 16)}};  // the same or another
  return json::serialize(json::object{{"started", how}}) + "\n";
}

std::string result_line(std::string_view key, const PatientResult& result) {
  const auto fate =
      std::ranges::find(fates, result.fate, [](const auto& one) { return one.first; });
  auto line = fmt::format(R"({{"key":{},"fate":"{}")", json_string(key), fate->second);
  const auto add = [&](std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(line), R"(,"{}":{})", name, value);
  };
  if (!result.why.empty()) add("why", json_string(result.why));
  if (!result.name.empty()) add("name", json_string(result.name));
  if (!result.row.empty()) add("row", json_string(result.row));
  if (!result.assessment.empty()) add("assessment", result.assessment);
  if (!result.document.empty())
    add("document", result.document.substr(0, result.document.size() - 1));
  if (!result.orders.empty()) add("orders", array_of(result.orders));
  if (!result.pdf.empty()) add("pdf", json_string(base64(result.pdf)));
  return line + "}\n";
}

std::string handed_on_line(std::string_view key, std::string_view text) {
  return fmt::format("{{\"{}\":{}}}\n", key, text);
}

std::string ended_line(std::uint64_t records) {
  return fmt::format("{{\"ended\":{{\"records\":{}}}}}\n", records);
}

struct ResultReader::State {
  simdjson::ondemand::parser parser;
  simdjson::padded_string text;

  std::optional<ResultLine> read(simdjson::ondemand::object object) {
    ResultLine line;
    for (auto field : object) {
      std::string_view name;
      simdjson::ondemand::value value;
      if (field.unescaped_key().get(name) != simdjson::SUCCESS) return {};
      const std::string name_kept(name);
      if (field.value().get(value) != simdjson::SUCCESS || !take(line, name_kept, value)) return {};
    }
    return line;
  }

  static bool take(ResultLine& line, std::string_view name, simdjson::ondemand::value value) {
    const auto kind = std::ranges::find(kinds, name, [](const auto& one) { return one.second; });
    if (kind != kinds.end()) {
      line.kind = kind->first;
      return raw(value, line.json);
    }
    if (name == "assessment" || name == "document") {
      std::string_view text;
      auto& to = name == "document" ? line.result.document : line.result.assessment;
      if (!raw(value, text)) return false;
      to = text;
      if (name == "document") to += '\n';
      return true;
    }
    if (name == "orders") return take_orders(line, value);
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return false;
    return take_text(line, name, text);
  }

  static bool raw(simdjson::ondemand::value value, std::string_view& to) {
    simdjson::ondemand::object object;
    return value.get_object().get(object) == simdjson::SUCCESS &&
           object.raw_json().get(to) == simdjson::SUCCESS;
  }

  static bool take_orders(ResultLine& line, simdjson::ondemand::value value) {
    simdjson::ondemand::array orders;
    if (value.get_array().get(orders) != simdjson::SUCCESS) return false;
    for (auto order : orders) {
      simdjson::ondemand::value one;
      std::string_view text;
      if (order.get(one) != simdjson::SUCCESS || !raw(one, text)) return false;
      line.result.orders.append(text) += '\n';
    }
    return true;
  }

  static bool take_text(ResultLine& line, std::string_view name, std::string_view text) {
    if (name == "key") line.key = text;
    if (name == "why") line.result.why = text;
    if (name == "name") line.result.name = text;
    if (name == "row") line.result.row = text;
    if (name == "fate") {
      const auto fate = std::ranges::find(fates, text, [](const auto& one) { return one.second; });
      if (fate == fates.end()) return false;
      line.result.fate = fate->first;
    }
    if (name == "pdf") {
      auto bytes = from_base64(text);
      if (!bytes) return false;
      line.result.pdf = std::move(*bytes);
    }
    return true;
  }
};

ResultReader::ResultReader() : state_(std::make_unique<State>()) {}
ResultReader::~ResultReader() = default;

std::optional<ResultLine> ResultReader::read(std::string_view line) {
  state_->text = simdjson::padded_string(line);
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (state_->parser.iterate(state_->text).get(document) != simdjson::SUCCESS) return {};
  if (document.get_object().get(object) != simdjson::SUCCESS) return {};
  auto read = state_->read(object);
  if (read && read->kind == Kind::patient && read->key.empty()) return {};
  return read && document.current_location().error() == simdjson::OUT_OF_BOUNDS ? std::move(read)
                                                                                : std::nullopt;
}
}  // namespace legwork::batch
