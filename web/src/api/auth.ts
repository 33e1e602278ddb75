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

/** Signs in; throws the problem when name, password or code are wrong, or when a code of the second factor is needed. */
export async function signIn(username: string, password: string, code = ''): Promise<void> {
  const delivery = isSecureContext ? 'cookie' : 'body';
  const credentials = { username, password, delivery, ...proofOf(code) };
  const answer = await atFields(body(api.POST('/api/auth/login', { params: own, body: credentials })), {
    totp: 'code',
    recovery_code: 'code',
  });
  session.signedIn(grantOf(answer));
}

/** Signs out, here and in the other tabs, even when the server does not answer. */
export async function signOut(): Promise<void> {
  const given = refreshToken ? { refresh_token: refreshToken } : undefined;
  const ended = api.POST('/api/auth/logout', { params: own, body: given });
  refreshToken = null;
  session.signedOut();
  await ended.catch(() => null);
}

/** A new token for the session that the browser keeps; null when there is none. */
export async function renew(): Promise<Grant | null> {
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
