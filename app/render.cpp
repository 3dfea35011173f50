#include "app/render.hpp"

#include "app/data.hpp"
#include "app/io.hpp"
#include "app/tell.hpp"
#include "base/digest.hpp"
#include "causes/json.hpp"
#include "causes/read_assessment.hpp"
#include "report/document.hpp"
#include "report/layout.hpp"
#include "report/layout_sheet.hpp"
#include "report/pdf.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>

namespace legwork::app {
namespace {
/// An assessment of all causes there are takes a few hundred thousand bytes.
constexpr std::size_t previous_limit = std::size_t{64} << 20;

/// "" for no file.
Result<std::string> digest_of_file(const std::string& path) {
  if (path.empty()) return "";
  const auto text = read_file(path, input_limit);
  if (!text) return tl::unexpected(text.error());
  return sha256(*text);
}

Result<report::MadeFrom> made_from(const PatientOptions& patient, const RenderOptions& options,
                                   const causes::Assessment& assessment,
                                   const report::Template& layout) {
  report::MadeFrom from;
  from.program = LEGWORK_VERSION;
  from.profile = options.profile;
  from.as_of = iso(assessment.as_of);
  if (patient.onset) from.onset = iso(*patient.onset);
  from.pack = assessment.provenance.pack_id;
  from.pack_version = assessment.provenance.pack_version;
  from.pack_digest = assessment.provenance.pack_digest;
  from.layout =
      std::filesystem::path(template_name(options.layout, options.language)).filename().native();
  from.layout_digest = layout.digest;
  from.assessment_digest = sha256(causes::to_json(assessment));
  struct Given {
    const std::string& path;
    std::string& digest;
  };
  for (const auto& [path, digest] :
       {Given{patient.codes, from.codes_digest}, Given{patient.answers, from.answers_digest},
        Given{options.previous, from.previous_digest}}) {
    auto found = digest_of_file(path);
    if (!found) return tl::unexpected(found.error());
    digest = std::move(*found);
  }
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

std::string unprintable_words(std::size_t characters) {
  return characters == 1 ? "1 character is in no font and printed by name or number"
                         : fmt::format("{} characters are in no font and printed by name or number",
                                       characters);
}

report::Profile profile_of(std::string_view name) {
  if (name == "archive+data") return report::Profile::archive_data;
  return name == "form" ? report::Profile::form : report::Profile::archive;
}
}  // namespace

void add_previous(CLI::App& command, std::string& previous) {
  command
      .add_option("--previous", previous,
                  "an earlier `legwork assess --format json` of this patient: says what changed "
                  "since")
      ->option_text("FILE");
}

Result<report::Sheet> patient_sheet(const Assessed& assessed, const report::Template& layout) {
  const auto* words = assessed.pack.patient_words(layout.language);
  if (words == nullptr)
    return refuse(ErrorKind::missing, fmt::format("pack {}", assessed.pack.provenance.pack_id),
                  fmt::format("has no words for the patient in '{0}'; add a file <patient "
                              "lang=\"{0}\"> to it, or choose another language",
                              layout.language));
  return report::make_sheet(assessed.assessment, *words, layout);
}

Result<std::optional<causes::Since>> since_previous(const std::string& previous,
                                                    const causes::Assessment& assessment) {
  if (previous.empty()) return std::nullopt;
  const auto text = read_file(previous, previous_limit);
  if (!text) return tl::unexpected(text.error());
  const auto earlier = causes::read_assessment(*text, previous);
  if (!earlier) return tl::unexpected(earlier.error());
  auto since = causes::since(*earlier, assessment, previous);
  if (!since) return tl::unexpected(since.error());
  return std::move(*since);
}

void tell_unprintable(std::size_t characters, const std::string& output) {
  if (characters == 0) return;
  tell(output,
       fmt::format("{}; check the names by hand, and that the Debian packages fonts-noto-core, "
                   "fonts-noto-cjk and fonts-symbola are installed",
                   unprintable_words(characters)));
}

tl::expected<Rendered, std::vector<Error>> render(const std::string& data,
                                                  const PatientOptions& patient,
                                                  const RenderOptions& options,
                                                  const Assessed& assessed) {
  const auto& assessment = assessed.assessment;
  const auto layout = load_template(data, options.layout, options.language);
  if (!layout) return tl::unexpected(layout.error());
  const auto since = since_previous(options.previous, assessment);
  if (!since) return tl::unexpected(std::vector{since.error()});
  auto from = made_from(patient, options, assessment, *layout);
  if (!from) return tl::unexpected(std::vector{from.error()});
  const auto fonts = load_fonts();
  if (!fonts) return tl::unexpected(std::vector{fonts.error()});

  report::Typesetter typesetter(*fonts, layout->language);
  typesetter.hyphenate(load_hyphenation(layout->language));
  const auto pages_of = [&](const causes::Assessment& shown) -> Result<report::Pages> {
    if (layout->kind == report::DocumentKind::patient) {
      const auto sheet = patient_sheet(assessed, *layout);
      if (!sheet) return tl::unexpected(sheet.error());
      return report::lay_out(*sheet, typesetter);
    }
    const auto document = report::make_document(shown, *layout, *since ? &**since : nullptr);
    return report::lay_out(document, typesetter);
  };
  auto pages = pages_of(assessment);
  if (!pages) return tl::unexpected(std::vector{pages.error()});
  if (const auto unprintable = pages->warnings.size();
      unprintable > 0 && layout->kind == report::DocumentKind::clinician) {
    // Who holds the page shall know, too: how many, since which would be to print them.
    auto noted = assessment;
    noted.notes.push_back({fhir::Note::Severity::warning, "", unprintable_words(unprintable)});
    pages = pages_of(noted);
  }
  report::PdfWriter writer(*fonts);
  report::PdfOptions about = {.author = "legwork " LEGWORK_VERSION,
                              .created = iso(assessment.as_of) + "T00:00:00Z",
                              .identifier = identifier(*from),
                              .profile = profile_of(options.profile),
                              .made_from = std::move(*from)};
  if (about.profile == report::Profile::archive_data)
    about.attachments.push_back({.name = "assessment.json",
                                 .mime = "application/json",
                                 .description = "The assessment that these pages show",
                                 .relationship = report::Attachment::Relationship::data,
                                 .bytes = causes::to_json(assessment)});
  auto pdf = writer.write(*pages, about);
  if (!pdf) return tl::unexpected(std::vector{pdf.error()});
  return Rendered{std::move(*pdf), pages->warnings.size()};
}
}  // namespace legwork::app
