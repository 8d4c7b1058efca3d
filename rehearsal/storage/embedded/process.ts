/**
 * The process of the embedded stores: fauxqs (SQS, SNS, S3) and dynalite (DynamoDB), each on a loopback port of its own.
 * A process apart, so that a fault in either does not end the rehearsal, so that fauxqs can live in rehearsed time, and
 * so that the second processor carries their work. Measured, the way here costs the rehearsal's own process 0.2 ms of
 * processor time a call more than answering with dynalite inside it would.
 * It tells its ports to the process that started it, and ends with it.
 */
import type { AddressInfo } from 'node:net';
import { adaptFauxqs } from './adapt-fauxqs.ts';
import { liveInRehearsedTime } from './rehearsed-time.ts';

export interface StorePorts {
  readonly fauxqs: number;
  readonly dynalite: number;
}

liveInRehearsedTime(process.env['REHEARSAL_CLOCK']);
adaptFauxqs(process.env['AWS_ACCOUNT_ID'] ?? '');

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent still needs its stores to wind down.
process.on('SIGINT', () => undefined);

const ports: StorePorts = { fauxqs: await startFauxqs(), dynalite: await startDynalite() };
process.send?.(ports);

async function startFauxqs(): Promise<number> {
  const { buildApp } = await import('fauxqs');
  const app = buildApp({ logger: false, defaultRegion: process.env['AWS_REGION'] ?? 'us-east-1' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  app.server.keepAliveTimeout = 0; // the parent keeps its connections as long as it lives
  return (app.server.address() as AddressInfo).port;
}

async function startDynalite(): Promise<number> {
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.keepAliveTimeout = 0;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
