#include "publish/fhir_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace legwork::publish {
namespace {
using causes::Pack;

constexpr std::size_t longest_id = 64;
constexpr std::string_view questionnaires = "/Questionnaire/";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool may_stand_in_id(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.'; }

/// FNV-1a: the same on every machine, and short.
std::uint32_t hash(std::string_view text) {
  std::uint32_t value = 2166136261u;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
  return value;
}

/// "heavy-legs-ferritin" as programs name things: "HeavyLegsFerritin".
std::string computable_name(std::string_view id) {
  std::string name;
  bool begins = true;
  for (const char c : id) {
    const bool keep = is_letter(c) || is_digit(c);
    if (keep) name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = !keep;
  }
  return name.empty() || !is_letter(name.front()) ? "Pack" + name : name;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string publisher(const Pack& pack) {
  const auto& attributes = pack.provenance.attributes;
  const auto found =
      std::ranges::find(attributes, "Developer", &std::pair<std::string, std::string>::first);
  return found == attributes.end() ? std::string{} : found->second;
}
}  // namespace

std::string fhir_id(std::string_view text) {
  std::string id(text);
  std::ranges::replace_if(
      id, [](char c) { return !may_stand_in_id(c); }, '-');
  if (id == text && id.size() <= longest_id) return id;
  const std::string mark = fmt::format("-{:08x}", hash(text));
  id.resize(std::min(id.size(), longest_id - mark.size()));
  return id + mark;
}

std::string id_in(const Pack& pack, std::string_view part) {
  return fhir_id(fmt::format("{}-{}", pack.provenance.pack_id, part));
}

std::string url_of(const Pack& pack, std::string_view type, std::string_view id) {
  const std::string_view known = pack.questionnaire;
  return fmt::format("{}/{}/{}", known.substr(0, known.find(questionnaires)), type, id);
}

std::string canonical(const Pack& pack, std::string_view type, std::string_view id) {
  return url_of(pack, type, id) + '|' + pack.provenance.pack_version;
}

Json narrative(const std::vector<std::string>& paragraphs) {
  std::string div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
  for (const std::string& paragraph : paragraphs) {
    if (!paragraph.empty()) div.append("<p>").append(escaped(paragraph)).append("</p>");
  }
  return Json::Object{{"status", "generated"}, {"div", div + "</div>"}};
}

Json::Object definition(const Pack& pack, std::string_view type, std::string_view id,
                        std::string_view title, const std::vector<std::string>& paragraphs) {
  std::vector<std::string> told{std::string(title)};
  told.insert(told.end(), paragraphs.begin(), paragraphs.end());
  return {{"resourceType", std::string(type)},
          {"id", std::string(id)},
          {"text", narrative(told)},
          {"url", url_of(pack, type, id)},
          {"version", pack.provenance.pack_version},
          {"name", computable_name(id)},
          {"title", std::string(title)},
          // No pack is more than that before those who adopt it have reviewed it, and said so in
          // their copy.
          {"status", "draft"},
          {"experimental", Json::flag(true)},
          {"date", pack.released},
          {"publisher", publisher(pack)}};
}

std::string notices(const Pack& pack, const std::vector<std::string>& systems) {
  std::string text;
  for (const causes::CodeSystem& system : pack.code_systems) {
    if (system.copyright.empty() || std::ranges::find(systems, system.uri) == systems.end())
      continue;
    text.append(text.empty() ? "" : "\n\n").append(system.copyright);
  }
  return text;
}

Json citation(const Pack& pack, std::string_view claim_id) {
  const causes::Claim* const claim = pack.claim(claim_id);
  if (claim == nullptr) return "";
  std::string source = pack.provenance.article, url;
  if (claim->source) {
    const causes::Source& from = pack.sources[*claim->source];
    source = fmt::format("{}: {} (verified: {})", from.short_name, from.title, from.verified);
    url = from.url;
  }
  return Json::Object{{"type", "citation"},
                      {"label", claim->id},
                      {"display", claim->text},
                      {"citation", source},
                      {"url", url}};
}

Json::Array citations(const Pack& pack, const std::vector<std::string>& claim_ids) {
  Json::Array found;
  for (const std::string& id : claim_ids) found.push_back(citation(pack, id));
  return found;
}

const char* priority(causes::Urgency urgency) {
  switch (urgency) {
    case causes::Urgency::emergency:
      return "stat";
    case causes::Urgency::same_day:
      return "asap";
    case causes::Urgency::soon:
      return "urgent";
    case causes::Urgency::routine:
      return "routine";
  }
  return "";
}
}  // namespace legwork::publish
