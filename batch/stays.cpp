#include "batch/stays.hpp"

#include "fhir/datatypes.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace legwork::batch {
namespace {
namespace json = boost::json;

template <std::size_t count>
bool is_one_of(std::string_view word, const std::array<std::string_view, count>& words) {
  return std::ranges::find(words, word) != words.end();
}

/// Statuses of an Encounter of somebody who is there, or will be back.
constexpr std::array<std::string_view, 4> there = {"arrived", "triaged", "in-progress", "onleave"};
/// Classes of Encounters of nobody who lies anywhere.
constexpr std::array<std::string_view, 4> elsewhere = {"AMB", "HH", "VR", "FLD"};
/// A place in an Encounter that is not, or not any more, the patient's.
constexpr std::array<std::string_view, 3> left = {"planned", "reserved", "completed"};
/// Kinds of Locations that may stand for a ward where none is called one; "" is not told.
constexpr std::array<std::string_view, 4> like_wards = {"", "wi", "lvl", "area"};
constexpr std::string_view ward = "wa";

/// A member of an object; null where it is none, or has none.
const json::value* member(const json::value* of, std::string_view name) {
  return of != nullptr && of->is_object() ? of->get_object().if_contains(name) : nullptr;
}

std::string_view text(const json::value* value) {
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

std::string_view text(const json::value* of, std::string_view name) {
  return text(member(of, name));
}

template <class Use>
void each(const json::value* of, std::string_view name, const Use& use) {
  const auto* list = member(of, name);
  if (list == nullptr || !list->is_array()) return;
  for (const auto& one : list->get_array()) use(&one);
}

/// The first code of a CodeableConcept.
std::string code(const json::value* concept_) {
  std::string found;
  each(concept_, "coding", [&](const json::value* coding) {
    if (found.empty()) found = text(coding, "code");
  });
  return found;
}

std::string version_of(const json::value* resource) {
  const auto* meta = member(resource, "meta");
  return fmt::format("{} {:>20}", text(meta, "lastUpdated"), text(meta, "versionId"));
}

/// "Location/l1", and "Patient/p1" for a patient whose id is a UUID that is named as such.
std::string reference(const json::value* of, std::string_view name) {
  return std::string(fhir::normal_reference(text(member(of, name), "reference")));
}

std::string patient_of(const json::value* encounter) {
  constexpr std::string_view uuid = "urn:uuid:";
  auto patient = reference(encounter, "subject");
  return patient.starts_with(uuid) ? "Patient/" + patient.substr(uuid.size()) : patient;
}
}  // namespace

/// Takes texts apart.
struct Stays::Reader {
  Stays& stays;
  Look look;
  std::string only_patient = {};  // of a Bundle, which is then about that patient as a whole

  void read_bundle(const json::value* bundle) {
    std::size_t patients = 0;
    each(bundle, "entry", [&](const json::value* entry) {
      const auto* resource = member(entry, "resource");
      if (text(resource, "resourceType") != "Patient") return;
      only_patient = fmt::format("Patient/{}", text(resource, "id"));
      ++patients;
    });
    if (patients != 1) only_patient.clear();
    each(bundle, "entry", [&](const json::value* entry) {
      read(member(entry, "resource"), text(entry, "fullUrl"));
    });
  }

  void read(const json::value* resource, std::string_view full_url) {
    const auto type = text(resource, "resourceType");
    if (type == "Bundle") read_bundle(resource);
    if (type == "Encounter") read_encounter(resource);
    if (type == "Location" && look == Look::first) read_location(resource, full_url);
  }

  void read_encounter(const json::value* encounter) {
    Stay stay;
    stay.patient = only_patient.empty() ? patient_of(encounter) : only_patient;
    stay.version = version_of(encounter);
    stay.start = text(member(encounter, "period"), "start");
    stay.is_current = is_one_of(text(encounter, "status"), there) &&
                      !is_one_of(text(member(encounter, "class"), "code"), elsewhere);
    each(encounter, "location", [&](const json::value* place) {
      const bool has_ended = !text(member(place, "period"), "end").empty();
      if (has_ended || is_one_of(text(place, "status"), left)) return;
      stay.places.push_back({reference(place, "location"),
                             std::string(text(member(place, "location"), "display")),
                             code(member(place, "physicalType"))});
    });
    stays.keep(fmt::format("Encounter/{}", text(encounter, "id")), std::move(stay), look);
  }

  void read_location(const json::value* resource, std::string_view full_url) {
    const Location location{std::string(text(resource, "name")),
                            code(member(resource, "physicalType")), reference(resource, "partOf"),
                            version_of(resource)};
    stays.keep(fmt::format("Location/{}", text(resource, "id")), location);
    if (!full_url.empty()) stays.keep(std::string(full_url), location);
  }
};

void Stays::add(std::string_view text, Look look) {
  std::error_code error;
  const auto value = json::parse({text.data(), text.size()}, error);
  if (!error) Reader{*this, look}.read(&value, {});
}

void Stays::keep(const std::string& encounter, Stay stay, Look look) {
  const std::lock_guard lock(mutex_);
  const auto known = stays_.find(encounter);
  if (known == stays_.end()) {
    if (look == Look::first && stay.is_current) stays_.emplace(encounter, std::move(stay));
  } else if (stay.version > known->second.version) {
    known->second = std::move(stay);
  }
}

void Stays::keep(const std::string& reference, Location location) {
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = locations_.try_emplace(reference, location);
  if (!is_new && location.version > known->second.version) known->second = std::move(location);
}

void Stays::forget(const Deletions& deletions) {
  std::erase_if(stays_, [&](const auto& stay) { return deletions.hold(stay.first); });
}

/// The ward that a place is, or is part of.
std::string Stays::ward_of(const Place& place) const {
  constexpr int deepest = 8;
  auto reference = place.location;
  for (int i = 0; i < deepest; ++i) {
    const auto found = locations_.find(reference);
    if (found == locations_.end()) break;
    if (found->second.kind == ward) return found->second.name;
    reference = found->second.part_of;
  }
  return place.kind == ward ? place.display : std::string();
}

std::string Stays::ward_of(const Stay& stay) const {
  for (const auto& place : stay.places)
    if (auto sure = ward_of(place); !sure.empty()) return sure;
  for (const auto& place : stay.places) {
    const auto found = locations_.find(place.location);
    const auto& named = found == locations_.end() ? place.display : found->second.name;
    const auto& kind =
        place.kind.empty() && found != locations_.end() ? found->second.kind : place.kind;
    if (is_one_of(kind, like_wards) && !named.empty()) return named;
  }
  return {};
}

std::unordered_map<std::string, std::string> Stays::wards() const {
  std::unordered_map<std::string, const Stay*> last;
  for (const auto& [encounter, stay] : stays_) {
    if (!stay.is_current || stay.patient.empty()) continue;
    auto& known = last[stay.patient];
    if (known == nullptr || stay.start >= known->start) known = &stay;
  }
  std::unordered_map<std::string, std::string> wards;
  for (const auto& [patient, stay] : last)
    if (auto found = ward_of(*stay); !found.empty()) wards.emplace(patient, std::move(found));
  return wards;
}
}  // namespace legwork::batch
