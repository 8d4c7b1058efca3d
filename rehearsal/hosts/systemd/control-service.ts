import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { json } from 'node:stream/consumers';
import type { ServiceManager } from './service-manager.ts';
import { systemctl } from './systemctl.ts';

/**
 * Takes systemctl's command line as a JSON array, answers with what it shall print and its exit code.
 * @param reboot begins to restart the machine
 */
export function createControlService(services: ServiceManager, reboot: () => void): Server {
  return createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const words = (await json(request)) as string[];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await systemctl(services, words, reboot)));
    };
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
}
