// How long does it take to write pages as PDF? One iteration is one document.
#include "bench/material.hpp"
#include "report/pdf.hpp"

#include <benchmark/benchmark.h>

using namespace legwork;

static const report::PdfOptions pdf_options{
    .author = "legwork", .created = "2026-11-22T00:00:00Z", .identifier = "bench"};

/// As in a batch: one writer keeps its font subsets.
static void draw(benchmark::State& state) {
  const auto documents = bench::lay_out_all();
  report::PdfWriter writer(bench::material().fonts);
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state)
    bytes += static_cast<std::int64_t>(
        writer.write(documents[next++ % documents.size()], pdf_options)->size());
  state.SetBytesProcessed(bytes);
}
BENCHMARK(draw)->Unit(benchmark::kMillisecond);

/// As on the command line: every font is cut anew.
static void draw_first(benchmark::State& state) {
  const auto documents = bench::lay_out_all();
  std::size_t next = 0;
  for (auto _ : state) {
    report::PdfWriter writer(bench::material().fonts);
    benchmark::DoNotOptimize(writer.write(documents[next++ % documents.size()], pdf_options));
  }
}
BENCHMARK(draw_first)->Unit(benchmark::kMillisecond);
