import { text } from 'node:stream/consumers';
import { send } from '../../agent/http/send.ts';
import { sign } from '../../agent/http/sign.ts';
import { CommandError } from '../command.ts';
import { findEngine } from './connect.ts';
import type { ConnectionValues } from './options.ts';
import { signer } from './signer.ts';

/** Operations that CodeDeploy does not have, and so neither do its clients. */
export type EngineOperation = 'DescribeLaunches' | 'ResumeLaunches' | 'Examine' | 'MendFindings' | 'Explain';

const TIMEOUT_MS = 40_000;

/** Calls one of the engine's own operations. @throws CommandError with what the engine says */
export async function callEngine<Output>(
  values: ConnectionValues,
  operation: EngineOperation,
  input: object,
): Promise<Output> {
  const { url, service } = await findEngine(values, process.env);
  const { region, credentials } = await signer(values, process.env);
  const request = {
    method: 'POST' as const,
    url,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Slipway_20261122.${operation}` },
    body: JSON.stringify(input),
    timeoutMs: TIMEOUT_MS,
  };
  const response = await send(await sign(request, { service, region, credentials: await credentials() }));
  const body = await text(response.body);
  if (response.status === 200) return JSON.parse(body) as Output;
  throw new CommandError(refusalIn(body) ?? `the engine answered with ${response.status}: ${body.slice(0, 200)}`);
}

function refusalIn(body: string): string | undefined {
  try {
    const { __type: type, message, Message } = JSON.parse(body) as Record<string, unknown>;
    if (typeof type !== 'string') return undefined;
    return `${type.replace(/Exception$/, '')}: ${String(message ?? Message)}`;
  } catch {
    return undefined;
  }
}
