/** Who the patient is: shown unless the EHR shows it beside the page (need_patient_banner). */

import {el} from "./dom.js";
import {day} from "./words.js";

const humanName = name => name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(" ");

/** The name in use, and the hospital's own number where there is one. */
function factsOf(patient) {
  const names = patient.name ?? [], identifiers = (patient.identifier ?? []).filter(one => one.value);
  const number = identifiers.find(one => one.type?.coding?.some(coding => coding.code === "MR")) ?? identifiers[0];
  return {name: humanName(names.find(name => name.use === "official") ?? names.find(name => name.use !== "old") ?? names[0]),
          birthDate: patient.birthDate, sex: patient.gender, number: number?.value};
}

/** Returns {name, facts}: words for the same person elsewhere on the page. */
export function showBanner(place, words, patient, wanted) {
  const {name, birthDate, sex, number} = factsOf(patient);
  const shown = name || words("nameless");
  const facts = [birthDate && words("born", {date: day(words, birthDate)}), sex && words(`sex.${sex}`),
                 number && words("number", {number})].filter(Boolean).join(" · ");
  place.hidden = !wanted;
  place.replaceChildren(...(wanted ? [el("strong", {}, shown), " ", el("span", {}, facts)] : []));
  return {name: shown, facts};
}
