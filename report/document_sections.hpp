#pragma once

#include "report/document.hpp"
#include "report/document_words.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace legwork::report {
/// What the sections are made from.
struct Material {
  const causes::Assessment& assessment;
  const Template& form;
  const Wording& words;
  const causes::Since* since;  ///< what changed since an earlier report; null where none was given
  std::unordered_map<std::string_view, std::string_view> causes;  ///< label by id; red flags too
  std::unordered_map<std::string_view, const causes::WorkupItem*> tests;  ///< by id
  std::unordered_map<std::string_view, std::string_view> questions;  ///< label by id; open ones

  Material(const causes::Assessment& assessment, const Template& form, const causes::Since* since);
};

/// The evidence that says so, each text with its date, joined; at most `limit`.
std::string evidence_words(const Material& material, const std::vector<causes::Evidence>& evidence,
                           causes::Says says, std::size_t limit);

/// What is not known, as the things to do about it: "Not on file: … Ask: …". May be empty. Of the
/// questions so many are named, the others counted.
Text unknown_words(const Material& material, const std::vector<std::string>& ids,
                   std::size_t questions_named);

/// The two numbers that stand for the patient, each with a label; a number that is there twice,
/// once.
std::vector<fhir::Patient::Identifier> main_identifiers(const Material& material);

/// The heading, note and sentence for nothing of a section, by the section's name in the template.
Section titled(const Material& material, SectionId id);
Section absent(const Material& material, SectionId id, std::string_view sentence_key);

/// The name that a section has in templates and wording keys: "stands-out".
std::string_view section_name(SectionId id);

Section patient_section(const Material& material);
Section banners_section(const Material& material);
Section red_flags_section(const Material& material);
Section stands_out_section(const Material& material);
Section changes_section(const Material& material);  ///< where there is `since`
Section first_steps_section(const Material& material);
Section causes_section(const Material& material);
Section results_section(const Material& material);
Section medications_section(const Material& material);
Section questions_section(const Material& material);
Section workup_section(const Material& material);
Section notes_section(const Material& material);
Section basis_section(const Material& material);
Section sign_off_section(const Material& material);
}  // namespace legwork::report
