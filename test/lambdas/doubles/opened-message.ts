import { verify, X509Certificate } from 'node:crypto';

import { membersOf } from '../../../core/signing/der.ts';

/** A signed message as its reader sees it. Members are found by their place: see `core/signing/signed-message.ts`. */
export function openedMessage(pem: string): { content: string; isGenuine: boolean } {
  const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64');
  const at = (value: Buffer, ...places: readonly number[]): Buffer =>
    places.reduce((found, place) => membersOf(found)[place] ?? Buffer.alloc(0), value);
  const signedData = at(der, 1, 0);
  const content = bytesOf(at(signedData, 2, 1, 0));
  const { publicKey } = new X509Certificate(at(signedData, 3, 0));
  const signature = bytesOf(at(signedData, 4, 0, 4));
  return { content: content.toString(), isGenuine: verify('sha256', content, publicKey, signature) };
}

/** The contents of a value: what lies behind its tag and length. */
function bytesOf(value: Buffer): Buffer {
  const length = value.readUInt8(1);
  return value.subarray(length < 0x80 ? 2 : 2 + length - 0x80);
}
