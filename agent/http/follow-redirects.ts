import type { HttpRequest, HttpResponse, Send } from './send.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a GET to wherever its answers lead. Its `authorization` goes to the origin it was meant for and to no other,
 * and nothing that began encrypted goes on in the clear.
 */
export async function followRedirects(send: Send, request: HttpRequest): Promise<HttpResponse> {
  let current = request;
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(current);
    const { location } = response.headers;
    if (!REDIRECTS.has(response.status) || location === undefined) return response;
    response.body.resume();
    if (redirects === MOST_REDIRECTS)
      throw new Error(`${request.url.host} redirects more than ${MOST_REDIRECTS} times`);
    current = redirected(current, new URL(location, current.url));
  }
}

function redirected(request: HttpRequest, url: URL): HttpRequest {
  if (request.url.protocol === 'https:' && url.protocol !== 'https:') {
    throw new Error(`${request.url.host} redirects to ${url.host} without encryption`);
  }
  if (url.origin === request.url.origin) return { ...request, url };
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...request, url, headers: Object.fromEntries(headers) };
}
