#pragma once

#include "base/result.hpp"
#include "batch/input.hpp"
#include "batch/wards.hpp"

#include <cstddef>
#include <vector>

namespace legwork::batch {
/// Reads who lies where from an export: from its Bundles, and from its files of Encounters and of
/// Locations, told by their first lines. Lines that cannot be read are passed over: they are
/// rejects of the run.
///
/// Errors: unavailable  a file cannot be read
Result<Wards> find_stays(const std::vector<InputFile>& files, std::size_t jobs);
}  // namespace legwork::batch
