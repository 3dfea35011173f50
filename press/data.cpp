#include "press/data.hpp"

#include "base/digest.hpp"
#include "press/io.hpp"
#include "report/image.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace legwork::press {
namespace {
namespace fs = std::filesystem;

bool holds_data(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "packs", ignored) &&
         fs::is_directory(folder / "templates", ignored);
}

Result<std::vector<File>> xml_files(const std::string& folder) {
  static constexpr std::string_view endings[] = {".xml"};
  const auto names = files_in(folder, endings);
  if (!names) return tl::unexpected(names.error());
  std::vector<File> files;
  for (const auto& name : *names) {
    auto text = read_file(name, input_limit);
    if (!text) return tl::unexpected(text.error());
    files.push_back({name, std::move(*text)});
  }
  return files;
}
}  // namespace

Result<std::string> find_data() {
  if (const char* named = std::getenv("LEGWORK_DATA"); named != nullptr && *named != '\0') {
    if (holds_data(named)) return named;
    return refuse(ErrorKind::missing, named,
                  "holds no packs and templates; point LEGWORK_DATA at share/legwork");
  }
  std::error_code ignored;
  const auto installed =
      fs::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() / "share/legwork";
  for (const auto& folder : {installed, fs::path(LEGWORK_SOURCE)})
    if (holds_data(folder)) return folder.native();
  return refuse(ErrorKind::missing, installed.native(),
                "is not there; install legwork's share folder, or point LEGWORK_DATA at it");
}

tl::expected<causes::Pack, std::vector<Error>> load_pack(const std::string& data,
                                                         const std::string& folder) {
  const auto brought_along = [&](std::string_view id) {
    return (fs::path(data) / "packs" / id).native();
  };
  std::vector<File> files;
  for (const auto& part :
       {brought_along("common"), folder.empty() ? brought_along("heavy-legs") : folder}) {
    auto inside = xml_files(part);
    if (!inside) return tl::unexpected(std::vector{inside.error()});
    std::ranges::move(*inside, std::back_inserter(files));
  }
  std::vector<causes::PackFile> views;
  for (const auto& file : files) views.push_back({file.name, file.text});
  return causes::read_pack(views);
}

bool is_brought_along(const std::string& template_name) {
  return template_name.find('/') == std::string::npos && !template_name.ends_with(".xml");
}

std::string template_name(const std::string& name, const std::string& language) {
  // English needs no mark; a further language is a file beside it.
  return language.empty() || language == "en" ? name : name + "." + language;
}

tl::expected<report::Template, std::vector<Error>> load_template(const std::string& data,
                                                                 const std::string& name,
                                                                 const std::string& language) {
  if (!is_brought_along(name) && !language.empty())
    return tl::unexpected(std::vector{
        Error{ErrorKind::unsupported, name,
              "a template file has a language of its own; leave --lang out, or name the file"}});
  const auto path =
      is_brought_along(name)
          ? (fs::path(data) / "templates" / (template_name(name, language) + ".xml")).native()
          : name;
  const auto text = read_file(path, input_limit);
  if (!text) return tl::unexpected(std::vector{text.error()});
  auto form = report::read_template(*text, path);
  if (!form || form->brand.logo.empty()) return form;
  const auto logo = (fs::path(path).parent_path() / form->brand.logo).native();
  const auto bytes = read_file(logo, input_limit);
  if (!bytes) return tl::unexpected(std::vector{bytes.error()});
  auto image = report::read_image(*bytes, logo);
  if (!image) return tl::unexpected(std::vector{image.error()});
  form->brand.image = std::make_shared<const report::Image>(std::move(*image));
  form->digest = sha256(form->digest + sha256(*bytes));
  return form;
}
}  // namespace legwork::press
