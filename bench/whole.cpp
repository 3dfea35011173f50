// whole ROUNDS: charts to PDF in one process, as a batch does it: what is kept across documents is
// kept. Prints the milliseconds of processor time of each stage for a chart, as one line of JSON.
#include "bench/material.hpp"
#include "fhir/read.hpp"
#include "report/layout.hpp"
#include "report/pdf.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <ctime>

using namespace legwork;

namespace {
/// Adds the processor time that its life took to a sum, in milliseconds.
class Stage {
 public:
  explicit Stage(double& sum) : sum_(sum), begin_(now()) {}
  ~Stage() { sum_ += now() - begin_; }

 private:
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
  }
  double& sum_;
  double begin_;
};

struct Times {
  double read = 0, assess = 0, lay_out = 0, draw = 0;
};

struct Tools {
  report::Typesetter typesetter{bench::material().fonts};
  report::PdfWriter writer{bench::material().fonts};
};

/// The size of the PDF.
std::size_t chart_to_pdf(const press::File& file, Tools& tools, Times& times) {
  const auto& [charts, pack, layout, fonts] = bench::material();
  const fhir::Input input{file.name, file.text};
  const auto chart = [&] {
    const Stage stage(times.read);
    return fhir::read_chart({&input, 1}, pack.vocabulary);
  }();
  const auto assessment = [&] {
    const Stage stage(times.assess);
    return causes::assess(*chart, pack, bench::options);
  }();
  const auto pages = [&] {
    const Stage stage(times.lay_out);
    return report::lay_out(report::make_document(assessment, layout), tools.typesetter);
  }();
  const Stage stage(times.draw);
  return tools.writer
      .write(pages, {.author = "legwork",
                     .created = "2026-11-22T00:00:00Z",
                     .identifier = "0123456789abcdef"})
      ->size();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}
}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 10;
  const auto& charts = bench::material().charts;
  Tools tools;
  Times first, times;
  double input_bytes = 0, pdf_bytes = 0;
  for (const auto& file : charts) {
    pdf_bytes += static_cast<double>(chart_to_pdf(file, tools, first));
    input_bytes += static_cast<double>(file.text.size());
  }
  for (int round = 0; round < rounds; ++round)
    for (const auto& file : charts) chart_to_pdf(file, tools, times);

  const double runs = rounds * static_cast<double>(charts.size());
  const double all = times.read + times.assess + times.lay_out + times.draw;
  fmt::print(
      R"({{"charts": {}, "MB a chart": {:.3f}, "read": {:.3f}, "assess": {:.3f}, "lay out": {:.3f}, )"
      R"("draw": {:.3f}, "ms a chart": {:.3f}, "charts a second": {:.0f}, "read MB/s": {:.0f}, )"
      R"("KB a PDF": {:.1f}, "peak MB": {:.1f}}})"
      "\n",
      charts.size(), input_bytes / 1e6 / static_cast<double>(charts.size()), times.read / runs,
      times.assess / runs, times.lay_out / runs, times.draw / runs, all / runs, 1e3 * runs / all,
      input_bytes * rounds / 1e3 / times.read, pdf_bytes / 1e3 / static_cast<double>(charts.size()),
      peak_megabytes());
}
