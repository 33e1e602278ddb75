import createClient from 'openapi-fetch';
import { isProblemDocument, Problem } from './problem';
import type { paths } from './schema';
import { session } from './session';

/** The language of the server's texts; the interface sets it. */
let language = 'fr';
export function speak(tag: string): void {
  language = tag;
}

/** What begins, renews or ends a session, or needs none, is not sent again after a renewal. */
const sessionless = new Set(['/api/auth/login', '/api/auth/refresh', '/api/auth/logout', '/health/live']);

/** How a request goes to the server. */
type Transmit = (request: Request) => Promise<Response>;

/**
 * Sends a request as the account that is signed in. When the session has ended it is renewed, or the person signs in again
 * over the page, and the request is sent once more: nothing that was typed is lost.
 */
export async function send(request: Request, transmit: Transmit = fetch): Promise<Response> {
  request.headers.set('Accept-Language', language);
  const path = new URL(request.url).pathname;
  if (sessionless.has(path))
    return await answerTo(path === '/api/auth/logout' ? authorized(request) : request, transmit);
  if (session.isStale()) await session.renewed(request.signal);
  const first = await answerTo(authorized(request.clone()), transmit);
  if (first.status !== 401) return first;
  await session.renewed(request.signal);
  return await answerTo(authorized(request), transmit);
}

function authorized(request: Request): Request {
  const token = session.token();
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

async function answerTo(request: Request, transmit: Transmit): Promise<Response> {
  try {
    return await transmit(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem(0, null);
  }
}

export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: (request) => send(request),
});

/** The body of a successful answer; anything else is thrown as a [`Problem`]. */
export async function body<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  const problem = new Problem(response.status, isProblemDocument(error) ? error : null);
  noteRestriction(problem);
  throw problem;
}

/** What an administrator demands of an account while it is signed in: the gate sees to it before anything else. */
function noteRestriction({ code }: Problem): void {
  if (code === 'password_change_required') session.updateUser({ must_change_password: true });
  if (code === 'second_factor_enrolment_required') session.updateUser({ must_enrol_second_factor: true });
}

/** The precondition of a write: the version of the row that the person has seen. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/** The type of a change that names the members to change alone (RFC 7396). */
export const mergePatch = { 'Content-Type': 'application/merge-patch+json' };
