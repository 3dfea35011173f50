#include "plugin/cds_service.hpp"

#include "causes/assess.hpp"
#include "plugin/cards.hpp"
#include "plugin/order_reading.hpp"
#include "plugin/outcome.hpp"
#include "plugin/prefetch.hpp"
#include "publish/review.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
/// A call while it is worked on; the request owns the bytes that the rest refers to.
struct Call {
  std::shared_ptr<const Request> http;
  Caller caller;
  const CdsService* service = nullptr;
  CdsRequest request;
  Judged judged;
};

Response refuse_call(const Error& error) {
  constexpr std::string_view codes[] = {"structure", "value", "required", "transient"};
  return outcome(400, codes[static_cast<std::size_t>(error.kind)],
                 fmt::format("{} {}", error.where, error.what));
}

Response not_found() {
  return outcome(404, "not-found",
                 "there is no CDS service of that id; GET /cds-services lists them");
}

Response json(std::string body) { return {200, "application/json", std::move(body), {}}; }

/// What stands behind the services, made once.
class CdsServices : public std::enable_shared_from_this<CdsServices> {
 public:
  explicit CdsServices(CdsContext context)
      : context_(std::move(context)),
        templates_(prefetch_templates(*context_.pack)),
        discovery_(discovery(context_.pack->provenance.pack_title, templates_)),
        basis_(publish::to_html(publish::review_of(*context_.pack))) {}

  Answer discover() const { return json(discovery_); }
  Answer basis() const { return Response{200, "text/html; charset=utf-8", basis_, {}}; }
  Answer call(std::shared_ptr<const Request> http, const Caller& caller) const;
  Answer feedback(const Request& http) const;

 private:
  bool may_fetch(const Call& call) const;
  Response finish(Call& call, std::vector<Obtained> obtained) const;
  Response precondition(const std::vector<std::string>& keys, const Gathered& gathered) const;
  std::vector<Card> cards(const Call& call, const Gathered& gathered, const fhir::Chart& chart,
                          const CardMaterial& material) const;
  void keep_silent(const CardFrame& frame, std::vector<Card>& cards) const;
  void show(const Call& call, const CardFrame& frame, const std::vector<Card>& cards) const;
  void add_summary(const CardMaterial& material, const CardFrame& frame,
                   std::vector<Card>& cards) const;
  std::string action_of(const Feedback& feedback) const;
  void report(const Error& error) const {
    if (context_.report) context_.report(error);
  }

  CdsContext context_;
  std::vector<PrefetchTemplate> templates_;
  std::string discovery_, basis_;
};

Answer CdsServices::call(std::shared_ptr<const Request> http, const Caller& caller) const {
  const auto* const service = find_service(segment(http->path, 1));
  if (service == nullptr) return not_found();
  auto request = read_cds_request(http->body, http->body.capacity(), *service);
  if (!request) return refuse_call(request.error());
  auto judged = judge(*request, templates_);
  if (!judged) return refuse_call(judged.error());
  auto call = std::make_shared<Call>(
      Call{std::move(http), caller, service, std::move(*request), std::move(*judged)});
  if (!may_fetch(*call)) return finish(*call, {});
  return Later([self = shared_from_this(), this, call] {
    const auto& sent = call->request;
    FetchPlan plan{call->caller, sent.fhir_server, sent.access_token, call->judged.to_fetch, {}};
    for (const auto& input : call->judged.read) plan.sent.push_back(input.text);
    return finish(*call, context_.fetch(plan));
  });
}

/// With a token: whatever is missing, and the drugs that orders name by reference alone. Without
/// one only what nothing can be said without, in case the server is open.
bool CdsServices::may_fetch(const Call& call) const {
  if (!context_.fetch || call.request.fhir_server.empty()) return false;
  if (call.request.access_token.empty()) return !missing(call.judged.unseen).empty();
  const bool refers = std::ranges::any_of(call.judged.read, [](const fhir::Input& input) {
    return input.text.find("\"medicationReference\"") != std::string_view::npos;
  });
  return refers || !call.judged.to_fetch.empty();
}

