#include "causes/explain.hpp"
#include "causes/json.hpp"

#include <boost/json.hpp>

namespace legwork::causes {
namespace {
namespace json = boost::json;

/// Members that have nothing to say are left out.
void put(json::object& into, std::string_view name, const std::string& value) {
  if (!value.empty()) into[name] = value;
}

json::object claim(const ClaimText& from) {
  return {
      {"id", from.id}, {"text", from.text}, {"source", from.source}, {"origin", word(from.origin)}};
}

json::object evidence(const Evidence& from) {
  json::object out;
  put(out, "reference", from.reference);
  if (from.date) out["date"] = iso(*from.date);
  out["text"] = from.text;
  return out;
}

json::object node(const Explained& from) {
  json::object out{{"kind", word(from.kind)}};
  put(out, "id", from.id);
  if (from.rule) out["rule"] = word(*from.rule);
  put(out, "words", from.words);
  if (from.truth) out["truth"] = word(*from.truth);
  put(out, "status", from.status);
  if (from.kind == Explained::Kind::rule) {
    out["weight"] = from.weight;
    out["decided"] = from.decided;
  }
  if (from.kind == Explained::Kind::item) out["points"] = from.weight;
  if (from.claim) out["claim"] = claim(*from.claim);
  json::array lines, asked, children;
  for (const auto& piece : from.evidence) lines.push_back(evidence(piece));
  for (const auto& one : from.unknown) {
    asked.push_back(json::object{{"id", one.id}, {"label", one.label}});
  }
  for (const auto& child : from.children) children.push_back(node(child));
  if (!lines.empty()) out["evidence"] = std::move(lines);
  if (!asked.empty()) out["unknown"] = std::move(asked);
  if (!children.empty()) out["children"] = std::move(children);
  return out;
}
}  // namespace

std::string to_json(const Explained& explained) { return json::serialize(node(explained)); }

std::string_view word(Truth truth) {
  switch (truth) {
    case Truth::no:
      return "no";
    case Truth::unknown:
      return "unknown";
    case Truth::yes:
      return "yes";
  }
  return {};
}

std::string_view word(Explained::Kind kind) {
  switch (kind) {
    case Explained::Kind::cause:
      return "cause";
    case Explained::Kind::red_flag:
      return "red-flag";
    case Explained::Kind::score:
      return "score";
    case Explained::Kind::rule:
      return "rule";
    case Explained::Kind::item:
      return "item";
    case Explained::Kind::criterion:
      return "criterion";
  }
  return {};
}
}  // namespace legwork::causes
