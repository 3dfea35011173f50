// How long does a call of patient-view with 100 KB of prefetch take, and where does the time go?
// One iteration is one call.
#include "plugin/cards.hpp"

#include "bench/material.hpp"
#include "plugin/cds_service.hpp"
#include "plugin/prefetch.hpp"

#include <simdjson.h>

#include <benchmark/benchmark.h>

using namespace legwork;

namespace {
/// A chart of the examples, in the form of a call, filled up with results that the pack does not
/// know to 100 KB, as most of a real chart is.
std::string make_body() {
  const auto set = [](std::string entries) {
    return R"({"resourceType":"Bundle","type":"searchset","entry":[)" + entries + "]}";
  };
  const auto entry = [](std::string resource) { return R"({"resource":)" + resource + "}"; };
  const std::string subject = R"("subject":{"reference":"Patient/p1"})";
  const auto coded = [](std::string system, std::string code) {
    return R"("code":{"coding":[{"system":")" + system + R"(","code":")" + code + R"("}]})";
  };
  std::string conditions =
      entry(R"({"resourceType":"Condition","id":"c1",)" + subject + "," +
            coded("http://snomed.info/sct", "161873000") + R"(,"onsetDateTime":"2026-09-01"})");
  std::string drugs =
      entry(R"({"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",)" +
            subject +
            R"(,"authoredOn":"2026-07-14","medicationCodeableConcept":{"coding":[{"system":)"
            R"("http://www.nlm.nih.gov/research/umls/rxnorm","code":"308135"}]}})");
  const std::pair<std::string, std::string> known[] = {
      {"2276-4", "ug/L"}, {"718-7", "g/dL"}, {"2823-3", "mmol/L"}, {"2160-0", "mg/dL"}};
  std::string labs;
  for (int i = 0; labs.size() < 97'000; ++i) {
    const auto& [code, unit] = known[std::size_t(i) % 4];
    const auto number = std::to_string(i);
    labs +=
        (labs.empty() ? "" : ",") +
        entry(R"({"resourceType":"Observation","id":"o)" + number + R"(","status":"final",)" +
              subject + "," + coded("http://loinc.org", i % 5 == 0 ? code : "9" + number + "-1") +
              R"(,"effectiveDateTime":"2026-0)" + std::to_string(1 + i % 9) +
              R"(-11","valueQuantity":{"value":12.5,"unit":")" + unit +
              R"(","system":"http://unitsofmeasure.org","code":")" + unit + R"("}})");
  }
  return R"({"hook":"patient-view","hookInstance":"i","context":{"userId":"Practitioner/1",)"
         R"("patientId":"p1"},"prefetch":{"patient":{"resourceType":"Patient","id":"p1","gender":)"
         R"("female","birthDate":"1962-08-08"},"medications":)" +
         set(drugs) + R"(,"conditions":)" + set(conditions) + R"(,"labs":)" + set(labs) + "}}";
}

const std::string& body() {
  static const std::string made = [] {
    auto text = make_body();
    text.reserve(text.size() + 4096);  // as the server reads it
    return text;
  }();
  return made;
}

std::shared_ptr<const causes::Pack> pack() {
  return {&bench::material().pack, [](const auto*) {}};
}

struct Read {
  plugin::CdsRequest request;
  std::vector<plugin::PrefetchTemplate> templates;
  plugin::Gathered gathered;
};

Read read() {
  Read read;
  read.templates = plugin::prefetch_templates(*pack());
  const auto& service = *plugin::find_service("legwork-patient-view");
  read.request = *plugin::read_cds_request(body(), body().capacity(), service);
  read.gathered = *plugin::gather(*plugin::judge(read.request, read.templates), {}, read.request,
                                  read.templates);
  return read;
}
}  // namespace

/// The bar: the same bytes walked over and no more.
static void bare_parse(benchmark::State& state) {
  simdjson::ondemand::parser parser;
  for (auto _ : state) {
    auto document = parser.iterate(body().data(), body().size(), body().capacity());
    std::size_t members = 0;
    for (auto field : document.get_object()) members += field.unescaped_key().value().size();
    benchmark::DoNotOptimize(members);
  }
}
BENCHMARK(bare_parse)->Unit(benchmark::kMicrosecond);

static void read_request(benchmark::State& state) {
  const auto templates = plugin::prefetch_templates(*pack());
  const auto& service = *plugin::find_service("legwork-patient-view");
  for (auto _ : state) {
    const auto request = plugin::read_cds_request(body(), body().capacity(), service);
    benchmark::DoNotOptimize(plugin::judge(*request, templates));
  }
}
BENCHMARK(read_request)->Unit(benchmark::kMicrosecond);

static void read_chart(benchmark::State& state) {
  auto given = read();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        plugin::read_gathered(given.gathered, given.request, given.templates, pack()->vocabulary));
}
BENCHMARK(read_chart)->Unit(benchmark::kMicrosecond);

static void assess_chart(benchmark::State& state) {
  auto given = read();
  const auto chart =
      plugin::read_gathered(given.gathered, given.request, given.templates, pack()->vocabulary);
  for (auto _ : state) benchmark::DoNotOptimize(causes::assess(*chart, *pack(), bench::options));
}
BENCHMARK(assess_chart)->Unit(benchmark::kMicrosecond);

static void write_cards(benchmark::State& state) {
  auto given = read();
  const auto chart =
      plugin::read_gathered(given.gathered, given.request, given.templates, pack()->vocabulary);
  const auto assessment = causes::assess(*chart, *pack(), bench::options);
  for (auto _ : state) benchmark::DoNotOptimize(plugin::cards_answer(assessment, *pack()));
}
BENCHMARK(write_cards)->Unit(benchmark::kMicrosecond);

static void whole_call(benchmark::State& state) {
  plugin::CdsContext context;
  context.pack = pack();
  context.base_url = "https://legwork.example.org";
  context.today = [] { return bench::options.as_of; };
  context.now = [] { return std::string("2026-11-22T10:00:00Z"); };
  const auto routes = plugin::cds_routes(std::move(context));
  auto http = std::make_shared<plugin::Request>();
  http->path = "/cds-services/legwork-patient-view";
  http->body = body();
  http->body.reserve(body().capacity());
  for (auto _ : state) {
    const auto answer = routes[1].handler(http, {});
    if (std::get<plugin::Response>(answer).status != 200) state.SkipWithError("refused");
    benchmark::DoNotOptimize(answer);
  }
  state.SetBytesProcessed(state.iterations() * std::int64_t(body().size()));
}
BENCHMARK(whole_call)->Unit(benchmark::kMicrosecond);
