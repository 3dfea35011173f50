#include "press/clock.hpp"

#include <ctime>

namespace legwork::press {
Day today() {
  const auto now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}
}  // namespace legwork::press
