#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork report`: one patient's chart in, a PDF out. Sets `chosen` to what is
/// to be run when the command line names this command.
void add_report(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
