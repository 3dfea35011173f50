/** The wrong-patient guard: launch, data, assessment and document must be about one patient. */

import {Stop} from "./stop.js";

const WHOSE = {AllergyIntolerance: "patient", Condition: "subject", DiagnosticReport: "subject", DocumentReference: "subject",
               Encounter: "subject", MedicationRequest: "subject", MedicationStatement: "subject", Observation: "subject",
               Procedure: "subject", QuestionnaireResponse: "subject"};

/** "same", "other", "untold" (a patient by another server's address, or none), or "nobody" (a Medication). */
export function whose(resource, id, base) {
  if (resource.resourceType === "Medication") return "nobody";
  if (resource.resourceType === "Patient") return resource.id === id ? "same" : "other";
  const reference = resource[WHOSE[resource.resourceType]]?.reference;
  if (typeof reference !== "string") return "untold";
  const relative = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  const [, named] = relative.match(/^Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/) ?? [];
  if (!named) return "untold";
  return named === id ? "same" : "other";
}

/** A full stop where a resource is another patient's. Returns whether it can be used. */
export function isAbout(resource, id, base) {
  const found = whose(resource, id, base);
  if (found === "other") throw new Stop("stop.wrong-patient", `${resource.resourceType}/${resource.id ?? "?"}`);
  return found !== "untold";
}

/** The assessment that came back must be of the patient whose chart was sent. */
export function checkAssessment(assessment, id) {
  const named = String(assessment.patient?.reference ?? "").match(/(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})$/)?.[1];
  if (named !== id) throw new Stop("stop.wrong-patient", "assessment.patient");
}
