/** Why the page stops, in words of the page; `detail` is shown beside them as it came. */
export class Stop extends Error {
  constructor(key, detail = "", values = {}) {
    super(key);
    Object.assign(this, {key, detail, values});
  }
}
