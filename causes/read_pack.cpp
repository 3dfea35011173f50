#include "causes/pack_reading.hpp"

#include "base/digest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace legwork::causes {
namespace {
/// An element that defines something, and the index it was given.
struct Definition {
  Element at;
  std::size_t index;
};

/// The elements of all files, by the name of their root.
class Roots {
 public:
  void add(XmlFile file) {
    files_.push_back(std::move(file));
    roots_.push_back(files_.back().root());
  }
  std::vector<Element> named(std::string_view name) const {
    std::vector<Element> found;
    std::copy_if(roots_.begin(), roots_.end(), std::back_inserter(found),
                 [&](const Element& root) { return root.name() == name; });
    return found;
  }
  const std::vector<Element>& all() const { return roots_; }

 private:
  std::vector<XmlFile> files_;
  std::vector<Element> roots_;
};

constexpr std::array known_roots = {"pack",    "systems",   "sources", "claims",    "concepts",
                                    "forms",   "units",     "phrases", "criteria",  "causes",
                                    "tests",   "red-flags", "scores",  "questions", "banners",
                                    "patient", "orders"};

/// Makes room for each <element> under a <root>, and its id known.
template <class T>
std::vector<Definition> define(const Roots& roots, std::string_view root, std::string_view element,
                               IdKind kind, std::vector<T>& into, Reading& reading) {
  std::vector<Definition> found;
  for (const Element& parent : roots.named(root)) {
    for (const Element& at : parent.children()) {
      if (at.name() != element) {
        reading.fault(at, fmt::format("<{}> does not belong in <{}>", at.name(), root));
        continue;
      }
      reading.define(at, kind, into.size());
      found.push_back({at, into.size()});
      into.emplace_back();
    }
  }
  return found;
}

std::optional<Day> read_day(const Element& at, std::string_view attribute, Reading& reading) {
  const auto date = parse_date(reading.required(at, attribute));
  if (date && date->exact()) return date->first;
  reading.fault(at, fmt::format("{} must be a day, written like 2026-11-22", attribute));
  return {};
}

void read_sources(const std::vector<Definition>& definitions, Reading& reading) {
  for (const auto& [at, index] : definitions) {
    reading.expect(at, {"id", "short", "title", "url", "verified", "reviewed", "note"}, {});
    reading.choice(at, "verified", {"full", "abstract", "secondary", "memory"});
    reading.pack.sources[index] = {reading.required(at, "id"),
                                   reading.required(at, "short"),
                                   reading.required(at, "title"),
                                   reading.optional(at, "url"),
                                   reading.required(at, "verified"),
                                   read_day(at, "reviewed", reading),
                                   at.where()};
  }
}

void read_claims(const std::vector<Definition>& definitions, Reading& reading) {
  for (const auto& [at, index] : definitions) {
    reading.expect(at, {"id", "source", "added", "note"}, {});
    Claim claim{reading.required(at, "id"), std::string(at.text()), {}};
    const std::string source = reading.required(at, "source");
    if (!source.empty() && source != "article") {
      claim.source = reading.find(at, IdKind::source, source);
    }
    if (claim.text.empty()) reading.fault(at, "a claim needs its statement as text");
    reading.pack.claims[index] = std::move(claim);
  }
}

void read_questions(const std::vector<Definition>& definitions, Reading& reading) {
  for (const auto& [at, index] : definitions) {
    reading.expect(at, {"id", "label", "type"}, {"ask", "effect"});
    Question question{reading.required(at, "id"),
                      reading.required(at, "label"),
                      reading.required(at, "type"),
                      {},
                      {}};
    if (const auto ask = at.child("ask")) question.ask = ask->text();
    if (const auto effect = at.child("effect")) question.effect = effect->text();
    if (question.ask.empty()) reading.fault(at, "a question needs its words in <ask>");
    reading.pack.vocabulary.add_question(question.id);
    reading.pack.questions[index] = std::move(question);
  }
}

/// Closes is-a over any number of steps: `narrower` of each concept, itself included.
void read_hierarchy(const std::vector<Definition>& definitions, Reading& reading) {
  auto& concepts = reading.pack.concepts;
  std::vector<std::vector<Index>> wider(concepts.size());
  for (const auto& [at, index] : definitions) {
    wider[index] = reading.references(at, "is-a", IdKind::concept_);
  }
  for (std::size_t id = 0; id < concepts.size(); ++id) {
    std::vector<bool> seen(concepts.size());
    std::vector<std::size_t> open{id};
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      if (seen[at]) continue;
      seen[at] = true;
      concepts[at].narrower.push_back(static_cast<ConceptId>(id));
      open.insert(open.end(), wider[at].begin(), wider[at].end());
      if (std::ranges::find(wider[at], id) == wider[at].end()) continue;
      reading.fault(
          definitions[id].at,
          fmt::format("'{}' is wider than itself; break the circle of is-a", concepts[id].id));
    }
  }
}

