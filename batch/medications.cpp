#include "batch/medications.hpp"

#include "fhir/datatypes.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <set>
#include <tuple>

namespace legwork::batch {
namespace {
namespace json = boost::json;

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(*text) : std::string();
}

/// The references in a text, as FHIR writes them: "reference":"…".
template <class Use>
void each_reference(std::string_view text, const Use& use) {
  static constexpr std::string_view name = R"("reference":")";
  for (auto at = text.find(name); at != text.npos; at = text.find(name, at)) {
    at += name.size();
    const auto end = text.find('"', at);
    if (end == text.npos) return;
    use(text.substr(at, end - at));
  }
}
}  // namespace

void Medications::add(std::string_view reference, std::string_view text, std::uint32_t file,
                      std::uint64_t at) {
  auto value = json::parse(json::string_view(text.data(), text.size()));  // a Sieve's: sound
  auto& resource = value.as_object();
  std::string version;
  if (const auto* meta = resource.if_contains("meta"); meta != nullptr && meta->is_object())
    version = fmt::format("{} {:>20}", text_in(meta->get_object(), "lastUpdated"),
                          text_in(meta->get_object(), "versionId"));
  for (const auto* own : {"id", "meta", "resourceType"}) resource.erase(own);
  auto drug = json::serialize(resource);

  const std::lock_guard lock(mutex_);
  const auto [known, fresh] = drugs_.emplace(std::move(drug), texts_.size());
  if (fresh) texts_.push_back(&known->first);
  Stands stands{known->second, file, at, std::move(version)};
  const auto [found, first] = by_id_.emplace(reference, stands);
  const auto key = [](const Stands& one) { return std::tie(one.version, one.file, one.at); };
  if (!first && key(found->second) < key(stands)) found->second = std::move(stands);
}

void Medications::append_referred(std::string_view entries, std::string& to) const {
  std::set<std::string> seen;
  each_reference(entries, [&](std::string_view reference) {
    const std::string normal(fhir::normal_reference(reference));
    const auto found = by_id_.find(normal);
    if (found == by_id_.end() || !seen.insert(normal).second) return;
    const std::string_view rest = std::string_view(*texts_[found->second.drug]).substr(1);
    to += fmt::format(R"(,{{"resource":{{"resourceType":"Medication","id":"{}"{}{}}})",
                      normal.substr(normal.find('/') + 1), rest == "}" ? "" : ",", rest);
  });
}
}  // namespace legwork::batch
