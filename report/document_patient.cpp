#include "report/document_sections.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
std::string born(const Material& material) {
  const auto& birth = material.assessment.patient.birth;
  const auto& words = material.words;
  if (!birth) return words["patient.birth-missing"];
  const auto years = years_between(birth->first, material.assessment.as_of);
  return words.fill("patient.birth",
                    {{"date", date_words(words, *birth)},
                     {"age", words.count("patient.age", static_cast<std::size_t>(years))}});
}

std::string sex(const Material& material) {
  const auto& code = material.assessment.patient.sex;
  if (code.empty()) return material.words["patient.sex-missing"];
  const auto key = "patient.sex." + code;
  return material.words.has(key) ? material.words[key] : code;
}

std::string allergies(const Material& material) {
  const auto& assessment = material.assessment;
  const auto& words = material.words;
  if (!assessment.allergies.empty()) return list_words(words, assessment.allergies, 6);
  return words[assessment.no_known_allergies ? "patient.allergies-denied"
                                             : "patient.allergies-none"];
}
}  // namespace

std::vector<fhir::Patient::Identifier> main_identifiers(const Material& material) {
  std::vector<fhir::Patient::Identifier> found;
  for (auto identifier : material.assessment.patient.identifiers) {
    const bool again = std::any_of(found.begin(), found.end(), [&](const auto& other) {
      return other.value == identifier.value;
    });
    if (again) continue;
    if (identifier.label.empty()) identifier.label = material.words["patient.identifier"];
    found.push_back(std::move(identifier));
    if (found.size() == 2) break;
  }
  return found;
}

Section patient_section(const Material& material) {
  const auto& assessment = material.assessment;
  const auto& words = material.words;
  const auto& patient = assessment.patient;
  Facts facts;
  const auto fact = [&](std::string label, std::string value) {
    facts.facts.push_back({std::move(label), std::move(value)});
  };
  fact(words["patient.name"], surname_first(words, material.form.language, patient));
  fact(words["patient.born"], born(material));
  if (patient.deceased)
    fact(words["patient.died"], patient.deceased_on ? date_words(words, *patient.deceased_on)
                                                    : words["patient.died-undated"]);
  fact(words["patient.sex"], sex(material));
  const auto identifiers = main_identifiers(material);
  for (const auto& [label, value] : identifiers) fact(label, value);
  if (identifiers.empty()) fact(words["patient.identifier"], words["patient.identifier-missing"]);
  fact(words["patient.allergies"], allergies(material));
  return {SectionId::patient, "", "", std::move(facts)};
}

Section banners_section(const Material& material) {
  const auto& assessment = material.assessment;
  const auto& words = material.words;
  Banners banners;
  if (const auto unread = assessment.provenance.resources_unreadable; unread > 0)
    banners.banners.push_back(
        {{words["banner.read-in-part"] + " ", Tone::strong},
         {words.fill("banner.read-in-part-detail",
                     {{"unreadable", std::to_string(unread)},
                      {"read", std::to_string(assessment.provenance.resources_read)}})}});
  constexpr std::size_t in_full = 3;
  for (std::size_t i = 0; i < assessment.banners.size(); ++i) {
    if (i < in_full)
      banners.banners.push_back({{assessment.banners[i].text, Tone::strong}});
    else
      banners.banners.back().push_back({" " + assessment.banners[i].text, Tone::strong});
  }
  return {SectionId::patient, "", "", std::move(banners)};
}
}  // namespace legwork::report
