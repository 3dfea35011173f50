/** The open questions as a form. Built once and added to: it never takes the place from under a finger. */

import {el, section} from "./dom.js";

const CHOICES = [["yes", true], ["no", false], ["unknown", null]];

/** Questions of an assessment that the page has not met yet are kept: an answered one is no longer listed as open. */
export function learn(asked, assessment) {
  for (const question of assessment.questions) {
    if (!asked.has(question.id)) asked.set(question.id, question);
  }
}

function yesOrNo(words, question, answers, changed) {
  return el("fieldset", {"data-id": question.id}, el("legend", words.language === "en" ? {} : {lang: "en"}, question.text),
    el("div", {class: "choices"}, CHOICES.map(([name, value]) => {
      const input = el("input", {type: "radio", name: `q-${question.id}`, value: name,
                                 checked: (answers.get(question.id) ?? null) === value});
      input.addEventListener("change", () => {
        if (value === null) answers.delete(question.id); else answers.set(question.id, value);
        changed();
      });
      return el("label", {}, input, " ", words(`answer.${name}`));
    })));
}

function date(words, question, answers, changed) {
  const id = `q-${question.id}`;
  const input = el("input", {type: "date", id, value: answers.get(question.id)});
  input.addEventListener("change", () => {
    if (input.value) answers.set(question.id, input.value); else answers.delete(question.id);
    changed();
  });
  return el("div", {class: "field", "data-id": question.id},
            el("label", {for: id, lang: words.language === "en" ? null : "en"}, question.text), input);
}

export function questionsPart(words, asked, answers, changed) {
  const form = el("form", {}, [...asked.values()].map(question =>
    (question.type === "date" ? date : yesOrNo)(words, question, answers, changed)));
  form.addEventListener("submit", event => event.preventDefault());
  return section("questions", words("questions"), el("p", {class: "quiet"}, words("questions.how")), form);
}

/** Questions that came with an answer are added at the end; what is asked no more is marked. */
export function updateQuestions(part, words, asked, answers, open, changed) {
  const form = part.querySelector("form");
  for (const question of asked.values()) {
    const there = form.querySelector(`[data-id="${CSS.escape(question.id)}"]`);
    if (there) there.classList.toggle("settled", !open.has(question.id) && !answers.has(question.id));
    else form.append((question.type === "date" ? date : yesOrNo)(words, question, answers, changed));
  }
}
