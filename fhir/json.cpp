#include "base/text.hpp"
#include "fhir/syntax.hpp"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <unordered_map>

// simdjson first finds all brackets, quotes and commas of the text and checks its UTF-8; then we
// walk over them once. Values of elements that matter are views into the padded copy of the text,
// or, where they hold escapes, into simdjson's own buffer; both live until the next text is read.
// Source: https://hl7.org/fhir/R4/json.html

namespace legwork::fhir {
namespace {
namespace od = simdjson::ondemand;
using simdjson::error_code;
using Label = ElementList::Label;

/// The name of a field. Names of FHIR hold no escapes; one that does is none that we know. The
/// bytes behind the text that simdjson asks for are room enough to look for the quote.
std::string_view name_of(od::field& field) {
  const char* const begin = field.key().raw();
  return {begin, static_cast<std::size_t>(std::find(begin, begin + 64, '"') - begin)};
}

/// The characters of a scalar, without the white space before what follows it.
std::string_view token_of(od::value& value) {
  std::string_view token = value.raw_json_token();
  while (!token.empty() && token.back() <= ' ') token.remove_suffix(1);
  return token;
}

/// A string's text, where it holds no escape: it can be used where it stands.
std::optional<std::string_view> plain_text(od::value& value) {
  const std::string_view token = token_of(value);
  if (token.size() < 2 || token.find('\\') != token.npos) return {};
  return token.substr(1, token.size() - 2);
}

/// Turns JSON values into elements.
class JsonElements {
 public:
  explicit JsonElements(ElementList& list) : list_(list) {}

  error_code add_resource(const Rule& rule, od::object& resource);
  error_code add(Label label, od::value value, unsigned depth);

 private:
  error_code add_object(Label label, od::value value, unsigned depth);
  error_code add_array(std::string_view name, od::value value, unsigned depth);
  error_code add_text(Label label, od::value value);
  error_code add_boolean(Label label, std::string_view token);

  ElementList& list_;
};

error_code JsonElements::add_resource(const Rule& rule, od::object& resource) {
  list_.clear();
  list_.open({rule.type});
  for (auto result : resource) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (is_ignored(name) || !wants(rule, name)) continue;
    if (const auto error = add({name}, field.value(), 1)) return error;
  }
  list_.close();
  return simdjson::SUCCESS;
}

error_code JsonElements::add(Label label, od::value value, unsigned depth) {
  if (depth > deepest_element) return simdjson::DEPTH_ERROR;
  od::json_type type;
  if (const auto error = value.type().get(type)) return error;
  switch (type) {
    case od::json_type::object:
      return add_object(label, value, depth);
    case od::json_type::array:
      if (!label.in_array) return add_array(label.name, value, depth);
      list_.add(label, Form::unreadable, {});
      return simdjson::SUCCESS;
    case od::json_type::string:
      return add_text(label, value);
    case od::json_type::boolean:
      return add_boolean(label, token_of(value));
    case od::json_type::number:
      list_.add(label, Form::number, token_of(value));
      return simdjson::SUCCESS;
    case od::json_type::null:
      return simdjson::SUCCESS;
  }
  return simdjson::TAPE_ERROR;
}

error_code JsonElements::add_object(Label label, od::value value, unsigned depth) {
  od::object object;
  if (const auto error = value.get_object().get(object)) return error;
  list_.open(label);
  for (auto result : object) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (is_ignored(name)) continue;
    if (const auto error = add({name}, field.value(), depth + 1)) return error;
  }
  list_.close();
  return simdjson::SUCCESS;
}

error_code JsonElements::add_array(std::string_view name, od::value value, unsigned depth) {
  od::array array;
  if (const auto error = value.get_array().get(array)) return error;
  for (auto result : array) {
    od::value item;
    if (const auto error = std::move(result).get(item)) return error;
    if (const auto error = add({name, true}, item, depth)) return error;
  }
  return simdjson::SUCCESS;
}

error_code JsonElements::add_text(Label label, od::value value) {
  if (const auto text = plain_text(value)) {
    list_.add(label, Form::text, *text);
    return simdjson::SUCCESS;
  }
  std::string_view text;
  const auto error = value.get_string().get(text);
  // Half of a surrogate pair: senders cut texts in the middle of an emoji.
  const bool readable = error != simdjson::STRING_ERROR;
  if (error && readable) return error;
  list_.add(label, readable ? Form::text : Form::unreadable, text);
  return simdjson::SUCCESS;
}

error_code JsonElements::add_boolean(Label label, std::string_view token) {
  if (token != "true" && token != "false") return simdjson::T_ATOM_ERROR;
  list_.add(label, Form::boolean, token);
  return simdjson::SUCCESS;
}

/// What is missing is missing at the end, wherever its lack was noticed.
bool is_cut_short(error_code error) {
  return error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || error == simdjson::UNCLOSED_STRING;
}

/// Walks over one JSON text, from resource to resource.
class JsonText {
 public:
  JsonText(od::parser& parser, Draft& draft) : parser_(parser), draft_(draft) {}

