#pragma once

#include "base/result.hpp"
#include "batch/input.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace legwork::batch {
/// Unpacks a file and hands its bytes over as they come, until `use` says that it wants no more.
/// Several members or frames one after the other are one text. The path "-" is standard input.
/// `came` hears how many more packed bytes have been read.
///
/// Errors: missing      no such file
///         unavailable  it cannot be read
///         malformed    damaged or cut short; what came before has been handed over
Result<void> unpack(const std::string& path, Packing packing,
                    const std::function<bool(std::string_view)>& use,
                    const std::function<void(std::uint64_t)>& came = {});
}  // namespace legwork::batch
