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

// Pieces that sections share, and that a template's own sections are filled with.
std::string_view status_key(causes::CauseStatus status);  ///< of the wording
std::string_view status_key(causes::RedFlagStatus status);
std::string_view urgency_key(causes::Urgency urgency);
std::string flag_word(const Wording& words, causes::LabSeries::Flag flag);  ///< "LOW"; may be ""
RangeBar range_bar(const Wording& words, const causes::LabSeries& lab);
Trend trend(const Wording& words, const causes::LabSeries& lab);
std::string result_words(const Wording& words, const causes::Result& result);
/// Labels of the causes that a test or drug bears on.
std::string answers_words(const Material& material, const causes::WorkupItem& item,
                          std::size_t limit);
std::string causes_words(const Material& material, const causes::MedicationLine& drug,
                         std::size_t limit);
std::string period_words(const Wording& words, const causes::MedicationLine& drug);

/// The heading, note and sentence for nothing of a section, by the section's name in the template.
Section titled(const Material& material, SectionId id);
Section absent(const Material& material, SectionId id, std::string_view sentence_key);

/// The name that a section has in templates and wording keys: "stands-out".
std::string_view section_name(DocumentKind kind, SectionId id);

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

/// A section that the template describes itself: a section for each of its elements, of which the
/// first has the heading. None where nothing of it applies.
std::vector<Section> own_sections(const Material& material, const OwnSection& own);

/// Lines with the document's own fields filled.
std::vector<std::string> filled(const Material& material, const std::vector<std::string>& lines);
}  // namespace legwork::report
