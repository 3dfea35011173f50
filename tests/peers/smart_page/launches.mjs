// From an EHR to a patient on the page.
import {app, causeStatus, check, ehr, end, judge, launchUrl, open, seen, session, settled, SIZES, stopped, text, told} from "./browser.mjs";

export const launches = {
  async "an EHR launch shows the patient whose chart is open"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1"});
    check(/Brightwater/.test(await text(page, "#banner")), "the banner names the patient");
    check(await causeStatus(page, "calcium-channel-blocker") === "supported", "amlodipine is supported as a cause");
    check(page.url() === `${app}/app`, `neither code nor state stays in the address: ${page.url()}`);
    const kept = await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie]);
    check(String(kept) === "0,0,", `nothing is stored once there is a token: ${kept}`);
    const {authorized} = await seen();
    const asked = authorized.at(-1);
    check(asked.state.length >= 32 && asked.aud === `${ehr}/fhir` && asked.scope.includes("launch "), "state, aud and scope are sent");
    check(!/\*|offline|online/.test(asked.scope), "no more than the page needs is asked for");
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await judge(page, `assessment-${size}`);
    }
    await page.emulateMedia({colorScheme: "dark"});
    await judge(page, "assessment-dark");
    await page.emulateMedia({media: "print", colorScheme: "light"});
    await page.screenshot({path: `${told.pictures}/assessment-print.png`, fullPage: true});
    check(await page.locator("#questions").isHidden(), "on paper there is no form");
    await end(context, "EHR launch");
  },

  async "an iss with a trailing slash and endpoints that are relative are understood"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1"}, {iss: `${ehr}/r4/`});
    check(await causeStatus(page, "low-iron") === "supported", "the chart was read");
    const asked = (await seen()).authorized.at(-1);
    check(asked.aud === `${ehr}/r4/`, "aud is the iss of the launch");
    check(/patient\/Observation\.read/.test(asked.scope) && /DocumentReference\.write/.test(asked.scope) && !/\.rs/.test(asked.scope),
          "an EHR that knows only SMART 1 scopes is asked for those");
    check(await page.getByRole("button", {name: "File to the chart"}).count() === 1, "and .write allows filing");
    await end(context, "trailing slash");
  },

  async "a standalone launch chooses among the EHRs that are set up"() {
    const context = await session();
    const page = await context.newPage();
    await page.goto(`${app}/launch`);
    await page.locator(".choice button").first().waitFor();
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await judge(page, `launch-${size}`);
    }
    await page.locator(".choice button").first().click();
    await settled(page);
    check(/Brightwater/.test(await text(page, "#banner")), "the patient who was chosen there is shown");
    const asked = (await seen()).authorized.at(-1);
    check(asked.launch === undefined && asked.scope.includes("launch/patient"), "no launch, and launch/patient as scope");
    await end(context, "standalone");
  },

  async "within an EHR's sandboxed frame, third party to it, the page works in a side panel"() {
    const context = await session({viewport: {width: 420, height: 820}, acceptDownloads: true});
    const page = await context.newPage();
    const src = await launchUrl({patient: "a-p1", need_patient_banner: false});
    await page.goto(`${ehr.replace("127.0.0.1", "localhost")}/test/frame?${new URLSearchParams({src, width: 400, height: 800})}`);
    const frame = page.frameLocator("iframe");
    await frame.locator(".visit .slot-causes section").waitFor();
    check(await frame.locator("#banner").isHidden(), "the EHR shows the banner, so the page does not");
    const inner = page.frames().find(one => one.url().startsWith(app));
    await judge(inner, "frame", page);
    await frame.getByRole("button", {name: "Show PDF"}).click();
    await frame.locator(".html-report").waitFor();
    check(await frame.getByRole("link", {name: /Open the PDF/}).count() === 1, "in a frame the report is shown as HTML, with the PDF a click away");
    await judge(inner, "frame-report", page);
    await frame.getByRole("button", {name: "Close"}).click();
    const download = page.waitForEvent("download");
    await frame.getByRole("button", {name: "Download"}).click();
    check((await download).suggestedFilename() === "heavy-legs-Patient-a-p1-2026-11-22.pdf", "the report can be downloaded");
    await end(context, "frame");
  },

  async "a card's link leads to the part of the page that the card is about"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1", appContext: "concern=work-up"});
    await page.waitForFunction(() => document.activeElement.id === "workup-heading"
      && document.activeElement.getBoundingClientRect().top < innerHeight);
    const other = await open(context, {patient: "a-p1", appContext: "concern=__proto__"});
    check(await stopped(other) === null, "what is no part leads to the top");
    await end(context, "appContext");
  },

  async "an EHR that nobody configured is not asked anything"() {
    const context = await session();
    const page = await context.newPage();
    await page.goto(`${app}/launch?${new URLSearchParams({iss: "https://192.0.2.7/fhir", launch: "x"})}`);
    await page.locator("[data-stopped]").waitFor();
    check(await stopped(page) === "stop.unknown-ehr", "it stops");
    await judge(page, "unknown-ehr");
    await end(context, "unknown EHR");
  },

  async "a sign-in at an address that nobody configured gets no code"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1"}, {iss: `${ehr}/elsewhere`});
    check(await stopped(page) === "stop.token-origin" && /smart-origins/.test(await text(page, ".stop")), "it says what to configure");
    await end(context, "token elsewhere");
  },

  async "what fhirclient would believe in an address is not believed"() {
    const context = await session();
    const page = await context.newPage();
    await page.goto(await launchUrl({patient: "a-p1"}, {patientId: "b-p1", clientId: "other", fhirServiceUrl: `${ehr}/r4/`}));
    await settled(page);
    check(/Brightwater/.test(await text(page, "#banner")), "the patient is the token's");
    check((await seen()).authorized.at(-1).client_id === "legwork-page", "the client is the configured one");
    await end(context, "believed");
  },

  async "a refusal at the EHR is told with the EHR's words, as text"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1", deny: true});
    check(await stopped(page) === "stop.refused" && (await text(page, ".stop")).includes("<b>not today</b>"), "it says what the EHR said");
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await judge(page, `refused-${size}`);
    }
    await end(context, "refused");
  },

  async "a state that this browser did not send is refused"() {
    const context = await session();
    const page = await context.newPage();
    for (const query of ["", "?code=x", "?code=x&state=legwork.0123", "?code=x&state=__proto__", "?state=legwork.1&error=boom"]) {
      await page.goto(`${app}/app${query}`);
      await page.locator("[data-stopped]").waitFor();
      check(await stopped(page) === "stop.relaunch", `${query} is not a launch`);
    }
    await end(context, "foreign state");
  },
};
