#include "plugin/prefetch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
constexpr std::string_view token = "{{context.patientId}}";
constexpr std::string_view none_sent = "the EHR says that it has none";

std::string query_of(const PrefetchTemplate& asked, const CdsRequest& request) {
  std::string query = asked.query;
  if (const auto at = query.find(token); at != query.npos)
    query.replace(at, token.size(), request.patient);
  return query;
}

std::string name_of(std::string_view key) { return fmt::format("prefetch.{}", key); }

/// The id in "Patient/p1", "https://…/Patient/p1/_history/3", "p1".
std::string_view id_in(std::string_view reference) {
  if (const auto history = reference.find("/_history/"); history != reference.npos)
    reference = reference.substr(0, history);
  return reference.substr(reference.rfind('/') + 1);
}

/// Whether a value can stand for what was asked for. A searchset with nothing in it can.
bool is_answer(const Prefetched& value, const PrefetchTemplate& asked) {
  const bool asked_for = std::ranges::find(value.types, asked.type) != value.types.end();
  return asked_for || (value.kind == Prefetched::Kind::bundle && value.types.empty());
}

constexpr std::string_view other_data = "other data were sent in its place";

/// Why a value is not what was asked for; "" where it is.
std::string fault_in(const Prefetched& value, const PrefetchTemplate& asked) {
  using enum Prefetched::Kind;
  switch (value.kind) {
    case null:
      return std::string(none_sent);
    case unreadable:
      return "sent in a form that cannot be read";
    case outcome:
      return "the FHIR server answered with an error";
    case resource:
    case bundle:
      break;
  }
  if (value.types.empty() && value.failed) return "the FHIR server answered with an error";
  return is_answer(value, asked) ? "" : std::string(other_data);
}

/// Why there is more of a value that is one of those asked for.
std::string lack_in(const Prefetched& value) {
  if (value.failed) return "the FHIR server reported an error beside them";
  if (!value.next.empty()) return "only the first page was sent";
  if (value.total && *value.total > value.entries)
    return fmt::format("{} of {} entries were sent", value.entries, *value.total);
  return {};
}

Result<void> check_patients(const Prefetched& value, const CdsRequest& request) {
  for (const auto& id : value.patients) {
    if (id == request.patient) continue;
    return refuse(ErrorKind::unsupported, name_of(value.key),
                  "holds another patient than context.patientId, so nothing was assessed; send the "
                  "data of the one patient in context");
  }
  return {};
}

/// One template, and all that came under its key.
void judge_key(const PrefetchTemplate& asked, const CdsRequest& request, Judged& judged) {
  Unseen unseen{std::string(asked.key), std::string(asked.name), {}, false};
  bool any = false, said_none = false;
  std::string next;
  for (const Prefetched& value : request.prefetch) {
    if (value.key != asked.key) continue;
    auto fault = fault_in(value, asked);
    said_none = said_none || value.kind == Prefetched::Kind::null;
    if (fault == other_data) judged.read.push_back({name_of(value.key) + " beside", value.json});
    if (!fault.empty()) {
      if (unseen.why.empty() || unseen.why == none_sent) unseen.why = std::move(fault);
      continue;
    }
    const auto again = any ? fmt::format(" {}", judged.read.size()) : std::string();
    any = true;
    judged.read.push_back({name_of(value.key) + again, value.json});
    if (auto lack = lack_in(value); !lack.empty()) {
      unseen.why = std::move(lack);
      next = value.next;
    }
  }
  unseen.in_part = any;
  const bool only_none = said_none && unseen.why == none_sent;
  if (any && (unseen.why.empty() || only_none)) return;  // seen, all of it
  if (unseen.why.empty()) unseen.why = "not sent";
  if (!only_none)
    judged.to_fetch.push_back({unseen.key, next.empty() ? query_of(asked, request) : next});
  judged.unseen.push_back(std::move(unseen));
}

const PrefetchTemplate* find(std::span<const PrefetchTemplate> templates, std::string_view key) {
  const auto found = std::ranges::find(templates, key, &PrefetchTemplate::key);
  return found == templates.end() ? nullptr : &*found;
}

/// Takes one text that was fetched. Says why it is not what was asked for; "" where it is.
Result<std::string> take(std::string text, const PrefetchTemplate& asked, const CdsRequest& request,
                         Gathered& gathered) {
  gathered.texts.push_back(std::move(text));
  const Prefetched value = look_at(std::string(asked.key), gathered.texts.back());
  if (auto right = check_patients(value, request); !right) return tl::unexpected(right.error());
  if (auto fault = fault_in(value, asked); !fault.empty()) return fault;
  gathered.read.push_back(
      {fmt::format("{} {}", asked.key, gathered.texts.size()), gathered.texts.back()});
  return value.failed ? "the FHIR server reported an error beside them" : "";
}