  error_code read(simdjson::padded_string_view text, const Place& place);
  /// Of the last text: whether anything in it was a FHIR resource; where reading stopped.
  bool found_fhir() const { return found_fhir_; }
  std::size_t stopped_at() const { return stopped_at_; }

 private:
  error_code read_root(od::document& document, const Place& place);
  error_code read_object(od::object& object, const Place& place);
  error_code read_resource(od::value value, const Place& place);
  error_code read_by_type(std::string_view type, od::object& object, const Place& place);
  error_code look_ahead(od::object& observation, bool& is_dull);
  error_code read_collection(od::object& collection, const Collection& kind, const Place& place);
  error_code read_entries(od::value entries, const Collection& kind, const Place& place);
  error_code read_entry(od::value entry, const Place& place);
  error_code read_pages(od::value links, const Place& place);

  od::parser& parser_;
  Draft& draft_;
  ElementList list_;
  const Rule* waiting_ = nullptr;  // the rule of what is in list_ and not yet taken
  bool is_whole_ = true;           // the last resource was read to its end
  unsigned depth_ = 0;             // of Bundles inside Bundles
  bool found_fhir_ = false;
  std::size_t stopped_at_ = 0;
  std::unordered_map<std::string, bool> dull_codes_;  // by their JSON: whether they say nothing
  std::string code_;  // of an Observation; kept to look it up without making a string each time
};

error_code JsonText::read(simdjson::padded_string_view text, const Place& place) {
  stopped_at_ = text.size();
  found_fhir_ = false;
  depth_ = 0;
  od::document document;
  if (const auto error = parser_.iterate(text).get(document)) return error;
  auto error = read_root(document, place);
  const char* at = nullptr;
  const bool at_end = document.current_location().get(at) != simdjson::SUCCESS;
  if (!at_end && !is_cut_short(error)) {
    stopped_at_ = std::min(text.size(), static_cast<std::size_t>(at - text.data()));
  }
  if (!error && !at_end) error = simdjson::TRAILING_CONTENT;
  return error;
}

error_code JsonText::read_root(od::document& document, const Place& place) {
  od::json_type type;
  if (const auto error = document.type().get(type)) return error;
  if (type == od::json_type::object) {
    od::object object;
    if (const auto error = document.get_object().get(object)) return error;
    if (const auto error = read_object(object, place)) return error;
    if (waiting_) draft_.take(*waiting_, list_, place, {});
    if (is_whole_) return simdjson::SUCCESS;
    if (const auto error = object.reset().error()) return error;
    return object.raw_json().error();  // what was stepped over is complete, too
  }
  od::array array;
  if (const auto error = document.get_array().get(array)) return error;
  std::size_t index = 0;
  for (auto result : array) {
    od::value item;
    if (const auto error = std::move(result).get(item)) return error;
    const Place at{&place, Place::Step::item, {}, index++};
    if (const auto error = read_resource(item, at)) return error;
    if (waiting_) draft_.take(*waiting_, list_, at, {});
  }
  return simdjson::SUCCESS;
}

error_code JsonText::read_resource(od::value value, const Place& place) {
  waiting_ = nullptr;
  od::json_type type;
  if (const auto error = value.type().get(type)) return error;
  if (type != od::json_type::object) {
    draft_.refuse(place, "the resource is not an object");
    return simdjson::SUCCESS;
  }
  od::object object;
  if (const auto error = value.get_object().get(object)) return error;
  return read_object(object, place);
}

error_code JsonText::read_object(od::object& object, const Place& place) {
  waiting_ = nullptr;
  is_whole_ = false;
  std::string_view type;
  const auto error = object.find_field_unordered("resourceType").get_string().get(type);
  if (error == simdjson::NO_SUCH_FIELD || error == simdjson::INCORRECT_TYPE) {
    draft_.refuse(place, "resourceType is absent");
    return simdjson::SUCCESS;
  }
  if (error) return error;
  found_fhir_ = true;
  if (const auto failed = object.reset().error()) return failed;
  return read_by_type(type, object, place);
}

error_code JsonText::read_by_type(std::string_view type, od::object& object, const Place& place) {
  if (const Collection* const kind = find_collection(type)) {
    return read_collection(object, *kind, place);
  }
  const Rule* const rule = find_rule(type);
  if (!rule) {
    draft_.pass();
    return simdjson::SUCCESS;
  }
  code_.clear();
  if (rule == &observation_rule && draft_.hands_over()) {
    bool is_dull = false;
    if (const auto error = look_ahead(object, is_dull)) return error;
    if (is_dull) {
      draft_.pass();
      is_whole_ = true;
      return simdjson::SUCCESS;
    }
    if (const auto error = object.reset().error()) return error;
  }
  if (const auto error = JsonElements(list_).add_resource(*rule, object)) return error;
  if (!code_.empty()) dull_codes_.emplace(code_, draft_.is_dull(list_));
  waiting_ = rule;
  is_whole_ = true;
  return simdjson::SUCCESS;
}

