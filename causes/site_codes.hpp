#pragma once

#include "base/result.hpp"
#include "causes/pack.hpp"

#include <vector>

namespace legwork::causes {
/// Adds a site's own codes to a pack: a CSV file that says which local code is which concept.
/// docs/site-codes.md is the format. Evidence that rests on such a code says so.
///
/// Refuses with every fault found, in the order of the file: `where` is "file:line", `what` says
/// what is wrong and how to mend it. The pack is then as it was.
tl::expected<void, std::vector<Error>> add_site_codes(Pack& pack, const PackFile& csv);
}  // namespace legwork::causes