Response CdsServices::precondition(const std::vector<std::string>& keys,
                                   const Gathered& gathered) const {
  std::vector<std::string> reasons;
  for (const Unseen& one : gathered.unseen)
    if (std::ranges::find(keys, one.key) != keys.end())
      reasons.push_back(fmt::format("prefetch.{} ({})", one.key, one.why));
  return outcome(412, "required",
                 fmt::format("needs {}; send it as prefetch, or name a fhirServer that legwork may "
                             "read it from and send fhirAuthorization.access_token",
                             fmt::join(reasons, " and ")));
}

std::string reference(std::string_view type, const std::string& id) {
  if (id.empty()) return {};
  return id.find('/') == std::string::npos ? fmt::format("{}/{}", type, id) : id;
}

/// Those who may ask for an order.
std::string requester(const std::string& user) {
  return user.starts_with("Practitioner/") || user.starts_with("PractitionerRole/") ? user : "";
}

publish::ProposedFor whom(const CdsRequest& request, const causes::Assessment& assessment) {
  publish::ProposedFor made{reference("Patient", request.patient),
                            requester(request.user),
                            reference("Encounter", request.encounter),
                            {}};
  for (const auto& piece : assessment.complaint.evidence)
    if (piece.reference.starts_with("Condition/")) made.reasons.push_back(piece.reference);
  return made;
}

Response CdsServices::finish(Call& call, std::vector<Obtained> obtained) const {
  const auto& request = call.request;
  auto gathered = gather(std::move(call.judged), std::move(obtained), request, templates_);
  if (!gathered) return refuse_call(gathered.error());
  if (const auto keys = missing(gathered->unseen); !keys.empty())
    return precondition(keys, *gathered);
  const auto& pack = *context_.pack;
  const auto chart = read_gathered(*gathered, request, templates_, pack.vocabulary);
  if (!chart && chart.error().kind == ErrorKind::missing) {
    return outcome(412, "required",
                   "needs prefetch.patient: a Patient that can be read; send it as prefetch");
  }
  if (!chart) return refuse_call(chart.error());
  const auto assessment = causes::assess(*chart, pack, {context_.today(), {}});
  const CardMaterial material{assessment, pack, gathered->unseen, whom(request, assessment),
                              context_.base_url};
  const CardFrame frame{
      pack, std::string(call.service->id),
      keyed_hash(context_.key,
                 {"patient", call.caller.client, call.caller.tenant, request.patient}),
      context_.base_url, context_.launch_url ? context_.launch_url(call.caller) : ""};
  auto made = cards(call, *gathered, *chart, material);
  keep_silent(frame, made);
  add_summary(material, frame, made);
  show(call, frame, made);
  return json(to_answer(made, frame));
}

std::vector<Card> CdsServices::cards(const Call& call, const Gathered& gathered,
                                     const fhir::Chart& chart, const CardMaterial& material) const {
  const bool orders =
      call.service->hook == Hook::order_select || call.service->hook == Hook::order_sign;
  if (!orders) return cards_of(material);
  const auto patient = std::ranges::find_if(gathered.read, [](const fhir::Input& input) {
    return input.name.starts_with("prefetch.patient") || input.name.starts_with("patient ");
  });
  if (patient == gathered.read.end()) return {};
  const auto& pack = *context_.pack;
  const auto drafts = read_drafts(call.request, *patient, pack.vocabulary);
  const auto findings =
      causes::judge_orders(drafts.drugs, chart, pack, {material.assessment.as_of, {}});
  return order_cards(material, findings, on_file(drafts.services, material.assessment, pack));
}

/// Drops what was accepted or overridden already, by whatever service it was shown.
void CdsServices::keep_silent(const CardFrame& frame, std::vector<Card>& cards) const {
  if (!context_.feedback) return;
  std::erase_if(cards, [&](const Card& card) {
    std::vector<std::string> uuids;
    for (const CdsService& service : cds_services())
      uuids.push_back(card_uuid(service.id, frame.patient, card));
    const auto answered = context_.feedback->is_answered(uuids);
    if (!answered) report(answered.error());
    return answered && *answered;
  });
}

