/** One patient on the page: assessed, asked about, assessed again. For the EHR's app and the try-out page alike. */

import {assessmentParts, summary} from "./assessment-view.js";
import {el, section} from "./dom.js";
import {checkAssessment} from "./guard.js";
import {Stop} from "./stop.js";
import {learn, questionsPart, updateQuestions} from "./questions.js";
import {reportPanel} from "./report-panel.js";
import {ask, questionnaireResponse, ReportError, today} from "./report.js";

const PAUSE = 400;  // ms between the last answer and the question to the server

/** What a failure is called, for the reader. */
export function explain(words, error) {
  const detail = error.detail ? ` (${error.detail})` : "";
  if (error instanceof ReportError || error instanceof Stop) return words(error.key, error.values) + detail;
  if (error.why) return words(`call.${error.why}`) + detail;
  throw error;
}

const missedText = (words, {name, why, detail}) =>
  `${words(`data.${name}`)}: ${words(`why.${why}`)}${detail ? ` (${detail})` : ""}`;

/** `given`: {place, words, status, source, patient (id, or null where any will do), missed, filing, stop,
 *  begin (id of the part to begin at)}.
 *  Returns {speak(words)}: the same visit in another language. */
export function openVisit(given) {
  const {place, status, source} = given;
  const authored = today(), answers = new Map(), asked = new Map();
  let words = given.words, assessment = null, panel = null, form = null, timer = null, asking = null;
  source.notSeen = (given.missed ?? []).map(one => missedText(given.english, one));

  const failure = el("div", {class: "notice error", role: "alert", hidden: true});
  const subjectName = () => (source.subject ?? "report").replace(/[^A-Za-z0-9.-]+/g, "-");
  const options = () => ({asOf: today()});
  const response = () => questionnaireResponse(answers, {subject: source.subject, authored});
  const slots = {};
  for (const name of ["banners", "missed", "flags", "causes", "questions", "report", "workup", "notes", "about"])
    slots[name] = el("div", {class: `slot slot-${name}`});
  const aside = el("div", {class: "aside"}, slots.questions, slots.report);
  const jump = el("nav", {class: "jump"});
  const grid = el("div", {class: "visit"},
                  el("div", {class: "top"}, jump, failure, slots.banners, slots.missed, slots.flags), slots.causes, aside,
                  el("div", {class: "rest"}, slots.workup, slots.notes, slots.about));

  function stop(error) {
    clearTimeout(timer);
    asking?.abort();
    given.stop(error);
  }

  /** Says what went wrong; another patient's data end the visit. */
  function failed(error) {
    if (error instanceof Stop || error.why === "ended") {
      stop(error instanceof Stop ? error : new Stop("stop.ended"));
      return "";
    }
    return explain(words, error);
  }

  function show() {
    jump.setAttribute("aria-label", words("jump"));
    jump.replaceChildren(...["flags", "causes", "questions", "report", "workup"].map(id => el("a", {href: `#${id}`}, words(id))));
    const parts = assessmentParts(words, assessment, asked);
    for (const [name, part] of Object.entries(parts)) slots[name].replaceChildren(...[part].flat().filter(Boolean));
    const missed = given.missed ?? [];
    slots.missed.replaceChildren(...(missed.length ? [section("missed", words("missed"), el("p", {}, words("missed.how")),
      el("ul", {}, missed.map(one => el("li", {}, missedText(words, one)))))] : []));
    const open = new Set(assessment.questions.map(question => question.id));
    if (form) return void updateQuestions(form, words, asked, answers, open, changed);
    form = source.format === "xml"
      ? section("questions", words("questions"), el("p", {}, words("questions.xml")), el("form"))
      : questionsPart(words, asked, answers, changed);
    slots.questions.replaceChildren(form);
    panel = reportPanel({words: () => words, source, response, options, failed, title: () => assessment.pack.title,
                         fileName: () => `heavy-legs-${subjectName()}-${today()}.pdf`},
                        given.filing);
    slots.report.replaceChildren(panel.element);
  }

  async function assess() {
    asking?.abort();
    const mine = asking = new AbortController();
    status.textContent = words("assessing");
    grid.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(source, response(), "application/json", options(), mine.signal);
      const next = await answer.json();
      if (mine.signal.aborted) return;
      if (given.patient) checkAssessment(next, given.patient);
      const before = assessment;
      assessment = next;
      learn(asked, assessment);
      failure.hidden = true;
      if (!before) given.assessed?.(assessment);
      show();
      if (!grid.isConnected) {
        place.replaceChildren(grid);
        if (given.begin) document.getElementById(`${given.begin}-heading`).focus();
      }
      status.textContent = summary(words, before, assessment);
    } catch (error) {
      if (error.name === "AbortError") return;
      status.textContent = "";
      if (!assessment) return stop(error instanceof ReportError ? new Stop(error.key, error.detail) : error);
      failure.textContent = failed(error);
      failure.hidden = false;
    } finally {
      if (mine === asking) grid.removeAttribute("aria-busy");
    }
  }

  function changed() {
    panel.outdated();
    clearTimeout(timer);
    timer = setTimeout(assess, PAUSE);
  }

  assess();
  return {
    speak(next) {
      words = next;
      if (!assessment) return;
      form = null;
      show();
      status.textContent = "";
    },
    close: () => { clearTimeout(timer); asking?.abort(); },
  };
}
