#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork serve`: answers an EHR.
void add_serve(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
