import type { LambdaFunctionURLResult } from 'aws-lambda';

import type { Call, Ports } from './call.ts';
import { type Caller, callerOf, type UrlEvent } from './caller.ts';
import { AccessDenied, InvalidRequest, ServiceFault, UnknownOperation } from './faults.ts';
import { getDeploymentSpecification } from './operations/get-deployment-specification.ts';
import { issueHostSecret } from './operations/issue-host-secret.ts';
import { pollHostCommand } from './operations/poll-host-command.ts';
import { postHostCommandUpdate } from './operations/post-host-command-update.ts';
import { putHostCommandAcknowledgement } from './operations/put-host-command-acknowledgement.ts';
import { putHostCommandComplete } from './operations/put-host-command-complete.ts';

/*
 * One call of a host agent:
 *
 *   POST / HTTP/1.1
 *   Content-Type: application/x-amz-json-1.1
 *   X-Amz-Target: CodeDeployCommandService_v20141006.PollHostCommand
 *   X-Amz-Codedeploy-Agent-Version: SLIPWAY_0.1.0
 *
 *   {"HostIdentifier":"arn:aws:ec2:us-east-1:111122223333:instance/i-0abc"}
 */

interface Entry {
  readonly run: (input: never, call: Call, ports: Ports) => Promise<unknown>;
  /** Members that the input cannot be without; all are texts. */
  readonly required: readonly string[];
}

/** The five operations of the protocol, and one of ours. Agents use three prefixes before the name; the shapes are the same. */
const operations: Readonly<Record<string, Entry>> = {
  PollHostCommand: { run: pollHostCommand, required: ['HostIdentifier'] },
  GetDeploymentSpecification: {
    run: getDeploymentSpecification,
    required: ['DeploymentExecutionId', 'HostIdentifier'],
  },
  PutHostCommandAcknowledgement: { run: putHostCommandAcknowledgement, required: ['HostCommandIdentifier'] },
  PutHostCommandComplete: { run: putHostCommandComplete, required: ['HostCommandIdentifier', 'CommandStatus'] },
  PostHostCommandUpdate: { run: postHostCommandUpdate, required: ['HostCommandIdentifier'] },
  IssueHostSecret: { run: issueHostSecret, required: ['HostIdentifier'] },
};

/**
 * Answers one call: faults of the caller by their name, bugs without their details.
 * @param identify who calls. @default whoever Lambda verified
 */
export async function answer(
  event: UrlEvent,
  ports: Ports,
  identify: (event: UrlEvent) => Caller | Promise<Caller> = callerOf,
): Promise<LambdaFunctionURLResult> {
  try {
    return reply(200, await run(event, ports, identify));
  } catch (error) {
    if (!(error instanceof ServiceFault)) {
      ports.telemetry.error('call failed', error);
      return reply(500, {
        __type: 'ServerException',
        message: 'The command service failed; the same call may succeed later',
      });
    }
    ports.telemetry.warn('call refused', { code: error.code, reason: error.message });
    if (error instanceof AccessDenied) ports.telemetry.count('RefusedCalls');
    return reply(error.statusCode, { __type: error.code, message: error.message });
  }
}

async function run(
  event: UrlEvent,
  ports: Ports,
  identify: (event: UrlEvent) => Caller | Promise<Caller>,
): Promise<unknown> {
  const caller = await identify(event);
  const name = event.headers['x-amz-target']?.split('.').at(-1) ?? '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) throw new UnknownOperation(`There is no operation ${name}`);
  const input = parseInput(event, operation.required);
  const agent = event.headers['x-amz-codedeploy-agent-version']?.startsWith('SLIPWAY_') ? 'slipway' : 'aws';
  // Checked against `required`, each operation reads its input as the protocol types it.
  return operation.run(input as never, { caller, agent }, ports);
}

function parseInput({ body = '', isBase64Encoded }: UrlEvent, required: readonly string[]): object {
  let input: unknown;
  try {
    input = JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  } catch {
    throw new InvalidRequest('The body is not JSON');
  }
  if (typeof input !== 'object' || input === null) throw new InvalidRequest('The body is not a JSON object');
  const missing = required.filter((name) => typeof (input as Record<string, unknown>)[name] !== 'string');
  if (missing.length > 0) throw new InvalidRequest(`The request lacks ${missing.join(', ')}`);
  return input;
}

function reply(statusCode: number, body: unknown): LambdaFunctionURLResult {
  return { statusCode, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
