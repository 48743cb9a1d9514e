const COOKIE = 'COUNTERSIGN-XSRF';
const HEADER = 'X-COUNTERSIGN-XSRF';
const UNREACHABLE = 'The server could not be reached, so it is not known whether your decision arrived. Send it again: the same decision counts once.';
const SIGNED_OUT = 'You are signed out. Open this page in another tab to sign in, then send it again.';

/**
 * Sends a decision; answers nothing if it was taken, else `{message, field}`, and `signIn` if a new sign-in helps.
 * With `leaving` it arrives even though the page is being left.
 */
export async function decide(id, value, { leaving = false } = {}) {
  const response = await post(`/api/v1/approval-requests/${encodeURIComponent(id)}/decisions`, body(value), { keepalive: leaving }).catch(() => null);
  if (response === null) return { message: UNREACHABLE, field: null };
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

/** Posts JSON to our own server with the token that its cookie carries. */
export function post(path, json, more = {}) {
  return fetch(path, {
    ...more,
    method: 'POST',
    credentials: 'same-origin',
    redirect: 'manual',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest', [HEADER]: cookie() },
    body: json,
  });
}

function cookie() {
  const found = document.cookie.split('; ').find((each) => each.startsWith(`${COOKIE}=`));
  return found ? decodeURIComponent(found.slice(COOKIE.length + 1)) : '';
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const [error] = Array.isArray(problem.errors) ? problem.errors : [];
  const message = error?.detail ?? problem.detail ?? `The server answered with status ${response.status}.`;
  return {
    message: String(message),
    field: String(error?.field ?? problem.field ?? '').split('/')[1] ?? null,
    signIn: problem.type === 'urn:countersign:problem:sign-in-again',
  };
}