/// A threshold on a wider concept is held against the values of the narrower: they need one unit.
void check_units(const Element& at, ConceptId id, Reading& reading) {
  const Concept& wider = reading.pack.concepts[id];
  if (wider.kind != fhir::Kind::observation) return;
  for (const ConceptId other : wider.narrower) {
    const Concept& narrower = reading.pack.concepts[other];
    if (narrower.unit == wider.unit) continue;
    reading.fault(at, fmt::format("'{}' is in {} and '{}', which is one, in {}: a threshold would "
                                  "have two units; give both the same",
                                  wider.id, wider.unit.empty() ? "no unit" : wider.unit,
                                  narrower.id, narrower.unit.empty() ? "no unit" : narrower.unit));
  }
}

void read_concepts(const Roots& roots, Reading& reading) {
  const auto definitions =
      define(roots, "concepts", "concept", IdKind::concept_, reading.pack.concepts, reading);
  for (const auto& [at, index] : definitions) {
    read_concept(at, reading.pack.concepts[index], reading);
  }
  read_hierarchy(definitions, reading);
  for (const auto& [at, index] : definitions) {
    read_codes(at, static_cast<ConceptId>(index), reading);
    read_ratio(at, static_cast<ConceptId>(index), reading);
    check_units(at, static_cast<ConceptId>(index), reading);
  }
}

/// Other systems know the pack by this address, and what else it exports by what stands before
/// "/Questionnaire/" in it.
void read_questionnaire(const Element& root, Reading& reading) {
  constexpr std::string_view type = "/Questionnaire/";
  Pack& pack = reading.pack;
  pack.questionnaire = reading.required(root, "questionnaire");
  pack.vocabulary.set_questionnaire(pack.questionnaire);
  const auto at = pack.questionnaire.find(type);
  if (pack.questionnaire.empty()) return;
  if (at == std::string::npos || at == 0 || at + type.size() == pack.questionnaire.size()) {
    reading.fault(root, fmt::format("questionnaire=\"{}\" is no canonical; write it like "
                                    "https://hospital.example/fhir/Questionnaire/heavy-legs",
                                    pack.questionnaire));
  }
}

