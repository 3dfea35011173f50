#include "publish/fhir_names.hpp"
#include "publish/fhir_parts.hpp"

#include <algorithm>
#include <array>

namespace legwork::publish {
namespace {
using causes::Concept;
using causes::ConceptId;
using causes::Pack;

constexpr std::string_view type = "ValueSet";

bool belongs(const Concept::Code& code, Codes which) {
  return (code.route == fhir::Medication::Route::local) == (which == Codes::local);
}

bool has_own(const Concept& of, Codes which) {
  return std::ranges::any_of(of.codes, [&](const auto& code) { return belongs(code, which); });
}

bool has_codes(const Pack& pack, const Concept& of, Codes which) {
  return std::ranges::any_of(of.narrower,
                             [&](ConceptId id) { return has_own(pack.concepts[id], which); });
}

std::string id_of(const Pack& pack, const Concept& of, Codes which) {
  return id_in(pack, which == Codes::local ? of.id + ".local" : of.id);
}

/// Whether a prefix is a code of its system too, so that what is below it is what begins with it:
/// the levels of ATC have 1, 3, 4, 5 and 7 characters, and ICD-10 begins at three.
bool is_code(const Concept::Code& prefix) {
  constexpr std::array<std::size_t, 5> levels = {1, 3, 4, 5, 7};
  const std::size_t length = prefix.code.size();
  if (prefix.system == "http://www.whocc.no/atc") {
    return std::ranges::find(levels, length) != levels.end();
  }
  return prefix.system.find("/icd-10") != std::string::npos && length >= 3;
}

Json filter(const Concept::Code& prefix) {
  if (is_code(prefix)) {
    return Json::Object{{"property", "concept"}, {"op", "is-a"}, {"value", prefix.code}};
  }
  std::string expression = "^";
  for (const char c : prefix.code) expression.append(c == '.' ? "\\" : "") += c;
  return Json::Object{{"property", "code"}, {"op", "regex"}, {"value", expression + ".*"}};
}

/// The concept's own codes: one include a system, and one a prefix.
Json::Array own_codes(const Concept& of, Codes which) {
  struct Listed {
    std::string system;
    std::vector<std::string> codes;
  };
  std::vector<Listed> exact;
  Json::Array prefixes;
  for (const Concept::Code& code : of.codes) {
    if (!belongs(code, which)) continue;
    if (code.prefix) {
      prefixes.push_back(
          Json::Object{{"system", code.system}, {"filter", Json::Array{filter(code)}}});
      continue;
    }
    auto system = std::ranges::find(exact, code.system, &Listed::system);
    if (system == exact.end()) system = exact.insert(exact.end(), {code.system, {}});
    if (std::ranges::find(system->codes, code.code) == system->codes.end()) {
      system->codes.push_back(code.code);
    }
  }

  Json::Array includes;
  for (const Listed& listed : exact) {
    Json::Array codes;
    for (const std::string& code : listed.codes) codes.push_back(Json::Object{{"code", code}});
    includes.push_back(Json::Object{{"system", listed.system}, {"concept", codes}});
  }
  includes.insert(includes.end(), prefixes.begin(), prefixes.end());
  return includes;
}

/// The sets of the concepts directly below this one.
void add_narrower(const Pack& pack, const Concept& of, Codes which, Json::Array& includes) {
  const auto wanted = [&](ConceptId id) {
    return pack.concepts[id].id != of.id && has_codes(pack, pack.concepts[id], which);
  };
  for (const ConceptId id : of.narrower) {
    const bool reached_by_another = std::ranges::any_of(of.narrower, [&](ConceptId other) {
      return other != id && wanted(other) && pack.concepts[other].counts(id);
    });
    if (!wanted(id) || reached_by_another) continue;
    includes.push_back(Json::Object{{"valueSet", Json::Array{value_set_of(pack, id, which)}}});
  }
}

std::vector<std::string> told(const Concept& of, Codes which) {
  std::vector<std::string> text;
  if (which == Codes::local) {
    text.push_back(
        "Codes of forms for local use. A rule that asks for systemic use counts none of them.");
  } else if (of.local_forms) {
    text.push_back(
        "Also sold for local use: a code that does not tell its route counts as systemic only "
        "where "
        "the entry that holds it does.");
  }
  const auto any_prefix = [&](bool own_code) {
    return std::ranges::any_of(of.codes, [&](const Concept::Code& code) {
      return code.prefix && belongs(code, which) && is_code(code) == own_code;
    });
  };
  if (any_prefix(true)) {
    text.push_back(
        "A filter by is-a stands for a code and all that are below it in its classification.");
  }
  if (any_prefix(false)) {
    text.push_back(
        "A filter by regex stands for all codes that begin so: the beginning is no code of its "
        "own.");
  }
  return text;
}

std::string copyright(const Pack& pack, const Concept& of, Codes which) {
  std::vector<std::string> systems;
  for (const Concept::Code& code : of.codes) {
    if (belongs(code, which)) systems.push_back(code.system);
  }
  return notices(pack, systems);
}

Resource value_set(const Pack& pack, const Concept& of, Codes which) {
  const std::string id = id_of(pack, of, which);
  const std::string title = which == Codes::local ? of.label + " (local which)" : of.label;
  const auto text = told(of, which);
  std::string description;
  for (const std::string& part : text)
    description.append(description.empty() ? "" : " ").append(part);

  Json::Array includes = own_codes(of, which);
  add_narrower(pack, of, which, includes);
  auto body = definition(pack, type, id, title, text);
  body.push_back({"description", description});
  body.push_back({"copyright", copyright(pack, of, which)});
  body.push_back({"compose", Json::Object{{"include", includes}}});
  return {std::string(type), id, url_of(pack, type, id), body};
}
}  // namespace

std::string value_set_of(const Pack& pack, ConceptId id, Codes which) {
  const Concept& of = pack.concepts[id];
  return has_codes(pack, of, which) ? canonical(pack, type, id_of(pack, of, which)) : std::string{};
}

std::vector<Resource> value_sets(const Pack& pack) {
  std::vector<Resource> made;
  for (const Concept& of : pack.concepts) {
    for (const Codes which : {Codes::main, Codes::local}) {
      if (has_codes(pack, of, which)) made.push_back(value_set(pack, of, which));
    }
  }
  return made;
}
}  // namespace legwork::publish
