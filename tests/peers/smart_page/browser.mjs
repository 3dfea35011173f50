// What the tests of the page share: a browser as tests/peers/axe.py starts it, launches, axe, and counting.
import {readFileSync} from "node:fs";
import {chromium} from "playwright-core";

export const told = JSON.parse(process.argv[2]);
export const {app, ehr} = told;
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
export const SIZES = {panel: {width: 400, height: 800}, screen: {width: 1400, height: 900}};

let passed = 0, failed = 0;
export function check(good, says) {
  if (good) passed++; else { failed++; console.log(`FAIL ${says}`); }
}
export const counted = () => { console.log(`smart: ${passed} passed, ${failed} failed`); return failed; };

let browser;
export async function start() {
  browser = await chromium.launch({executablePath: told.chromium, args: ["--no-sandbox", "--disable-gpu"]});
}
export const stop = () => browser.close();

/** A browser session of its own, on the day that the examples are judged on. Tells of scripts that were refused, requests to
 *  anywhere else, cookies, and errors. */
export async function session(options = {}) {
  const context = await browser.newContext({viewport: SIZES.screen, locale: "en-US", timezoneId: "UTC", ...options});
  await context.clock.setFixedTime("2026-11-22T10:00:00Z");
  context.setDefaultTimeout(20_000);
  context.told = [];
  context.on("page", page => {
    page.on("pageerror", error => context.told.push(`error: ${error.message}`));
    page.on("console", message => {
      const text = message.text();
      if (message.type() === "error" && !text.startsWith("Failed to load resource")) context.told.push(`console: ${text.slice(0, 300)}`);
    });
    page.on("request", request => {
      const url = new URL(request.url());
      const here = [app, ehr, ehr.replace("127.0.0.1", "localhost")].includes(url.origin) || /^(blob|data|chrome|chrome-extension):$/.test(url.protocol);
      if (!here) context.told.push(`asks ${url.protocol} ${url.host}`);
    });
  });
  return context;
}

/** Ends a session; what it was told must be nothing. */
export async function end(context, name) {
  check(context.told.length === 0, `${name}: ${[...new Set(context.told)].join(" | ")}`);
  check((await context.cookies()).length === 0, `${name}: there are cookies`);
  await context.close();
}

/** Where an EHR sends the browser to open the app for a patient. */
export async function launchUrl(settings, {iss = `${ehr}/fhir`, ...more} = {}) {
  const answer = await fetch(`${ehr}/test/launch`, {method: "POST", body: JSON.stringify({encounter: "e1", ...settings})});
  const {launch} = await answer.json();
  return `${app}/launch?${new URLSearchParams({iss, launch, ...more})}`;
}

export async function open(context, settings, options) {
  const page = await context.newPage();
  await page.goto(await launchUrl(settings, options));
  await settled(page);
  return page;
}

/** Until there is an assessment, or a stop. `place`: a page or a frame. */
export async function settled(place) {
  try {
    await place.locator(".visit .slot-causes section, [data-stopped]").first().waitFor();
  } catch {
    throw new Error(`nothing came at ${place.url()}: ${(await place.evaluate(() => document.body.innerText)).slice(0, 200)}`);
  }
}
export const stopped = place => place.locator("#content").getAttribute("data-stopped");
export const text = (place, selector) => place.locator(selector).first().innerText();
export const seen = async () => (await fetch(`${ehr}/test/seen`)).json();

/** The status of a cause as the page shows it. */
export async function causeStatus(place, id) {
  const chip = place.locator(`.cause[data-id="${id}"] .chip`);
  return (await chip.count()) ? chip.first().innerText() : "not shown";
}

/** axe finds nothing, nothing is wider than its window, and a picture for those who look. */
export async function judge(place, name, page = place) {
  await page.screenshot({path: `${told.pictures}/${name}.png`, fullPage: true});
  await place.evaluate(axe);
  const found = await place.evaluate(async () => {
    const {violations} = await window.axe.run(document, {resultTypes: ["violations"]});
    const root = document.documentElement;
    return [...violations.flatMap(rule => rule.nodes.map(node => `${rule.id} ${node.target.join(" ")}`)),
            ...(root.scrollWidth > root.clientWidth ? [`wider than its window: ${root.scrollWidth}`] : [])];
  });
  check(found.length === 0, `${name}: ${found.slice(0, 5).join(" | ")}`);
}
