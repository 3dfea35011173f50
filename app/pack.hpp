#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork pack …`: checks a pack, compares two, writes one for others. Sets `chosen` to what is
/// to be run when the command line names this command.
void add_pack(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
