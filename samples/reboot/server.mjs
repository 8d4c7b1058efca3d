// A small web application: answers `/` and `/health`, and says goodbye in a file when it is asked to end.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';

const version = readFileSync(new URL('VERSION', import.meta.url), 'utf8').trim();
const port = 8080;
const farewellLog = `${process.env.DESTDIR ?? ''}/var/log/web-app/farewell.log`;
let answered = 0;

/** Instance metadata, version 2: every request carries a session token. */
async function openInstanceMetadata() {
  const endpoint = process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? 'http://169.254.169.254';
  const ask = async (path, options) => {
    const answer = await fetch(`${endpoint}/latest/${path}`, options);
    if (!answer.ok) throw new Error(`instance metadata answers ${answer.status} to ${path}`);
    return answer.text();
  };
  const token = await ask('api/token', { method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '300' } });
  return (path) => ask(`meta-data/${path}`, { headers: { 'x-aws-ec2-metadata-token': token } });
}

const metadata = await openInstanceMetadata();
const [instanceId, address] = await Promise.all([metadata('instance-id'), metadata('local-ipv4')]);

const server = createServer((request, response) => {
  const body = { '/': `web-app ${version} on ${instanceId}\n`, '/health': 'ok\n' }[request.url];
  answered += 1;
  response.writeHead(body ? 200 : 404, { 'content-type': 'text/plain' }).end(body ?? 'not found\n');
});

process.once('SIGTERM', () => {
  mkdirSync(dirname(farewellLog), { recursive: true });
  appendFileSync(
    farewellLog,
    `${new Date().toISOString()} web-app ${version} on ${instanceId} says goodbye after ${answered} answers\n`,
  );
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

server.listen(port, address, () => console.log(`web-app ${version} listens on http://${address}:${port}/`));
