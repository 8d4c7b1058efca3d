import type { IncomingMessage } from 'node:http';

/**
 * The whole body of a message. The way of `node:stream/consumers` leads through a Blob, which at a thousand calls a
 * second is felt.
 */
export function bodyOf(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.once('end', () => resolve(Buffer.concat(chunks)));
    message.once('error', reject); // also of a sender that goes away in the middle
  });
}
