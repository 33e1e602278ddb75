import { api, body } from './client';
import { atFields, Problem } from './problem';
import type { components } from './schema';
import { type Grant, session } from './session';
import { type Role, roles, type User } from './types';

/** What tells the server that a page of its own sends the cookie: another origin cannot add it. */
const own = { header: { 'X-Requested-With': 'patientele' } };

/** The refresh token where browsers keep no secure cookie: over plain http. It ends with the tab. */
let refreshToken: string | null = null;

/** What shows a second factor. */
export type Proof = { totp?: string; recovery_code?: string };

/** The proof that a typed code is: six digits of the application, or a recovery code. */
export function proofOf(code: string): Proof {
  const typed = code.replace(/\s/g, '');
  if (typed === '') return {};
  return /^\d{1,8}$/.test(typed) ? { totp: typed } : { recovery_code: typed };
}

/** What this browser remembers of a sign-out that the server has not heard of: the cookie would open the session again. */
const unheard = 'patientele-signed-out';

/** Signs in; throws the problem when name, password or code are wrong, or when a code of the second factor is needed. */
export async function signIn(username: string, password: string, code = ''): Promise<void> {
  const delivery = isSecureContext ? 'cookie' : 'body';
  const credentials = { username, password, delivery, ...proofOf(code) };
  if (localStorage.getItem(unheard)) await endSession().catch(() => null);
  const answer = await atFields(body(api.POST('/api/auth/login', { params: own, body: credentials })), {
    totp: 'code',
    recovery_code: 'code',
  });
  localStorage.removeItem(unheard);
  session.signedIn(grantOf(answer));
}

/**
 * Signs out, here and in the other tabs, even when the server does not answer. It is false then: the server hears of it before
 * anything else when the pages are opened the next time.
 */
export async function signOut(): Promise<boolean> {
  localStorage.setItem(unheard, 'true');
  const ended = endSession();
  session.signedOut();
  return await ended.then(
    () => true,
    () => false,
  );
}

/** Ends the session on the server; throws when there is no telling whether it has. */
async function endSession(): Promise<void> {
  const given = refreshToken ? { refresh_token: refreshToken } : undefined;
  const { response } = await api.POST('/api/auth/logout', { params: own, body: given });
  if (!response.ok && response.status !== 401) throw new Problem(response.status, null);
  refreshToken = null;
  localStorage.removeItem(unheard);
}

/** A new token for the session that the browser keeps; null when there is none. */
export async function renew(): Promise<Grant | null> {
  if (localStorage.getItem(unheard)) {
    await endSession();
    return null;
  }
  if (!isSecureContext && !refreshToken) return null;
  const given = refreshToken ? { refresh_token: refreshToken } : undefined;
  try {
    return grantOf(await body(api.POST('/api/auth/refresh', { params: own, body: given })));
  } catch (error) {
    if (error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 429) return null;
    throw error;
  }
}

/** Changes one's own password. */
export async function changePassword(current_password: string, new_password: string): Promise<void> {
  await body(api.PUT('/api/auth/password', { body: { current_password, new_password } }));
}

function grantOf(answer: components['schemas']['LoginResponse']): Grant {
  refreshToken = answer.refresh_token ?? null;
  return {
    token: answer.access_token,
    user: asUser(answer.user),
    tokenEnds: Date.now() + answer.expires_in * 1000,
    sessionEnds: Date.now() + answer.refresh_expires_in * 1000,
  };
}

function asUser(user: Omit<User, 'role'> & { role: string }): User {
  return { ...user, role: roles.find((role): role is Role => role === user.role) ?? 'lecture' };
}
