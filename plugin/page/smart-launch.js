/** SMART App Launch 2.2 with fhirclient: from a launch to a token. Source: https://hl7.org/fhir/smart-app-launch/
 *
 * fhirclient makes the request, the PKCE codes and the exchange. What it leaves to its user is done here:
 * - it believes `patientId`, `clientId` and `fhirServiceUrl` in the page's address: so the address is emptied first;
 * - its own state is 16 characters of Math.random: it gets 128 random bits;
 * - it takes endpoint addresses as they come: relative ones are read against the FHIR base, others than https refused;
 * - it keeps the token in sessionStorage: the entry is removed as soon as the token is here;
 * - it writes the code into the token request as it is given: it is given encoded.
 */

/* global FHIR */
import {carry, forget, forgetLaunches, newKey, newNonce, read, take, write} from "./launch-store.js";
import {Stop} from "./stop.js";

const USER = /(Practitioner|PractitionerRole|Patient|RelatedPerson)\/[A-Za-z0-9.-]{1,64}$/;

/** The least that the page needs: who the patient is, what the pack asks a chart for, and to file one note. */
export const LEAST = ["openid", "fhirUser", "patient/Patient.r", "patient/Condition.rs", "patient/MedicationRequest.rs",
                      "patient/MedicationStatement.rs", "patient/Medication.r", "patient/Observation.rs",
                      "patient/DiagnosticReport.rs", "patient/Procedure.rs", "patient/QuestionnaireResponse.rs",
                      "patient/Encounter.rs", "patient/AllergyIntolerance.rs", "patient/DocumentReference.c"];

const bare = url => String(url).replace(/\/+$/, "");

/** The EHR that an address names, of those that the server knows; never another. */
export const knownClient = (config, iss) => config.clients.find(client => bare(client.iss) === bare(iss)) ?? null;

/** Everything after "?", taken out of the address: no code or patient stays there, and fhirclient sees none of it. */
export function takeParameters() {
  const parameters = new URLSearchParams(location.search);
  history.replaceState(null, "", location.pathname);
  return parameters;
}

/** Whether the server's policy lets the page call an address; told here in words, not in the browser's console. */
function callable(client, url) {
  const allowed = [location.href, client.iss, ...(client.origins ?? [])].map(one => new URL(one).origin);
  if (!allowed.includes(new URL(url).origin)) throw new Stop("stop.token-origin", new URL(url).origin, {name: client.name});
}

/** Secrets travel over TLS, or stay on this machine. */
export function safe(url) {
  const {protocol, hostname} = new URL(url);
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname));
}

