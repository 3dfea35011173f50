/** Calls to the EHR's FHIR server. The token goes to its base address and nowhere else: no redirect is followed, no
 *  link or reference to another place. */

/** What a call failed with. `why`: "ended" (401), "refused" (403), "unsupported" (400, 404, 405), "elsewhere", "late",
 *  "unreachable", "failed". */
export class CallError extends Error {
  constructor(why, status = 0, detail = "") {
    super(why);
    Object.assign(this, {why, status, detail});
  }
}

const WHY = {401: "ended", 403: "refused", 400: "unsupported", 404: "unsupported", 405: "unsupported"};

/** Numbers as the sender wrote them: 7.10 does not become 7.1 on its way through here. */
const keepDigits = JSON.rawJSON
  ? (_, value, context) => typeof value === "number" ? JSON.rawJSON(context.source) : value
  : undefined;

/** The words of an OperationOutcome. */
export function outcomeText(resource) {
  if (resource?.resourceType !== "OperationOutcome") return "";
  return (resource.issue ?? []).map(issue => issue.details?.text ?? issue.diagnostics ?? issue.code).filter(Boolean).join("; ");
}

export function openEhr({base, token}) {
  const root = new URL(`${base}/`);

  /** An address at this server: a relative one, or an absolute one below its base. */
  function at(url) {
    const whole = new URL(url, root);
    // Some servers page at the base itself: "/fhir?_getpages=…".
    if (whole.origin !== root.origin || !`${whole.pathname}/`.startsWith(root.pathname)) throw new CallError("elsewhere");
    return whole;
  }

  async function call(url, {method = "GET", headers = {}, body, time = 20_000} = {}) {
    const where = at(url);
    let answer;
    try {
      answer = await fetch(where, {
        method, body, signal: AbortSignal.timeout(time), redirect: "error", credentials: "omit", cache: "no-store",
        referrerPolicy: "no-referrer",
        headers: {accept: "application/fhir+json", authorization: `Bearer ${token}`, ...headers},
      });
    } catch (error) {
      throw new CallError(error.name === "TimeoutError" ? "late" : "unreachable");
    }
    const text = await answer.text();
    let resource = null;
    try {
      resource = text ? JSON.parse(text, keepDigits) : null;
    } catch {
      if (answer.ok) throw new CallError("failed", answer.status);
    }
    if (!answer.ok) throw new CallError(WHY[answer.status] ?? "failed", answer.status, outcomeText(resource));
    return {status: answer.status, resource, size: text.length, location: answer.headers.get("location") ?? ""};
  }

  return {base, at, call, read: async url => (await call(url)).resource};
}
