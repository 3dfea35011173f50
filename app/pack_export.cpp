#include "app/pack_export.hpp"

#include "app/tell.hpp"
#include "press/data.hpp"
#include "press/io.hpp"
#include "publish/fhir_export.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <set>
#include <system_error>

namespace legwork::app {
namespace {
namespace fs = std::filesystem;
using publish::FhirExport;
using publish::Resource;

struct Options {
  std::string pack, folder, file, r5_file;
};

std::string file_name(const Resource& resource) {
  return fmt::format("{}-{}.json", resource.type, resource.id);
}

/// A folder that this export may fill: what an earlier one left of another pack, or of an older
/// version with more in it, would be taken for a part of this one.
Result<void> prepare(const std::string& folder, const std::set<std::string>& to_write) {
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) {
    return refuse(ErrorKind::unavailable, folder,
                  "cannot be made a folder: " + error.message() + "; name another");
  }
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto name = entry->path().filename().native();
    if (to_write.contains(name)) continue;
    return refuse(ErrorKind::unavailable, entry->path().native(),
                  "is no part of this export; name an empty folder, or delete it");
  }
  if (error) return refuse(ErrorKind::unavailable, folder, error.message() + "; name another");
  return {};
}

Result<void> write_folder(const std::string& folder, const FhirExport& made) {
  std::vector<Resource> all = made.r4;
  all.insert(all.end(), made.r5.begin(), made.r5.end());
  std::set<std::string> names;
  for (const Resource& resource : all) names.insert(file_name(resource));
  if (auto ready = prepare(folder, names); !ready) return ready;
  for (const Resource& resource : all) {
    const auto path = (fs::path(folder) / file_name(resource)).native();
    if (auto written = press::write_file(path, publish::to_text(resource.body)); !written)
      return written;
  }
  return {};
}

Result<void> write_bundles(const Options& options, const FhirExport& made) {
  auto written = press::write_file(options.file, publish::to_text(publish::bundle(made.r4)));
  if (!written || options.r5_file.empty()) return written;
  return press::write_file(options.r5_file, publish::to_text(publish::bundle(made.r5)));
}

Exit run(const Options& options) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto pack = press::load_pack(*data, options.pack);
  if (!pack) return tell(pack.error());
  const auto made = publish::export_fhir(*pack);
  const auto written =
      options.folder.empty() ? write_bundles(options, made) : write_folder(options.folder, made);
  return written ? Exit::done : tell(written.error());
}
}  // namespace

void add_pack_export(CLI::App& pack_command, std::function<Exit()>& chosen) {
  auto* command = pack_command.add_subcommand("export", "Write a pack in a form for other systems");
  const auto options = std::make_shared<Options>();
  command->add_flag("--fhir")
      ->description("as FHIR R4, and R5 where R4 has no such type")
      ->required();
  command->add_option("pack", options->pack, "the pack's folder (default: heavy-legs)")
      ->option_text("DIR");
  auto* target = command->add_option_group("target", "Where to write it");
  auto* folder = target
                     ->add_option("--out", options->folder,
                                  "a file for each resource, into a new or empty folder")
                     ->option_text("DIR");
  auto* file = target
                   ->add_option("-o,--output", options->file,
                                "one Bundle of all that is R4, or - for standard output")
                   ->option_text("FILE");
  target->require_option(1);
  command
      ->add_option("--r5", options->r5_file,
                   "beside -o: a Bundle of what is R5, the effects of drugs")
      ->option_text("FILE")
      ->needs(file)
      ->excludes(folder);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
