#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork fetch-export`: a Bulk Data export from a FHIR server into a folder for `legwork batch`.
/// Sets `chosen` to what is to be run when the command line names this command.
void add_fetch_export(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
