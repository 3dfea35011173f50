/** Files a report to the chart as a DocumentReference: interop.md, section 4. What an EHR wants otherwise is data:
 *  `rules` come from the server's configuration. */

import {CallError} from "./ehr.js";
import {whose} from "./guard.js";
import {Stop} from "./stop.js";

const RULES = {
  type: {system: "http://loinc.org", code: "11488-4", display: "Consult note"},
  category: {system: "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", code: "clinical-note",
             display: "Clinical Note"},
  contentTypes: ["application/pdf"],  // that the EHR takes, the preferred first
  inlineLimit: 750_000,            // bytes: a base64 string in FHIR may have 1 MB
  conditionalCreate: true,         // send If-None-Exist
};

const MADE = ["application/pdf", "text/html", "text/plain"];

/** Its rules with the form that is sent; null where the EHR takes none that there is. */
export function rulesFor(given) {
  const rules = {...RULES, ...given};
  const contentType = rules.contentTypes.find(type => MADE.includes(type));
  return contentType ? {...rules, contentType} : null;
}

async function digest(name, bytes) {
  return new Uint8Array(await crypto.subtle.digest(name, bytes));
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** RFC 6920: the same bytes have the same name, so that filing twice files once. */
const nameOf = async bytes =>
  `ni:///sha-256;${base64(await digest("SHA-256", bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;

const idIn = (location, type) => location.match(new RegExp(`${type}/([A-Za-z0-9.-]{1,64})`))?.[1] ?? null;

async function attachment(ehr, bytes, rules, title, language) {
  const about = {contentType: rules.contentType, language, title, creation: new Date().toISOString(),
                 size: bytes.length, hash: base64(await digest("SHA-1", bytes))};
  if (bytes.length <= rules.inlineLimit) return {...about, data: base64(bytes)};
  const made = await ehr.call("Binary", {method: "POST", body: bytes, time: 60_000,
                                         headers: {"content-type": rules.contentType}});
  const id = made.resource?.resourceType === "Binary" ? made.resource.id : idIn(made.location, "Binary");
  if (!id) throw new CallError("failed", made.status, "Binary");
  return {...about, url: `Binary/${id}`};
}

/** Gives back {id, existed}. `replaces`: the id of the document that this one stands in for, or null. */
export async function fileReport(ehr, {bytes, launch, rules, title, language, replaces}) {
  const identifier = {system: "urn:ietf:rfc:3986", value: await nameOf(bytes)};
  const resource = {
    resourceType: "DocumentReference", identifier: [identifier], status: "current",
    type: {coding: [rules.type], text: rules.type.display}, category: [{coding: [rules.category]}],
    subject: {reference: `Patient/${launch.patient}`}, date: new Date().toISOString(),
    author: launch.user ? [{reference: launch.user}] : undefined, description: title,
    relatesTo: replaces ? [{code: "replaces", target: {reference: `DocumentReference/${replaces}`}}] : undefined,
    content: [{attachment: await attachment(ehr, bytes, rules, title, language)}],
    context: launch.encounter
      ? {encounter: [{reference: `Encounter/${launch.encounter.replace(/^Encounter\//, "")}`}]} : undefined,
  };
  const once = rules.conditionalCreate
    ? {"if-none-exist": `identifier=${encodeURIComponent(`${identifier.system}|${identifier.value}`)}`} : {};
  const answer = await ehr.call("DocumentReference", {
    method: "POST", body: JSON.stringify(resource), time: 60_000,
    headers: {"content-type": "application/fhir+json", prefer: "return=representation", ...once},
  });
  const kept = answer.resource?.resourceType === "DocumentReference" ? answer.resource : null;
  if (kept && whose(kept, launch.patient, ehr.base) === "other")
    throw new Stop("stop.wrong-document", `DocumentReference/${kept.id}`);
  return {id: kept?.id ?? idIn(answer.location, "DocumentReference"), existed: answer.status === 200};
}
