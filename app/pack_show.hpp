#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork pack show`: prints a pack as a person reads it. Sets `chosen` to what is to be run when
/// the command line names this command.
void add_pack_show(CLI::App& pack_command, std::function<Exit()>& chosen);
}  // namespace legwork::app
