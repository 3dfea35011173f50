#pragma once

#include "plugin/cards.hpp"
#include "press/print.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace legwork::plugin {
/// Makes the pages that a card offers to file.
using PrintSummary = std::function<Result<Summary>(const causes::Assessment&)>;

/// Printers of one template, each used by one thread at a time: as many as were ever needed at
/// once.
class PrinterPool {
 public:
  using MakePrinter = std::function<press::Printer()>;

  explicit PrinterPool(MakePrinter make) : make_(std::move(make)) {}

  /// Errors: as press::Printer::print
  Result<press::Printed> print(const causes::Assessment& assessment, const causes::Pack& pack,
                               const press::PrintOptions& options);
  /// The same, with what a card says beside it.
  Result<Summary> summary(const causes::Assessment& assessment, const causes::Pack& pack);

 private:
  std::unique_ptr<press::Printer> take();
  void put_back(std::unique_ptr<press::Printer> printer);

  MakePrinter make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<press::Printer>> idle_;
};
}  // namespace legwork::plugin
