import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { readMetadata } from './metadata-tree.ts';
import type { MetadataTree } from './metadata-tree.ts';
import { SessionTokens } from './session-tokens.ts';

/** EC2 serves metadata on 169.254.169.254:80; here each instance serves its own, on its own address. */
export const METADATA_PORT = 1338;

const TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN_HEADER = 'x-aws-ec2-metadata-token';
const REASONS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

type Refusal = keyof typeof REASONS;
type Answer = { body: string; headers?: Record<string, string> } | Refusal;

/**
 * Instance metadata, version 2 only: without a session token there is nothing to see.
 * @param tree called at each request: who listens first and learns its address from that can tell it then
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
 */
export function createMetadataService(tree: () => MetadataTree, tokens = new SessionTokens()): Server {
  const serve: RequestListener = (request, response) => {
    const answer = answerTo(request, tree, tokens);
    const { status, body, headers } =
      typeof answer === 'number' ? { status: answer, body: REASONS[answer], headers: {} } : { status: 200, ...answer };
    response.writeHead(status, { 'content-type': 'text/plain', server: 'EC2ws', ...headers });
    response.end(body);
  };
  return createServer(serve);
}

function answerTo(request: IncomingMessage, tree: () => MetadataTree, tokens: SessionTokens): Answer {
  const path = (request.url ?? '/').split('?', 1).join('');
  switch (request.method) {
    case 'PUT':
      return issueToken(path, request, tokens);
    case 'GET':
    case 'HEAD':
      return read(path, request, tree, tokens);
    default:
      return 405;
  }
}

function issueToken(path: string, { headers }: IncomingMessage, tokens: SessionTokens): Answer {
  // A request that came through a proxy is not the instance's own.
  if (path !== '/latest/api/token' || headers['x-forwarded-for'] !== undefined) return 403;
  const ttl = String(headers[TTL_HEADER] ?? '');
  const token = tokens.issue(ttl);
  return token === undefined ? 400 : { body: token, headers: { [TTL_HEADER]: ttl } };
}

function read(path: string, { headers }: IncomingMessage, tree: () => MetadataTree, tokens: SessionTokens): Answer {
  if (!tokens.isValid(String(headers[TOKEN_HEADER] ?? ''))) return 401;
  // Dated versions (/2021-03-23/…) answer like the latest.
  const [, below] = /^\/(?:latest|\d{4}-\d\d-\d\d)(?:\/(.*))?$/.exec(path) ?? [];
  const body = below === undefined ? undefined : readMetadata(tree(), below);
  return body === undefined ? 404 : { body };
}
