/** Shows the server's HTML report within the page. A frame would inherit the page's policy, which allows no inline style;
 *  so the report goes into a shadow root: its style as a style sheet object, its nodes without scripts or links out. */

import {el} from "./dom.js";

const ALLOWED = /^(#|https:\/\/)/;

const STYLE = /<style>([^]*?)<\/style>/g;

/** The report is a whole page; here it is a part of one. */
function sheetOf(html) {
  const sheet = new CSSStyleSheet();
  const text = [...html.matchAll(STYLE)].map(([, rules]) => rules).join("\n");
  sheet.replaceSync(text.replace(/:root\b/g, ":host").replace(/(^|[\s,}>])body(?=[\s,{>.])/g, "$1.report"));
  return sheet;
}

/** Style attributes, which the policy would refuse as they are read, wait under another name. */
const withoutStyle = html => html.replace(STYLE, "").replace(/<[a-z][^<>]*>/g, tag => tag.replace(/ style="/g, ' data-style="'));

function clean(root) {
  for (const element of root.querySelectorAll("script, link, meta, iframe, object, embed, base, form, .skip")) element.remove();
  for (const element of root.querySelectorAll("*")) {
    for (const {name, value} of [...element.attributes])
      if (name.startsWith("on") || (/^(xlink:)?href$/.test(name) && !ALLOWED.test(value))) element.removeAttribute(name);
    if (element.dataset.style) element.style.cssText = element.dataset.style;
    if (element.localName === "a" && element.getAttribute("href")?.startsWith("https:")) {
      element.target = "_blank";
      element.rel = "noopener noreferrer";
    }
  }
  // Landmarks of a whole page are none within ours.
  for (const element of root.querySelectorAll("header, footer")) element.setAttribute("role", "group");
  for (const main of root.querySelectorAll("main")) main.replaceWith(el("div", {id: main.id || null}, ...main.childNodes));
}

export function showHtml(html, label) {
  const page = new DOMParser().parseFromString(withoutStyle(html), "text/html");
  const host = el("div", {class: "html-report", role: "region", "aria-label": label, tabindex: "0",
                          lang: page.documentElement.lang});
  const shadow = host.attachShadow({mode: "open"});
  shadow.adoptedStyleSheets = [sheetOf(html)];
  const body = el("div", {class: "report"}, ...[...page.body.childNodes].map(node => document.importNode(node, true)));
  clean(body);
  shadow.append(body);
  shadow.addEventListener("click", event => {
    const target = event.target.closest?.("a")?.getAttribute("href");
    if (!target?.startsWith("#")) return;
    event.preventDefault();
    shadow.getElementById(target.slice(1))?.scrollIntoView();
  });
  return host;
}
