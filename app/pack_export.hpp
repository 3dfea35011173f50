#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork pack export --fhir`: writes a pack as FHIR, for other systems. Sets `chosen` to what is
/// to be run when the command line names this command.
void add_pack_export(CLI::App& pack_command, std::function<Exit()>& chosen);
}  // namespace legwork::app
