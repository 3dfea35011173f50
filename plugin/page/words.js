/** The page's own words, in the reader's language. What the pack says comes from the server. */

const LANGUAGES = ["en", "es"];

/** ?lang, else the browser's first language that the page has, else English. */
export function chooseLanguage(asked, offered = LANGUAGES) {
  const known = LANGUAGES.filter(language => offered.includes(language));
  const wishes = [asked, ...navigator.languages].filter(Boolean).map(tag => tag.toLowerCase().split("-")[0]);
  return wishes.find(language => known.includes(language)) ?? "en";
}

/** A function from a key and values to words. A key without words would be our fault: it shows as itself. */
export async function loadWords(language) {
  const answer = await fetch(new URL(`words.${language}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`words.${language}.json: ${answer.status}`);
  const table = await answer.json();
  const words = (key, values = {}) =>
    (table[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  words.language = language;
  words.has = key => key in table;
  return words;
}

/** "22 November 2026" in the reader's language; what is no whole date stays as it is. */
export function day(words, date) {
  if (!/^\d{4}-\d{2}-\d{2}/.test(date ?? "")) return date ?? "";
  const form = new Intl.DateTimeFormat(words.language, {dateStyle: "long", timeZone: "UTC"});
  return form.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

/** A switch between the languages; tells `changed` the new words. */
export function languageSwitch(place, offered, words, changed) {
  const names = {en: "English", es: "Español"};
  place.replaceChildren();
  for (const language of LANGUAGES.filter(one => offered.includes(one))) {
    const one = document.createElement("button");
    one.type = "button";
    one.lang = language;
    one.textContent = names[language];
    one.setAttribute("aria-pressed", String(language === words.language));
    one.addEventListener("click", async () => {
      const next = await loadWords(language);
      for (const other of place.children) other.setAttribute("aria-pressed", String(other === one));
      changed(next);
    });
    place.append(one);
  }
}

/** Fills what the page's HTML itself says: elements with data-words. */
export function fill(words) {
  document.documentElement.lang = words.language;
  for (const element of document.querySelectorAll("[data-words]"))
    element.textContent = words(element.dataset.words);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", words(element.dataset.label));
  for (const element of document.querySelectorAll("[data-unchecked]")) element.hidden = words.language !== "es";
}
