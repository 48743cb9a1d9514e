const COOKIE = 'COUNTERSIGN-XSRF';
const HEADER = 'X-COUNTERSIGN-XSRF';
const UNREACHABLE = 'The server could not be reached, so it is not known whether your decision arrived. Send it again: the same decision counts once.';
const SIGNED_OUT = 'You are signed out. Open this page in another tab to sign in, then send it again.';
const NOT_SAVED = 'The server could not be reached; nothing was saved. Try again.';

/**
 * Sends a decision; answers nothing if it was taken, else `{message, field}`, and `signIn` if a new sign-in helps.
 * With `leaving` it arrives even though the page is being left.
 */
export async function decide(id, value, { leaving = false } = {}) {
  const path = `/api/v1/approval-requests/${encodeURIComponent(id)}/decisions`;
  return problem(await send('POST', path, body(value), { keepalive: leaving }), UNREACHABLE);
}

/** Stores a value; answers nothing if it was taken, else `{message, pointer}`. */
export async function put(path, value) {
  return problem(await send('PUT', path, JSON.stringify(value)), NOT_SAVED);
}

async function problem(response, unreachable) {
  if (response === null) return { message: unreachable, field: null };
  if (response.ok) return null;
  const refused = await refusal(response);
  if (refused.signIn) return refused;
  return response.type === 'opaqueredirect' || response.status === 401 ? { message: SIGNED_OUT, field: null } : refused;
}

function body(value) {
  const { parameters, ...rest } = Object.fromEntries(Object.entries(value).filter(([, said]) => said !== ''));
  const json = JSON.stringify(rest);
  // Spliced in as it is: parsing and writing it again could change a number.
  return parameters === undefined ? json : `${json.slice(0, -1)},"parameters":${parameters}}`;
}

/** Sends JSON to our own server with the token that its cookie carries; answers null if it cannot be reached. */
export function send(method, path, json, more = {}) {
  return fetch(path, {
    ...more,
    method,
    credentials: 'same-origin',
    redirect: 'manual',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest', [HEADER]: cookie() },
    body: json,
  }).catch(() => null);
}

function cookie() {
  const found = document.cookie.split('; ').find((each) => each.startsWith(`${COOKIE}=`));
  return found ? decodeURIComponent(found.slice(COOKIE.length + 1)) : '';
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const [error] = Array.isArray(problem.errors) ? problem.errors : [];
  const message = error?.detail ?? problem.detail ?? `The server answered with status ${response.status}.`;
  const pointer = String(error?.field ?? problem.field ?? '');
  return {
    message: String(message),
    pointer,
    field: pointer.split('/')[1] ?? null,
    signIn: problem.type === 'urn:countersign:problem:sign-in-again',
  };
}
