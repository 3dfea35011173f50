#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// Adds `legwork template check|preview|schema`.
void add_template(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
