// How long does it take to set an assessment in type? One iteration is one document.
#include "report/layout.hpp"

#include "bench/material.hpp"

#include <benchmark/benchmark.h>

using namespace legwork;

static void make_document(benchmark::State& state) {
  const auto assessments = bench::assess_all();
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        report::make_document(assessments[next++ % assessments.size()], bench::material().layout));
}
BENCHMARK(make_document)->Unit(benchmark::kMillisecond);

/// As in a batch: one typesetter remembers the words of the documents before.
static void lay_out(benchmark::State& state) {
  const auto assessments = bench::assess_all();
  report::Typesetter typesetter(bench::material().fonts);
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(report::lay_out(
        report::make_document(assessments[next++ % assessments.size()], bench::material().layout),
        typesetter));
}
BENCHMARK(lay_out)->Unit(benchmark::kMillisecond);

/// As on the command line: every word is met for the first time.
static void lay_out_first(benchmark::State& state) {
  const auto assessments = bench::assess_all();
  std::size_t next = 0;
  for (auto _ : state) {
    report::Typesetter typesetter(bench::material().fonts);
    benchmark::DoNotOptimize(report::lay_out(
        report::make_document(assessments[next++ % assessments.size()], bench::material().layout),
        typesetter));
  }
}
BENCHMARK(lay_out_first)->Unit(benchmark::kMillisecond);
