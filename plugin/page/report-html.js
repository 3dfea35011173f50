/** Shows the server's HTML report within the page. A frame would inherit the page's policy, which allows no inline style;
 *  so the report goes into a shadow root: its style as a style sheet object, its nodes without scripts or links out. */

import {el} from "./dom.js";

const ALLOWED = /^(#|https:\/\/)/;

function sheetOf(page) {
  const sheet = new CSSStyleSheet();
  const text = [...page.querySelectorAll("style")].map(style => style.textContent).join("\n");
  // The report is a whole page; here it is a part of one.
  sheet.replaceSync(text.replace(/:root\b/g, ":host").replace(/(^|[\s,}>])body(?=[\s,{>.])/g, "$1.report"));
  return sheet;
}

function clean(root) {
  for (const element of root.querySelectorAll("script, style, link, meta, iframe, object, embed, base, form")) element.remove();
  for (const element of root.querySelectorAll("*")) {
    const style = element.getAttribute("style");
    for (const {name, value} of [...element.attributes]) {
      if (name.startsWith("on") || name === "style" || (/^(xlink:)?href$/.test(name) && !ALLOWED.test(value)))
        element.removeAttribute(name);
    }
    if (style) element.style.cssText = style;
    if (element.localName === "a" && element.getAttribute("href")?.startsWith("https:")) {
      element.target = "_blank";
      element.rel = "noopener noreferrer";
    }
  }
}

export function showHtml(text, label) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const host = el("div", {class: "html-report", role: "region", "aria-label": label, tabindex: "0", lang: page.documentElement.lang});
  const shadow = host.attachShadow({mode: "open"});
  shadow.adoptedStyleSheets = [sheetOf(page)];
  const body = el("div", {class: "report"}, ...[...page.body.childNodes].map(node => document.importNode(node, true)));
  clean(body);
  // Its headings and landmarks stand within ours.
  for (const element of body.querySelectorAll("main, header, footer")) element.setAttribute("role", "group");
  body.querySelector(".skip")?.remove();
  shadow.append(body);
  shadow.addEventListener("click", event => {
    const target = event.target.closest?.("a")?.getAttribute("href");
    if (!target?.startsWith("#")) return;
    event.preventDefault();
    shadow.getElementById(target.slice(1))?.scrollIntoView();
  });
  return host;
}
