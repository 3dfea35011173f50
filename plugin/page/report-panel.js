/** The report itself: shown, opened, downloaded and, from an EHR, filed. */

import {button, el, section} from "./dom.js";
import {fileReport} from "./file.js";
import {showHtml} from "./report-html.js";
import {ask} from "./report.js";

const KINDS = [{template: "clinician"}, {template: "patient", language: "en"}, {template: "patient", language: "es"}];

/** `visit`: {words(), source, response(), options(), failed(error), title(), fileName()}; `filing`: how to file: {ehr, launch,
 *  rules, name, facts}; or {refused: key of the reason why not}; null where there is no chart to file to. */
export function reportPanel(visit, given) {
  const words = visit.words();
  const filing = given?.refused ? null : given;
  const kept = new Map();  // what was made for the answers as they are: what is filed is what was shown
  let url = null, filed = null;

  const select = el("select", {id: "report-kind"}, KINDS.map(({template, language}, at) =>
    el("option", {value: at}, words(`report.${template}${language ? `.${language}` : ""}`))));
  const viewer = el("dialog", {class: "viewer", "aria-labelledby": "viewer-heading"});
  const outcome = el("p", {class: "outcome", role: "status"});
  const links = el("p", {class: "links", hidden: true});

  async function make(accept, kind = KINDS[select.value]) {
    const key = `${accept} ${JSON.stringify(kind)}`;
    if (!kept.has(key)) {
      const answer = await ask(visit.source, visit.response(), accept, {...visit.options(), ...kind});
      kept.set(key, await answer.blob());
    }
    return kept.get(key);
  }

  /** Buttons wait while one of them works; what goes wrong is told beside them. */
  const working = act => async event => {
    const pressed = event.currentTarget;
    if (pressed.getAttribute("aria-disabled") === "true") return;
    pressed.setAttribute("aria-disabled", "true");
    outcome.textContent = words("report.making");
    try {
      outcome.textContent = (await act()) ?? "";
    } catch (error) {
      outcome.textContent = visit.failed(error);
    } finally {
      pressed.removeAttribute("aria-disabled");
    }
  };

  function address(blob) {
    if (url) URL.revokeObjectURL(url);
    url = URL.createObjectURL(blob);
    return url;
  }

  const open = href => el("a", {href, target: "_blank", rel: "noopener"}, words("report.open"));

  /** Over the page, as large as the window: a report in a side panel is small enough. */
  function view(...parts) {
    viewer.replaceChildren(el("div", {class: "head"}, el("h2", {id: "viewer-heading"}, words("report")), open(url),
                              button(words("report.close"), () => viewer.close())), ...parts);
    viewer.showModal();
    return "";
  }

  const htmlView = async () => showHtml(await (await make("text/html")).text(), words("report.frame"));

  const showPdf = working(async () => {
    const href = address(await make("application/pdf"));
    // Within a frame or a browser without a viewer, the same report as HTML can be read; the PDF is a click away.
    if (navigator.pdfViewerEnabled === false || window.top !== window)
      return view(el("p", {class: "quiet"}, words("report.no-viewer")), await htmlView());
    return view(el("iframe", {src: href, title: words("report.frame"), class: "pdf"}));
  });

  const showAsHtml = working(async () => {
    address(await make("application/pdf"));
    return view(await htmlView());
  });

  const download = working(async () => {
    const href = address(await make("application/pdf"));
    el("a", {href, download: visit.fileName()}).click();
    links.replaceChildren(open(href));
    links.hidden = false;
    return words("report.downloaded");
  });

  const dialog = filing && confirmation(words, filing);
  const fileIt = filing && working(async () => {
    const {rules} = filing;
    const bytes = new Uint8Array(await (await make(rules.contentType, KINDS[0])).arrayBuffer());
    outcome.textContent = "";
    if (!await dialog.ask()) return words("file.not-done");
    outcome.textContent = words("file.sending");
    const done = await fileReport(filing.ehr, {bytes, launch: filing.launch, rules, title: visit.title(), language: "en",
                                               replaces: filed});
    filed = done.existed ? filed : done.id;
    return words(done.existed ? "file.existed" : "file.done", {id: done.id ?? "?", name: filing.name});
  });

  const element = section("report", words("report"),
    el("p", {class: "field"}, el("label", {for: "report-kind"}, words("report.kind")), " ", select),
    el("div", {class: "actions"},
       button(words("report.show"), showPdf, {class: "first"}), button(words("report.html"), showAsHtml),
       button(words("report.download"), download),
       filing && button(words("file"), fileIt)),
    given?.refused && el("p", {class: "quiet"}, words(given.refused)),
    outcome, links, viewer, dialog?.element);

  /** After another answer, what was made and what is told of it hold no more. */
  function outdated() {
    kept.clear();
    outcome.textContent = "";
    links.hidden = true;
  }
  select.addEventListener("change", outdated);
  return {element, outdated};
}

/** Asks before a chart is written to: whose, what, and where. */
function confirmation(words, {launch, ehr, name, facts}) {
  let answer = null;
  const dialog = el("dialog", {"aria-labelledby": "file-heading"},
    el("h2", {id: "file-heading"}, words("file.heading", {name})), el("p", {class: "facts"}, facts),
    el("p", {}, words("file.what", {server: new URL(ehr.base).host, place: `Patient/${launch.patient}`})),
    el("div", {class: "actions"}, button(words("file.yes"), () => dialog.close("yes"), {class: "first"}),
       button(words("file.no"), () => dialog.close("no"))));
  dialog.addEventListener("close", () => answer?.(dialog.returnValue === "yes"));
  return {element: dialog, ask: () => new Promise(resolve => {
    answer = resolve;
    dialog.returnValue = "";
    dialog.showModal();
  })};
}
