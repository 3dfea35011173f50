#include "plugin/printers.hpp"

namespace legwork::plugin {
std::unique_ptr<press::Printer> PrinterPool::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto printer = std::move(idle_.back());
      idle_.pop_back();
      return printer;
    }
  }
  return std::make_unique<press::Printer>(make_());
}

void PrinterPool::put_back(std::unique_ptr<press::Printer> printer) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(printer));
}

Result<press::Printed> PrinterPool::print(const causes::Assessment& assessment,
                                          const causes::Pack& pack,
                                          const press::PrintOptions& options) {
  auto printer = take();
  auto printed = printer->print(assessment, pack, options);
  put_back(std::move(printer));
  return printed;
}

Result<Summary> PrinterPool::summary(const causes::Assessment& assessment,
                                     const causes::Pack& pack) {
  auto printer = take();
  Summary made{printer->layout().language,
               assessment.provenance.complaint_title,
               "Summary of the work-up",
               {},
               "legwork " LEGWORK_VERSION};
  auto printed = printer->print(assessment, pack, {});
  put_back(std::move(printer));
  if (!printed) return tl::unexpected(printed.error());
  made.pdf = std::move(printed->pdf);
  return made;
}
}  // namespace legwork::plugin
