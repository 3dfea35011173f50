#pragma once

#include "base/date.hpp"

namespace legwork::press {
/// The day it is where the program runs. The core is told the day, and never asks.
Day today();
}  // namespace legwork::press
