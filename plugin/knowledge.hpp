#pragma once

#include "base/result.hpp"
#include "causes/pack.hpp"
#include "plugin/config.hpp"
#include "press/printers.hpp"

#include <memory>
#include <string>
#include <vector>

namespace legwork::plugin {
/// What every answer is made with. Read once; shared by every thread.
struct Knowledge {
  std::string data;  ///< folder that legwork brings along
  causes::Pack pack;
  std::shared_ptr<press::Printers> printers;
};

/// Reads the pack with the site's codes, the templates and the fonts that a configuration names.
/// Refuses with everything that is wrong.
tl::expected<Knowledge, std::vector<Error>> load_knowledge(const Config& config);
}  // namespace legwork::plugin
