#pragma once

#include "base/result.hpp"
#include "causes/pack.hpp"
#include "press/fonts.hpp"
#include "report/template.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace legwork::press {
/// The folder that holds `packs` and `templates`: $LEGWORK_DATA; or share/legwork beside the
/// program's bin; or the source tree that it was built from.
Result<std::string> find_data();

/// Reads the pack in a folder ("": heavy-legs, which legwork brings along), with the common files
/// of the data folder. Refuses with everything that is wrong with it.
tl::expected<causes::Pack, std::vector<Error>> load_pack(const std::string& data,
                                                         const std::string& folder);

/// Whether a template is meant that legwork brings along: "patient", "patient.es". A file ends with
/// ".xml" or stands in a folder.
bool is_brought_along(const std::string& template_name);

/// "patient.es": the name of a template in a language.
std::string template_name(const std::string& name, const std::string& language);

/// A template that legwork brings along ("clinician", "patient") in a language, or a file. Refuses
/// with everything that is wrong with it.
tl::expected<report::Template, std::vector<Error>> load_template(const std::string& data,
                                                                 const std::string& name,
                                                                 const std::string& language = {});
}  // namespace legwork::press