/// What everything else refers to comes before it.
void read_all(const Roots& roots, Reading& reading) {
  Pack& pack = reading.pack;
  for (const Element& root : roots.named("systems")) read_systems(root, reading);
  for (const Element& root : roots.named("forms")) read_forms(root, reading);
  for (const Element& root : roots.named("phrases")) read_phrases(root, reading);
  read_sources(define(roots, "sources", "source", IdKind::source, pack.sources, reading), reading);
  read_claims(define(roots, "claims", "claim", IdKind::claim, pack.claims, reading), reading);
  read_concepts(roots, reading);
  for (const Element& root : roots.named("units")) read_unit_repairs(root, reading);
  read_questions(define(roots, "questions", "question", IdKind::question, pack.questions, reading),
                 reading);

  const auto tests = define(roots, "tests", "test", IdKind::test, pack.tests, reading);
  for (const auto& [at, index] : tests) read_test_measures(at, pack.tests[index], reading);
  const auto criteria =
      define(roots, "criteria", "criterion", IdKind::criterion, pack.criteria, reading);
  const auto causes = define(roots, "causes", "cause", IdKind::cause, pack.causes, reading);
  const auto flags =
      define(roots, "red-flags", "red-flag", IdKind::red_flag, pack.red_flags, reading);
  const auto scores = define(roots, "scores", "score", IdKind::score, pack.scores, reading);
  const auto orders =
      define(roots, "orders", "drug-order", IdKind::drug_order, pack.drug_orders, reading);

  for (const auto& [at, index] : criteria) {
    reading.expect(at, {"id"}, {"*criterion*"});
    if (auto criterion = read_criterion_in(at, reading)) {
      pack.criteria[index] = {reading.required(at, "id"), std::move(*criterion)};
    }
  }
  for (const auto& [at, index] : causes) read_cause(at, pack.causes[index], reading);
  for (const auto& [at, index] : flags) read_red_flag(at, pack.red_flags[index], reading);
  for (const auto& [at, index] : scores) read_score(at, pack.scores[index], reading);
  for (const auto& [at, index] : orders) read_drug_order(at, pack.drug_orders[index], reading);
  for (const auto& [at, index] : tests) read_test(at, pack.tests[index], reading);
  for (const Element& root : roots.named("banners")) {
    for (const Element& at : root.children()) read_banner(at, reading);
  }
  for (const Element& root : roots.named("patient")) read_patient_words(root, reading);
  for (const Element& root : roots.named("pack")) read_header(root, reading);
}

/// The same for the same texts, wherever the files lie and in whatever order they were read.
std::string digest_of(std::span<const PackFile> files) {
  std::vector<std::string> digests;
  for (const PackFile& file : files) digests.push_back(sha256(file.text));
  std::sort(digests.begin(), digests.end());
  return sha256(fmt::format("{}", fmt::join(digests, "")));
}
}  // namespace

void read_phrases(const Element& root, Reading& reading) {
  reading.expect(root, {"lang"}, {"phrase"});
  auto& texts = reading.pack.phrases.text;
  for (const Element& at : root.children()) {
    const std::string id = reading.required(at, "id");
    const auto found = std::find(phrase_ids.begin(), phrase_ids.end(), id);
    if (found == phrase_ids.end()) {
      reading.fault(at, fmt::format("the engine says no phrase '{}'", id));
    } else {
      texts[static_cast<std::size_t>(found - phrase_ids.begin())] = at.text();
    }
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].empty())
      reading.fault(root, fmt::format("the phrase '{}' is missing", phrase_ids[i]));
  }
}

void read_header(const Element& root, Reading& reading) {
  reading.expect(root, {"id", "version", "title", "released", "questionnaire", "adult-from"},
                 {"article", "complaint", "medication-cover", "answers", "findings", "results",
                  "sources", "attribute", "disclaimer", "intended-use", "out-of-scope"});
  Pack& pack = reading.pack;
  auto& provenance = pack.provenance;
  provenance.pack_id = reading.required(root, "id");
  provenance.pack_version = reading.required(root, "version");
  provenance.complaint_title = provenance.pack_title = reading.required(root, "title");
  pack.adult_from = reading.whole(root, "adult-from", 0);
  pack.released = reading.optional(root, "released");
  if (!pack.released.empty() && !parse_date(pack.released)) {
    reading.fault(
        root, fmt::format("released=\"{}\" is no date; write it like 2026-11-22", pack.released));
  }
  read_questionnaire(root, reading);
  for (const Element& at : root.children()) {
    if (at.name() == "article") provenance.article = reading.required(at, "citation");
    if (at.name() == "disclaimer") provenance.disclaimer = at.text();
    if (at.name() == "intended-use") pack.intended_use = at.text();
    if (at.name() == "out-of-scope") pack.out_of_scope = at.text();
    if (at.name() == "attribute") {
      provenance.attributes.emplace_back(reading.required(at, "name"), at.text());
    }
    if (at.name() == "medication-cover") {
      pack.medication_cover = reading.period(at, "period").value_or(pack.medication_cover);
      pack.restart_gap = reading.period(at, "restart").value_or(pack.restart_gap);
    }
    if (at.name() == "results") {
      pack.results_stale = reading.period(at, "stale").value_or(pack.results_stale);
    }
    if (at.name() == "sources") {
      pack.sources_valid = reading.period(at, "valid").value_or(pack.sources_valid);
    }
    if (at.name() == "findings") {
      pack.findings_valid = reading.period(at, "valid").value_or(pack.findings_valid);
    }
    if (at.name() == "answers") {
      pack.answers_valid = reading.period(at, "valid").value_or(pack.answers_valid);
    }
    if (at.name() == "complaint") {
      reading.expect(at, {"concepts", "onset-concepts", "questions", "onset-question"}, {});
      pack.complaint.concepts = reading.references(at, "concepts", IdKind::concept_);
      pack.complaint.onset_concepts = reading.references(at, "onset-concepts", IdKind::concept_);
      pack.complaint.questions = reading.references(at, "questions", IdKind::question);
      pack.complaint.onset_question = reading.reference(at, "onset-question", IdKind::question);
    }
  }
}

