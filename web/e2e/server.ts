import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import createClient from 'openapi-fetch';
import type { paths } from '../src/api/schema';
import type { Role } from '../src/api/types';

export const password = 'correct horse battery staple';
const program = process.env.PATIENTELE ?? fileURLToPath(new URL('../../target/debug/patientele', import.meta.url));

/** A server of its own with an empty SQLite database, on a free port. */
export class Server {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(url: string, process: ChildProcess, folder: string, environment: NodeJS.ProcessEnv) {
    this.url = url;
    this.#process = process;
    this.#folder = folder;
    this.#environment = environment;
  }

  static async start(variables: Record<string, string> = {}): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'patientele-e2e-'));
    const environment = {
      PATH: process.env.PATH,
      HOME: folder,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: folder,
      ADMIN_PASSWORD: password,
      LOG_LEVEL: 'warn',
      ...variables,
    };
    const child = spawn(program, ['serve'], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.on('error', reject);
      child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
      child.stdout.on('data', (data: Buffer) => {
        said += data.toString();
        const match = /serves on (\S+)/.exec(said);
        if (match?.[1]) resolve(match[1]);
      });
    });
    return new Server(`http://${address}`, child, folder, environment);
  }

  /** Runs the program's command line over the server's data, and answers what it says. */
  async command(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(program, words, { cwd: this.#folder, env: this.#environment });
    return stdout;
  }

  /** Stops the server as a broken network would show it: nobody answers. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The API as an account, for what a test needs to be there. */
  async api(username = 'admin', secret = password) {
    const anonymous = createClient<paths>({ baseUrl: this.url });
    const { data } = await anonymous.POST('/api/auth/login', { body: { username, password: secret } });
    if (!data) throw new Error(`${username} cannot sign in`);
    return createClient<paths>({ baseUrl: this.url, headers: { Authorization: `Bearer ${data.access_token}` } });
  }
}

/** What a call of the API must have answered. */
export async function done<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(error)}`);
  return data as T;
}

/** An account whose password is its own; its id. */
export async function account(server: Server, role: Role, username: string = role): Promise<number> {
  const api = await server.api();
  const made = await done(api.POST('/api/users', { body: { username, role } }));
  const given = made.one_time_password ?? '';
  const own = await server.api(username, given);
  await done(own.PUT('/api/auth/password', { body: { current_password: given, new_password: password } }));
  return made.id;
}