void CdsServices::show(const Call& call, const CardFrame& frame,
                       const std::vector<Card>& cards) const {
  if (!context_.feedback) return;
  const auto& from = frame.pack.provenance;
  for (const Card& card : cards) {
    ShownCard shown{card_uuid(frame.service, frame.patient, card),
                    frame.service,
                    card.concern,
                    card.state,
                    frame.patient,
                    keyed_hash(context_.key, {"user", call.caller.client, call.request.user}),
                    call.caller.client,
                    call.caller.tenant,
                    from.pack_id + ' ' + from.pack_version};
    if (const auto kept = context_.feedback->show(shown, context_.now()); !kept)
      report(kept.error());
  }
}

void CdsServices::add_summary(const CardMaterial& material, const CardFrame& frame,
                              std::vector<Card>& cards) const {
  const auto card = std::ranges::find(cards, "work-up", &Card::concern);
  if (!context_.print || card == cards.end()) return;
  const auto summary = context_.print(material.assessment);
  if (!summary) return report(summary.error());
  offer_summary(*summary, material, frame, *card);
}

/// What was accepted, by the pack's ids; the uuids say nothing to who reads the export.
std::string CdsServices::action_of(const Feedback& feedback) const {
  std::vector<std::string> names;
  const auto add = [&](const std::string& id) {
    if (std::ranges::find(feedback.accepted, suggestion_uuid(feedback.card, id)) !=
        feedback.accepted.end())
      names.push_back(id);
  };
  for (const auto& test : context_.pack->tests) add(test.id);
  add("file-summary");
  return fmt::format("{}", fmt::join(names, " "));
}

Answer CdsServices::feedback(const Request& http) const {
  if (find_service(segment(http.path, 1)) == nullptr) return not_found();
  auto feedback = read_feedback(http.body);
  if (!feedback) return refuse_call(feedback.error());
  if (context_.feedback) {
    std::vector<std::string> actions;
    for (Feedback& one : *feedback) {
      actions.push_back(action_of(one));
      if (one.reason_code.empty() || is_override_reason(one.reason_system, one.reason_code))
        continue;
      one.reason_system.clear();  // a code of somebody else's could hold anything
      one.reason_code = "other";
    }
    const auto kept = context_.feedback->keep(*feedback, actions, context_.now());
    if (!kept) report(kept.error());
  }
  return Response{200, {}, {}, {}};
}
}  // namespace

std::vector<Route> cds_routes(CdsContext context) {
  const auto services = std::make_shared<const CdsServices>(std::move(context));
  using Http = std::shared_ptr<const Request>;
  const std::vector<std::string> json_body = {"application/json", "application/fhir+json"};
  std::vector<Route> routes(4);
  routes[0] = {.name = "cds-services",
               .method = "GET",
               .pattern = "/cds-services",
               .accepts = {},
               .handler = [services](Http, const Caller&) { return services->discover(); },
               .cors = Cors::listed,
               .runs = Runs::at_once};
  routes[1] = {.name = "cds-service",
               .method = "POST",
               .pattern = "/cds-services/{id}",
               .accepts = json_body,
               .handler =
                   [services](Http http, const Caller& caller) {
                     return services->call(std::move(http), caller);
                   },
               .cors = Cors::listed};
  routes[2] = {
      .name = "cds-feedback",
      .method = "POST",
      .pattern = "/cds-services/{id}/feedback",
      .accepts = json_body,
      .handler = [services](Http http, const Caller&) { return services->feedback(*http); },
      .cors = Cors::listed};
  routes[3] = {.name = "basis",
               .method = "GET",
               .pattern = "/basis",
               .access = Access::open,
               .accepts = {},
               .handler = [services](Http, const Caller&) { return services->basis(); },
               .runs = Runs::at_once};
  return routes;
}
}  // namespace legwork::plugin
