#include "report/document.hpp"

#include "report/document_sections.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
using causes::RedFlagStatus;

Text complaint_line(const Material& material) {
  const auto& assessment = material.assessment;
  const auto& words = material.words;
  const auto& complaint = assessment.complaint;
  Text line;
  if (complaint.status == causes::ComplaintStatus::not_recorded)
    line.push_back({words["complaint.not-recorded"], Tone::strong});
  if (complaint.onset) {
    const auto days = static_cast<int>((assessment.as_of - complaint.onset->first).count());
    line.push_back(
        {words.fill(complaint.onset->exact() ? "complaint.onset" : "complaint.onset-about",
                    {{"date", date_words(words, *complaint.onset)},
                     {"interval", interval_words(words, std::max(days, 0))}}),
         Tone::strong});
  } else {
    line.push_back({words["complaint.onset-unknown"], Tone::strong});
  }
  line.push_back({words["complaint.kind"], Tone::quiet});
  return line;
}

std::vector<std::string> identity_after_name(const Material& material) {
  const auto& birth = material.assessment.patient.birth;
  const auto& words = material.words;
  std::vector<std::string> identity = {words.fill(
      "foot.born", {{"date", birth ? date_words(words, *birth) : words["patient.birth-missing"]}})};
  for (const auto& [label, value] : main_identifiers(material))
    identity.push_back(words.fill("foot.identifier", {{"label", label}, {"value", value}}));
  return identity;
}

Section make_section(const Material& material, SectionId id) {
  switch (id) {
    case SectionId::patient:
      return patient_section(material);
    case SectionId::red_flags:
      return red_flags_section(material);
    case SectionId::stands_out:
      return stands_out_section(material);
    case SectionId::changes:
      return changes_section(material);
    case SectionId::first_steps:
      return first_steps_section(material);
    case SectionId::causes:
      return causes_section(material);
    case SectionId::results:
      return results_section(material);
    case SectionId::medications:
      return medications_section(material);
    case SectionId::questions:
      return questions_section(material);
    case SectionId::workup:
      return workup_section(material);
    case SectionId::notes:
      return notes_section(material);
    case SectionId::basis:
      return basis_section(material);
    case SectionId::sign_off:
      return sign_off_section(material);
    case SectionId::message:
    case SectionId::found:
    case SectionId::next:
    case SectionId::until_then:
    case SectionId::help:
    case SectionId::tell:
    case SectionId::ask:  // a patient's page is a Sheet
    case SectionId::own:
      break;
  }
  return {};
}

/// Banners stand right under the patient; a red flag that was found stands above even these.
std::vector<Section> page_sections(const Material& material,
                                   const std::vector<SectionForm>& forms) {
  std::vector<Section> sections;
  for (const auto& form : forms) {
    if (form.id == SectionId::own) {
      for (auto& section : own_sections(material, form.own)) sections.push_back(std::move(section));
      continue;
    }
    if (form.id == SectionId::changes && material.since == nullptr) continue;
    sections.push_back(make_section(material, form.id));
    sections.back().limit = form.limit;
    if (form.id != SectionId::patient) continue;
    auto banners = banners_section(material);
    if (!std::get<Banners>(banners.block).banners.empty()) sections.push_back(std::move(banners));
  }
  const auto alarm = std::find_if(sections.begin(), sections.end(), [](const Section& section) {
    const auto* callout = std::get_if<Callout>(&section.block);
    return callout && callout->alarm;
  });
  const auto patient = std::find_if(sections.begin(), sections.end(), [](const Section& section) {
    return section.id == SectionId::patient;
  });
  if (alarm != sections.end() && patient < alarm) std::rotate(patient + 1, alarm, alarm + 1);
  return sections;
}
}  // namespace

Material::Material(const causes::Assessment& from, const Template& by, const causes::Since* changes)
    : assessment(from), form(by), words(by.wording), since(changes) {
  for (const auto& flag : from.red_flags) causes.emplace(flag.id, flag.label);
  for (const auto& cause : from.causes) causes.emplace(cause.id, cause.label);
  for (const auto& item : from.workup) tests.emplace(item.id, &item);
  for (const auto& question : from.questions) questions.emplace(question.id, question.label);
}

Document make_document(const causes::Assessment& assessment, const Template& form,
                       const causes::Since* since) {
  const Material material(assessment, form, since);
  const auto& words = form.wording;
  Document document;
  document.language = form.language;
  document.paper = form.paper;
  document.brand = form.brand;
  document.title = assessment.provenance.complaint_title;
  document.subject = words["subject"];
  document.complaint = complaint_line(material);
  document.read_on = words.fill("record.as-of", {{"date", day_words(words, assessment.as_of)}});
  document.status = words["status.draft"];
  document.watermark = words["status.watermark"];
  document.running_head =
      words.fill("page.head", {{"name", form.brand.name}, {"title", document.title}});
  document.surname_first = surname_first(words, form.language, assessment.patient);
  document.identity = identity_after_name(material);
  document.foot_note = words["foot.note"];
  document.page_of = words["page.of"];
  document.header = filled(material, form.header);
  document.footer = filled(material, form.footer);
  for (const auto& page : form.pages) document.pages.push_back(page_sections(material, page));
  return document;
}
}  // namespace legwork::report
