#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork worker` and `legwork collect`: sorted records in, what came of each patient out; and
/// what came of all of them as the files of a batch. Sets `chosen` to what is to be run.
void add_worker(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