const Claim* Pack::claim(std::string_view id) const {
  const auto found = std::find_if(claims.begin(), claims.end(),
                                  [&](const Claim& claim) { return claim.id == id; });
  return found == claims.end() ? nullptr : &*found;
}

const PatientWords* Pack::patient_words(std::string_view lang) const {
  const auto found = std::ranges::find(patient, lang, &PatientWords::lang);
  return found == patient.end() ? nullptr : &*found;
}

ClaimText Pack::claim_text(std::string_view id) const {
  const Claim* const found = claim(id);
  return found == nullptr ? ClaimText{} : claim_text(*found);
}

ClaimText Pack::claim_text(const Claim& from) const {
  if (!from.source) return {from.id, from.text, "article", Origin::article};
  return {from.id, from.text, sources[*from.source].short_name, Origin::guideline};
}

tl::expected<Pack, std::vector<Error>> read_pack(std::span<const PackFile> files) {
  Roots roots;
  Reading reading;
  for (const PackFile& file : files) {
    auto parsed = XmlFile::parse(file.name, file.text);
    if (!parsed) {
      reading.faults.push_back(std::move(parsed.error()));
    } else {
      roots.add(std::move(*parsed));
    }
  }
  for (const Element& root : roots.all()) {
    if (std::find(known_roots.begin(), known_roots.end(), root.name()) != known_roots.end())
      continue;
    reading.fault(root, fmt::format("a pack has no <{}>; it has: {}", root.name(),
                                    fmt::join(known_roots, ", ")));
  }
  if (const auto headers = roots.named("pack"); headers.size() != 1) {
    reading.faults.push_back(
        {ErrorKind::missing, headers.empty() ? std::string("pack") : headers[1].where(),
         fmt::format("a pack needs one <pack> element, and this has {}", headers.size())});
  }
  if (reading.faults.empty()) read_all(roots, reading);
  if (reading.faults.empty()) {
    check_circles(reading);
    check_use(reading);
    check_sense(reading);
    check_bands(reading);
    check_patient_words(reading);
  }
  if (!reading.faults.empty()) return tl::unexpected(std::move(reading.faults));
  reading.pack.provenance.pack_digest = digest_of(files);
  return std::move(reading.pack);
}

std::vector<Error> overdue_sources(const Pack& pack, Day on) {
  std::vector<Error> overdue;
  for (const Source& source : pack.sources) {
    if (!source.reviewed || after(*source.reviewed, pack.sources_valid) >= on) continue;
    overdue.push_back(
        {ErrorKind::unsupported, source.where,
         fmt::format(
             "the source '{}' was last reviewed on {}, which is too long ago; read it again, "
             "correct the claims and thresholds that name it, and set reviewed",
             source.id, iso(*source.reviewed))});
  }
  return overdue;
}
}  // namespace legwork::causes
