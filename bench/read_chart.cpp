// How fast does FHIR become a Chart? One iteration is one chart.
#include "fhir/read.hpp"

#include "bench/material.hpp"

#include <benchmark/benchmark.h>

using namespace legwork;

static void read_chart(benchmark::State& state) {
  const auto& [charts, pack, layout, fonts] = bench::material();
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const auto& file = charts[next++ % charts.size()];
    const fhir::Input input{file.name, file.text};
    benchmark::DoNotOptimize(fhir::read_chart({&input, 1}, pack.vocabulary));
    bytes += static_cast<std::int64_t>(file.text.size());
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_chart)->Unit(benchmark::kMillisecond);

/// With a list of the codes that the pack does not know: costs only who asks for it.
static void read_and_list_unmapped(benchmark::State& state) {
  const auto& [charts, pack, layout, fonts] = bench::material();
  std::size_t next = 0;
  for (auto _ : state) {
    const auto& file = charts[next++ % charts.size()];
    const fhir::Input input{file.name, file.text};
    fhir::Unmapped unmapped;
    benchmark::DoNotOptimize(fhir::read_chart({&input, 1}, pack.vocabulary, unmapped));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_and_list_unmapped)->Unit(benchmark::kMillisecond);
