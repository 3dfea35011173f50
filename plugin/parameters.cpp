#include "plugin/parameters.hpp"

#include "base/date.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
namespace od = simdjson::ondemand;

tl::unexpected<Error> not_sound(std::string_view what) {
  return refuse(ErrorKind::malformed, "Parameters",
                fmt::format("{}; send a FHIR R4 Parameters resource as JSON", what));
}

/// One parameter, as far as it matters here.
struct Parameter {
  std::string name;
  std::string value;          ///< value[x], or the reference of valueReference
  std::string_view resource;  ///< its text; "" where there is none
};

simdjson::error_code read_value(od::value value, Parameter& parameter) {
  od::json_type type;
  if (const auto error = value.type().get(type)) return error;
  if (type == od::json_type::object) {  // a Reference
    std::string_view reference;
    const auto error = value.get_object().find_field_unordered("reference").get(reference);
    if (error == simdjson::NO_SUCH_FIELD) return simdjson::SUCCESS;
    parameter.value = reference;
    return error;
  }
  std::string_view text;
  const auto error = value.get_string().get(text);
  parameter.value = text;
  return error;
}

simdjson::error_code read_parameter(od::object object, Parameter& parameter) {
  for (auto result : object) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    std::string_view key;
    if (const auto error = field.unescaped_key().get(key)) return error;
    if (key == "name") {
      std::string_view name;
      if (const auto error = field.value().get_string().get(name)) return error;
      parameter.name = name;
    } else if (key == "resource") {
      od::object resource;
      if (const auto error = field.value().get_object().get(resource)) return error;
      if (const auto error = resource.raw_json().get(parameter.resource)) return error;
    } else if (key.starts_with("value")) {
      if (const auto error = read_value(field.value(), parameter)) return error;
    }
  }
  return simdjson::SUCCESS;
}

/// Takes over what one parameter says. `index`: its place, for errors.
Result<void> take(const Parameter& parameter, std::size_t index, Ask& ask) {
  const auto where = fmt::format("Parameters.parameter[{}]", index);
  const auto wrong = [&](std::string_view what) {
    return refuse(ErrorKind::malformed, where, std::string(what));
  };
  const auto& name = parameter.name;
  if (name == "chart" || name == "answers") {
    if (parameter.resource.empty()) return wrong("holds no resource; put the chart into it");
    ask.inputs.push_back({where, parameter.resource});
    return {};
  }
  if (name == "notSeen") {
    if (!parameter.value.empty()) ask.not_seen.emplace_back(trim(parameter.value));
    return {};
  }
  static constexpr std::string_view known[] = {"subject", "asOf", "onset", "template", "language"};
  if (std::ranges::find(known, name) == std::end(known))
    return refuse(ErrorKind::unsupported, where,
                  "is not known here; use chart, subject, answers, asOf, onset, template, language "
                  "or notSeen");
  if (parameter.value.empty()) return wrong("holds no value; fill it in, or leave it out");
  if (name == "subject") ask.subject = parameter.value;
  if (name == "template") ask.layout = parameter.value;
  if (name == "language") ask.language = parameter.value;
  if (name != "asOf" && name != "onset") return {};
  const auto date = parse_date(parameter.value);
  if (!date) return wrong("is no date; write it as 2026-11-22");
  if (name == "onset") ask.onset = *date;
  if (name == "asOf" && !date->exact()) return wrong("is no day; write it as 2026-11-22");
  if (name == "asOf") ask.as_of = date->first;
  return {};
}

Result<Ask> read_parameters(od::object& root, Ask ask) {
  od::array list;
  const auto found = root.find_field_unordered("parameter").get_array().get(list);
  if (found == simdjson::NO_SUCH_FIELD)
    return refuse(ErrorKind::missing, "Parameters", "holds no parameter; add one named chart");
  if (found) return not_sound("parameter is no list");
  std::size_t index = 0;
  for (auto item : list) {
    od::object object;
    Parameter parameter;
    if (item.get_object().get(object) || read_parameter(object, parameter))
      return not_sound(fmt::format("parameter[{}] cannot be read", index));
    if (const auto taken = take(parameter, index, ask); !taken)
      return tl::unexpected(taken.error());
    ++index;
  }
  if (ask.inputs.empty())
    return refuse(ErrorKind::missing, "Parameters", "holds no chart; add a parameter named chart");
  if (ask.onset && ask.onset->first > ask.as_of)
    return refuse(ErrorKind::malformed, "Parameters", "onset lies after asOf; mend one of them");
  return ask;
}

/// Whether an XML body's first element is Parameters.
bool is_xml_parameters(std::string_view body) {
  for (auto open = body.find('<'); open != std::string_view::npos; open = body.find('<', open + 1))
    if (const auto next = body.substr(open + 1, 1); next != "?" && next != "!")
      return body.substr(open + 1).starts_with("Parameters");
  return false;
}

/// Whether a JSON text is one Parameters resource; what is not JSON at all is not.
bool is_parameters(od::object& root) {
  std::string_view type;
  return !root.find_field_unordered("resourceType").get(type) && type == "Parameters";
}
}  // namespace

Result<Ask> read_ask(std::string_view body, Ask ask) {
  const auto* const begin = std::ranges::find_if(body, [](char letter) {
    return letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n';
  });
  if (begin == body.end())
    return refuse(ErrorKind::missing, "body", "is empty; send a Bundle, or Parameters with one");
  if (*begin == '<') {
    if (is_xml_parameters(body))
      return refuse(ErrorKind::unsupported, "body",
                    "is Parameters as XML; send them as JSON, or the Bundle alone as XML");
  } else if (*begin == '{' && body.find("\"Parameters\"") != std::string_view::npos) {
    // simdjson looks at some bytes behind the text, which only a copy is sure to have.
    const simdjson::padded_string padded(body);
    od::parser parser;
    od::document document;
    od::object root;
    if (!parser.iterate(padded).get(document) && !document.get_object().get(root) &&
        is_parameters(root)) {
      root.reset();
      auto read = read_parameters(root, std::move(ask));
      if (!read) return read;
      for (auto& input : read->inputs)
        input.text = body.substr(static_cast<std::size_t>(input.text.data() - padded.data()),
                                 input.text.size());
      return read;
    }
  }
  ask.inputs.push_back({"body", body});
  return ask;
}
}  // namespace legwork::plugin
