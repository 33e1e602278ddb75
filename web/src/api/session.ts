import { useSyncExternalStore } from 'react';
import { Problem } from './problem';
import { type Role, roles, type User } from './types';

/** What a sign-in or a renewal gives: a token for some minutes, and whose it is. */
export interface Grant {
  token: string;
  user: User;
  /** When the token ends, in milliseconds since 1970. */
  tokenEnds: number;
  /** When the session ends unless it is renewed before. */
  sessionEnds: number;
}

/**
 * - `starting`: whether there is a session is not known yet
 * - `signed-out`: nobody is signed in
 * - `signed-in`: requests carry a token
 * - `expired`: the page of the account stays; it signs in over it, and the requests that wait are sent again
 */
export type Status = 'starting' | 'signed-out' | 'signed-in' | 'expired';

export interface State {
  status: Status;
  user: User | null;
  /** When the session ends unless it is renewed, in milliseconds since 1970. */
  ends: number | null;
}

/** A token so close to its end is renewed before it is used, in milliseconds. */
const margin = 5_000;
const nobody = { user: null, ends: null };

type Message = { type: 'granted'; grant: Grant } | { type: 'ended' };

/** Asks the server for a new token; null when the session has ended there. Throws when there is no telling. */
type Renew = () => Promise<Grant | null>;

/**
 * The session of this tab, in step with the other tabs. The token lives in memory alone: no script of another page and no copy
 * of the disk has it.
 */
export class Session {
  #state: State = { status: 'starting', ...nobody };
  #token: string | null = null;
  #tokenEnds = 0;
  #renew: Renew = async () => null;
  #renewal: Promise<void> | null = null;
  #waiting: { resolve: () => void; reject: (reason: Problem) => void }[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #ended = new Set<() => void>();
  readonly #channel: BroadcastChannel;

  constructor(channel: BroadcastChannel = new BroadcastChannel('patientele-session')) {
    this.#channel = channel;
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === 'granted') this.#adopt(data.grant);
      else this.#end();
    };
  }

  token(): string | null {
    return this.#token;
  }

  /** Whether the token has ended, or is about to. */
  isStale(): boolean {
    return this.#token !== null && Date.now() > this.#tokenEnds - margin;
  }

  state = (): State => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back whenever what was loaded must be forgotten: signed out, or another account. */
  onForget(forget: () => void): void {
    this.#ended.add(forget);
  }

  /** Looks whether there is a session already. */
  async start(renew: Renew): Promise<void> {
    this.#renew = renew;
    const grant = await this.#exclusively(renew).catch(() => null);
    if (this.#state.status !== 'starting') return;
    if (grant) this.#adopt(grant);
    else this.#set({ status: 'signed-out', ...nobody });
  }

  /** Takes over a sign-in, here and in the other tabs; what waited for it goes on. */
  signedIn(grant: Grant): void {
    this.#adopt(grant);
    this.#tell({ type: 'granted', grant });
  }

  /** Changes what is known of the account, such as that its password is no longer to be changed. */
  updateUser(change: Partial<User>): void {
    if (this.#state.user) this.#set({ ...this.#state, user: { ...this.#state.user, ...change } });
  }

  /** Ends the session here and in the other tabs. */
  signedOut(): void {
    this.#end();
    this.#tell({ type: 'ended' });
  }

  /** Asks for a new sign-in over the page: the session was not used for too long. */
  expire(): void {
    if (this.#state.status !== 'signed-in') return;
    this.#token = null;
    this.#set({ ...this.#state, status: 'expired' });
  }

  /**
   * Resolves once there is a fresh token: renewed, from another tab, or because the person signed in again.
   * Many requests that fail together renew once.
   */
  async renewed(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#state.status === 'signed-out') throw new Problem(401, null);
    if (this.#state.status !== 'expired') {
      this.#renewal ??= this.#tryRenewal().finally(() => {
        this.#renewal = null;
      });
      await this.#renewal;
    }
    if (this.state().status === 'expired') await this.#signedInAgain();
    signal?.throwIfAborted();
  }

  async #tryRenewal(): Promise<void> {
    const before = this.#token;
    const grant = await this.#exclusively(async () => (this.#token === before ? await this.#renew() : null));
    if (grant) this.signedIn(grant);
    else if (this.#token === before) this.expire();
  }

  /** One tab at a time: whoever waited finds the token that the tab before it got. */
  async #exclusively<T>(act: () => Promise<T>): Promise<T> {
    if (typeof navigator === 'undefined' || !navigator.locks) return await act();
    return await navigator.locks.request('patientele-session', act);
  }

  async #signedInAgain(): Promise<void> {
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #adopt(grant: Grant): void {
    const another = this.#state.user !== null && this.#state.user.id !== grant.user.id;
    this.#token = grant.token;
    this.#tokenEnds = grant.tokenEnds;
    if (another) this.#forget();
    this.#set({ status: 'signed-in', user: grant.user, ends: grant.sessionEnds });
    const waiting = this.#waiting.splice(0);
    for (const { resolve, reject } of waiting) another ? reject(new Problem(401, null)) : resolve();
  }

  #end(): void {
    this.#token = null;
    this.#forget();
    this.#set({ status: 'signed-out', ...nobody });
    for (const { reject } of this.#waiting.splice(0)) reject(new Problem(401, null));
  }

  #forget(): void {
    for (const forget of this.#ended) forget();
  }

  #set(state: State): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #tell(message: Message): void {
    this.#channel.postMessage(message);
  }
}

export const session = new Session();

export function useSession(): State {
  return useSyncExternalStore(session.subscribe, session.state);
}

/** Whether the account's role is at least this one. */
export function useMay(role: Role): boolean {
  const { user } = useSession();
  return user !== null && roles.indexOf(user.role) >= roles.indexOf(role);
}
