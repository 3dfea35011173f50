#include "plugin/capability.hpp"

#include "plugin/operation.hpp"
#include "publish/fhir_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace legwork::plugin {
namespace {
using publish::Json;

Json number(int value) { return Json::made(std::to_string(value)); }

std::string canonical(const causes::Pack& pack, const std::string& base_url) {
  return base_url + "/fhir/OperationDefinition/" + operation_code(pack);
}

struct In {
  const char* name;
  int min;
  const char* max;
  const char* type;
  std::string documentation;
};

Json parameter(const In& in) {
  return Json::Object{{"name", in.name},
                      {"use", "in"},
                      {"min", number(in.min)},
                      {"max", in.max},
                      {"documentation", in.documentation},
                      {"type", in.type}};
}
}  // namespace

std::string capability_statement(const causes::Pack& pack, const std::string& base_url) {
  return publish::to_text(Json::Object{
      {"resourceType", "CapabilityStatement"},
      {"url", base_url + "/fhir/metadata"},
      {"version", LEGWORK_VERSION},
      {"name", "Legwork"},
      {"title", "legwork"},
      {"status", "active"},
      {"date", pack.released},
      {"description",
       fmt::format("Reads a chart, holds it against the pack \"{}\" {}, and reports what it "
                   "supports, what it cannot tell, and what would tell. Keeps nothing.",
                   pack.provenance.pack_title, pack.provenance.pack_version)},
      {"kind", "instance"},
      {"software", Json::Object{{"name", "legwork"}, {"version", LEGWORK_VERSION}}},
      {"implementation",
       Json::Object{{"description", "legwork serve"}, {"url", base_url + "/fhir"}}},
      {"fhirVersion", "4.0.1"},
      {"format", Json::Array{"application/fhir+json", "application/fhir+xml"}},
      {"rest",
       Json::Array{Json::Object{
           {"mode", "server"},
           {"operation", Json::Array{Json::Object{{"name", operation_code(pack)},
                                                  {"definition", canonical(pack, base_url)}}}}}}}});
}

std::string operation_definition(const Knowledge& knowledge, const std::string& base_url) {
  const auto& pack = knowledge.pack;
  const std::vector<In> in = {
      {"chart", 1, "*", "Resource",
       "The chart of one patient: Bundles or single resources. A Bundle may also be posted alone."},
      {"subject", 0, "1", "Reference",
       "The patient who is meant. A chart about somebody else is refused."},
      {"answers", 0, "*", "QuestionnaireResponse", "What the patient says now."},
      {"asOf", 0, "1", "date", "The day to judge the chart on; today where it is left out."},
      {"onset", 0, "1", "date", "When the complaint began, if the chart does not say or is wrong."},
      {"template", 0, "1", "code",
       fmt::format("The template of the pages: one of {}; clinician where it is left out.",
                   fmt::join(knowledge.printers->names(), ", "))},
      {"language", 0, "1", "code", "The language of the template."},
      {"notSeen", 0, "*", "string",
       "What the caller could not read, in a few words; the report says so."}};
  Json::Array parameters;
  for (const auto& each : in) parameters.push_back(parameter(each));
  parameters.push_back(
      Json::Object{{"name", "return"},
                   {"use", "out"},
                   {"min", number(1)},
                   {"max", "1"},
                   {"documentation",
                    "The report, in the form that Accept or _format asks for: a document Bundle as "
                    "application/fhir+json; a PDF, HTML, text, or the assessment as "
                    "application/json."},
                   {"type", "Resource"}});
  return publish::to_text(
      Json::Object{{"resourceType", "OperationDefinition"},
                   {"id", operation_code(pack)},
                   {"url", canonical(pack, base_url)},
                   {"version", LEGWORK_VERSION},
                   {"name", "WorkUpReport"},
                   {"title", pack.provenance.pack_title + ": work-up report"},
                   {"status", "active"},
                   {"kind", "operation"},
                   {"date", pack.released},
                   {"description",
                    "Holds a chart against every cause that the pack names and reports what it "
                    "supports, what it argues against, what it cannot tell, and what would tell."},
                   {"affectsState", Json::flag(false)},
                   {"code", operation_code(pack)},
                   {"system", Json::flag(true)},
                   {"type", Json::flag(false)},
                   {"instance", Json::flag(false)},
                   {"parameter", std::move(parameters)}});
}
}  // namespace legwork::plugin
