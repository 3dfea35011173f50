#pragma once

#include <string>

namespace legwork::press {
/// One header of HTTP, of a request or an answer.
struct Header {
  std::string name, value;
};
}  // namespace legwork::press
