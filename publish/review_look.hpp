#pragma once

#include <string_view>

namespace legwork::publish {
/// What stands in the page's <style>: ink on white, readable at any size, printable.
extern const std::string_view review_style;

/// What stands in the page's <script>: the search box, which is shown only where scripts run.
extern const std::string_view review_script;
}  // namespace legwork::publish
