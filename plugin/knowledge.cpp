#include "plugin/knowledge.hpp"

#include "causes/site_codes.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

namespace legwork::plugin {
tl::expected<Knowledge, std::vector<Error>> load_knowledge(const Config& config) {
  auto data = config.data;
  if (data.empty()) {
    auto found = press::find_data();
    if (!found) return tl::unexpected(std::vector{found.error()});
    data = std::move(*found);
  }
  auto pack = press::load_pack(data, config.pack);
  if (!pack) return tl::unexpected(pack.error());
  if (!config.codes.empty()) {
    const auto text = press::read_file(config.codes, press::input_limit);
    if (!text) return tl::unexpected(std::vector{text.error()});
    if (const auto added = causes::add_site_codes(*pack, {config.codes, *text}); !added)
      return tl::unexpected(added.error());
  }
  auto printers = press::load_printers(data);
  if (!printers) return tl::unexpected(printers.error());
  return Knowledge{std::move(data), std::move(*pack), std::move(*printers)};
}
}  // namespace legwork::plugin
