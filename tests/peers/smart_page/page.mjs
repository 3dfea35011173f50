// The page as people use it. Each test is a sentence; `smart.py LEGWORK PICTURES WORD...` runs those that hold a word.
import {stop, start, counted, told, check} from "./browser.mjs";
import {launches} from "./launches.mjs";
import {dangers} from "./dangers.mjs";
import {visits} from "./visits.mjs";

await start();
for (const [name, test] of Object.entries({...launches, ...visits, ...dangers})) {
  if (told.only.length && !told.only.some(word => name.includes(word))) continue;
  const began = Date.now();
  try {
    await test();
  } catch (error) {
    check(false, `${name}: ${error.message.split("\n").slice(0, 4).join(" ")}`);
  }
  console.log(`${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}
await stop();
process.exit(counted() ? 1 : 0);
