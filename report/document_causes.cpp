#include "report/document_sections.hpp"

namespace legwork::report {
namespace {
using causes::CauseFinding;
using causes::CauseStatus;
using causes::RedFlagFinding;
using causes::RedFlagStatus;
using causes::Says;

struct StatusLook {
  Sign sign;
  std::string_view key;
};

StatusLook look_of(CauseStatus status) {
  switch (status) {
    case CauseStatus::supported:
      return {Sign::full, "cause.supported"};
    case CauseStatus::possible:
      return {Sign::half, "cause.possible"};
    case CauseStatus::undetermined:
      return {Sign::open, "cause.undetermined"};
    case CauseStatus::unlikely:
      return {Sign::minus, "cause.unlikely"};
  }
  return {};
}

}  // namespace

std::string_view status_key(CauseStatus status) { return look_of(status).key; }

std::string_view status_key(RedFlagStatus status) {
  switch (status) {
    case RedFlagStatus::present:
      return "red-flag.is-present";
    case RedFlagStatus::possible:
      return "red-flag.is-possible";
    case RedFlagStatus::not_recorded:
      return "red-flag.is-open";
    case RedFlagStatus::absent:
      return "red-flag.is-absent";
  }
  return "";
}

namespace {
/// Where something is on file the questions are pressing; elsewhere two stand for all.
std::size_t questions_named(CauseStatus status) {
  return status == CauseStatus::supported || status == CauseStatus::possible ? 4 : 2;
}

void append(Text& text, Text more) {
  if (!text.empty() && !more.empty()) text.push_back({" "});
  text.insert(text.end(), more.begin(), more.end());
}

bool is_found(const RedFlagFinding& flag) {
  return flag.status == RedFlagStatus::present || flag.status == RedFlagStatus::possible;
}

Callout::Item red_flag_item(const Material& material, const RedFlagFinding& flag) {
  const auto& words = material.words;
  Callout::Item item;
  item.id = flag.id;
  item.found = is_found(flag);
  item.text.push_back({words.fill("red-flag.label", {{"label", flag.label}}), Tone::strong});
  if (item.found) {
    const auto key =
        flag.status == RedFlagStatus::present ? "red-flag.present" : "red-flag.possible";
    item.text.push_back({words.fill(
        key, {{"evidence", evidence_words(material, flag.evidence, Says::for_it, 6)}})});
  } else {
    std::vector<std::string> asked;
    for (const auto& id : flag.unknown)
      if (const auto found = material.questions.find(id); found != material.questions.end())
        asked.emplace_back(found->second);
    if (!asked.empty())
      item.text.push_back(
          {words.fill("red-flag.ask", {{"questions", list_words(words, asked, 4)}})});
  }
  item.action = words.fill("red-flag.action", {{"action", flag.action}});
  return item;
}

/// All of them; if they are very many, the last ones only by name.
void add_items(const Material& material, const std::vector<const RedFlagFinding*>& flags,
               std::vector<Callout::Item>& items) {
  constexpr std::size_t in_full = 5;
  std::vector<std::string> others;
  Callout::Item item;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (i < in_full)
      items.push_back(red_flag_item(material, *flags[i]));
    else
      others.push_back(flags[i]->label);
    if (i == in_full) item.id = flags[i]->id;
  }
  if (others.empty()) return;
  item.found = is_found(*flags.front());
  item.text = {{list_words(material.words, others, others.size()), Tone::strong}};
  items.push_back(std::move(item));
}

Statements::Statement statement(const Material& material, const CauseFinding& cause) {
  const auto& words = material.words;
  Statements::Statement result;
  result.headline = {{cause.label, Tone::strong}};
  result.detail = {
      {words.fill("stands-out.detail",
                  {{"status", words[look_of(cause.status).key]},
                   {"evidence", evidence_words(material, cause.evidence, Says::for_it, 2)}})}};
  append(result.detail, unknown_words(material, cause.unknown, questions_named(cause.status)));
  return result;
}

/// Where the source of a claim can be read; "" where the pack knows no address.
std::string source_address(const Material& material, std::string_view claim) {
  for (const auto& cited : material.assessment.claims)
    if (cited.claim.id == claim && cited.url.starts_with("http")) return cited.url;
  return "";
}

Text claim(const Material& material, const CauseFinding& cause) {
  if (cause.claims.empty()) return {{material.words["cause.no-claim"], Tone::quiet}};
  const auto& first = cause.claims.front();
  return {{first.text, Tone::claim},
          {material.words.fill("cause.claim-source", {{"source", first.source}, {"id", first.id}}),
           Tone::quiet, source_address(material, first.id)}};
}

Row cause_row(const Material& material, const CauseFinding& cause) {
  const auto& words = material.words;
  const auto look = look_of(cause.status);
  auto for_it = evidence_words(material, cause.evidence, Says::for_it, 3);
  const auto against = evidence_words(material, cause.evidence, Says::against_it, 2);
  Text other;
  if (!against.empty()) other.push_back({against + "."});
  append(other, unknown_words(material, cause.unknown, questions_named(cause.status)));
  if (other.empty()) other.push_back({words["cause.nothing-against"], Tone::quiet});
  Text status = {{words[look.key], Tone::quiet}};
  if (cause.origin == causes::Origin::guideline)
    status.push_back({words["cause.not-in-article"], Tone::quiet});

  Row row;
  row.cells.push_back(TextCell{{{cause.label, Tone::strong}}, std::move(status), look.sign});
  row.cells.push_back(for_it.empty() ? TextCell{{{words["cause.nothing-for"], Tone::quiet}}}
                                     : TextCell{{{std::move(for_it)}}});
  row.cells.push_back(TextCell{std::move(other)});
  row.cells.push_back(TextCell{claim(material, cause)});
  row.name = cause.label;
  row.group = words[look.key];
  return row;
}
/// Says also what was looked at: nothing found in an empty chart is no news.
Section nothing_stands_out(const Material& material) {
  const auto& assessment = material.assessment;
  auto section = absent(material, SectionId::stands_out, "stands-out.none");
  section.tail = {
      {material.words.fill("stands-out.looked-at",
                           {{"causes", std::to_string(assessment.causes.size())},
                            {"medications", std::to_string(assessment.medication_entries)},
                            {"results", std::to_string(assessment.labs.size())},
                            {"resources", std::to_string(assessment.provenance.resources_read)}})}};
  return section;
}
}  // namespace

