import type { IncomingMessage } from 'node:http';

/** An answer in the form of CodeDeploy's own errors, which its clients tell by name and text. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const TARGET = /^CodeDeploy_20141006\.\w+$/;

/**
 * Whether a request may use the credentials of whoever started the proxy. Any page in a browser on this machine can reach
 * a port on loopback, directly or by a name of its own that it points here (DNS rebinding): such requests carry a
 * foreign `Host`, an `Origin` or `Sec-Fetch-…`, and cannot set `X-Amz-Target` without being asked first.
 * @param port where the proxy listens
 * @returns undefined for a request to pass on
 */
export function refusalOf(
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  port: number,
): Refusal | undefined {
  if (!isLoopbackHost(headers.host, port)) {
    return denied(`this proxy answers to 127.0.0.1:${port} and localhost:${port}, not to ${String(headers.host)}`);
  }
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.referer !== undefined) {
    return denied('this proxy is for AWS clients, not for browsers');
  }
  if (method !== 'POST' || url?.split('?')[0] !== '/' || !TARGET.test(String(headers['x-amz-target']))) {
    return {
      status: 400,
      code: 'UnknownOperationException',
      message: 'this proxy passes on requests to CodeDeploy only: POST / with X-Amz-Target CodeDeploy_20141006.…',
    };
  }
  return undefined;
}

function isLoopbackHost(host: string | undefined, port: number): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => host?.toLowerCase() === `${name}:${port}`);
}

function denied(message: string): Refusal {
  return { status: 403, code: 'AccessDeniedException', message };
}
