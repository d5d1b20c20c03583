// Counting checks, and asking the server.

let passed = 0;
let failed = 0;

/** Prints one line for a check and counts it; returns whether it held. */
export function check(name, held, details = '') {
  if (held) passed += 1;
  else failed += 1;
  console.log(`${held ? 'ok  ' : 'FAIL'} ${name}${held || !details ? '' : `: ${details}`}`);
  return held;
}

/** Prints the sum and ends with its exit code. No check at all is a failure too. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

/** The JSON at a path of the server. */
export async function getJson(base, path, parameters = {}) {
  const url = new URL(path, base);
  url.search = new URLSearchParams(parameters);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
