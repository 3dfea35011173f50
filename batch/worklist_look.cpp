#include "batch/worklist_look.hpp"

namespace legwork::batch {
const std::string_view worklist_style = R"css(
:root { --ink: #14181d; --quiet: #525a64; --rule: #d4d9df; --link: #0b4f9e; --tint: #f4f6f8; --flag: #a3121f; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 96rem; padding: 0 1.25rem 4rem; background: #fff; color: var(--ink);
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 1.5rem 0 .25rem; }
p { margin: .3rem 0; max-width: 60rem; }
.quiet { color: var(--quiet); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .5rem; z-index: 3; }
[hidden] { display: none; }
form { position: sticky; top: 0; z-index: 2; background: #fff; padding: .7rem 0; display: flex; flex-wrap: wrap;
  align-items: center; gap: .5rem 1rem; border-bottom: 1px solid var(--rule); }
label { font-weight: 600; }
input { font: inherit; color: inherit; flex: 1 1 14rem; max-width: 28rem; padding: .4rem .6rem;
  border: 1px solid var(--quiet); border-radius: .3rem; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; text-align: left; cursor: pointer; }
details { margin: .8rem 0; }
summary { cursor: pointer; color: var(--link); }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .9rem 0 .3rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--rule);
  overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--ink); font-size: .9rem; white-space: nowrap; background: #fff; }
thead button { font-weight: 600; }
thead button::after { content: " \2195"; color: #7a828c; }
th[aria-sort=ascending] button::after { content: " \2191"; color: var(--ink); }
th[aria-sort=descending] button::after { content: " \2193"; color: var(--ink); }
#causes { width: auto; }
#causes button { color: var(--link); text-decoration: underline; text-underline-offset: .15em; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 600; min-width: 9rem; }
td.flags { color: var(--flag); font-weight: 600; min-width: 10rem; }
td.day { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.urgency { white-space: nowrap; }
td.urgency b { display: inline-block; padding: 0 .45rem; border: 1px solid currentColor; border-radius: .25rem;
  font-weight: 600; }
td.urgency b.emergency { background: var(--flag); border-color: var(--flag); color: #fff; }
td.urgency b.same-day { color: var(--flag); }
td.urgency b.routine { color: var(--quiet); }
.place { font: .75rem ui-monospace, monospace; color: var(--quiet); overflow-wrap: anywhere; }
.long { font-size: .92rem; }
.scroll { overflow-x: auto; }
@media print {
  html { font-size: 8pt; }
  body { max-width: none; padding: 0; }
  form, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  tr { break-inside: avoid-page; }
  .scroll { overflow: visible; }
}
)css";

const std::string_view worklist_script = R"js(
"use strict";
const form = document.querySelector("form"), box = form.querySelector("input"), said = form.querySelector("output");
const list = document.querySelector("#patients"), body = list.tBodies[0];
let rows = [...body.rows];
const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
function filter() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const row of rows) {
    row.hidden = !words.every(word => texts.get(row).includes(word));
    if (!row.hidden) found++;
  }
  said.textContent = words.length ? found + " of " + rows.length + " patients" : "";
}
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
function sort(head) {
  const rising = head.getAttribute("aria-sort") !== "ascending";
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const key = row => { const cell = row.cells[head.cellIndex]; return cell.dataset.rank ?? cell.textContent; };
  const keys = new Map(rows.map(row => [row, key(row)]));
  rows.sort((a, b) => {
    const x = keys.get(a), y = keys.get(b);
    if (!x || !y) return x ? -1 : y ? 1 : 0;  // what is empty comes last either way
    return rising ? compare(x, y) : compare(y, x);
  });
  body.append(...rows);
}
for (const head of list.tHead.rows[0].cells) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => sort(head));
  head.append(button);
}
for (const cell of document.querySelectorAll("#causes tbody th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...cell.childNodes);
  button.addEventListener("click", () => { box.value = cell.textContent; filter(); box.focus(); });
  cell.append(button);
}
box.addEventListener("input", filter);
form.addEventListener("submit", event => event.preventDefault());
form.hidden = false;
filter();
)js";
}  // namespace legwork::batch
