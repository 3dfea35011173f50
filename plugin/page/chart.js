/** Reads a patient's chart with the token: what the pack asks for, paged and bounded. What could not be read is said,
 *  never taken for "nothing there". */

import {CallError, outcomeText} from "./ehr.js";
import {isAbout} from "./guard.js";
import {Stop} from "./stop.js";

const QUERIES = [
  {name: "conditions", type: "Condition", query: "_count=200"},
  {name: "medications", type: "MedicationRequest", query: "_count=200&_include=MedicationRequest:medication"},
  {name: "statements", type: "MedicationStatement", query: "_count=200&_include=MedicationStatement:medication"},
  {name: "labs", type: "Observation", query: "category=laboratory&_sort=-date&_count=200"},
  {name: "vitals", type: "Observation", pages: 2,
   query: "category=vital-signs,exam,survey,social-history&_sort=-date&_count=100"},
  {name: "imaging", type: "DiagnosticReport", query: "_sort=-date&_count=100", pages: 3},
  {name: "procedures", type: "Procedure", query: "_sort=-date&_count=100", pages: 3},
  {name: "answers", type: "QuestionnaireResponse", query: "_sort=-authored&_count=50", pages: 2},
  {name: "encounters", type: "Encounter", query: "_sort=-date&_count=50", pages: 1},
  {name: "allergies", type: "AllergyIntolerance", query: "_count=100", pages: 1},
];
const PAGES = 10, BYTES = 12_000_000, MEDICATIONS = 100;

/** Whether scopes allow a verb on a type. Understands SMART 1 and 2. `category`: what a search is narrowed to: a scope for
 *  other categories would let it through, and answer with nothing. */
export function mayDo(scope, type, verb, category = "") {
  return scope.split(/\s+/).some(one => {
    const [, named, verbs, query] = one.match(/^(?:patient|user)\/(\*|\w+)\.(\*|read|write|[cruds]+)(?:\?(.*))?$/) ?? [];
    if (!named || (named !== "*" && named !== type)) return false;
    const only = new URLSearchParams(query ?? "").get("category")?.split("|").pop();
    if (only && !category.split(",").includes(only)) return false;
    return verbs === "*" || (verbs === "read" && "rs".includes(verb)) || (verbs === "write" && "cud".includes(verb)) ||
           (!["read", "write"].includes(verbs) && verbs.includes(verb));
  });
}

/** Takes what can be used out of one page; tells of what cannot. */
function take(page, reading, name) {
  if (page?.resourceType !== "Bundle") throw new CallError("failed", 200, outcomeText(page));
  for (const {resource} of page.entry ?? []) {
    if (!resource) continue;
    if (resource.resourceType === "OperationOutcome") {
      const failed = (resource.issue ?? []).some(issue => ["error", "fatal"].includes(issue.severity));
      if (failed) reading.miss(name, "failed", outcomeText(resource));
    } else if (isAbout(resource, reading.patient, reading.ehr.base)) {
      reading.entries.set(`${resource.resourceType}/${resource.id ?? reading.entries.size}`, resource);
    } else {
      reading.miss(name, "untold");
    }
  }
}

async function readPages(reading, {name, type, query, pages = PAGES}) {
  const {ehr, patient} = reading;
  const plain = `${type}?patient=${encodeURIComponent(patient)}`;
  let answer;
  try {
    answer = await ehr.call(`${plain}&${query}`);
  } catch (error) {
    if (error.why !== "unsupported") throw error;
    answer = await ehr.call(plain);  // a server that knows no _include, _sort or category
  }
  for (let page = 1;; page++) {
    reading.bytes += answer.size;
    take(answer.resource, reading, name);
    const next = answer.resource.link?.find(link => link.relation === "next")?.url;
    if (!next) return;
    if (page >= pages || reading.bytes > BYTES) return reading.miss(name, "cut");
    answer = await ehr.call(next);
  }
}

/** Medicines that a prescription only points at, where the server did not send them along. */
async function readMedications(reading) {
  const wanted = new Set();
  for (const {resourceType, medicationReference} of reading.entries.values()) {
    const reference = medicationReference?.reference;
    if (!resourceType.startsWith("Medication") || typeof reference !== "string" || reference.startsWith("#")) continue;
    const relative = reference.replace(`${reading.ehr.base}/`, "");
    if (!reading.entries.has(relative)) wanted.add(relative);
  }
  if (wanted.size > MEDICATIONS) reading.miss("medicines", "cut");
  await Promise.all([...wanted].slice(0, MEDICATIONS).map(async reference => {
    try {
      if (!/^Medication\/[A-Za-z0-9.-]{1,64}$/.test(reference)) throw new CallError("elsewhere");
      const resource = await reading.ehr.read(reference);
      if (resource?.resourceType === "Medication") reading.entries.set(reference, resource);
    } catch (error) {
      if (error.why === "ended") throw error;
      reading.miss("medicines", error.why ?? "failed");
    }
  }));
}

/** The patient, a Bundle of what was read, and what was not: [{name, why, detail}]. */
export async function readChart(ehr, launch) {
  const missed = new Map();
  const reading = {ehr, patient: launch.patient, entries: new Map(), bytes: 0,
                   miss: (name, why, detail = "") => missed.set(`${name} ${why}`, {name, why, detail})};
  const guarded = async work => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Stop) throw error;
      if (error.why === "ended") throw new Stop("stop.ended");
      return error;
    }
  };
  let patient;
  const failed = await guarded(async () => { patient = await ehr.read(`Patient/${encodeURIComponent(launch.patient)}`); });
  if (failed) throw new Stop("stop.patient-unread", failed.detail ?? "");
  if (patient?.resourceType !== "Patient") throw new Stop("stop.patient-unread");
  isAbout(patient, launch.patient, ehr.base);
  reading.entries.set(`Patient/${launch.patient}`, patient);

  await Promise.all(QUERIES.map(async query => {
    const category = new URLSearchParams(query.query).get("category") ?? "";
    if (!mayDo(launch.scope, query.type, "s", category)) return reading.miss(query.name, "refused");
    const error = await guarded(() => readPages(reading, query));
    if (error) reading.miss(query.name, error.why ?? "failed", error.detail);
  }));
  await guarded(() => readMedications(reading));
  return {patient, missed: [...missed.values()],
          bundle: {resourceType: "Bundle", type: "collection",
                   entry: [...reading.entries].map(([place, resource]) => ({fullUrl: `${ehr.base}/${place}`, resource}))}};
}
