/** /launch: where an EHR opens the app (iss and launch), and where it is opened without one. */

import {button, el} from "./dom.js";
import {openShell} from "./shell.js";
import {knownClient, startLaunch, takeParameters} from "./smart-launch.js";
import {Stop} from "./stop.js";

const parameters = takeParameters();
const shell = await openShell(parameters.get("lang"));

async function go(client, iss, launch) {
  shell.status.textContent = shell.words("launching");
  try {
    await startLaunch(client, {iss, launch, language: shell.words.language});
  } catch (error) {
    shell.stop(error);
  }
}

function choose(words) {
  const {clients} = shell.config;
  shell.main.replaceChildren(el("section", {class: "choice", "aria-labelledby": "choice"},
    el("h2", {id: "choice"}, words("choose")), el("p", {}, words(clients.length ? "choose.how" : "choose.none")),
    el("div", {class: "actions column"}, clients.map(client =>
      button(`${client.name} · ${new URL(client.iss).host}`, () => go(client, client.iss, null))))));
}

if (shell.config) {
  const iss = parameters.get("iss");
  if (!iss) {
    choose(shell.words);
    shell.speakers.push({speak: choose});
  } else {
    const client = knownClient(shell.config, iss);
    if (client) await go(client, iss, parameters.get("launch"));
    else shell.stop(new Stop("stop.unknown-ehr", iss));
  }
}
