import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';

import { selfSignedCertificate } from './self-signed-certificate.ts';
import type { Signer } from './signed-message.ts';

/** What only one installation of the engine knows. */
export interface InstallationKeys {
  /** Signs deployment specifications. */
  readonly signer: Signer;
  /** Proves the secrets of hosts. */
  readonly hostSecretKey: Buffer;
}

/*
 * As they are kept, below 1 kB; keys and certificate in base64:
 *
 *   {"stackId":"arn:…","privateKey":"<PKCS #8>","certificate":"<X.509>","hostSecretKey":"<32 bytes>"}
 */
interface KeptKeys {
  readonly stackId: string;
  readonly privateKey: string;
  readonly certificate: string;
  readonly hostSecretKey: string;
}

/**
 * New keys, as a text to be kept: different ones with every call. Their certificate is good for a hundred years.
 * @param stackId the engine's stack, which owns them
 */
export function newInstallationKeys(stackId: string, nowMs: number): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notAfter = new Date(nowMs);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + 100);
  const certificate = selfSignedCertificate(privateKey, {
    commonName: 'Slipway deployment specifications',
    serialNumber: Buffer.concat([Buffer.of(1), randomBytes(8)]),
    notBefore: new Date(nowMs),
    notAfter,
  });
  const kept: KeptKeys = {
    stackId,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    certificate: certificate.toString('base64'),
    hostSecretKey: randomBytes(32).toString('base64'),
  };
  return JSON.stringify(kept);
}

/** The stack that keeps these keys. */
export function keysOwner(text: string): string {
  return (JSON.parse(text) as KeptKeys).stackId;
}

/** @throws SyntaxError, TypeError or crypto's error when the text is none of `newInstallationKeys` */
export function readInstallationKeys(text: string): InstallationKeys {
  const kept = JSON.parse(text) as KeptKeys;
  return {
    signer: {
      privateKey: createPrivateKey({ key: Buffer.from(kept.privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
      certificate: Buffer.from(kept.certificate, 'base64'),
    },
    hostSecretKey: Buffer.from(kept.hostSecretKey, 'base64'),
  };
}
