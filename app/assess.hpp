#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork assess`: what the chart says about every cause, as text or JSON. Sets `chosen` to what
/// is to be run when the command line names this command.
void add_assess(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