Section red_flags_section(const Material& material) {
  const auto& words = material.words;
  std::vector<const RedFlagFinding*> found, open;
  std::vector<std::string> absent;
  Callout callout;
  for (const auto& flag : material.assessment.red_flags) {
    callout.alarm |= flag.status == RedFlagStatus::present;
    if (flag.status == RedFlagStatus::absent)
      absent.push_back(flag.label);
    else
      (is_found(flag) ? found : open).push_back(&flag);
  }
  callout.heading = words[callout.alarm ? "red-flags.heading-alarm" : "red-flags.heading"];
  if (found.empty())
    callout.lead = {{words["red-flags.none"], Tone::strong},
                    {" " + words["red-flags.not-excluded"]}};
  else if (!callout.alarm)
    callout.lead = {{words["red-flags.possible"], Tone::strong}};
  if (!absent.empty())
    callout.closing = {{words.fill("red-flags.absent", {{"names", list_words(words, absent, 4)}})}};
  add_items(material, found, callout.items);
  add_items(material, open, callout.items);
  return {SectionId::red_flags, "", "", std::move(callout)};
}

Section stands_out_section(const Material& material) {
  Statements statements;
  for (const auto& cause : material.assessment.causes) {
    if (cause.status != CauseStatus::supported && cause.status != CauseStatus::possible) continue;
    statements.items.push_back(statement(material, cause));
    if (statements.items.size() == 3) break;
  }
  if (statements.items.empty()) return nothing_stands_out(material);
  auto section = titled(material, SectionId::stands_out);
  section.block = std::move(statements);
  return section;
}

Section causes_section(const Material& material) {
  const auto& words = material.words;
  if (material.assessment.causes.empty()) return absent(material, SectionId::causes, "causes.none");
  Table table;
  table.columns = {{words["causes.cause"], 122},
                   {words["causes.for"], 122},
                   {words["causes.against"], 126},
                   {words["causes.claim"], 145}};
  for (const auto& cause : material.assessment.causes)
    table.rows.push_back(cause_row(material, cause));
  table.more = more_words(words, "causes.more");
  for (const auto status : {CauseStatus::supported, CauseStatus::possible,
                            CauseStatus::undetermined, CauseStatus::unlikely}) {
    const auto look = look_of(status);
    table.legend.push_back({{{words[look.key], Tone::quiet}}, {}, look.sign});
  }
  auto section = titled(material, SectionId::causes);
  section.block = std::move(table);
  return section;
}
}  // namespace legwork::report
