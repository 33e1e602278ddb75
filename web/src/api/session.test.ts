import { expect, test, vi } from 'vitest';
import { Problem } from './problem';
import { type Grant, Session } from './session';
import type { User } from './types';

const user = (id: number): User => ({
  id,
  username: `u${id}`,
  display_name: '',
  role: 'lecture',
  must_change_password: false,
  second_factor: false,
  must_enrol_second_factor: false,
});
const grant = (token: string, id = 1): Grant => ({
  token,
  user: user(id),
  tokenEnds: Date.now() + 600_000,
  sessionEnds: 0,
});

/** A session with the channel between its tabs, and what it said on it. */
function tab(renew: () => Promise<Grant | null> = async () => null) {
  const said: unknown[] = [];
  const channel = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: unknown) => said.push(message),
  };
  const session = new Session(channel as unknown as BroadcastChannel);
  return { session, said, hear: (data: unknown) => channel.onmessage?.({ data }), started: session.start(renew) };
}

test('without a session nobody is signed in', async () => {
  const { session, started } = tab();
  expect(session.state().status).toBe('starting');
  await started;
  expect(session.state()).toEqual({ status: 'signed-out', user: null, ends: null });
});

test('many requests that fail together renew once, and tell the other tabs', async () => {
  const renew = vi.fn(async () => grant('new'));
  const { session, said, started } = tab(renew);
  await started;
  expect(renew).toHaveBeenCalledTimes(1);
  await Promise.all([session.renewed(), session.renewed(), session.renewed()]);
  expect(renew).toHaveBeenCalledTimes(2);
  expect(session.token()).toBe('new');
  expect(said).toMatchObject([{ type: 'granted', grant: { token: 'new' } }]);
});

test('when the session has ended, what waits goes on once the person signs in again', async () => {
  const { session, started } = tab();
  await started;
  session.signedIn(grant('first'));
  const waiting = session.renewed();
  await vi.waitFor(() => expect(session.state().status).toBe('expired'));
  expect(session.state().user).toEqual(user(1));
  session.signedIn(grant('second'));
  await waiting;
  expect(session.token()).toBe('second');
});

test('another account finds nothing of the one before', async () => {
  const { session, started } = tab();
  await started;
  const forget = vi.fn();
  session.onForget(forget);
  session.signedIn(grant('first', 1));
  const waiting = session.renewed();
  await vi.waitFor(() => expect(session.state().status).toBe('expired'));
  session.signedIn(grant('second', 2));
  await expect(waiting).rejects.toBeInstanceOf(Problem);
  expect(forget).toHaveBeenCalledTimes(1);
});

test('signing out in one tab ends the others, and a sign-in there is one here', async () => {
  const { session, hear, started } = tab();
  await started;
  hear({ type: 'granted', grant: grant('theirs') });
  expect([session.state().status, session.token()]).toEqual(['signed-in', 'theirs']);
  hear({ type: 'ended' });
  expect([session.state().status, session.token()]).toEqual(['signed-out', null]);
});

test('a request that was given up does not wait', async () => {
  const { session, started } = tab();
  await started;
  session.signedIn(grant('first'));
  const given = new AbortController();
  given.abort();
  await expect(session.renewed(given.signal)).rejects.toThrow();
  expect(session.state().status).toBe('signed-in');
});

test('a server that does not answer ends no session', async () => {
  const { session, started } = tab(async () => {
    throw new Problem(0, null);
  });
  await started;
  session.signedIn(grant('first'));
  await expect(session.renewed()).rejects.toMatchObject({ status: 0 });
  expect(session.state().status).toBe('signed-in');
});

test('a token about to end is stale', async () => {
  const { session, started } = tab();
  await started;
  expect(session.isStale()).toBe(false);
  session.signedIn(grant('first'));
  expect(session.isStale()).toBe(false);
  session.signedIn({ ...grant('second'), tokenEnds: Date.now() + 1000 });
  expect(session.isStale()).toBe(true);
});
