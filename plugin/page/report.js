/** Asks legwork's own server: POST app/report, which is the FHIR operation for this page. What is asked about is kept as
 *  text, so that every digit of a chart arrives as it was written. */

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
export function questionnaireResponse(answers, {subject, authored}) {
  if (!answers.size) return null;
  return {
    resourceType: "QuestionnaireResponse", id: "answered-here", status: "completed",
    subject: subject && {reference: subject}, authored,
    item: [...answers].map(([linkId, value]) =>
      ({linkId, answer: [typeof value === "boolean" ? {valueBoolean: value} : {valueDate: value}]})),
  };
}

function parameters({chart, subject, notSeen = []}, response, options) {
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

const STATUS = {
  400: "error.not-understood", 415: "error.not-understood", 422: "error.not-understood", 413: "error.too-large",
  401: "error.not-allowed", 403: "error.not-allowed", 404: "error.no-operation", 429: "error.busy", 503: "error.busy",
};

/** One form of the report. `source`: {chart, format: "json" | "xml", subject, notSeen}. Gives back the Response. */
export async function ask(source, response, accept, options, signal) {
  let answer;
  try {
    answer = await fetch("app/report", {
      method: "POST", signal, credentials: "omit", cache: "no-store",
      headers: {accept, "content-type": `application/fhir+${source.format}`},
      // The server takes Parameters as JSON only; a chart in XML goes alone, without answers.
      body: source.format === "xml" ? source.chart : parameters(source, response, options),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ReportError("error.unreachable");
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => null);
  throw new ReportError(STATUS[answer.status] ?? "error.server", outcomeText(said));
}
