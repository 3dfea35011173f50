#include "app/render.hpp"

#include "app/tell.hpp"
#include "base/digest.hpp"
#include "causes/read_assessment.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

namespace legwork::app {
namespace {
/// An assessment of all causes there are takes a few hundred thousand bytes.
constexpr std::size_t previous_limit = std::size_t{64} << 20;

/// "" for no file.
Result<std::string> digest_of_file(const std::string& path) {
  if (path.empty()) return "";
  const auto text = press::read_file(path, press::input_limit);
  if (!text) return tl::unexpected(text.error());
  return sha256(*text);
}

struct Given {
  const std::string& path;
  std::string& digest;
};

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

Result<std::optional<causes::Since>> since_previous(const std::string& previous,
                                                    const causes::Assessment& assessment) {
  if (previous.empty()) return std::nullopt;
  const auto text = press::read_file(previous, previous_limit);
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
                   press::unprintable_words(characters)));
}

tl::expected<press::Printed, std::vector<Error>> render(const std::string& data,
                                                        const PatientOptions& patient,
                                                        const RenderOptions& options,
                                                        const Assessed& assessed) {
  auto layout = press::load_template(data, options.layout, options.language);
  if (!layout) return tl::unexpected(layout.error());
  const auto since = since_previous(options.previous, assessed.assessment);
  if (!since) return tl::unexpected(std::vector{since.error()});
  press::PrintOptions printing;
  printing.profile = profile_of(options.profile);
  printing.since = *since ? &**since : nullptr;
  if (patient.onset) printing.onset = iso(*patient.onset);
  for (const auto& [path, digest] : {Given{patient.codes, printing.codes_digest},
                                     Given{patient.answers, printing.answers_digest},
                                     Given{options.previous, printing.previous_digest}}) {
    auto found = digest_of_file(path);
    if (!found) return tl::unexpected(std::vector{found.error()});
    digest = std::move(*found);
  }
  auto fonts = press::load_fonts();
  if (!fonts) return tl::unexpected(std::vector{fonts.error()});
  auto hyphenation = press::load_hyphenation(layout->language);
  press::Printer printer(
      std::move(*fonts), std::move(hyphenation), std::move(*layout),
      std::filesystem::path(press::template_name(options.layout, options.language)).filename());
  auto printed = printer.print(assessed.assessment, assessed.pack, printing);
  if (!printed) return tl::unexpected(std::vector{printed.error()});
  return std::move(*printed);
}
}  // namespace legwork::app
