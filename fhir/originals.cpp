#include "fhir/originals.hpp"

#include "base/text.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/ndjson.hpp"
#include "fhir/syntax.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <map>
#include <optional>

// The reader keeps facts, and of where they came from only a reference. So the text is gone through
// once more: each resource is cut out whole, and asked who it is.

namespace legwork::fhir {
namespace {
namespace od = simdjson::ondemand;

/// A resource's text, and what its Bundle calls it.
struct Piece {
  std::string_view json;
  std::string full_url;
};

/// The newest of each resource so far, by its reference.
struct Find {
  Original original;
  std::string version;
  std::size_t order = 0;
};
using Finds = std::map<std::string, Find>;

std::string text_of(od::object& object, std::string_view name) {
  std::string_view text;
  if (object.find_field_unordered(name).get_string().get(text)) return {};
  return std::string(text);
}

std::string text_in(od::object& object, std::string_view outer, std::string_view name) {
  od::object inner;
  if (object.find_field_unordered(outer).get_object().get(inner)) return {};
  return text_of(inner, name);
}

/// From bracket to bracket; "" for what is no object.
std::string_view cut_out(od::value value) {
  od::object object;
  std::string_view json;
  if (value.get_object().get(object) || object.raw_json().get(json)) return {};
  return trim(json);
}

Piece piece_of(od::value entry) {
  Piece piece;
  od::object object;
  if (entry.get_object().get(object)) return piece;
  piece.full_url = text_of(object, "fullUrl");
  od::value resource;
  if (!object.find_field_unordered("resource").get(resource)) piece.json = cut_out(resource);
  return piece;
}

/// What `use` makes of each item of a list; of the value itself where the sender forgot the list.
template <class Use>
std::vector<Piece> pieces_of(od::value list, Use use) {
  std::vector<Piece> pieces;
  od::json_type type;
  if (list.type().get(type)) return pieces;
  if (type != od::json_type::array) return {use(list)};
  od::array array;
  if (list.get_array().get(array)) return pieces;
  for (auto result : array) {
    od::value item;
    if (std::move(result).get(item)) return pieces;
    pieces.push_back(use(item));
  }
  return pieces;
}

/// Goes through one text. What is damaged in it was noted when the chart was read.
class Search {
 public:
  Search(const std::set<std::string>& wanted, const simdjson::padded_string& text, Finds& finds)
      : wanted_(wanted),
        finds_(finds),
        end_(text.data() + text.size() + simdjson::SIMDJSON_PADDING) {}

  void look_at(const Piece& piece, const Place& place, unsigned depth = 0);
  void look_at_array(std::string_view text, const Place& place);

 private:
  simdjson::padded_string_view padded(std::string_view text) const {
    const auto room = static_cast<std::size_t>(end_ - text.data());
    return simdjson::padded_string_view(text.data(), text.size(), room);
  }
  void judge(od::object& resource, const std::string& type, const Piece& piece, const Place& place);
  bool is_wanted(const Original& original) const;

  const std::set<std::string>& wanted_;
  Finds& finds_;
  const char* end_;  // of the memory that may be read: simdjson looks ahead
  od::parser parser_;
  simdjson::dom::parser dom_;  // reads all of a resource: what is copied must be JSON to its end
};

/// A collection's entries are cut out before one of them is looked at: there is one parser.
void Search::look_at(const Piece& piece, const Place& place, unsigned depth) {
  if (piece.json.empty() || depth > deepest_collection) return;
  od::document document;
  od::object object;
  if (parser_.iterate(padded(piece.json)).get(document) || document.get_object().get(object))
    return;
  const auto type = text_of(object, "resourceType");
  const Collection* const kind = find_collection(type);
  if (kind == nullptr) return judge(object, type, piece, place);
  od::value list;
  if (object.find_field_unordered(kind->list).get(list)) return;
  Place at{&place, Place::Step::item, kind->place, 0};
  for (const auto& entry : pieces_of(list, piece_of)) {
    look_at(entry, at, depth + 1);
    ++at.index;
  }
}

void Search::look_at_array(std::string_view text, const Place& place) {
  od::document document;
  od::value list;
  if (parser_.iterate(padded(text)).get(document) || document.get_value().get(list)) return;
  Place at{&place, Place::Step::item, {}, 0};
  for (const auto& item : pieces_of(list, [](od::value value) {
         return Piece{cut_out(value), {}};
       })) {
    look_at(item, at);
    ++at.index;
  }
}

void Search::judge(od::object& resource, const std::string& type, const Piece& piece,
                   const Place& place) {
  Find find;
  auto& original = find.original;
  original.id = text_of(resource, "id");
  original.full_url = piece.full_url;
  original.reference = !original.id.empty()      ? type + "/" + original.id
                       : !piece.full_url.empty() ? std::string(normal_reference(piece.full_url))
                                                 : place.words();
  if (!is_wanted(original)) return;
  if (dom_.parse(piece.json.data(), piece.json.size()).error()) return;
  original.json = piece.json;
  original.drug = normal_reference(text_in(resource, "medicationReference", "reference"));
  find.version = fmt::format("{} {:>20}", text_in(resource, "meta", "lastUpdated"),
                             text_in(resource, "meta", "versionId"));
  find.order = finds_.size();
  const auto [before, first] = finds_.try_emplace(original.reference, find);
  if (first || find.version < before->second.version) return;
  find.order = before->second.order;
  before->second = std::move(find);
}

bool Search::is_wanted(const Original& original) const {
  return wanted_.contains(original.reference) ||
         wanted_.contains(std::string(normal_reference(original.full_url)));
}

void search(const Input& input, const std::set<std::string>& wanted, Finds& finds) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  auto rest = input.text;
  if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
  const auto text = trim(rest);
  const simdjson::padded_string buffer(text);
  const std::string_view whole(buffer);
  Search search(wanted, buffer, finds);
  const Place place{nullptr, Place::Step::input, input.name};
  if (whole.starts_with('[')) return search.look_at_array(whole, place);
  if (!is_ndjson(whole)) return search.look_at({whole, {}}, place);
  Lines lines(whole);
  while (const auto line = lines.next()) {
    const Place at{&place, Place::Step::line, {}, line->number};
    if (line->text.starts_with('['))
      search.look_at_array(line->text, at);
    else
      search.look_at({line->text, {}}, at);
  }
}

std::vector<Original> search(std::span<const Input> inputs, const std::set<std::string>& wanted) {
  Finds finds;
  for (const auto& input : inputs) search(input, wanted, finds);
  std::vector<Original> originals(finds.size());
  for (auto& [reference, find] : finds) originals[find.order] = std::move(find.original);
  return originals;
}
}  // namespace

std::vector<Original> find_originals(std::span<const Input> inputs,
                                     const std::set<std::string>& references) {
  auto originals = search(inputs, references);
  std::set<std::string> drugs;
  for (const auto& original : originals)
    if (!original.drug.empty() && !references.contains(original.drug)) drugs.insert(original.drug);
  if (drugs.empty()) return originals;
  auto more = search(inputs, drugs);
  std::ranges::move(more, std::back_inserter(originals));
  return originals;
}
}  // namespace legwork::fhir
