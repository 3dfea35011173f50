/** What all three pages begin with: the server's configuration, the reader's language, a place to stop at. */

import {button, el} from "./dom.js";
import {explain} from "./visit.js";
import {chooseLanguage, fill, languageSwitch, loadWords} from "./words.js";

/** `asked`: language that was asked for, or null. Returns {config, words, english, main, status, speakers, speak, stop}. */
export async function openShell(asked) {
  const main = document.getElementById("content"), status = document.getElementById("status");
  const english = await loadWords("en");
  const answer = await fetch("app/config", {credentials: "omit", cache: "no-store"}).catch(() => null);
  // The server leaves out what is empty.
  const config = answer?.ok ? {clients: [], examples: [], ...await answer.json()} : null;
  const shell = {config, main, status, english, words: await loadWords(chooseLanguage(asked, config?.languages)), speakers: []};
  let stopped = null;

  function show() {
    const {words} = shell;
    fill(words);
    document.title = words("title");
    if (!stopped) return;
    document.getElementById("banner")?.replaceChildren();
    const heading = el("h2", {tabindex: "-1"}, words("stop"));
    main.replaceChildren(el("section", {class: "stop", role: "alert"}, heading, el("p", {}, explain(words, stopped)),
      words.has(`${stopped.key}.do`) && el("p", {}, words(`${stopped.key}.do`, stopped.values)),
      stopped.again && button(words("again"), stopped.again)));
    heading.focus();
  }

  /** The end: what happened and what to do, and no data of anybody. */
  shell.stop = (error, again = null) => {
    if (!error.key) console.error(error);
    stopped = error.key ? error : Object.assign(new Error(), {key: "stop.unexpected", detail: error.why ?? "", values: {}});
    stopped.again = again;
    status.textContent = "";
    for (const speaker of shell.speakers) speaker.close?.();
    shell.speakers.length = 0;
    main.setAttribute("data-stopped", stopped.key);
    show();
  };
  shell.restart = () => { stopped = null; main.removeAttribute("data-stopped"); };

  const offered = config?.languages ?? ["en", "es"];
  const spoken = words => {
    shell.words = words;
    show();
    if (!stopped) for (const speaker of shell.speakers) speaker.speak(words);
  };
  shell.speak = async language => {
    if (!language || language === shell.words.language) return;
    spoken(await loadWords(chooseLanguage(language, offered)));
    languageSwitch(document.getElementById("languages"), offered, shell.words, spoken);
  };
  languageSwitch(document.getElementById("languages"), offered, shell.words, spoken);
  show();
  if (!config) shell.stop(Object.assign(new Error(), {key: "stop.no-config", detail: "", values: {}}));
  return shell;
}
