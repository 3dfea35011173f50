#include "base/date.hpp"
#include "plugin/ask.hpp"
#include "plugin/knowledge.hpp"
#include "plugin/legwork.h"
#include "press/clock.hpp"
#include "publish/fhir_json.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>

struct legwork_knowledge {
  legwork::plugin::Knowledge knowledge;
};

struct legwork_result {
  legwork_status status = LEGWORK_NOTHING;
  std::string data, problems;
};

namespace legwork::plugin {
namespace {
using publish::Json;

thread_local std::string open_problems;  // NOLINT: errno's way, for what has no result to hold it

/// An option that the caller may not have known of, or has left out.
std::string text_of(const char* text) { return text == nullptr ? "" : text; }

std::string outcome_of(const std::vector<fhir::Note>& notes) {
  Json::Array issues;
  for (const auto& note : notes)
    issues.push_back(Json::Object{
        {"severity", "warning"},
        {"code", "incomplete"},
        {"diagnostics", note.text},
        {"expression", note.reference.empty() ? Json::Array{} : Json::Array{note.reference}}});
  if (issues.empty()) return {};
  return publish::to_text(
      Json::Object{{"resourceType", "OperationOutcome"}, {"issue", std::move(issues)}});
}

std::string outcome_of(const std::vector<Error>& errors) {
  Json::Array issues;
  for (const auto& error : errors)
    issues.push_back(Json::Object{{"severity", "error"},
                                  {"code", "processing"},
                                  {"diagnostics", fmt::format("{}: {}", error.where, error.what)}});
  return publish::to_text(
      Json::Object{{"resourceType", "OperationOutcome"}, {"issue", std::move(issues)}});
}

legwork_result refusal(legwork_status status, const Error& error) {
  return {status, {}, outcome_of(std::vector{error})};
}

/// share/legwork beside the folder that this library lies in; "" where it is not there.
std::string data_beside_library() {
  Dl_info here{};
  if (dladdr(reinterpret_cast<const void*>(&legwork_open), &here) == 0) return {};
  namespace fs = std::filesystem;
  std::error_code error;
  const auto library = fs::canonical(here.dli_fname, error);
  for (auto up = library.parent_path(); up.has_relative_path(); up = up.parent_path())
    if (auto data = up / "share/legwork"; fs::is_directory(data / "packs", error))
      return data.native();
  return {};
}

std::vector<Error> open(const char* data, legwork_knowledge** opened) {
  Config config;
  config.data = text_of(data);
  if (config.data.empty() && std::getenv("LEGWORK_DATA") == nullptr)
    config.data = data_beside_library();
  auto loaded = load_knowledge(config);
  if (!loaded) return std::move(loaded.error());
  *opened = new legwork_knowledge{std::move(*loaded)};
  return {};
}

/// What a caller's struct holds, whatever it was compiled with.
legwork_options known(const legwork_options* given) {
  legwork_options options{};
  if (given != nullptr) std::memcpy(&options, given, std::min(given->size, sizeof options));
  return options;
}

Result<Ask> ask_of(const legwork_text* charts, std::size_t count, const legwork_options& options) {
  Ask ask;
  ask.as_of = press::today();
  for (std::size_t i = 0; i < count; ++i) {
    if (charts[i].data == nullptr && charts[i].size > 0)
      return refuse(ErrorKind::malformed, fmt::format("charts[{}]", i), "has a size and no data");
    ask.inputs.push_back({fmt::format("charts[{}]", i), {charts[i].data, charts[i].size}});
  }
  if (options.as_of != nullptr) {
    const auto date = parse_date(options.as_of);
    if (!date || !date->exact())
      return refuse(ErrorKind::malformed, "as_of", "is no day; write it as 2026-11-22");
    ask.as_of = date->first;
  }
  if (options.onset != nullptr) {
    ask.onset = parse_date(options.onset);
    if (!ask.onset || ask.onset->first > ask.as_of)
      return refuse(ErrorKind::malformed, "onset",
                    "is no date, or lies after as_of; write it as 2026-09-01");
  }
  ask.subject = text_of(options.subject);
  if (options.layout != nullptr) ask.layout = options.layout;
  ask.language = text_of(options.language);
  return ask;
}

legwork_result answer_to(const legwork_knowledge* knowledge, const legwork_text* charts,
                         std::size_t count, legwork_form form, const legwork_options* given) {
  static constexpr Form forms[] = {Form::assessment, Form::pdf, Form::html, Form::text,
                                   Form::document};
  const auto misuse = [](std::string where, std::string what) {
    return refusal(LEGWORK_MISUSE, {ErrorKind::malformed, std::move(where), std::move(what)});
  };
  if (knowledge == nullptr) return misuse("knowledge", "is NULL; open it with legwork_open");
  if (charts == nullptr || count == 0) return misuse("charts", "are none; give at least one text");
  const auto chosen = static_cast<std::size_t>(form);
  if (chosen >= std::size(forms)) return misuse("form", "is none of legwork_form");
  const auto ask = ask_of(charts, count, known(given));
  if (!ask) return refusal(LEGWORK_MISUSE, ask.error());
  auto told = answer(knowledge->knowledge, *ask, forms[chosen]);
  if (!told) return refusal(LEGWORK_NOTHING, told.error());
  return {told->rejected.empty() ? LEGWORK_DONE : LEGWORK_IN_PART, std::move(told->bytes),
          outcome_of(told->rejected)};
}
}  // namespace
}  // namespace legwork::plugin

using namespace legwork::plugin;

int legwork_abi(void) { return LEGWORK_ABI; }

const char* legwork_version(void) { return LEGWORK_VERSION; }

legwork_status legwork_open(const char* data, legwork_knowledge** opened) try {
  open_problems.clear();
  if (opened == nullptr) return LEGWORK_MISUSE;
  *opened = nullptr;
  const auto errors = open(data, opened);
  if (errors.empty()) return LEGWORK_DONE;
  open_problems = outcome_of(errors);
  return LEGWORK_NOTHING;
} catch (const std::exception&) {  // memory is out, or a fault of ours: nothing more can be said
  return LEGWORK_NOTHING;
}

const char* legwork_open_problems(void) { return open_problems.c_str(); }

void legwork_close(legwork_knowledge* knowledge) { delete knowledge; }

legwork_result* legwork_ask(legwork_knowledge* knowledge, const legwork_text* charts, size_t count,
                            legwork_form form, const legwork_options* options) {
  auto* result = new (std::nothrow) legwork_result;
  if (result == nullptr) return nullptr;
  try {
    *result = answer_to(knowledge, charts, count, form, options);
  } catch (const std::exception&) {  // what() may quote the chart
    result->status = LEGWORK_NOTHING;
  }
  return result;
}

legwork_status legwork_status_of(const legwork_result* result) {
  return result == nullptr ? LEGWORK_NOTHING : result->status;
}

const char* legwork_data(const legwork_result* result) {
  return result == nullptr ? "" : result->data.c_str();
}

size_t legwork_size(const legwork_result* result) {
  return result == nullptr ? 0 : result->data.size();
}

const char* legwork_problems(const legwork_result* result) {
  return result == nullptr ? "" : result->problems.c_str();
}

void legwork_free(legwork_result* result) { delete result; }
