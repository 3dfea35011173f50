#include "press/print.hpp"

#include "base/digest.hpp"
#include "causes/json.hpp"
#include "report/layout.hpp"
#include "report/layout_sheet.hpp"

#include <fmt/format.h>

#include <charconv>

namespace legwork::press {
namespace {
std::string_view name_of(report::Profile profile) {
  switch (profile) {
    case report::Profile::archive_data:
      return "archive+data";
    case report::Profile::form:
      return "form";
    case report::Profile::archive:
      break;
  }
  return "archive";
}

report::MadeFrom made_from(const causes::Assessment& assessment, const report::Template& layout,
                           const std::string& layout_name, const std::string& json,
                           const PrintOptions& options) {
  report::MadeFrom from;
  from.program = LEGWORK_VERSION;
  from.profile = name_of(options.profile);
  from.as_of = iso(assessment.as_of);
  from.onset = options.onset;
  from.pack = assessment.provenance.pack_id;
  from.pack_version = assessment.provenance.pack_version;
  from.pack_digest = assessment.provenance.pack_digest;
  from.layout = layout_name;
  from.layout_digest = layout.digest;
  from.assessment_digest = sha256(json);
  from.codes_digest = options.codes_digest;
  from.answers_digest = options.answers_digest;
  from.previous_digest = options.previous_digest;
  return from;
}

/// 16 bytes that tell one document from another.
std::string identifier(const report::MadeFrom& from) {
  std::string all;
  for (const auto* part : {&from.program, &from.profile, &from.as_of, &from.onset,
                           &from.pack_digest, &from.codes_digest, &from.answers_digest,
                           &from.previous_digest, &from.layout_digest, &from.assessment_digest})
    all += *part + '\n';
  const auto digest = sha256(all);
  std::string bytes;
  for (std::size_t i = 0; i < 32; i += 2) {
    unsigned byte = 0;
    std::from_chars(digest.data() + i, digest.data() + i + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}
}  // namespace

std::string unprintable_words(std::size_t characters) {
  return characters == 1 ? "1 character is in no font and printed by name or number"
                         : fmt::format("{} characters are in no font and printed by name or number",
                                       characters);
}

Result<report::Sheet> patient_sheet(const causes::Assessment& assessment, const causes::Pack& pack,
                                    const report::Template& layout) {
  const auto* words = pack.patient_words(layout.language);
  if (words == nullptr)
    return refuse(ErrorKind::missing, fmt::format("pack {}", pack.provenance.pack_id),
                  fmt::format("has no words for the patient in '{0}'; add a file <patient "
                              "lang=\"{0}\"> to it, or choose another language",
                              layout.language));
  return report::make_sheet(assessment, *words, layout);
}

Result<report::Document> make_document(const causes::Assessment& assessment,
                                       const causes::Pack& pack, const report::Template& layout,
                                       const causes::Since* since) {
  if (layout.kind != report::DocumentKind::patient)
    return report::make_document(assessment, layout, since);
  const auto sheet = patient_sheet(assessment, pack, layout);
  if (!sheet) return tl::unexpected(sheet.error());
  return report::as_document(*sheet);
}

Printer::Printer(std::shared_ptr<const report::Fonts> fonts,
                 std::shared_ptr<const report::Hyphenation> hyphenation, report::Template layout,
                 std::string layout_name)
    : layout_(std::move(layout)),
      layout_name_(std::move(layout_name)),
      typesetter_(fonts, layout_.language),
      writer_(std::move(fonts)) {
  typesetter_.hyphenate(std::move(hyphenation));
}

Result<Printed> Printer::print(const causes::Assessment& assessment, const causes::Pack& pack,
                               const PrintOptions& options) {
  const auto pages_of = [&](const causes::Assessment& shown) -> Result<report::Pages> {
    if (layout_.kind == report::DocumentKind::patient) {
      const auto sheet = patient_sheet(shown, pack, layout_);
      if (!sheet) return tl::unexpected(sheet.error());
      return report::lay_out(*sheet, typesetter_);
    }
    return report::lay_out(report::make_document(shown, layout_, options.since), typesetter_);
  };
  auto pages = pages_of(assessment);
  if (!pages) return tl::unexpected(pages.error());
  if (const auto unprintable = pages->warnings.size();
      unprintable > 0 && layout_.kind == report::DocumentKind::clinician) {
    // Who holds the page shall know, too: how many, since which would be to print them.
    auto noted = assessment;
    noted.notes.push_back({fhir::Note::Severity::warning, "", unprintable_words(unprintable)});
    pages = pages_of(noted);
  }
  auto json = causes::to_json(assessment);
  auto from = made_from(assessment, layout_, layout_name_, json, options);
  report::PdfOptions about = {.author = "legwork " LEGWORK_VERSION,
                              .created = iso(assessment.as_of) + "T00:00:00Z",
                              .identifier = identifier(from),
                              .profile = options.profile,
                              .made_from = std::move(from)};
  if (about.profile == report::Profile::archive_data)
    about.attachments.push_back({.name = "assessment.json",
                                 .mime = "application/json",
                                 .description = "The assessment that these pages show",
                                 .relationship = report::Attachment::Relationship::data,
                                 .bytes = std::move(json)});
  auto pdf = writer_.write(*pages, about);
  if (!pdf) return tl::unexpected(pdf.error());
  return Printed{std::move(*pdf), pages->warnings.size()};
}
}  // namespace legwork::press
