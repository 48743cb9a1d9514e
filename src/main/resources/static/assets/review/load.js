/** Why something could not be loaded, in words for the reader and what to do about it. */
export class LoadFailure extends Error {
  constructor(kind, title, message) {
    super(message);
    this.kind = kind;
    this.title = title;
  }
}

const SIGNED_OUT = () =>
  new LoadFailure('signed-out', 'You are signed out', 'Sign in again to go on where you were.');
const ABSENT = () =>
  new LoadFailure('absent', 'Not found', 'There is no such request, or you may not see it.');
const UNREACHABLE = () =>
  new LoadFailure('network', 'No connection', 'The server could not be reached. Nothing was lost.');

/** Reads JSON from our own server; answers `{body, skew}`, skew being the server's clock minus ours. */
export async function load(path) {
  const response = await ask(path);
  // The sign-in page answers a redirect: a session that ended looks like this to a script.
  if (response.type === 'opaqueredirect' || response.status === 401) throw SIGNED_OUT();
  if (response.status === 404) throw ABSENT();
  if (!response.ok) throw await serverFailure(response);
  try {
    return { body: await response.json(), skew: skewOf(response) };
  } catch {
    throw new LoadFailure('server', 'Unexpected answer', 'The server did not answer with JSON.');
  }
}

async function ask(path) {
  try {
    return await fetch(path, {
      credentials: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
      headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
    });
  } catch {
    throw UNREACHABLE();
  }
}

async function serverFailure(response) {
  const problem = await response.json().catch(() => ({}));
  const detail = typeof problem.detail === 'string' ? problem.detail : null;
  const message = detail ?? `The server answered with status ${response.status}.`;
  return new LoadFailure('server', 'Something went wrong', message);
}

function skewOf(response) {
  const server = Date.parse(response.headers.get('Date') ?? '');
  return Number.isNaN(server) ? 0 : server - Date.now();
}
