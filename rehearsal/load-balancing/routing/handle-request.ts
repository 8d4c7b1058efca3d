import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import { nextTarget } from '../targets/target-group.ts';
import type { TargetGroups } from '../targets/target-groups.ts';
import { pickTargetGroup, type Action } from './action.ts';
import type { RequestView } from './condition.ts';
import { respondWithError } from './error-response.ts';
import { forward } from './forward.ts';
import type { Listener } from './listener.ts';
import { actionFor } from './listener.ts';
import { redirectLocation } from './redirect.ts';

/** Answers one request as the listener's rules say. */
export function handleRequest(
  listener: Listener,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { targetGroups, agent }: { targetGroups: TargetGroups; agent: Agent },
): void {
  const request = viewOf(incoming);
  const action = actionFor(listener, request);
  switch (action?.type) {
    case 'forward':
      toTarget(action);
      return;
    case 'fixed-response':
      outgoing.writeHead(Number(action.StatusCode), { server: 'awselb/2.0', 'content-type': action.ContentType });
      outgoing.end(action.MessageBody);
      return;
    case 'redirect':
      outgoing.writeHead(action.StatusCode === 'HTTP_301' ? 301 : 302, {
        server: 'awselb/2.0',
        location: redirectLocation(action, request),
        'content-length': 0,
      });
      outgoing.end();
      return;
    case undefined:
      respondWithError(outgoing, 503);
  }

  function toTarget({ targetGroups: weighted }: Extract<Action, { type: 'forward' }>): void {
    const group = targetGroups.find(pickTargetGroup(weighted, listener.turns++) ?? '');
    const target = group && nextTarget(group);
    if (!group || !target) {
      respondWithError(outgoing, 503);
      return;
    }
    const address = targetGroups.addressOf(group, target);
    if (address === undefined) respondWithError(outgoing, 502);
    else forward(incoming, outgoing, { address, port: target.port, idleTimeoutMs: idleTimeoutMs(listener) }, agent);
  }
}

/** The load balancer's own setting, in wall milliseconds: a program cannot be hurried. */
function idleTimeoutMs({ loadBalancer }: Listener): number {
  return Number(loadBalancer.attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1000;
}

function viewOf({ method = 'GET', url = '/', headers }: IncomingMessage): RequestView {
  const { pathname, searchParams } = new URL(url, 'http://load.balancer');
  return {
    method,
    path: pathname,
    host: headers.host ?? '',
    query: searchParams,
    header: (name) => {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}
