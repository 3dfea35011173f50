#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork verify`: says whether a report is what a chart and a pack give. Sets `chosen` to what
/// is to be run when the command line names this command.
void add_verify(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
