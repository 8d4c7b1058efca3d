import { STATUS_CODES, type ServerResponse } from 'node:http';

/** An error of the load balancer itself, in the form that AWS's has. An answer that has begun is cut off instead. */
export function respondWithError(outgoing: ServerResponse, status: 502 | 503 | 504): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const title = status === 503 ? '503 Service Temporarily Unavailable' : `${status} ${STATUS_CODES[status] ?? ''}`;
  const body =
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n` +
    `<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  outgoing.writeHead(status, { server: 'awselb/2.0', 'content-type': 'text/html', 'content-length': body.length });
  outgoing.end(body);
}
