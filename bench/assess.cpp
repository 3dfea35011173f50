// How long does it take to hold a Chart against the pack? One iteration is one chart.
#include "causes/assess.hpp"

#include "bench/material.hpp"
#include "causes/json.hpp"

#include <benchmark/benchmark.h>

using namespace legwork;

static void assess(benchmark::State& state) {
  const auto charts = bench::read_all();
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        causes::assess(charts[next++ % charts.size()], bench::material().pack, bench::options));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(assess)->Unit(benchmark::kMillisecond);

static void write_json(benchmark::State& state) {
  const auto assessments = bench::assess_all();
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(causes::to_json(assessments[next++ % assessments.size()]));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(write_json)->Unit(benchmark::kMillisecond);