/// Resources that nobody asked for by a key: the Medications that orders name.
void take_beside(std::vector<Obtained>& obtained, std::span<const PrefetchTemplate> templates,
                 Gathered& gathered) {
  for (Obtained& one : obtained) {
    if (find(templates, one.key) != nullptr) continue;
    for (auto& text : one.texts) {
      gathered.texts.push_back(std::move(text));
      gathered.read.push_back(
          {fmt::format("medications {}", gathered.texts.size()), gathered.texts.back()});
    }
  }
}

/// Lists that tell what is taken.
bool tells_drugs(const Unseen& unseen) {
  if (unseen.key == "medications") return true;
  // Statements that the EHR has not are no lack; those that it has and did not bring are.
  return unseen.key == "statements" &&
         (unseen.in_part || unseen.why.find("error") != std::string::npos);
}

void tell_unseen(const Gathered& gathered, fhir::Chart& chart) {
  for (const Unseen& unseen : gathered.unseen) {
    chart.notes.push_back({fhir::Note::Severity::warning, name_of(unseen.key),
                           fmt::format("{} not seen{}: {}", unseen.name,
                                       unseen.in_part ? " in full" : "", unseen.why)});
    if (!tells_drugs(unseen) || chart.medication_entries == 0) continue;
    ++chart.medication_entries;
    chart.unidentified_medications.push_back(name_of(unseen.key));
  }
}

/// The input that an error of the reader names; the end where it is about all of them.
auto named_in(const Error& error, std::vector<fhir::Input>& inputs) {
  return std::ranges::find_if(inputs, [&](const fhir::Input& input) {
    return error.where == input.name || error.where.starts_with(input.name + ":");
  });
}

std::string key_of(std::string_view input_name) {
  if (input_name.starts_with("prefetch.")) input_name.remove_prefix(9);
  return std::string(input_name.substr(0, input_name.find(' ')));
}
}  // namespace

Result<Judged> judge(const CdsRequest& request, std::span<const PrefetchTemplate> templates) {
  if (!request.token_patient.empty() && id_in(request.token_patient) != request.patient)
    return refuse(ErrorKind::unsupported, "fhirAuthorization.patient",
                  "is another patient than context.patientId, so nothing was assessed; send the "
                  "token of the patient in context");
  Judged judged;
  for (const Prefetched& value : request.prefetch) {
    if (find(templates, value.key) == nullptr) continue;
    if (auto right = check_patients(value, request); !right) return tl::unexpected(right.error());
  }
  for (const PrefetchTemplate& asked : templates) judge_key(asked, request, judged);
  return judged;
}

Result<Gathered> gather(Judged judged, std::vector<Obtained> obtained, const CdsRequest& request,
                        std::span<const PrefetchTemplate> templates) {
  Gathered gathered;
  gathered.read = std::move(judged.read);
  for (Unseen& unseen : judged.unseen) {
    const PrefetchTemplate* const asked = find(templates, unseen.key);
    const auto found = std::ranges::find(obtained, unseen.key, &Obtained::key);
    if (found == obtained.end()) {
      gathered.unseen.push_back(std::move(unseen));
      continue;
    }
    const std::size_t before = gathered.read.size();
    std::string why = found->not_seen;
    for (auto& text : found->texts) {
      auto taken = take(std::move(text), *asked, request, gathered);
      if (!taken) return tl::unexpected(taken.error());
      if (why.empty()) why = std::move(*taken);
    }
    const bool any = gathered.read.size() > before;
    if (any && why.empty()) continue;  // seen now
    unseen.why = why.empty() ? "the FHIR server sent nothing" : why;
    unseen.in_part = unseen.in_part || any;
    gathered.unseen.push_back(std::move(unseen));
  }
  take_beside(obtained, templates, gathered);
  return gathered;
}

std::vector<std::string> missing(const std::vector<Unseen>& unseen) {
  std::vector<std::string> keys;
  for (const Unseen& one : unseen) {
    const bool needed = one.key == "patient" || (one.key == "conditions" && one.why != none_sent);
    if (needed && !one.in_part) keys.push_back(one.key);
  }
  return keys;
}

Result<fhir::Chart> read_gathered(Gathered& gathered, const CdsRequest& request,
                                  std::span<const PrefetchTemplate> templates,
                                  const fhir::Vocabulary& vocabulary) {
  for (;;) {
    auto chart = fhir::read_chart(gathered.read, vocabulary);
    if (chart) {
      if (id_in(chart->patient.reference) != request.patient)
        return refuse(ErrorKind::unsupported, "prefetch.patient",
                      "is not the patient of context.patientId; send that patient's data");
      tell_unseen(gathered, *chart);
      return chart;
    }
    const auto at = named_in(chart.error(), gathered.read);
    if (chart.error().kind == ErrorKind::missing || at == gathered.read.end()) return chart;
    if (gathered.read.size() == 1) return chart;
    const auto* const asked = find(templates, key_of(at->name));
    gathered.read.erase(at);
    gathered.unseen.push_back({std::string(asked->key), std::string(asked->name),
                               "sent in a form that cannot be read", false});
  }
}
}  // namespace legwork::plugin
