#include "batch/worklist_page.hpp"

#include "base/digest.hpp"
#include "base/sha1.hpp"
#include "base/text.hpp"
#include "batch/parts.hpp"
#include "batch/worklist_look.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

namespace legwork::batch {
namespace {
/// Characters that HTML cannot hold, or that would turn the line around, are shown as such.
std::string shown(std::string_view text) { return escape_markup(printable(text)); }

/// What a Content-Security-Policy allows a <style> or <script> by.
std::string csp_hash(std::string_view text) {
  const auto hex = sha256(text);
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return "'sha256-" + base64(bytes) + "'";
}

template <class Use>
void each_label(std::string_view list, const Use& use) {
  while (!list.empty()) {
    const auto end = std::min(list.find("; "), list.size());
    use(list.substr(0, end));
    list.remove_prefix(std::min(end + 2, list.size()));
  }
}

std::string causes_table(const WorklistTotals& totals) {
  std::vector<std::pair<std::string, WorklistTotals::Tally>> sorted(totals.causes.begin(),
                                                                    totals.causes.end());
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) {
    return std::pair(a.second.supported, a.second.possible) >
           std::pair(b.second.supported, b.second.possible);
  });
  std::string html =
      "<details><summary>Patients by cause</summary>\n<table id=\"causes\"><thead><tr><th "
      "scope=\"col\">Cause</th><th scope=\"col\" class=\"number\">Supported</th><th scope=\"col\" "
      "class=\"number\">Possible</th></tr></thead><tbody>\n";
  for (const auto& [label, tally] : sorted)
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td "
        "class=\"number\">{}</td></tr>\n",
        shown(label), tally.supported, tally.possible);
  return html + "</tbody></table></details>\n";
}

/// The first of a long list, and the rest where it is asked for: a row is as high as its patient's
/// name.
std::string folded(std::string_view list) {
  constexpr std::size_t most = 3;
  std::vector<std::string> labels;
  each_label(list, [&](std::string_view label) { labels.push_back(shown(label)); });
  if (labels.size() <= most + 1) return fmt::to_string(fmt::join(labels, "; "));
  return fmt::format("{}; <details><summary>{} more</summary>{}</details>",
                     fmt::join(labels.begin(), labels.begin() + most, "; "), labels.size() - most,
                     fmt::join(labels.begin() + most, labels.end(), "; "));
}

/// Who the report is about: a link to it; in an archive no link leads to it, so its name there.
std::string patient_html(const WorklistRow& row, const WorklistFrame& frame) {
  const auto name = shown(row.name.empty() ? "(no name)" : row.name);
  const auto place = report_place(row.report);
  return frame.archive.empty() ? fmt::format("<a href=\"reports/{}\">{}</a>", place, name)
                               : fmt::format("{}<div class=\"place\">{}</div>", name, place);
}

std::string row_html(const WorklistRow& row, const WorklistFrame& frame) {
  const auto urgency = row.urgency.empty()
                           ? std::string()
                           : fmt::format("<b class=\"{0}\">{0}</b>", shown(row.urgency));
  return fmt::format(
      "<tr><td class=\"urgency\" data-rank=\"{}\">{}</td><td class=\"flags\">{}</td><th "
      "scope=\"row\">{}</th><td class=\"day\">{}</td><td>{}</td>"
      "<td>{}</td>{}<td class=\"long\">{}</td><td class=\"day\">{}</td><td "
      "class=\"long\">{}</td><td "
      "class=\"number\">{}</td></tr>\n",
      urgency_rank(row.urgency), urgency, shown(row.red_flags), patient_html(row, frame),
      shown(row.birth_date), shown(row.sex), shown(row.identifier),
      frame.has_wards ? fmt::format("<td>{}</td>", shown(row.ward)) : "", folded(row.causes),
      shown(row.onset), folded(row.workup), row.open_questions);
}

std::string headings(const WorklistFrame& frame) {
  return fmt::format(
      "<thead><tr><th scope=\"col\">Urgency</th><th scope=\"col\">Red flags</th><th "
      "scope=\"col\">Patient</th><th scope=\"col\">Born</th><th scope=\"col\">Sex</th><th "
      "scope=\"col\">Identifier</th>{}<th scope=\"col\">Causes (? possible)</th><th "
      "scope=\"col\">Since</th><th scope=\"col\">Work-up</th><th scope=\"col\" "
      "class=\"number\">Questions</th></tr></thead>",
      frame.has_wards ? "<th scope=\"col\">Ward</th>" : "");
}

std::string intro(const WorklistTotals& totals, const WorklistFrame& frame) {
  auto html = fmt::format(
      "<h1>{}: worklist</h1>\n<p>As of {}: {} of {} patients, {} of them with a red flag, present "
      "or "
      "possible. Those come first, then the most urgent work-up.</p>\n",
      shown(frame.title), shown(frame.as_of), totals.rows, frame.seen, totals.flagged);
  if (totals.rows > rows_on_page)
    html += fmt::format(
        "<p><strong>These are the first {} of {}. <a href=\"worklist.csv\">worklist.csv</a> has "
        "them "
        "all.</strong></p>\n",
        rows_on_page, totals.rows);
  if (!frame.archive.empty())
    html += fmt::format(
        "<p>The reports are in <a href=\"{0}\">{0}</a>, each under the name that stands below its "
        "patient's.</p>\n",
        frame.archive);
  return html +
         "<p class=\"quiet\">Drafts for a clinician to judge. What a chart does not mention is "
         "unknown, not absent. This page and what it links to hold patient data.</p>\n";
}
}  // namespace

void WorklistTotals::add(const WorklistRow& row) {
  ++rows;
  flagged += row.red_flags.empty() ? 0 : 1;
  each_label(row.causes, [&](std::string_view label) {
    const bool possible = label.ends_with('?');
    if (possible) label.remove_suffix(1);
    auto& tally = causes.try_emplace(std::string(label)).first->second;
    ++(possible ? tally.possible : tally.supported);
  });
}

std::string worklist_page(const std::vector<WorklistRow>& first, const WorklistTotals& totals,
                          const WorklistFrame& frame) {
  auto html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; "
      "script-src "
      "{}; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n<meta name=\"generator\" content=\"{}\">\n<title>{}: "
      "worklist</title>\n<style>{}</style></head><body>\n<a class=\"skip\" href=\"#patients\">To "
      "the "
      "patients</a>\n<header>",
      csp_hash(worklist_style), csp_hash(worklist_script), shown(frame.version), shown(frame.title),
      worklist_style);
  html += intro(totals, frame) + "</header>\n" + causes_table(totals);
  html +=
      "<form hidden role=\"search\"><label for=\"box\">Show patients with</label><input id=\"box\" "
      "type=\"search\" autocomplete=\"off\" spellcheck=\"false\"><output "
      "aria-live=\"polite\"></output></form>\n<main><div class=\"scroll\" tabindex=\"0\" "
      "role=\"region\" aria-label=\"Patients\"><table id=\"patients\"><caption>Patients, the most "
      "urgent first</caption>";
  html.append(headings(frame)).append("<tbody>\n");
  for (const auto& row : first) html += row_html(row, frame);
  return html + fmt::format("</tbody></table></div></main>\n<script>{}</script></body></html>\n",
                            worklist_script);
}
}  // namespace legwork::batch
