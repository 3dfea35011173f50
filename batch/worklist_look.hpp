#pragma once

#include <string_view>

namespace legwork::batch {
/// What stands in the page's <style> and <script>.
extern const std::string_view worklist_style, worklist_script;
}  // namespace legwork::batch
