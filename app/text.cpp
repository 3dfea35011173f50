#include "app/text.hpp"

#include "app/tell.hpp"
#include "causes/json.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace legwork::app {
namespace {
using namespace causes;

/// Select Graphic Rendition, ECMA-48: what a terminal sets apart.
enum class Look { plain, heading, alarm, strong, quiet };

std::string_view code(Look look) {
  switch (look) {
    case Look::plain:
      return "";
    case Look::heading:
      return "1;36";
    case Look::alarm:
      return "1;31";
    case Look::strong:
      return "1";
    case Look::quiet:
      return "2";
  }
  return "";
}

/// Text under construction. What comes from the chart passes through `printable`.
class Page {
 public:
  explicit Page(Ink ink) : ink_(ink) {}

  void heading(std::string_view words) { text_ += "\n" + set(Look::heading, words) + "\n"; }
  void line(int indent, std::string_view words, Look look = Look::plain) {
    text_ += std::string(static_cast<std::size_t>(indent), ' ') + set(look, words) + "\n";
  }
  /// A name and what is said of it, in columns.
  void row(std::string_view name, std::string_view says, Look look) {
    text_ += fmt::format("  {:<46} {}\n", printable(name), set(look, says));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string set(Look look, std::string_view words) const {
    auto clean = printable(words);
    if (ink_ == Ink::plain || look == Look::plain) return clean;
    return fmt::format("\x1b[{}m{}\x1b[0m", code(look), clean);
  }

  Ink ink_;
  std::string text_;
};

char sign(Says says) {
  switch (says) {
    case Says::for_it:
      return '+';
    case Says::against_it:
      return '-';
    case Says::context:
      return ' ';
  }
  return ' ';
}

bool pressing(RedFlagStatus status) {
  return status == RedFlagStatus::present || status == RedFlagStatus::possible;
}

bool pressing(Urgency urgency) {
  return urgency == Urgency::emergency || urgency == Urgency::same_day;
}

void write_evidence(Page& page, const std::vector<Evidence>& evidence) {
  for (const auto& piece : evidence) {
    auto words = fmt::format("{} {}", sign(piece.says), piece.text);
    if (!piece.reference.empty()) words += fmt::format("  [{}]", piece.reference);
    page.line(4, words);
  }
}

void write_unknown(Page& page, const std::vector<std::string>& unknown) {
  if (!unknown.empty()) page.line(4, fmt::format("? {}", fmt::join(unknown, ", ")), Look::quiet);
}

void write_patient(Page& page, const Assessment& assessment) {
  const auto& patient = assessment.patient;
  std::string who = patient.name_text;
  if (who.empty()) who = fmt::format("{} {}", patient.given, patient.family);
  if (patient.birth) who += ", born " + iso(*patient.birth);
  if (!patient.sex.empty()) who += ", " + patient.sex;
  for (const auto& identifier : patient.identifiers)
    who += fmt::format(", {} {}", identifier.label, identifier.value);
  page.line(0, assessment.provenance.complaint_title, Look::strong);
  page.line(0, who);

  const auto& complaint = assessment.complaint;
  std::string says = complaint.status == ComplaintStatus::recorded ? "Complaint recorded"
                                                                   : "Complaint not recorded";
  if (complaint.onset) says += ", since " + iso(*complaint.onset);
  page.line(0, fmt::format("{}. Judged as of {}.", says, iso(assessment.as_of)));
  for (const auto& banner : assessment.banners) page.line(0, banner.text, Look::alarm);
}

void write_red_flags(Page& page, const Assessment& assessment) {
  page.heading("Red flags");
  for (const auto& flag : assessment.red_flags) {
    const auto look = pressing(flag.status) ? Look::alarm : Look::plain;
    page.row(flag.label, word(flag.status), look);
    if (flag.status != RedFlagStatus::absent) page.line(4, "-> " + flag.action, look);
    write_evidence(page, flag.evidence);
    write_unknown(page, flag.unknown);
  }
}

/// Evidence where there is something for a cause; what would tell where there is not; and only the
/// names of what is unlikely: the JSON and the report have all of it.
void write_causes(Page& page, const Assessment& assessment) {
  page.heading("Possible causes");
  std::vector<std::string_view> unlikely;
  for (const auto& cause : assessment.causes) {
    if (cause.status == CauseStatus::unlikely) {
      unlikely.push_back(cause.label);
      continue;
    }
    const bool stands_out = cause.status == CauseStatus::supported;
    page.row(cause.label, word(cause.status), stands_out ? Look::strong : Look::plain);
    if (cause.status != CauseStatus::undetermined) write_evidence(page, cause.evidence);
    write_unknown(page, cause.unknown);
  }
  if (!unlikely.empty()) page.line(2, fmt::format("Unlikely: {}", fmt::join(unlikely, ", ")));
}

void write_questions(Page& page, const Assessment& assessment) {
  if (assessment.questions.empty()) return;
  page.heading("To ask and examine");
  for (const auto& question : assessment.questions) {
    page.line(2, question.text);
    page.line(4, question.effect, Look::quiet);
  }
}

void write_workup(Page& page, const Assessment& assessment) {
  page.heading("Work-up");
  for (const auto& item : assessment.workup) {
    if (item.status == WorkupStatus::recommended) {
      const auto look = pressing(item.urgency) ? Look::alarm : Look::strong;
      page.row(item.label, word(item.urgency), look);
      page.line(4, item.reason);
      for (const auto& caution : item.cautions) page.line(4, "! " + caution.text);
    }
    if (item.status == WorkupStatus::on_file) {
      page.row(item.label, "on file", Look::quiet);
      page.line(4, item.reason, Look::quiet);
    }
  }
}

void write_notes(Page& page, const Assessment& assessment) {
  if (assessment.notes.empty()) return;
  page.heading("Notes on the record");
  for (const auto& note : assessment.notes)
    page.line(2, fmt::format("{}: {}", note.reference, note.text));
}

void write_basis(Page& page, const Provenance& from) {
  page.heading("Basis");
  page.line(2, fmt::format("{} ({} {})", from.pack_title, from.pack_id, from.pack_version));
  page.line(2, from.disclaimer);
  for (const auto& [name, text] : from.attributes)
    page.line(2, fmt::format("{}: {}", name, text), Look::quiet);
}
}  // namespace

std::string to_text(const Assessment& assessment, Ink ink) {
  Page page(ink);
  write_patient(page, assessment);
  write_red_flags(page, assessment);
  write_causes(page, assessment);
  write_questions(page, assessment);
  write_workup(page, assessment);
  write_notes(page, assessment);
  write_basis(page, assessment.provenance);
  return page.take();
}
}  // namespace legwork::app
