#include "publish/fhir_names.hpp"
#include "publish/fhir_parts.hpp"

namespace legwork::publish {
namespace {
using causes::Pack;
using causes::Question;

/// The standard extension for what is meant for those who work with a form, not for those who
/// answer it: what an answer would change must not lead it.
constexpr const char* design_note = "http://hl7.org/fhir/StructureDefinition/designNote";

Json item(const Question& question) {
  Json::Array notes;
  if (!question.effect.empty()) {
    notes.push_back(Json::Object{{"url", design_note}, {"valueMarkdown", question.effect}});
  }
  return Json::Object{{"extension", notes},
                      {"linkId", question.id},
                      {"text", question.ask},
                      {"type", question.type}};
}

std::string id_of(const Pack& pack) {
  return fhir_id(pack.questionnaire.substr(pack.questionnaire.rfind('/') + 1));
}
}  // namespace

std::string questionnaire_canonical(const Pack& pack) {
  return pack.questionnaire + '|' + pack.provenance.pack_version;
}

Resource questionnaire(const Pack& pack) {
  const std::string id = id_of(pack);
  Json::Array items;
  std::vector<std::string> told;
  for (const Question& question : pack.questions) {
    items.push_back(item(question));
    told.push_back(question.ask);
  }
  auto body = definition(pack, "Questionnaire", id, pack.provenance.pack_title, told);
  body.push_back({"subjectType", Json::Array{"Patient"}});
  body.push_back({"item", items});
  return {"Questionnaire", id, pack.questionnaire, body};
}
}  // namespace legwork::publish