async function smartConfiguration(iss) {
  try {
    const answer = await fetch(`${bare(iss)}/.well-known/smart-configuration`,
                               {headers: {accept: "application/json"}, credentials: "omit"});
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}

/** As SMART 1 wrote it: patient/Observation.read. */
const inVersion1 = scope => scope.replace(/^(\w+\/\w+)\.([cruds]+)(\?.*)?$/,
                                          (_, what, verbs) => `${what}.${verbs.includes("c") ? "write" : "read"}`);

function scopesFor(client, launch, capabilities = []) {
  if (client.scope) return client.scope;
  const scopes = [launch ? "launch" : "launch/patient", ...LEAST];
  const old = capabilities.includes("permission-v1") && !capabilities.includes("permission-v2");
  return (old ? scopes.map(inVersion1) : scopes).join(" ");
}

/** Sends the browser to the EHR's authorization server. `launch`: of an EHR launch; null for a standalone one. */
export async function startLaunch(client, {iss, launch, language}) {
  forgetLaunches();
  if (!safe(iss)) throw new Stop("stop.not-tls", iss);
  const configuration = await smartConfiguration(iss);
  const key = newKey();
  FHIR.oauth2.settings.fullSessionStorageSupport = false;  // no entry that outlives the launch
  let made;
  try {
    made = await FHIR.oauth2.authorize({
      iss, launch: launch ?? undefined, clientId: client.clientId, scope: scopesFor(client, launch, configuration.capabilities),
      redirectUri: new URL("app", location.href).href, stateKey: key, noRedirect: true, completeInTarget: true,
      pkceMode: "unsafeV1",  // fhirclient's name for "always, whether or not the server says that it knows S256"
      wellKnownRequestOptions: {headers: {accept: "application/json"}},
    });
  } catch (error) {
    throw new Stop("stop.discovery", error.message, {iss});
  }
  const state = read(key);
  if (!state?.authorizeUri || !state.tokenUri) throw new Stop("stop.discovery", "", {iss});

  const target = new URL(state.authorizeUri, iss);
  const nonce = newNonce();
  for (const [name, value] of new URLSearchParams(made.slice(state.authorizeUri.length + 1)))
    target.searchParams.set(name, value);
  target.searchParams.set("nonce", nonce);
  target.search = target.search.replaceAll("+", "%20");
  state.tokenUri = new URL(state.tokenUri, iss).href;
  for (const url of [target, state.tokenUri]) if (!safe(url)) throw new Stop("stop.not-tls", String(url));
  callable(client, state.tokenUri);
  state.legwork = {language, nonce, issuer: configuration.issuer};
  write(key, state);
  carry(key);
  location.assign(target);
}

/** Who signed in, where the id token is meant for us. It came from the token endpoint itself, over TLS: OpenID Connect
 *  Core 3.1.3.7 lets that stand for its signature. */
function userOf(token, state) {
  if (!token.id_token) return null;
  let claims;
  try {
    const part = token.id_token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), letter => letter.charCodeAt(0))));
  } catch {
    return null;
  }
  if (claims.nonce !== undefined && claims.nonce !== state.legwork.nonce) throw new Stop("stop.identity");
  const meant = [claims.aud].flat().includes(state.clientId) && claims.exp * 1000 > Date.now() &&
                (!state.legwork.issuer || claims.iss === state.legwork.issuer) && claims.nonce !== undefined;
  const user = String(claims.fhirUser ?? claims.profile ?? "").match(USER);
  return meant && user ? user[0] : null;
}

/** What a launch remembered, with what this server knows better put in its place: a launch that was carried in a frame's
 *  name names no other EHR, and no other place to send the code to. */
async function recalled(key, config) {
  const {state, trusted} = take(key) ?? {};
  if (!state) throw new Stop("stop.relaunch");
  const client = knownClient(config, state.serverUrl);
  if (!client) throw new Stop("stop.unknown-ehr", state.serverUrl);
  Object.assign(state, {clientId: client.clientId, redirectUri: new URL("app", location.href).href});
  if (!trusted) {
    const {token_endpoint: token, issuer} = await smartConfiguration(state.serverUrl);
    if (!token) throw new Stop("stop.discovery", "", {iss: state.serverUrl});
    state.tokenUri = new URL(token, state.serverUrl).href;
    state.legwork = {...state.legwork, issuer};
  }
  if (!safe(state.tokenUri)) throw new Stop("stop.not-tls", state.tokenUri);
  callable(client, state.tokenUri);
  return {state, client};
}

/** The token and what came with it, for the launch that the page's address names; that launch is then used up. */
export async function finishLaunch(parameters, config) {
  const key = parameters.get("state") ?? "";
  try {
    const {state: before, client} = await recalled(key, config);
    if (parameters.get("error"))
      throw new Stop("stop.refused", [parameters.get("error"), parameters.get("error_description")].filter(Boolean).join(": "));
    if (!parameters.get("code")) throw new Stop("stop.relaunch");
    write(key, before);
    FHIR.oauth2.settings.fullSessionStorageSupport = false;
    const {state} = await FHIR.oauth2.ready({stateKey: key, code: encodeURIComponent(parameters.get("code"))})
      .catch(error => { throw new Stop("stop.token", error.message); });
    const token = state.tokenResponse;
    if (String(token.token_type ?? "Bearer").toLowerCase() !== "bearer") throw new Stop("stop.token", token.token_type);
    if (typeof token.patient !== "string" || !token.patient) throw new Stop("stop.no-patient");
    return {base: bare(state.serverUrl), token: token.access_token, scope: token.scope ?? state.scope, client,
            patient: token.patient.replace(/^Patient\//, ""), encounter: token.encounter ?? null,
            banner: token.need_patient_banner !== false, user: userOf(token, state), language: state.legwork.language,
            concern: String(token.appContext ?? "").match(/^concern=([\w.-]+)$/)?.[1] ?? null};
  } finally {
    forget(key);
  }
}
