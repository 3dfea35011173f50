#include "plugin/fhir_client.hpp"
#include "plugin/fhir_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

// Orders by reference: what an EHR calls a drug stands in a Medication of its own, which a search
// for orders need not bring along. Without it, a list of orders names no drug.

namespace legwork::plugin {
namespace {
constexpr std::size_t most_medications = 100;  // in one call
constexpr std::size_t batch = 20;              // ids in one search: keeps its address short

/// The id of "Medication/m1", "Medication/m1/_history/2", or the same at this server's address.
std::string id_of(std::string_view reference, const press::Address& base) {
  constexpr std::string_view type = "Medication/";
  const std::string root = std::string(press::without_last_slash(base.text())) + "/";
  if (reference.starts_with(root)) reference.remove_prefix(root.size());
  if (!reference.starts_with(type)) return {};
  reference.remove_prefix(type.size());
  reference = reference.substr(0, reference.find("/_history/"));
  const bool is_id =
      !reference.empty() && reference.size() <= 64 && std::ranges::all_of(reference, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
      });
  // A path of dots is not an id: it would name what is above.
  const bool only_dots = reference.find_first_not_of('.') == reference.npos;
  return is_id && !only_dots ? std::string(reference) : std::string();
}

std::vector<FhirQuery> searches(std::span<const std::string> ids) {
  std::vector<FhirQuery> queries;
  for (std::size_t from = 0; from < ids.size(); from += batch) {
    const auto some = ids.subspan(from, std::min(batch, ids.size() - from));
    queries.push_back(
        {{}, fmt::format("Medication?_id={}&_count={}", fmt::join(some, ","), batch)});
  }
  return queries;
}

std::vector<FhirQuery> reads(std::span<const std::string> ids) {
  std::vector<FhirQuery> queries;
  for (const std::string& id : ids) queries.push_back({{}, "Medication/" + id});
  return queries;
}

/// Of these ids, those that no text holds.
std::vector<std::string> not_in(std::span<const std::string> texts,
                                std::span<const std::string> ids) {
  std::set<std::string> held;
  for (const std::string& text : texts) {
    if (const auto page = read_fhir_page(text)) {
      held.insert(page->held_medications.begin(), page->held_medications.end());
    }
  }
  std::vector<std::string> missing;
  std::ranges::copy_if(ids, std::back_inserter(missing),
                       [&](const std::string& id) { return !held.contains("Medication/" + id); });
  return missing;
}
}  // namespace

std::vector<std::string> missing_medications(std::span<const std::string_view> texts,
                                             const press::Address& base) {
  std::set<std::string> held;
  std::vector<std::string> named;
  for (const std::string_view text : texts) {
    const auto page = read_fhir_page(text);
    if (!page) continue;
    held.insert(page->held_medications.begin(), page->held_medications.end());
    named.insert(named.end(), page->named_medications.begin(), page->named_medications.end());
  }
  std::vector<std::string> missing;
  for (const std::string& reference : named) {
    const std::string id = id_of(reference, base);
    if (id.empty() || held.contains(reference) || !held.insert("Medication/" + id).second) continue;
    missing.push_back(id);
  }
  return missing;
}

Obtained fetch_medications(const FhirServer& server, std::span<const std::string> ids,
                           const FetchBounds& bounds, const press::Patience& patience,
                           const press::FetchAll& fetch) {
  Obtained all{"medication resources", {}, {}};
  const std::size_t skipped = ids.size() - std::min(ids.size(), most_medications);
  ids = ids.first(ids.size() - skipped);
  std::string why;
  const auto add = [&](std::vector<Obtained> parts) {
    for (Obtained& part : parts) {
      std::ranges::move(part.texts, std::back_inserter(all.texts));
      if (why.empty()) why = std::move(part.not_seen);
    }
  };
  std::vector<std::string> missing(ids.begin(), ids.end());
  if (server.vendor.medications != MedicationAccess::read) {
    add(fetch_chart(server, searches(ids), bounds, patience, fetch));
    missing = not_in(all.texts, ids);
    why.clear();  // what the search did not bring is read one by one
  }
  add(fetch_chart(server, reads(missing), bounds, patience, fetch));
  const std::size_t lacking = not_in(all.texts, ids).size() + skipped;
  if (lacking > 0) {
    if (why.empty()) why = "the call has fetched as much as it may";
    all.not_seen =
        fmt::format("{} of {} drugs that orders refer to: {}", lacking, ids.size() + skipped, why);
  }
  return all;
}
}  // namespace legwork::plugin
