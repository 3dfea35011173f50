// What does comparing a value in another unit cost? One iteration is one conversion.
#include "causes/units.hpp"

#include <benchmark/benchmark.h>

using namespace legwork;

static void convert(benchmark::State& state, const char* from, const char* to) {
  for (auto _ : state) benchmark::DoNotOptimize(causes::convert(75, from, to, {113.12}));
}
BENCHMARK_CAPTURE(convert, same, "ug/L", "ug/L");
BENCHMARK_CAPTURE(convert, mass, "ng/mL", "ug/L");
BENCHMARK_CAPTURE(convert, moles, "umol/L", "mg/dL");
BENCHMARK_CAPTURE(convert, arbitrary, "u[IU]/mL", "m[IU]/L");
BENCHMARK_CAPTURE(convert, clearance, "mL/min/{1.73_m2}", "mL/min/{1.73_m2}");
BENCHMARK_CAPTURE(convert, not_a_unit, "NOT ESTABLISHED", "ug/L");
