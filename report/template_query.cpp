#include "report/template_query.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace legwork::report {
namespace {
constexpr std::array collections = {
    CollectionKind{"causes", Collection::causes, "id label status evidence against unknown claim",
                   "supported possible undetermined unlikely"},
    CollectionKind{"red-flags", Collection::red_flags, "id label status evidence action unknown",
                   "present possible not-recorded absent"},
    CollectionKind{"questions", Collection::questions, "id label text effect", ""},
    CollectionKind{"workup", Collection::workup, "id label reason urgency answers last",
                   "recommended on-file not-needed"},
    CollectionKind{"results", Collection::results, "id label value unit flag date age",
                   "low high none"},
    CollectionKind{"medications", Collection::medications, "name class period causes",
                   "in-use stopped linked"},
};

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(' ', at)) != text.npos;) {
    const auto end = std::min(text.find(' ', at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

}  // namespace

Query read_query(const pugi::xml_node& node, const char* attribute, Faults& faults) {
  const auto fault = [&](std::string what) {
    faults.add(ErrorKind::malformed, node, std::move(what));
  };
  Query query;
  const std::string_view name = node.attribute(attribute).value();
  const auto known =
      std::find_if(collections.begin(), collections.end(),
                   [&](const CollectionKind& collection) { return collection.name == name; });
  if (known == collections.end()) {
    std::vector<std::string_view> names;
    for (const auto& collection : collections) names.push_back(collection.name);
    fault(fmt::format("{}=\"{}\" names no collection; use {}", attribute, name,
                      fmt::join(names, ", ")));
    return query;
  }
  query.over = known->collection;
  query.id = node.attribute("id").value();
  for (const auto& word : split_words(node.attribute("status").value())) {
    if (!has_word(known->statuses, word))
      fault(known->statuses.empty()
                ? fmt::format("{} have no status; remove it", name)
                : fmt::format("status '{}' is not one of {}; use {}", word, name, known->statuses));
    query.status.push_back(word);
  }
  return query;
}

std::span<const CollectionKind> collection_kinds() { return collections; }
}  // namespace legwork::report
