#include "plugin/ask.hpp"

#include "causes/assess.hpp"
#include "causes/json.hpp"
#include "fhir/datatypes.hpp"
#include "press/data.hpp"
#include "press/fhir_form.hpp"
#include "report/html.hpp"
#include "report/plain_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
constexpr std::size_t text_columns = 80;

/// "p1" of "https://ehr/fhir/Patient/p1/_history/2", and of "p1".
std::string_view id_of(std::string_view reference) {
  const auto normal = fhir::normal_reference(reference);
  return normal.substr(normal.rfind('/') + 1);
}

void note_not_seen(fhir::Chart& chart, const std::vector<std::string>& not_seen) {
  for (const auto& what : not_seen)
    chart.notes.push_back({fhir::Note::Severity::warning, "", "not seen: " + what});
}

Result<std::string> write(const Knowledge& knowledge, const Ask& ask, Form form,
                          const causes::Assessment& assessment) {
  if (form == Form::assessment) return causes::to_json(assessment);
  const auto name = press::template_name(ask.layout, ask.language);
  const auto* layout = knowledge.printers->layout(name);
  if (layout == nullptr)
    return refuse(ErrorKind::missing, "template",
                  fmt::format("is none of those that are here; ask for one of {}",
                              fmt::join(knowledge.printers->names(), ", ")));
  const auto document = press::make_document(assessment, knowledge.pack, *layout, nullptr);
  if (!document) return tl::unexpected(document.error());
  if (form == Form::html) return report::to_html(*document);
  if (form == Form::text) return report::to_text(*document, text_columns);

  press::PrintOptions options;
  if (ask.onset) options.onset = iso(*ask.onset);
  auto printed = knowledge.printers->print(name, assessment, knowledge.pack, options);
  if (!printed) return tl::unexpected(printed.error());
  if (form == Form::pdf) return std::move(printed->pdf);
  return press::to_fhir(assessment, *document, std::move(printed->pdf), ask.inputs);
}
}  // namespace

std::string_view content_type(Form form) {
  switch (form) {
    case Form::assessment:
      return "application/json";
    case Form::pdf:
      return "application/pdf";
    case Form::html:
      return "text/html; charset=utf-8";
    case Form::text:
      return "text/plain; charset=utf-8";
    case Form::document:
      return "application/fhir+json";
  }
  return {};
}

Result<Told> answer(const Knowledge& knowledge, const Ask& ask, Form form) {
  auto chart = fhir::read_chart(ask.inputs, knowledge.pack.vocabulary);
  if (!chart) return tl::unexpected(chart.error());
  if (!ask.subject.empty() && id_of(ask.subject) != id_of(chart->patient.reference))
    return refuse(ErrorKind::unsupported, "subject",
                  "is not the patient of this chart; send the chart of the patient who is asked "
                  "about");
  note_not_seen(*chart, ask.not_seen);
  Told told;
  std::ranges::copy_if(chart->notes, std::back_inserter(told.rejected), [](const auto& note) {
    return note.severity == fhir::Note::Severity::warning;
  });
  const auto assessment = causes::assess(*chart, knowledge.pack, {ask.as_of, ask.onset});
  auto bytes = write(knowledge, ask, form, assessment);
  if (!bytes) return tl::unexpected(bytes.error());
  told.bytes = std::move(*bytes);
  return told;
}
}  // namespace legwork::plugin
