#include "fhir/json_sifting.hpp"
#include "fhir/json_values.hpp"
#include "fhir/syntax.hpp"

#include <simdjson.h>

#include <algorithm>

// simdjson first finds all brackets, quotes and commas of the text and checks its UTF-8; then we
// walk over them once. Values of elements that matter are views into the padded copy of the text,
// or, where they hold escapes, into simdjson's own buffer; both live until the next text is read.
// Source: https://hl7.org/fhir/R4/json.html

namespace legwork::fhir {
namespace {
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
  error_code sift(const Rule& rule, od::object& resource, bool& is_done);
  void take(const Place& place, std::string_view full_url);
  error_code read_collection(od::object& collection, const Collection& kind, const Place& place);
  error_code read_entries(od::value entries, const Collection& kind, const Place& place);
  error_code read_entry(od::value entry, const Place& place);
  error_code read_pages(od::value links, const Place& place);

  od::parser& parser_;
  Draft& draft_;
  ElementList list_;
  JsonCodes codes_;
  JsonCopy copy_;
  JsonCopy::Text text_ = JsonCopy::Text::has_breaks;
  const Rule* waiting_ = nullptr;  // the rule of what is in list_, or copied, and not yet taken
  bool is_copied_ = false;
  bool is_whole_ = true;  // the last resource was read to its end
  unsigned depth_ = 0;    // of Bundles inside Bundles
  bool found_fhir_ = false;
  std::size_t stopped_at_ = 0;
};

error_code JsonText::read(simdjson::padded_string_view text, const Place& place) {
  stopped_at_ = text.size();
  found_fhir_ = false;
  depth_ = 0;
  text_ = place.step == Place::Step::line ? JsonCopy::Text::is_line : JsonCopy::Text::has_breaks;
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
    take(place, {});
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
    take(at, {});
  }
  return simdjson::SUCCESS;
}

/// What was read last goes to the draft.
void JsonText::take(const Place& place, std::string_view full_url) {
  if (waiting_ == nullptr) return;
  if (is_copied_)
    draft_.take(copy_.copied(), place, full_url);
  else
    draft_.take(*waiting_, list_, place, full_url);
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
  is_copied_ = false;
  if (rule->codes.say_nothing != nullptr && draft_.hands_over()) {
    if (const auto error = sift(*rule, object, is_whole_)) return error;
    if (is_whole_) return simdjson::SUCCESS;
    if (const auto error = object.reset().error()) return error;
  }
  if (const auto error = JsonElements(list_).add_resource(*rule, object)) return error;
  waiting_ = rule;
  is_whole_ = true;
  return simdjson::SUCCESS;
}

/// Steps over what says nothing, and copies what says something: done. What else there is must be
/// read. That a code is met for the first time makes no difference.
error_code JsonText::sift(const Rule& rule, od::object& resource, bool& is_done) {
  auto told = JsonCodes::Told::nothing;
  if (const auto error = codes_.look(rule, resource, told)) return error;
  if (told == JsonCodes::Told::unknown) {
    if (const auto error = resource.reset().error()) return error;
    if (const auto error = JsonElements(list_).add_resource(rule, resource)) return error;
    const auto learned = codes_.learn(draft_.is_dull(rule, list_));
    if (const auto error = resource.reset().error()) return error;
    // Damage that one walk notices and another does not must be noticed the first time, too.
    if (const auto error = codes_.look(rule, resource, told)) return error;
    told = learned;
  }
  if (told == JsonCodes::Told::not_all) return simdjson::SUCCESS;
  is_done = true;
  if (told == JsonCodes::Told::nothing) {
    draft_.pass();
    return simdjson::SUCCESS;
  }
  if (const auto error = resource.reset().error()) return error;
  if (const auto error = copy_.add_resource(rule, resource, text_, is_copied_)) return error;
  if (is_copied_) waiting_ = &rule;
  is_done = is_copied_;
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
  take(place, full_url);
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
