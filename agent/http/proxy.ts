import { request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

/** How to reach a URL: by itself, or through a proxy. */
export async function routeTo(url: URL, proxy: URL | undefined): Promise<RequestOptions> {
  const direct = { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port, path: url.pathname + url.search };
  if (!proxy) return direct;
  if (url.protocol === 'http:') return { hostname: proxy.hostname, port: proxy.port || 80, path: url.href };
  const socket = await openTunnel(url, proxy);
  return { ...direct, agent: false, createConnection: () => tlsConnect({ socket, servername: url.hostname }) };
}

function openTunnel(url: URL, proxy: URL): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const credentials = decodeURIComponent(`${proxy.username}:${proxy.password}`);
  return new Promise((resolve, reject) => {
    const connect = httpRequest({
      hostname: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: target,
      headers: proxy.username ? { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` } : {},
      timeout: 10_000,
    });
    connect.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket as Socket);
        return;
      }
      socket.destroy();
      reject(
        new Error(`the proxy ${proxy.host} refuses a connection to ${target}: ${response.statusCode}; check proxy_uri`),
      );
    });
    connect.once('timeout', () =>
      connect.destroy(new Error(`the proxy ${proxy.host} does not answer; check proxy_uri`)),
    );
    connect.once('error', reject);
    connect.end();
  });
}
