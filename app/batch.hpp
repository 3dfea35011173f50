#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork batch`: an export of many patients in; reports and a worklist out. Sets `chosen` to
/// what is to be run when the command line names this command.
void add_batch(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
