import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launch, listen } from './browser';
import { Server } from './server';

type Api = Awaited<ReturnType<Server['api']>>;

/** What the tests of a file have in common; there once they run. */
export interface Setting {
  readonly server: Server;
  /** The API as the administrator, until the token ends. */
  readonly api: Api;
  /** A browser of its own: cookies, storage and tabs. It is closed after the test, and must have had nothing to complain of. */
  person(options?: BrowserContextOptions): Promise<BrowserContext>;
}

/** A server of the file's own, which `fill` gives what is to be there, and a browser. */
export function setting(
  fill: (here: Setting) => Promise<unknown> = async () => {},
  variables: Record<string, string> = {},
): Setting {
  let server: Server | undefined;
  let api: Api | undefined;
  let browser: Browser | undefined;
  const complaints = new Map<BrowserContext, string[]>();
  const started = <T>(what: T | undefined): T => {
    if (!what) throw new Error('nothing is started before the tests run');
    return what;
  };
  const here: Setting = {
    get server() {
      return started(server);
    },
    get api() {
      return started(api);
    },
    async person(options = {}) {
      const context = await started(browser).newContext({
        baseURL: here.server.url,
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        ...options,
      });
      context.setDefaultTimeout(15_000);
      complaints.set(context, listen(context));
      return context;
    },
  };
  beforeAll(async () => {
    server = await Server.start(variables);
    browser = await launch();
    api = await server.api();
    await fill(here);
  });
  // Anew for each test: an account has so many sessions, and each sign-in of a test may end the oldest.
  beforeEach(async () => {
    api = await here.server.api();
  });
  afterEach(async () => {
    const said = [...complaints.values()].flat();
    await Promise.all([...complaints.keys()].map((context) => context.close()));
    complaints.clear();
    expect(said, 'a quiet console').toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  return here;
}
