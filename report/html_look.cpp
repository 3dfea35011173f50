#include "report/html_parts.hpp"
#include "report/layout_look.hpp"
#include "report/markup.hpp"

#include <fmt/format.h>

#include <utility>

namespace legwork::report {
namespace {
// No '&' and no '<': the same text for readers of HTML and of XML.
constexpr std::string_view rules = R"css(
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem clamp(.9rem, 4vw, 2.5rem) 2rem; background: #fff;
  color: var(--ink); font: 1rem/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
p, dl, ul, ol, dd { margin: 0; padding: 0; }
a { color: var(--brand); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99rem; background: #fff; padding: .5rem 1rem; z-index: 1; }
.skip:focus { left: 1rem; top: .5rem; }
.quiet { color: var(--soft); }
.whole { white-space: nowrap; }
.signal { color: var(--signal); }
em { color: var(--soft); }
.sign { flex: none; width: auto; height: .82em; fill: currentColor; stroke: currentColor; stroke-width: 0; }
.sign .ring { fill: none; stroke-width: 1.3; }
.sign .empty { fill: none; stroke-width: .9; }
.sign.faint { color: var(--faint); }
.sign.signal { color: var(--signal); }
.sign .mark { fill: #fff; }

header { border-inline-start: .25rem solid var(--brand); padding-inline-start: .75rem; }
.letterhead { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 2rem; color: var(--soft);
  font-size: .875rem; }
.letterhead .brand { font-size: 1.05rem; font-weight: 600; color: var(--ink); }
.identity, header .line { font-size: .875rem; color: var(--soft); }
.identity strong { color: var(--ink); }
.title { display: grid; grid-template-columns: 1fr auto; align-items: center; gap: .35rem 1rem; margin: 1.25rem 0 1rem; }
h1 { margin: 0; font-size: clamp(1.5rem, 1.1rem + 2vw, 2.25rem); line-height: 1.15; letter-spacing: -.015em; min-width: 0; }
.status { border: 2px solid var(--signal); border-radius: 2rem; padding: .15rem .9rem; color: var(--signal); font-weight: 600;
  font-size: .875rem; text-align: center; }
.read-on { color: var(--soft); font-size: .875rem; text-align: end; }

.part { margin-top: 1.75rem; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; border-bottom: 2px solid var(--brand);
  padding-bottom: .2rem; margin-bottom: .6rem; }
.head .note { font-size: .875rem; color: var(--faint); }
h2 { margin: 0; font-size: 1.2rem; line-height: 1.3; color: var(--brand); }
.tail { margin-top: .6rem; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; background: var(--panel); border-radius: .4rem; padding: .6rem .9rem; }
.facts dt { font-size: .8125rem; color: var(--soft); }
.facts dd { font-weight: 500; }
.facts div:first-child dd { font-weight: 650; }
.part.patient { margin-top: 1rem; }
.banner { display: flex; gap: .6rem; background: var(--signal-tint); border-radius: .4rem; padding: .5rem .9rem; margin-top: .4rem; }
.banner .sign, h2 .sign { color: var(--signal); height: 1em; margin-top: .25em; }

.callout { margin-top: 1.25rem; border: 2px solid var(--signal); border-radius: .5rem; background: var(--signal-tint);
  padding: .8rem 1rem; }
.callout .head { border: 0; padding: 0; margin-bottom: .3rem; }
.callout h2 { color: var(--signal); }
h2 .sign { margin: 0; margin-inline-end: .5rem; vertical-align: -.08em; }
.callout .action { display: block; color: var(--signal); }
.callout.alarm { background: var(--signal); color: #fff; font-size: 1.0625rem; }
.callout.alarm :is(h2, .action, .quiet, .signal, .sign) { color: #fff; }
.callout.alarm .sign .mark { fill: var(--signal); }
.callout.alarm h2 { font-size: 1.35rem; }
.callout.alarm :focus-visible { outline-color: #fff; }
.flags { list-style: none; display: grid; gap: .6rem 1.5rem; margin: .6rem 0; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
.flags .found { grid-column: 1 / -1; }
.check { display: grid; grid-template-columns: auto 1fr; gap: 0 .6rem; }
.check input { width: 1.1rem; height: 1.1rem; margin: .2rem 0 0; accent-color: var(--brand); }
.check .below { display: block; color: var(--soft); }
.lanes { display: grid; gap: 0 2rem; align-items: start; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 52rem) {
  .lanes { grid-template-columns: minmax(0, 1fr) 23rem; margin-top: 1.25rem; }
  .lanes .callout { grid-column: 2; grid-row: 1; margin: 0; }
  .lanes .stands-out { grid-column: 1; grid-row: 1; margin: 0; }
  .lanes .flags { grid-template-columns: 1fr; }
}

.statements { list-style: none; counter-reset: n; display: grid; gap: .7rem; }
.statements li { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; counter-increment: n; }
.statements li::before { content: counter(n); grid-row: span 2; width: 1.75rem; height: 1.75rem; border-radius: 50%;
  background: var(--brand); color: #fff; font-weight: 650; text-align: center; line-height: 1.75rem; }
.statements p { grid-column: 2; color: var(--soft); }
.statements .headline { color: var(--ink); font-size: 1.0625rem; font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; background: var(--tint); border-radius: .4rem; padding: .6rem .9rem; }
.actions .label { font-weight: 650; color: var(--brand); }
.actions ul { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; flex: 1 1 14rem; font-weight: 500; }
.actions li + li::before { content: "·"; margin-inline: -.65rem .45rem; }
.changes { background: var(--panel); }
.changes ul { display: block; font-weight: 400; }
.changes li + li::before { content: none; }
.changes .closing { flex-basis: 100%; font-size: .875rem; color: var(--soft); }
.checks { list-style: none; display: grid; gap: .8rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.list { padding-inline-start: 1.4rem; display: grid; gap: .25rem; }
.goes-on { margin-top: .6rem; }
.absence { color: var(--soft); }
.small-print { font-size: .875rem; color: var(--soft); display: grid; gap: .4rem; }
.lines { display: grid; grid-template-columns: 2fr 1fr; gap: 1rem; margin-top: 3rem; }
.lines p { border-top: 1px solid var(--faint); padding-top: .2rem; font-size: .875rem; color: var(--faint); }

table { width: 100%; border-collapse: collapse; font-size: .9375rem; line-height: 1.4; }
caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
th, td { text-align: start; vertical-align: top; padding: .55rem 1rem .55rem 0; font-weight: 400; }
thead th { font-size: .8125rem; font-weight: 600; color: var(--soft); padding-block: .3rem; vertical-align: bottom; }
tbody :is(th, td) { border-top: 1px solid var(--rule); }
tr.note td { border-top: 0; padding-top: 0; font-size: .875rem; }
tr > :last-child { padding-inline-end: 0; }
tbody th .sign { float: inline-start; margin-inline-end: .6rem; height: .9em; margin-top: .25em; }
tbody .words { display: block; overflow: hidden; }
.words > span { display: block; }
.below, .below .quiet { font-size: .8125rem; color: var(--soft); }
.reading strong { font-size: 1.125rem; }
.reading .unit { font-size: .8125rem; color: var(--faint); }
.reading.stale strong { color: var(--faint); font-weight: 500; }
.reading .chip { background: var(--signal); color: #fff; border-radius: .25rem; padding: .1rem .4rem; font-size: .75rem; }
.reading.stale .chip { color: #fff; font-weight: 700; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin-top: .6rem; font-size: .8125rem; }
.legend li { display: flex; align-items: baseline; gap: .5rem; }

svg { direction: ltr; overflow: visible; font-size: 11.5px; fill: var(--faint); }
.bar { display: block; min-width: 5rem; max-width: 12rem; }
.bar .rail { fill: var(--rule); } .bar .band { fill: var(--band); } .bar .limit { fill: var(--brand); }
.inside { fill: var(--ink); } .outside { fill: var(--signal); }
.trend polyline { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.timeline th:first-child { width: 34%; }
.timeline thead th:last-child { direction: ltr; text-align: left; padding-right: 0; }
.timeline td { position: relative; padding: 0; }
.axis, .lane { display: block; }
.lane { position: absolute; inset: 0; height: 100%; }
.onset { display: block; color: var(--signal); }
.axis .today { font-weight: 650; fill: var(--ink); }
.lane .since { fill: var(--signal-tint); } .lane line { stroke-width: 1; } .lane .tick { stroke: var(--rule); }
.lane .end { stroke: var(--soft); } .lane .onset { stroke: var(--signal); stroke-width: 2.5; }
.lane .linked { fill: var(--brand); } .lane .other { fill: #fff; stroke: var(--faint); stroke-width: 1.2; }
.lane .unknown { stroke: var(--faint); stroke-width: 1.5; stroke-dasharray: 3 3; }
.lane .earlier { fill: none; stroke-width: 1.8; } .lane .linked.earlier { stroke: #fff; }

footer { margin-top: 2.5rem; border-top: 1px solid var(--rule); padding-top: .6rem; font-size: .8125rem; color: var(--soft); }

@media (max-width: 44rem) {
  .title { grid-template-columns: 1fr; }
  .actions ul { display: block; }
  .actions li + li::before { content: none; }
  .title p { text-align: start; justify-self: start; }
  table, tbody, tbody tr, tbody :is(th, td) { display: block; width: 100%; }
  .cards tbody tr { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; }
  .cards :is(th, td) { grid-column: 1 / -1; }
  .cards td.short { grid-column: auto; }
  .cards thead, colgroup { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tbody tr { border-top: 1px solid var(--rule); padding: .6rem 0; }
  tbody tr.note { border: 0; padding: 0 0 .6rem; margin-top: -.3rem; }
  tbody :is(th, td) { border: 0; padding: .15rem 0; }
  .cards td[data-label]::before { content: attr(data-label); display: block; font-size: .8125rem; color: var(--faint); }
  .timeline thead, .timeline thead tr, .timeline thead th:last-child { display: block; width: 100%; }
  .timeline thead th:first-child { position: absolute; clip-path: inset(50%); }
  .axis .minor { display: none; }
  .lane { position: static; height: 1.75rem; }
}
@media print {
  html { font-size: 8.5pt; }
  body { max-width: none; padding: 0; }
  .skip, footer .identity { display: none; }
  a { color: inherit; text-decoration: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr, li, .callout, .facts, .banner, .lines { break-inside: avoid-page; }
  .head, h2, thead { break-after: avoid-page; }
}
)css";

std::string hex(Color color) {
  return fmt::format("#{:02X}{:02X}{:02X}", color.red, color.green, color.blue);
}

/// Text as a string of CSS. What is neither a letter or digit of ASCII nor above it stands as a
/// number, so that neither CSS nor HTML around it can take it for a sign of its own.
std::string css_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : clean(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (plain)
      out += c;
    else
      out += fmt::format("\\{:X} ", byte);
  }
  return out + "\"";
}

/// "Page {page} of {pages}", counted in the sheets that the browser makes.
std::string counted_sheets(std::string_view page_of) {
  auto out = css_string(page_of);
  for (const std::string_view counter : {"page", "pages"}) {
    const auto placeholder = fmt::format("\\7B {}\\7D ", counter);
    if (const auto at = out.find(placeholder); at != out.npos)
      out.replace(at, placeholder.size(), fmt::format("\" counter({}) \"", counter));
  }
  return out;
}

/// Whose each printed sheet is, and which one.
std::string sheet_rules(const Document& document) {
  auto identity = document.surname_first;
  for (const auto& part : document.identity) identity += part;
  return fmt::format(
      "@page {{ size: {}; margin: 14mm 14mm 18mm; font: 7.5pt Inter, system-ui, \"Noto Sans\", "
      "sans-serif; color: "
      "#44535F;\n"
      "  @bottom-left {{ content: {}; width: 78%; font-weight: 600; }}\n"
      "  @bottom-right {{ content: {}; font-weight: 600; }} }}\n",
      document.paper == Paper::a4 ? "A4" : "letter", css_string(identity),
      counted_sheets(document.page_of));
}
}  // namespace

std::string html_style(const Document& document) {
  const Palette color = Look(document).color;
  const std::pair<std::string_view, Color> variables[] = {
      {"ink", color.ink},         {"soft", color.ink_soft},
      {"faint", color.ink_faint}, {"rule", color.rule},
      {"panel", color.panel},     {"brand", color.brand},
      {"tint", color.tint},       {"band", color.band},
      {"signal", color.signal},   {"signal-tint", color.signal_tint}};
  std::string root;
  for (const auto& [name, value] : variables) root += fmt::format(" --{}: {};", name, hex(value));
  return fmt::format("\n:root {{{} }}{}{}", root, rules, sheet_rules(document));
}
}  // namespace legwork::report
