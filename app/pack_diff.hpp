#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork pack diff`: which patients gain or lose which line when one pack takes the place of
/// another. Sets `chosen` to what is to be run when the command line names this command.
void add_pack_diff(CLI::App& pack_command, std::function<Exit()>& chosen);
}  // namespace legwork::app
