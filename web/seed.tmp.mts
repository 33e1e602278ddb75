import { demonstration } from './e2e/demonstration';
import { done, Server } from './e2e/server';

const server = await Server.start({ PORT: '5055' });
await demonstration(server);
console.log('ready', server.url);
const api = await server.api();
const p = await done(api.GET('/api/patients/{id}', { params: { path: { id: 1 } } }));
let v = p.version;
for (const b of [
  { telephone_number: '06 00 00 00 01' },
  { birth_date: '1980-02-01', address: '14 rue des Lilas\n69003 Lyon' },
  { comments: null, birth_name: 'Martin-Lefranc' },
]) {
  const r = await done(
    api.PATCH('/api/patients/{id}', {
      params: { path: { id: 1 }, header: { 'If-Match': `"${v}"` } },
      body: b,
      headers: { 'Content-Type': 'application/merge-patch+json' },
    } as never),
  );
  v = (r as { version: number }).version;
}
process.on('SIGTERM', async () => {
  await server.stop();
  process.exit(0);
});
