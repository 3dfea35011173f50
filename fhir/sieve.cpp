#include "fhir/sieve.hpp"

#include "fhir/datatypes.hpp"
#include "fhir/syntax.hpp"

namespace legwork::fhir {
struct Sieve::State {
  explicit State(const Vocabulary& vocabulary) : draft(vocabulary, nullptr), reader(draft) {
    draft.hand_over([this](const Taken& taken) { take(taken); });
  }

  void take(const Taken& taken) {
    if (!taken.matters) return;
    json.assign(taken.json);
    if (taken.resource != nullptr) taken.resource->append_json(taken.type, json);
    const bool is_patient = taken.type == "Patient";
    identifiers.clear();
    if (taken.resource != nullptr && (is_patient || taken.subject.empty()))
      read_identifiers(Element(taken.resource->root(), ignored), is_patient);
    (*found)({taken.type, taken.reference, taken.has_id,
              is_patient ? taken.reference : normal_reference(taken.subject), identifiers,
              taken.full_url, json, taken.complaint});
  }

  void read_identifiers(const Element& resource, bool is_patient) {
    Element holder = resource;
    if (!is_patient)
      holder = resource.find("subject") ? resource.find("subject") : resource.find("patient");
    for (const Element identifier : holder.each("identifier")) {
      const auto value = identifier.text("value");
      if (value.empty()) continue;
      identifiers.push_back(std::string(identifier.text("system")).append("|").append(value));
    }
  }

  Draft draft;
  JsonReader reader;
  const std::function<void(const Sifted&)>* found = nullptr;
  std::string json;     // of the resource at hand; reused
  std::string ignored;  // what is wrong with it has been said
  std::vector<std::string> identifiers;
};

Sieve::Sieve(const Vocabulary& vocabulary) : state_(std::make_unique<State>(vocabulary)) {}
Sieve::~Sieve() = default;
Sieve::Sieve(Sieve&&) noexcept = default;

std::size_t Sieve::padding() { return JsonReader::padding(); }

std::string_view Sieve::sift(std::string_view text, LineOf place,
                             const std::function<void(const Sifted&)>& found) {
  state_->found = &found;
  const Place input{nullptr, Place::Step::input, place.input};
  const auto read = place.line == 0
                        ? state_->reader.read(text, input)
                        : state_->reader.read(text, {&input, Place::Step::line, {}, place.line});
  return read.fault ? read.fault->what : std::string_view();
}
}  // namespace legwork::fhir
