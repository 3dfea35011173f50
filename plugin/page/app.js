/** /app: the patient whose chart is open in the EHR. */

import {showBanner} from "./banner.js";
import {mayDo, readChart} from "./chart.js";
import {openEhr} from "./ehr.js";
import {rulesFor} from "./file.js";
import {openShell} from "./shell.js";
import {finishLaunch, takeParameters} from "./smart-launch.js";
import {openVisit} from "./visit.js";

// A page that the browser kept and shows again would show the patient of then.
addEventListener("pagehide", () => document.body.replaceChildren());
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

/** The part of the page that a card's link is about: its appContext, as docs/cds-hooks.md has it. */
const PART_OF = new Map([["red-flags", "flags"], ["drug-cause", "causes"], ["work-up", "workup"], ["on-file", "workup"]]);

const parameters = takeParameters();
const shell = await openShell(parameters.get("lang"));

async function run() {
  shell.status.textContent = shell.words("launching");
  const launch = await finishLaunch(parameters, shell.config);
  await shell.speak(launch.language);

  shell.status.textContent = shell.words("reading");
  const ehr = openEhr(launch);
  const {patient, bundle, missed} = await readChart(ehr, launch);
  const banner = document.getElementById("banner");
  const person = showBanner(banner, shell.words, patient, launch.banner);
  const rules = rulesFor(launch.client.document);
  const filing = !mayDo(launch.scope, "DocumentReference", "c", "clinical-note") ? {refused: "file.refused"}
    : rules ? {ehr, launch, rules, ...person} : {refused: "file.no-form"};
  const visit = openVisit({
    place: shell.main, words: shell.words, english: shell.english, status: shell.status, missed, filing,
    patient: launch.patient, stop: shell.stop, begin: PART_OF.get(launch.concern),
    source: {format: "json", chart: JSON.stringify(bundle), subject: `Patient/${launch.patient}`},
  });
  shell.speakers.push({...visit, speak: words => {
    showBanner(banner, words, patient, launch.banner);
    visit.speak(words);
  }});
}

if (shell.config) await run().catch(shell.stop);