/// Most results of an export are of codes that the pack does not know, the same few over and over:
/// whether one says nothing is asked once, and the next that has it is stepped over, unless there
/// is more in it than its code.
error_code JsonText::look_ahead(od::object& observation, bool& is_dull) {
  constexpr std::size_t most_codes = 1 << 16, longest_code = 4096;
  bool is_known = false;
  for (auto result : observation) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (name == "component" || name == "valueCodeableConcept") return simdjson::SUCCESS;
    if (name != "code" || is_known) continue;
    od::value value = field.value();
    if (!std::string_view(value.raw_json_token()).starts_with('{')) return simdjson::SUCCESS;
    od::object code;
    if (const auto error = value.get_object().get(code)) return error;
    std::string_view raw;
    if (const auto error = code.raw_json().get(raw)) return error;
    if (raw.size() > longest_code) return simdjson::SUCCESS;
    code_.assign(raw);
    const auto found = dull_codes_.find(code_);
    is_known = found != dull_codes_.end();
    if (is_known || dull_codes_.size() >= most_codes) code_.clear();
    if (!is_known || !found->second) return simdjson::SUCCESS;
  }
  is_dull = is_known;
  return simdjson::SUCCESS;
}

error_code JsonText::read_collection(od::object& collection, const Collection& kind,
                                     const Place& place) {
  if (++depth_ > deepest_collection) return simdjson::DEPTH_ERROR;
  for (auto result : collection) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (name == "link") {
      if (const auto error = read_pages(field.value(), place)) return error;
    } else if (name == kind.list) {
      if (const auto error = read_entries(field.value(), kind, place)) return error;
    }
  }
  --depth_;
  waiting_ = nullptr;
  is_whole_ = true;
  return simdjson::SUCCESS;
}

/// A list of entries; or the only one, where the sender forgot the list.
error_code JsonText::read_entries(od::value entries, const Collection& kind, const Place& place) {
  Place at{&place, Place::Step::item, kind.place, 0};
  od::json_type type;
  if (const auto error = entries.type().get(type)) return error;
  if (type != od::json_type::array) return read_entry(entries, at);
  od::array array;
  if (const auto error = entries.get_array().get(array)) return error;
  for (auto result : array) {
    od::value entry;
    if (const auto error = std::move(result).get(entry)) return error;
    if (const auto error = read_entry(entry, at)) return error;
    ++at.index;
  }
  return simdjson::SUCCESS;
}

/// A resource may stand before its full URL, so it is taken when the entry is over.
error_code JsonText::read_entry(od::value entry, const Place& place) {
  waiting_ = nullptr;
  od::json_type type;
  if (const auto error = entry.type().get(type)) return error;
  if (type != od::json_type::object) {
    draft_.refuse(place, "the entry is not an object");
    return simdjson::SUCCESS;
  }
  od::object object;
  if (const auto error = entry.get_object().get(object)) return error;
  std::string_view full_url;
  for (auto result : object) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    od::value value = field.value();
    if (name == "resource") {
      if (const auto error = read_resource(value, place)) return error;
    } else if (name == "fullUrl" && value.raw_json_token().starts_with('"')) {
      if (const auto url = plain_text(value)) full_url = *url;
    }
  }
  if (waiting_) draft_.take(*waiting_, list_, place, full_url);
  waiting_ = nullptr;
  return simdjson::SUCCESS;
}

error_code JsonText::read_pages(od::value links, const Place& place) {
  ElementList bundle;
  bundle.open({"Bundle"});
  if (const auto error = JsonElements(bundle).add({"link"}, links, 1)) return error;
  bundle.close();
  draft_.take_pages(bundle, place);
  return simdjson::SUCCESS;
}

std::string_view words_of(error_code error) {
  if (is_cut_short(error)) return "JSON is cut short";
  switch (error) {
    case simdjson::UTF8_ERROR:
      return "not UTF-8";
    case simdjson::DEPTH_ERROR:
      return "nested deeper than FHIR ever is";
    case simdjson::TRAILING_CONTENT:
      return "text after the end of the JSON";
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return "too large to be read in one piece";
    default:
      return "not well-formed JSON";
  }
}

ErrorKind kind_of(error_code error) {
  const bool too_large = error == simdjson::CAPACITY || error == simdjson::MEMALLOC;
  return too_large ? ErrorKind::unavailable : ErrorKind::malformed;
}
}  // namespace

struct JsonReader::State {
  explicit State(Draft& draft) : text(parser, draft) {}
  od::parser parser;
  JsonText text;
};

JsonReader::JsonReader(Draft& draft) : state_(std::make_unique<State>(draft)) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;

std::size_t JsonReader::padding() { return simdjson::SIMDJSON_PADDING; }

JsonRead JsonReader::read(std::string_view text, const Place& place) {
  const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + padding());
  const auto error = state_->text.read(padded, place);
  JsonRead read{std::nullopt, state_->text.found_fhir()};
  if (error)
    read.fault = JsonFault{kind_of(error), words_of(error), state_->text.stopped_at(),
                           error == simdjson::UTF8_ERROR};
  return read;
}
}  // namespace legwork::fhir
