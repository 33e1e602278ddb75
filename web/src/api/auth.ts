import { api, body } from './client';
import { type Grant, session } from './session';
import { type Role, roles, type User } from './types';

/** Signs in; throws the problem when name or password are wrong. */
export async function signIn(username: string, password: string): Promise<void> {
  const answer = await body(api.POST('/api/auth/login', { body: { username, password } }));
  session.signedIn({ token: answer.access_token, user: asUser(answer.user) });
}

export async function signOut(): Promise<void> {
  session.signedOut();
}

/** A new token for the session that the browser keeps; null when there is none. */
export async function renew(): Promise<Grant | null> {
  return null;
}

function asUser(user: Omit<User, 'role'> & { role: string }): User {
  return { ...user, role: roles.find((role): role is Role => role === user.role) ?? 'lecture' };
}

/** Changes one's own password. */
export async function changePassword(current_password: string, new_password: string): Promise<void> {
  await body(api.PUT('/api/auth/password', { body: { current_password, new_password } }));
}
