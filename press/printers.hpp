#pragma once

#include "press/print.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::press {
/// The templates that legwork brings along, with printers for them that stay warm between reports.
/// May be called from any thread; a printer is lent to one at a time.
class Printers {
 public:
  Printers(std::shared_ptr<const report::Fonts> fonts,
           std::map<std::string, report::Template, std::less<>> layouts);

  /// "clinician", "patient.es"; null where there is none of that name.
  const report::Template* layout(std::string_view name) const;
  std::vector<std::string> names() const;  ///< of all templates, ascending

  /// Errors: missing      no template of that name
  ///         as Printer::print
  Result<Printed> print(std::string_view layout, const causes::Assessment& assessment,
                        const causes::Pack& pack, const PrintOptions& options);

 private:
  std::unique_ptr<Printer> take(const std::string& name, const report::Template& layout);

  std::shared_ptr<const report::Fonts> fonts_;
  std::map<std::string, report::Template, std::less<>> layouts_;
  std::mutex mutex_;
  std::map<std::string, std::vector<std::unique_ptr<Printer>>, std::less<>> idle_;
};

/// Reads all templates of the data folder, and the fonts. Refuses with everything that is wrong.
tl::expected<std::shared_ptr<Printers>, std::vector<Error>> load_printers(const std::string& data);
}  // namespace legwork::press
