// What a clinician does on the page.
import {readFileSync} from "node:fs";
import {app, causeStatus, check, end, judge, open, seen, session, settled, SIZES, stopped, text, told} from "./browser.mjs";

const answer = (page, id, choice) =>
  page.locator(`[data-id="${id}"]`).getByLabel(choice, {exact: true}).check();
const updated = page => page.waitForFunction(() => /Assessed|Evaluado/.test(document.getElementById("status").textContent) &&
                                                   !document.querySelector("[aria-busy]"));

export const visits = {
  async "answers change the assessment, and the change is announced"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1"});
    check(await causeStatus(page, "restless-legs-syndrome") === "not shown", "restless legs are not determined at first");
    for (const id of ["urge-to-move", "relieved-by-movement", "worse-evening-or-rest"]) await answer(page, id, "Yes");
    await page.waitForFunction(() => /Restless/.test(document.getElementById("status").textContent));
    check(await causeStatus(page, "restless-legs-syndrome") !== "not shown", "restless legs are now among the causes");
    for (const id of ["swelling", "one-leg-only", "sudden-onset", "leg-pain", "breathlessness"]) await answer(page, id, "Yes");
    await page.locator(".alarm").first().waitFor();
    check(/Deep vein thrombosis|Heart failure/.test(await text(page, ".alarm")), "a red flag comes first");
    check(await page.locator('[data-id="swelling"] input[value="yes"]').isChecked(), "what was answered stays answered");
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await judge(page, `answered-${size}`);
    }
    await answer(page, "swelling", "Not known");
    await page.waitForTimeout(450);
    await updated(page);
    await end(context, "answers");
  },

  async "a date that was answered makes a drug's start count"() {
    const context = await session();
    const page = await open(context, {patient: "c-p1"});
    check(await causeStatus(page, "calcium-channel-blocker") === "possible", "without an onset the drug is possible");
    await page.getByLabel("When did the heaviness begin?").fill("2026-11-01");
    await page.waitForFunction(() => /Calcium channel blocker: supported/.test(document.getElementById("status").textContent));
    check(await causeStatus(page, "calcium-channel-blocker") === "supported", "begun before the onset, it is supported");
    await end(context, "onset");
  },

  async "the PDF is shown and downloaded, and the HTML report is shown in place"() {
    const context = await session({acceptDownloads: true});
    const page = await open(context, {patient: "a-p1"});
    await page.getByRole("button", {name: "Show PDF"}).click();
    await page.locator(".viewer iframe.pdf, .viewer .html-report").waitFor();
    await page.getByRole("link", {name: /Open the PDF/}).waitFor();
    await page.waitForTimeout(1500);  // the browser's own viewer tells nobody when it is done; for the picture only
    await page.screenshot({path: `${told.pictures}/pdf.png`});
    await page.getByRole("button", {name: "Close"}).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", {name: "Download"}).click();
    const file = readFileSync(await (await download).path());
    check(file.subarray(0, 5).toString() === "%PDF-" && file.length > 10_000, "a PDF was saved");
    await page.getByRole("button", {name: "Show as web page"}).click();
    await page.locator(".html-report").waitFor();
    const styled = await page.evaluate(() => {
      const shadow = document.querySelector(".html-report").shadowRoot;
      return [getComputedStyle(shadow.querySelector(".facts")).display, shadow.querySelectorAll("[style]").length > 0];
    });
    check(String(styled) === "flex,true", `the report's own style is used: ${styled}`);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await judge(page, `report-${size}`);
    }
    await end(context, "PDF");
    context.told.length = 0;
  },

  async "the report is filed only when the patient was confirmed, and reads back byte for byte"() {
    const context = await session({acceptDownloads: true});
    const page = await open(context, {patient: "a-p1"});
    const before = (await seen()).posted.length;
    await page.getByRole("button", {name: "File to the chart"}).click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    check(/Brightwater/.test(await dialog.innerText()), "it asks whose chart");
    await judge(page, "file-confirm");
    await dialog.getByRole("button", {name: "Cancel"}).click();
    await page.getByText("Nothing was filed.").waitFor();
    check((await seen()).posted.length === before, "cancel files nothing");

    const download = page.waitForEvent("download");
    await page.getByRole("button", {name: "Download"}).click();
    const file = readFileSync(await (await download).path());
    await page.getByRole("button", {name: "File to the chart"}).click();
    await dialog.getByRole("button", {name: "File it"}).click();
    await page.getByText(/Filed to the chart of/).waitFor();
    await judge(page, "filed-screen");
    const id = (await text(page, ".outcome")).match(/DocumentReference\/([\w-]+)/)[1];
    const kept = await (await fetch(`${told.fhir}/DocumentReference/${id}`)).json();
    const attachment = kept.content[0].attachment;
    check(Buffer.from(attachment.data, "base64").equals(file), "what is in the chart is what was shown and downloaded");
    check(kept.subject.reference === "Patient/a-p1" && kept.context.encounter[0].reference === "Encounter/e1" &&
          kept.author[0].reference === "Practitioner/dr-one" && kept.type.coding[0].code === "11488-4" &&
          kept.category[0].coding[0].code === "clinical-note" && kept.status === "current" && attachment.contentType === "application/pdf",
          "patient, visit, author, type and category are said");

    await page.getByRole("button", {name: "File to the chart"}).click();
    await dialog.getByRole("button", {name: "File it"}).click();
    await page.getByText(/already in the chart/).waitFor();
    await answer(page, "urge-to-move", "Yes");
    await page.waitForTimeout(450);
    await updated(page);
    await page.getByRole("button", {name: "File to the chart"}).click();
    await dialog.getByRole("button", {name: "File it"}).click();
    await page.waitForFunction(was => { const now = document.querySelector(".outcome").textContent; return /Filed/.test(now) && !now.includes(was); }, id);
    check((await seen()).posted.at(-1).relatesTo[0].target.reference === `DocumentReference/${id}`, "a later one replaces it");
    await page.setViewportSize(SIZES.panel);
    await judge(page, "filed-panel");
    await end(context, "filing");
  },

  async "a document is filed in the form that the EHR takes, and beside the resource when it is large"() {
    const context = await session();
    let document;
    await context.route(`${app}/app/config`, async route => {
      const config = await (await fetch(`${app}/app/config`)).json();
      for (const client of config.clients) client.document = document;
      await route.fulfill({json: config});
    });
    const file = async () => {
      const page = await open(context, {patient: "a-p1"});
      await page.getByRole("button", {name: "File to the chart"}).click();
      await page.getByRole("button", {name: "File it"}).click();
      await page.waitForFunction(() => document.querySelector(".outcome").textContent && !/…/.test(document.querySelector(".outcome").textContent));
      check(/Filed to the chart of|already in the chart of/.test(await text(page, ".outcome")), `${document.contentTypes}: ${await text(page, ".outcome")}`);
      return (await seen()).posted.at(-1);
    };
    document = {contentTypes: ["text/rtf", "text/plain"], inlineLimit: 750_000};
    const inline = (await file()).content[0].attachment;
    check(inline.contentType === "text/plain" && /Low iron/.test(Buffer.from(inline.data, "base64").toString()), "as text, where no PDF is taken");
    document = {contentTypes: ["application/pdf"], inlineLimit: 1000};
    const beside = (await file()).content[0].attachment;
    const binary = await fetch(`${told.fhir}/${beside.url}`, {headers: {accept: "application/fhir+json"}});
    const bytes = Buffer.from((await binary.json()).data ?? "", "base64");
    check(beside.data === undefined && bytes.subarray(0, 5).toString() === "%PDF-" && bytes.length === beside.size, "a Binary holds what is large");
    document = {contentTypes: ["text/rtf"], inlineLimit: 1000};
    const page = await open(context, {patient: "a-p1"});
    check(await page.getByRole("button", {name: "File to the chart"}).count() === 0 &&
          /takes none of the forms/.test(await text(page, "#report")), "and an EHR that takes none is said to");
    await end(context, "forms");
  },

  async "what the EHR says against filing is told"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1", filing_refused: true});
    await page.getByRole("button", {name: "File to the chart"}).click();
    await page.getByRole("button", {name: "File it"}).click();
    await page.getByText("This site takes <b>no PDF</b>").waitFor();
    await judge(page, "filing-refused");
    await end(context, "filing refused");
  },

  async "scopes that were refused are named, and the rest still works"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1", refuse: ["MedicationRequest", "DocumentReference"], fails: ["Procedure"]});
    const missed = await text(page, "#missed");
    check(/Prescriptions: the EHR gave no access/.test(missed) && /Procedures: the EHR reported an error/.test(missed), missed);
    check(await page.getByRole("button", {name: "File to the chart"}).count() === 0, "no filing without its scope");
    check(await causeStatus(page, "low-iron") === "supported", "what was read is judged");
    check(await causeStatus(page, "calcium-channel-blocker") !== "unlikely", "a list that was not seen is not an empty list");
    await judge(page, "refused-scopes");
    await end(context, "refused scopes");
  },

  async "more than a page is read to its end, medicines by reference too"() {
    const context = await session();
    const page = await open(context, {patient: "c-p1"});
    check(await page.locator("#missed").count() === 0, "nothing is missing");
    check(/64 ug\/L|Ferritin/.test(await text(page, "#causes")) , "the results are there");
    check(await causeStatus(page, "calcium-channel-blocker") !== "not shown", "the medicine that was pointed at is known");
    const kinds = (await seen()).seen.filter(([method, kind]) => method === "GET" && kind === "").length;
    check(kinds >= 2, "the next pages were asked for");
    await end(context, "pages");
  },

  async "by keyboard alone: skip, answer, show, file"() {
    const context = await session();
    const page = await open(context, {patient: "a-p1"});
    await page.keyboard.press("Tab");
    check(await page.evaluate(() => document.activeElement.className) === "skip", "the first stop skips to the content");
    await page.keyboard.press("Enter");
    const reach = async (good, most = 150) => {
      for (let at = 0; at < most; at++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(good)) return true;
      }
      return false;
    };
    check(await reach(() => document.activeElement.type === "radio"), "the questions are reached");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    check(await page.evaluate(() => document.activeElement.checked && document.activeElement.value === "yes"), "arrows answer");
    await page.waitForTimeout(450);
    await updated(page);
    check(await page.evaluate(() => document.activeElement.type === "radio"), "the place is kept when the page is assessed again");
    check(await reach(() => document.activeElement.textContent === "File to the chart"), "the file button is reached");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    check(await page.evaluate(() => document.activeElement.closest("dialog[open]") !== null), "the question has the focus");
    await page.keyboard.press("Escape");
    await page.getByText("Nothing was filed.").waitFor();
    check(await page.evaluate(() => document.activeElement.textContent) === "File to the chart", "and gives it back");
    await end(context, "keyboard");
  },

  async "in Spanish, by the browser's language, by ?lang and by the switch"() {
    const context = await session({locale: "es-MX"});
    const page = await open(context, {patient: "a-p1"});
    check(await page.evaluate(() => document.documentElement.lang) === "es", "the language is the browser's");
    check(/Lo que no puede esperar/.test(await text(page, "#flags")) && await page.locator("[data-unchecked]").isVisible(), "it says that nobody checked it");
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await judge(page, `spanish-${size}`);
    }
    await answer(page, "urge-to-move", "Sí");
    await page.getByRole("button", {name: "English"}).click();
    await page.waitForFunction(() => document.documentElement.lang === "en");
    check(/What cannot wait/.test(await text(page, "#flags")), "the switch works without losing anything");
    check(await page.locator('[data-id="urge-to-move"] input[value="yes"]').isChecked(), "not even an answer");
    await end(context, "Spanish");
    const second = await session();
    check(await (await open(second, {patient: "a-p1"}, {lang: "es"})).evaluate(() => document.documentElement.lang) === "es", "?lang=es");
    await end(second, "?lang");
  },

  async "without an EHR a file is enough, in JSON, NDJSON and XML, and nothing is kept"() {
    const context = await session();
    const page = await context.newPage();
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await page.goto(`${app}/`);
      await page.locator("#file").waitFor();
      await judge(page, `tryout-${size}`);
    }
    for (const name of ["one-leg-sudden.json", "kidney-and-heart.ndjson", "diabetic-neuropathy.xml"]) {
      await page.locator("#file").setInputFiles(`${told.root}/examples/${name}`);
      await settled(page);
      check(await stopped(page) === null, `${name} is read`);
      if (!name.endsWith("xml")) {
        await answer(page, await page.locator("#questions fieldset").first().getAttribute("data-id"), "No");
        await page.waitForTimeout(450);
        await updated(page);
        check(await page.locator(".error").isHidden(), `${name}: an answer is taken`);
      }
      await page.getByRole("button", {name: "Show as web page"}).click();
      await page.locator(".html-report").waitFor();
      check(await page.evaluate(() => sessionStorage.length + localStorage.length) === 0, "nothing is kept");
      if (name.endsWith("xml")) await judge(page, "tryout-report");
      await page.keyboard.press("Escape");
      await page.getByRole("button", {name: "Another file"}).click();
    }
    for (const [name, content, says] of [["x.json", "no FHIR at all", "stop.no-fhir"],
                                         ["y.json", '{"resourceType":"Bundle","type":"collection","entry":[]}', "error.not-understood"]]) {
      await page.locator("#file").setInputFiles({name, mimeType: "application/json", buffer: Buffer.from(content)});
      await page.locator("[data-stopped]").waitFor();
      check(await stopped(page) === says, `${name}: ${await stopped(page)}`);
      if (name === "y.json") await judge(page, "tryout-error");
      await page.getByRole("button", {name: "Start again"}).click();
    }
    await page.getByRole("button", {name: "one-leg-sudden.json"}).click();
    await page.locator(".alarm").waitFor();
    await page.setViewportSize(SIZES.panel);
    await judge(page, "tryout-example-panel");
    await end(context, "try-out");
  },
};
