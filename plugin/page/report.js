/** Asks legwork's own server: POST fhir/$heavy-legs-report. What is asked about is kept as text, so that every digit of a
 *  chart arrives as it was written. */

import {outcomeText} from "./ehr.js";

/** `key`: words of the page; `detail`: what the server said. */
export class ReportError extends Error {
  constructor(key, detail = "") {
    super(key);
    Object.assign(this, {key, detail});
  }
}

export const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-");
};

/** What was answered, as FHIR; null where nothing was. `answers`: id of a question -> true, false or a date. */
export function questionnaireResponse(answers, {questionnaire, subject, authored}) {
  if (!answers.size) return null;
  return {
    resourceType: "QuestionnaireResponse", questionnaire, status: "completed",
    subject: subject && {reference: subject}, authored,
    item: [...answers].map(([linkId, value]) =>
      ({linkId, answer: [typeof value === "boolean" ? {valueBoolean: value} : {valueDate: value}]})),
  };
}

function inJson({chart, subject, notSeen = []}, response, options) {
  const rest = [
    subject && {name: "subject", valueReference: {reference: subject}},
    response && {name: "answers", resource: response},
    {name: "asOf", valueDate: options.asOf},
    options.template && {name: "template", valueCode: options.template},
    options.language && {name: "language", valueCode: options.language},
    ...notSeen.map(what => ({name: "notSeen", valueString: what})),
  ].filter(Boolean).map(part => JSON.stringify(part));
  return `{"resourceType":"Parameters","parameter":[${[`{"name":"chart","resource":${chart}}`, ...rest].join(",")}]}`;
}

/** The same for a chart in XML; only the try-out page has such. */
function inXml({chart}, response, options) {
  const fhir = "http://hl7.org/fhir";
  const page = document.implementation.createDocument(fhir, "Parameters");
  const add = (parent, name, value) => {
    const element = parent.appendChild(page.createElementNS(fhir, name));
    if (value !== undefined) element.setAttribute("value", String(value));
    return element;
  };
  const parameter = name => {
    const element = add(page.documentElement, "parameter");
    add(element, "name", name);
    return element;
  };
  const holder = add(parameter("chart"), "resource");
  holder.append(page.importNode(new DOMParser().parseFromString(chart, "application/xml").documentElement, true));
  if (response) {
    const answered = add(add(parameter("answers"), "resource"), "QuestionnaireResponse");
    if (response.questionnaire) add(answered, "questionnaire", response.questionnaire);
    add(answered, "status", response.status);
    add(answered, "authored", response.authored);
    for (const {linkId, answer: [value]} of response.item) {
      const item = add(answered, "item");
      add(item, "linkId", linkId);
      for (const [type, given] of Object.entries(value)) add(add(item, "answer"), type, given);
    }
  }
  add(parameter("asOf"), "valueDate", options.asOf);
  for (const name of ["template", "language"]) if (options[name]) add(parameter(name), "valueCode", options[name]);
  return new XMLSerializer().serializeToString(page);
}

const STATUS = {413: "error.too-large", 415: "error.not-understood", 400: "error.not-understood", 422: "error.not-understood",
                429: "error.busy", 503: "error.busy", 404: "error.no-operation", 401: "error.not-allowed", 403: "error.not-allowed"};

/** One form of the report. `source`: {chart, format: "json" | "xml", subject, notSeen}. Gives back the Response. */
export async function ask(source, response, accept, options, signal) {
  let answer;
  try {
    answer = await fetch("fhir/$heavy-legs-report", {
      method: "POST", signal, credentials: "omit", cache: "no-store",
      headers: {accept, "content-type": `application/fhir+${source.format}`},
      body: source.format === "xml" ? inXml(source, response, options) : inJson(source, response, options),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ReportError("error.unreachable");
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => null);
  throw new ReportError(STATUS[answer.status] ?? "error.server", outcomeText(said));
}
