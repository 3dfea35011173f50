/** Shows an assessment: what cannot wait, causes with their evidence, what is unknown, the work-up. */

import {el, folded, list, section} from "./dom.js";
import {day} from "./words.js";

/** Words of the pack are English, whatever the page's own language is. */
const said = (words, text, name = "span") => el(name, words.language === "en" ? {} : {lang: "en"}, text);

const chip = (words, kind, value) => el("span", {class: `chip ${kind}-${value}`}, words(`${kind}.${value}`));

/** "mL/min/{1.73_m2}" as people write it. */
const written = ucum => (ucum ?? "").replace(/[{}]/g, "").replaceAll("_", " ").replace(/\bm2\b/, "m²");

/** What an id means, as far as the assessment says it. */
function namesOf(assessment, asked) {
  const names = new Map();
  for (const part of ["causes", "redFlags", "workup", "results"])
    for (const {id, label} of assessment[part]) names.set(id, label);
  for (const [id, question] of asked) names.set(id, question.label);
  return id => names.get(id) ?? id.replaceAll("-", " ");
}

function evidence(words, items) {
  if (!items.length) return null;
  return el("ul", {class: "evidence"}, items.map(item => el("li", {class: `says-${item.says}`},
    el("span", {class: "says"}, words(`says.${item.says}`)), " ", said(words, item.text),
    item.date && el("span", {class: "quiet"}, ` · ${day(words, item.date)}`), " ",
    el("code", {class: "quiet"}, item.reference))));
}

const unknownLine = (words, ids, name) => ids.length > 0 &&
  el("p", {class: "unknown"}, el("strong", {}, `${words("unknown")} `), said(words, ids.map(name).join(", ")));

/** The statements behind a finding, each with the source that it is from. */
function basis(words, key, ids, claims) {
  const known = ids.map(id => claims.get(id)).filter(Boolean);
  const rows = known.map(claim => [said(words, claim.text), " ", said(words, claim.citation, "cite")]);
  return rows.length > 0 && folded(`basis ${key}`, words("basis"), list(rows, {class: "claims"}));
}

function redFlags(words, assessment, name, claims) {
  const urgent = assessment.redFlags.filter(flag => ["present", "possible"].includes(flag.status));
  const others = assessment.redFlags.filter(flag => !urgent.includes(flag));
  const rows = others.map(flag => [
    said(words, flag.label, "strong"), " ", chip(words, "flag", flag.status),
    flag.status !== "absent" && flag.unknown.length > 0 &&
      el("span", {class: "quiet"}, ` ${words("flag.ask")} `, said(words, flag.unknown.map(name).join(", "))),
  ]);
  return section("flags", words("flags"),
    urgent.map(flag => el("div", {class: `alarm ${flag.status}`},
      el("h3", {}, said(words, flag.label), " ", chip(words, "flag", flag.status)),
      el("p", {class: "action"}, said(words, flag.action)), evidence(words, flag.evidence),
      unknownLine(words, flag.unknown, name), basis(words, flag.id, flag.claims, claims))),
    rows.length > 0 && list(rows, {class: "rows"}));
}

function cause(words, one, name, claims) {
  return el("article", {class: "cause", "data-id": one.id},
    el("h3", {}, said(words, one.label), " ", chip(words, "status", one.status)),
    evidence(words, one.evidence), unknownLine(words, one.unknown, name),
    one.wouldChange && el("p", {class: "quiet"}, el("strong", {}, `${words("would-change")} `), said(words, one.wouldChange)),
    basis(words, one.id, one.claims, claims));
}

