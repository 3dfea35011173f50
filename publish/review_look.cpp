#include "publish/review_look.hpp"

namespace legwork::publish {
const std::string_view review_style = R"css(
:root { --ink: #14181d; --quiet: #525a64; --rule: #d4d9df; --link: #0b4f9e; --tint: #f4f6f8; }
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1.25rem 4rem; background: #fff; color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .5rem; z-index: 2; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 2rem 0 .25rem; }
h2 { font-size: 1.4rem; margin: 3rem 0 1rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 0 0 .5rem; }
h3 code { font-weight: 400; margin-left: .5rem; }
.intro h3, h4 { font-size: .95rem; margin: 1.1rem 0 .35rem; }
p { margin: .3rem 0; max-width: 60rem; }
code { font: .85em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; color: var(--quiet);
  overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-weight: 400; }
nav ul { list-style: none; padding: 0; margin: .75rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
form { position: sticky; top: 0; z-index: 1; background: #fff; padding: .75rem 0; border-bottom: 1px solid var(--rule);
  display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; }
form[hidden], [hidden] { display: none; }
label { font-weight: 600; }
input { font: inherit; color: inherit; flex: 1 1 16rem; max-width: 30rem; padding: .4rem .6rem; border: 1px solid var(--quiet);
  border-radius: .3rem; }
article { padding: .9rem 0 1.2rem; border-bottom: 1px solid var(--rule); }
:target { background: #fff6d6; box-shadow: 0 0 0 .5rem #fff6d6; }
dl { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: .25rem 1.25rem; margin: .4rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
ul.rules, ul.tree { list-style: none; margin: 0; padding: 0; }
ul.rules > li { margin: .6rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--ink); }
ul.tree { margin: .2rem 0 .2rem .35rem; }
ul.tree a { color: inherit; text-decoration-color: #9aa3ad; }
ul.tree > li { padding-left: 1rem; border-left: 1px solid #9aa3ad; }
.note { font-size: .92rem; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 1.25rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--rule);
  overflow-wrap: break-word; }
thead th { border-bottom: 1px solid var(--ink); font-size: .9rem; }
tbody th { font-weight: 400; }
td.code { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
details caption { position: absolute; clip-path: inset(50%); }  /* the summary says it */
details th { min-width: 9rem; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--link); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print {
  html { font-size: 9pt; }
  body { max-width: none; padding: 0; }
  form, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  tr, li { break-inside: avoid-page; }
  h2, h3, h4, caption, thead { break-after: avoid-page; }
  .scroll { overflow: visible; }
  :target { background: none; box-shadow: none; }
}
)css";

const std::string_view review_script = R"js(
"use strict";
const form = document.querySelector("form"), box = form.querySelector("input"), said = form.querySelector("output");
const items = [...document.querySelectorAll("article, .intro tbody tr")];
const parts = document.querySelectorAll("section, .intro .scroll");
const texts = items.map(item => (item.textContent + " " + item.id).toLowerCase());
function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  items.forEach((item, i) => {
    item.hidden = !words.every(word => texts[i].includes(word));
    if (!item.hidden) found++;
  });
  for (const part of parts) {
    part.hidden = words.length > 0 && !items.some(item => !item.hidden && part.contains(item));
  }
  said.textContent = words.length === 0 ? "" : found === 0 ? "Nothing found" : found + " of " + items.length + " entries";
}
function show() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.closest("[hidden]")) { box.value = ""; search(); target.scrollIntoView(); }
}
form.hidden = false;
form.addEventListener("submit", event => event.preventDefault());
box.addEventListener("input", search);
addEventListener("hashchange", show);
addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  if (event.key === "Escape" && document.activeElement === box) { box.value = ""; search(); }
});
search();
)js";
}  // namespace legwork::publish
