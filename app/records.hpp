#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork records` and `legwork resolve`: an export in, lines of records out, for other machines
/// to sort. Sets `chosen` to what is to be run.
void add_records(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
