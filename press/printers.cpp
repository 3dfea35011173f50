#include "press/printers.hpp"

#include "press/data.hpp"
#include "press/fonts.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace legwork::press {
Printers::Printers(std::shared_ptr<const report::Fonts> fonts,
                   std::map<std::string, report::Template, std::less<>> layouts)
    : fonts_(std::move(fonts)), layouts_(std::move(layouts)) {}

const report::Template* Printers::layout(std::string_view name) const {
  const auto found = layouts_.find(name);
  return found == layouts_.end() ? nullptr : &found->second;
}

std::vector<std::string> Printers::names() const {
  std::vector<std::string> names;
  for (const auto& [name, layout] : layouts_) names.push_back(name);
  return names;
}

std::unique_ptr<Printer> Printers::take(const std::string& name, const report::Template& layout) {
  {
    const std::lock_guard lock(mutex_);
    auto& idle = idle_[name];
    if (!idle.empty()) {
      auto printer = std::move(idle.back());
      idle.pop_back();
      return printer;
    }
  }
  return std::make_unique<Printer>(fonts_, load_hyphenation(layout.language), layout, name);
}

Result<Printed> Printers::print(std::string_view name, const causes::Assessment& assessment,
                                const causes::Pack& pack, const PrintOptions& options) {
  const auto found = layouts_.find(name);
  if (found == layouts_.end())
    return refuse(ErrorKind::missing, "template", "is none that legwork brings along");
  auto printer = take(found->first, found->second);
  auto printed = printer->print(assessment, pack, options);
  const std::lock_guard lock(mutex_);
  idle_[found->first].push_back(std::move(printer));
  return printed;
}

tl::expected<std::shared_ptr<Printers>, std::vector<Error>> load_printers(const std::string& data) {
  static constexpr std::string_view endings[] = {".xml"};
  const auto files = files_in((std::filesystem::path(data) / "templates").native(), endings);
  if (!files) return tl::unexpected(std::vector{files.error()});
  std::map<std::string, report::Template, std::less<>> layouts;
  for (const auto& file : *files) {
    auto layout = load_template(data, file);
    if (!layout) return tl::unexpected(layout.error());
    layouts.emplace(std::filesystem::path(file).stem().native(), std::move(*layout));
  }
  auto fonts = load_fonts();
  if (!fonts) return tl::unexpected(std::vector{fonts.error()});
  return std::make_shared<Printers>(std::move(*fonts), std::move(layouts));
}
}  // namespace legwork::press
