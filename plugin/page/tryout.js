/** /: a file instead of an EHR. It goes to this server, which keeps nothing; neither does the page. */

import {showBanner} from "./banner.js";
import {button, el} from "./dom.js";
import {openShell} from "./shell.js";
import {takeParameters} from "./smart-launch.js";
import {Stop} from "./stop.js";
import {openVisit} from "./visit.js";

addEventListener("pagehide", () => document.body.replaceChildren());
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

const parameters = takeParameters();
const shell = await openShell(parameters.get("lang"));

/** A file as one Bundle; its resources as they are written. */
function sourceOf(text) {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed.startsWith("<")) return {format: "xml", chart: trimmed.replace(/^<\?xml[^>]*\?>/, "")};
  const bundle = resources => `{"resourceType":"Bundle","type":"collection","entry":[${
    resources.map(resource => `{"resource":${resource}}`).join(",")}]}`;
  try {
    const whole = JSON.parse(trimmed);
    if (Array.isArray(whole)) return {format: "json", chart: bundle(whole.map(one => JSON.stringify(one)))};
    return {format: "json", chart: whole.resourceType === "Bundle" ? trimmed : bundle([trimmed])};
  } catch {
    const lines = trimmed.split(/\r?\n/).filter(line => line.trim());
    try {
      for (const line of lines) JSON.parse(line);
    } catch {
      throw new Stop("stop.no-fhir");
    }
    return {format: "json", chart: bundle(lines)};
  }
}

function start() {
  for (const speaker of shell.speakers) speaker.close?.();
  shell.speakers.length = 0;
  shell.restart();
  shell.status.textContent = "";
  document.getElementById("banner").hidden = true;
  choose(shell.words);
  shell.speakers.push({speak: choose});
}

function open(text) {
  let source;
  try {
    source = sourceOf(text);
  } catch (error) {
    return shell.stop(error, start);
  }
  const banner = document.getElementById("banner");
  let patient = null;
  const visit = openVisit({
    place: shell.main, words: shell.words, english: shell.english, status: shell.status, filing: null, source,
    stop: error => shell.stop(error, start),
    assessed: assessment => {
      const {name, birthDate, sex} = assessment.patient;
      patient = {name: [{text: name}], birthDate, gender: sex};
      showBanner(banner, shell.words, patient, true);
      banner.append(" ", button(shell.words("another"), start));
    },
  });
  shell.speakers.length = 0;
  shell.speakers.push({...visit, speak: words => {
    if (patient) {
      showBanner(banner, words, patient, true);
      banner.append(" ", button(words("another"), start));
    }
    visit.speak(words);
  }});
}

function choose(words) {
  const input = el("input", {type: "file", id: "file", accept: ".json,.ndjson,.xml"});
  const take = async file => file && open(await file.text());
  input.addEventListener("change", () => take(input.files[0]));
  const drop = el("div", {class: "drop"}, el("label", {for: "file"}, words("tryout.choose")), input,
                  el("p", {class: "quiet"}, words("tryout.drop")));
  drop.addEventListener("dragover", event => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", event => { event.preventDefault(); take(event.dataTransfer.files[0]); });
  const {examples} = shell.config;
  shell.main.replaceChildren(el("section", {class: "choice", "aria-labelledby": "tryout"},
    el("h2", {id: "tryout"}, words("tryout")), el("p", {}, words("tryout.how")), drop,
    examples.length > 0 && el("p", {}, words("tryout.examples")),
    el("div", {class: "actions column"}, examples.map(name => button(name, async () => {
      const answer = await fetch(`examples/${encodeURIComponent(name)}`, {credentials: "omit"});
      if (answer.ok) open(await answer.text());
      else shell.stop(new Stop("stop.unexpected", `examples/${name}: ${answer.status}`), start);
    })))));
}

if (shell.config?.tryout) start();
else if (shell.config) shell.stop(new Stop("stop.no-tryout"));
