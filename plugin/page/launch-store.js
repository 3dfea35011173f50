/** What a launch has to remember while the browser is at the EHR's sign-in: in sessionStorage, under the launch's own state.
 *
 *  Some browsers deny all storage to a frame of another site. There the launch is carried in the frame's name, which goes
 *  along from page to page within that frame. Who may frame this page (the EHR) can read and write that name; so nothing
 *  that comes back in it is trusted: see finishLaunch. fhirclient then gets an object in memory for its storage. */

const PREFIX = "legwork.", MARK = "legwork-launch:";

function denied() {
  try {
    return !window.sessionStorage;
  } catch {
    return true;
  }
}

const inName = window.top !== window && denied();
let name = "";
if (inName) {
  name = window.name;
  if (name.startsWith(MARK)) window.name = "";
  Object.defineProperty(window, "sessionStorage", {value: {
    setItem(key, value) { this[key] = value; },
    getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; },
    removeItem(key) { delete this[key]; },
  }});
}

const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");

/** A state that nobody can guess: 128 random bits. */
export const newKey = () => PREFIX + random();
export const newNonce = random;

/** Launches that came to nothing, and those of other patients. */
export function forgetLaunches() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

export const read = key => JSON.parse(sessionStorage.getItem(key));

export function write(key, state) {
  sessionStorage.setItem(key, JSON.stringify(state));
}

/** Before the browser leaves for the EHR's sign-in. */
export function carry(key) {
  if (inName) window.name = MARK + JSON.stringify({key, state: sessionStorage.getItem(key)});
}

/** The launch of that state, and whether it came in the frame's name; null where there is none. */
export function take(key) {
  if (!key.startsWith(PREFIX)) return null;
  if (inName && name.startsWith(MARK)) {
    try {
      const carried = JSON.parse(name.slice(MARK.length));
      if (carried.key === key) return {state: JSON.parse(carried.state), trusted: false};
    } catch {
      return null;
    }
  }
  const state = read(key);
  return state && {state, trusted: true};
}

export const forget = key => sessionStorage.removeItem(key);