function causes(words, assessment, name, claims) {
  const of = (...statuses) => assessment.causes.filter(one => statuses.includes(one.status));
  const row = one => [said(words, one.label), one.unknown.length > 0 && one.status === "undetermined" &&
    el("span", {class: "quiet"}, ` ${words("unknown")} `, said(words, one.unknown.map(name).join(", "))),
    evidence(words, one.evidence)];
  const found = of("supported", "possible");
  const complaint = assessment.complaint;
  return section("causes", words("causes"),
    el("p", {class: "quiet"}, words(`complaint.${complaint.status}`), " ",
       complaint.onset ? words("onset", {date: day(words, complaint.onset)}) : words("onset.unknown")),
    found.length ? found.map(one => cause(words, one, name, claims)) : el("p", {}, words("causes.none")),
    ["undetermined", "unlikely"].map(status =>
      folded(status, words(`causes.${status}`, {n: of(status).length}), list(of(status).map(row), {class: "rows"}))));
}

function workup(words, assessment, name) {
  const of = status => assessment.workup.filter(item => item.status === status);
  const item = one => [
    said(words, one.label, "strong"), " ", chip(words, "urgency", one.urgency),
    one.reason && el("p", {}, said(words, one.reason)),
    one.for.length > 0 && el("p", {class: "quiet"}, `${words("for")} `, said(words, one.for.map(name).join(", "))),
    (one.cautions ?? []).map(({text}) =>
      el("p", {class: "caution"}, el("strong", {}, `${words("caution")} `), said(words, text))),
  ];
  const result = ({value, unit, date}) =>
    [": ", said(words, [value, written(unit)].filter(Boolean).join(" ")), " · ", day(words, date)];
  const filed = one => [said(words, one.label, "strong"), one.lastDone && result(one.lastDone)];
  return section("workup", words("workup"),
    list(of("recommended").map(item), {class: "rows steps"}),
    of("on-file").length > 0 && [el("h3", {}, words("workup.on-file")), list(of("on-file").map(filed), {class: "rows"})],
    of("not-needed").length > 0 &&
      folded("not-needed", words("workup.not-needed", {n: of("not-needed").length}),
             list(of("not-needed").map(one => said(words, one.label)))));
}

function notes(words, assessment) {
  const kept = assessment.notes.filter(note => note.text);
  return kept.length > 0 && section("notes", words("notes"), list(kept.map(note => [said(words, note.text), " ",
    note.reference && el("code", {class: "quiet"}, note.reference)]), {class: "rows"}));
}

function about(words, assessment) {
  const {pack} = assessment;
  return el("footer", {class: "about"}, el("p", {}, said(words, pack.disclaimer)),
    folded("about", words("about"), el("p", {}, `${pack.id} ${pack.version} · `, said(words, pack.article)),
      el("dl", {}, (pack.sourceAttributes ?? []).map(one =>
        [el("dt", {}, said(words, one.name)), el("dd", {}, said(words, one.text))]))));
}

/** The parts, to be put where the page has room for them. `asked`: questions that the page knows, by id. */
export function assessmentParts(words, assessment, asked) {
  const name = namesOf(assessment, asked);
  const claims = new Map(assessment.claims.map(claim => [claim.id, claim]));
  return {
    banners: assessment.banners.map(banner => el("p", {class: "notice"}, said(words, banner.text))),
    flags: redFlags(words, assessment, name, claims), causes: causes(words, assessment, name, claims),
    workup: workup(words, assessment, name), notes: notes(words, assessment) || null, about: about(words, assessment),
  };
}

/** One sentence for those who do not see the page change: what there is now, and what became of what there was. */
export function summary(words, before, now) {
  const count = (part, ...statuses) => now[part].filter(one => statuses.includes(one.status)).length;
  const changes = before === null ? [] : ["redFlags", "causes"].flatMap(part => now[part].flatMap(one => {
    const was = before[part].find(other => other.id === one.id)?.status;
    const kind = part === "causes" ? "status" : "flag";
    return was && was !== one.status ? [`${one.label}: ${words(`${kind}.${one.status}`)}`] : [];
  }));
  return [words("summary", {flags: count("redFlags", "present", "possible"), supported: count("causes", "supported"),
                            possible: count("causes", "possible")}),
          changes.slice(0, 4).join("; ")].join(" ").trim();
}
