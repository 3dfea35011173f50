#pragma once

#include "app/exit.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace legwork::app {
/// `legwork feedback`: what clinicians did with cards, for who keeps the knowledge.
void add_feedback(CLI::App& app, std::function<Exit()>& chosen);
}  // namespace legwork::app
