/** Whether a request has several header fields of a name, in lower case. `raw`: names and values by turns, as they came. */
export function isRepeatedHeader(name: string, raw: readonly string[]): boolean {
  let found = false;
  for (let index = 0; index < raw.length; index += 2) {
    const one = raw[index];
    // The length first: one of ten names is spelt out.
    if (one?.length !== name.length || one.toLowerCase() !== name) continue;
    if (found) return true;
    found = true;
  }
  return false;
}
