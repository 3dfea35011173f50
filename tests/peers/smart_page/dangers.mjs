// What must never happen.
import {app, check, ehr, end, judge, launchUrl, open, seen, session, settled, SIZES, stopped, text} from "./browser.mjs";

const bodyText = page => page.evaluate(() => document.body.innerText);

export const dangers = {
  async "another patient's entry stops everything, and nothing is shown"() {
    for (const swap of [["Observation"], ["Patient"]]) {
      const context = await session();
      const page = await open(context, {patient: "a-p1", swap});
      const read = await stopped(page);
      check(swap[0] === "Patient" || read === "stop.wrong-patient", `${swap}: ${read}`);
      if (swap[0] === "Observation") {
        check(!/Brightwater|amlodipine|ug\/L/i.test(await bodyText(page)), "no data are shown");
        for (const [size, viewport] of Object.entries(SIZES)) {
          await page.setViewportSize(viewport);
          await judge(page, `wrong-patient-${size}`);
        }
      }
      await end(context, "wrong patient");
    }
  },

  async "entries that do not name the patient of this EHR are left out, and said to be"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1", unnamed: ["Condition"]});
    check(/Diagnoses: some entries do not say whose they are/.test(await text(page, "#missed")), "it is said");
    check(/not on record/.test(await text(page, "#causes")), "and the complaint that was among them is not known");
    await end(context, "unnamed");
  },

  async "an assessment or a filed document of another patient stops everything"() {
    const context = await session();
    await context.route(`${app}/app/report`, async route => {
      const answer = await route.fetch();
      await route.fulfill({response: answer, body: (await answer.text()).replaceAll("Patient/a-p1", "Patient/b-p1")});
    }, {times: 1});
    const page = await open(context, {patient: "a-p1"});
    check(await stopped(page) === "stop.wrong-patient" && !/Brightwater/.test(await bodyText(page)), "the assessment");
    const second = await open(context, {patient: "a-p1"});
    await context.route(`${ehr}/fhir/DocumentReference`, async route => {
      if (route.request().method() !== "POST") return route.fallback();
      const answer = await route.fetch();
      await route.fulfill({response: answer, body: (await answer.text()).replaceAll("Patient/a-p1", "Patient/b-p1")});
    });
    await second.getByRole("button", {name: "File to the chart"}).click();
    await second.getByRole("button", {name: "File it"}).click();
    await second.locator("[data-stopped]").waitFor();
    check(await stopped(second) === "stop.wrong-document", "the document");
    await end(context, "another patient's answer");
  },

  async "a second launch in the same browser never shows the first patient"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1"});
    check(/Brightwater/.test(await text(page, "#banner")), "the first patient");
    await page.goto(await launchUrl({patient: "b-p1"}));
    await settled(page);
    check(!/Brightwater/.test(await bodyText(page)), "the second launch shows the second patient");
    await page.goBack();
    await page.goBack().catch(() => {});
    await page.waitForLoadState();
    await page.waitForTimeout(500);
    check(!/Brightwater|amlodipine/i.test(await bodyText(page)), "going back shows nobody");
    await end(context, "second launch");
  },

  async "a launch that was begun before another in the same storage comes to nothing"() {
    const context = await session();
    const page = await context.newPage();
    // Two windows with one sessionStorage, as embedded browsers have: the first is at the EHR's sign-in when the second starts.
    let held;
    await page.route(`${ehr}/auth/authorize*`, async route => { held ??= route.request().url(); await route.abort(); }, {times: 1});
    await page.goto(await launchUrl({patient: "a-p1"})).catch(() => {});
    await page.waitForFunction(() => true).catch(() => {});
    await page.waitForTimeout(300);
    await page.goto(await launchUrl({patient: "b-p1"}));
    await settled(page);
    check(!/Brightwater/.test(await bodyText(page)) && await stopped(page) === null, "the second patient is shown");
    await page.goto(held);
    await settled(page);
    check(await stopped(page) === "stop.relaunch", `the first launch is over: ${await stopped(page)}`);
    check(!/Brightwater/.test(await bodyText(page)), "and shows nobody");
    await end(context, "begun before");
  },

  async "a reload shows no patient, and says how to go on"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1"});
    await page.reload();
    await page.locator("[data-stopped]").waitFor();
    check(await stopped(page) === "stop.relaunch" && /Open legwork again/.test(await bodyText(page)), "it asks to be opened from the chart");
    await end(context, "reload");
  },

  async "a session that ended is told, with no data left"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1", ends_after: 3});
    check(await stopped(page) === "stop.ended", `while reading: ${await stopped(page)}`);
    const second = await open(context, {patient: "a-p1", ends_before_filing: true});
    await second.getByRole("button", {name: "File to the chart"}).click();
    await second.getByRole("button", {name: "File it"}).click();
    await second.locator("[data-stopped]").waitFor();
    check(await stopped(second) === "stop.ended" && !/Brightwater/.test(await bodyText(second)), "while filing");
    await judge(second, "ended");
    await end(context, "ended");
  },

  async "the token goes to the EHR's base address and nowhere else"() {
    const context = await session();
    const page = await open(context, {patient: "c-p1", next_elsewhere: true});
    check(/Laboratory results: kept on another server/.test(await text(page, "#missed")), "a next page elsewhere is not asked for, and this is said");
    await end(context, "elsewhere");
  },

  async "markup in a chart is shown as text"() {
    const context = await session();
    const page = await open(context, {patient: "c-p1"});
    check((await text(page, "#banner")).includes("<img src=x"), "in the name");
    await page.getByRole("button", {name: "Show as web page"}).click();
    await page.locator(".html-report").waitFor();
    await judge(page, "markup-report");
    await page.getByRole("button", {name: "Close"}).click();
    await page.getByRole("button", {name: "File to the chart"}).click();
    await page.getByRole("dialog").waitFor();
    await judge(page, "markup");
    const planted = await page.evaluate(() => [window.planted, document.querySelectorAll("img, main script").length]);
    check(String(planted) === ",0", `no script ran: ${planted}`);
    await end(context, "markup");
  },

  async "an id token of another sign-in stops the launch"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1", claims: {nonce: "of-somebody-else"}});
    check(await stopped(page) === "stop.identity", `${await stopped(page)}`);
    await end(context, "nonce");
  },
};
