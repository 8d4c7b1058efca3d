import type { InstanceMetadata } from './instance-metadata.ts';

/** Credentials of the instance's role; of a person, without a token. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Instance metadata shows new credentials at least five minutes before the old ones end. */
const REFRESH_BEFORE_EXPIRY_MS = 5 * 60_000;

interface Session {
  readonly credentials: Credentials;
  readonly refreshAtMs: number;
}

/** Hands out the role's credentials and renews them before they expire. */
export class InstanceCredentials {
  readonly #metadata: InstanceMetadata;
  readonly #now: () => number;
  #session: Session | undefined;

  constructor(metadata: InstanceMetadata, now: () => number) {
    this.#metadata = metadata;
    this.#now = now;
  }

  async current(): Promise<Credentials> {
    if (!this.#session || this.#now() >= this.#session.refreshAtMs) this.#session = await this.#read();
    return this.#session.credentials;
  }

  /** Forgets what it holds, for credentials that a service has refused. */
  expire(): void {
    this.#session = undefined;
  }

  async #read(): Promise<Session> {
    const [role] = ((await this.#metadata.find('meta-data/iam/security-credentials/')) ?? '').trim().split('\n');
    if (!role) {
      throw new Error(
        'Missing credentials - please check if this instance was started with an IAM instance profile. ' +
          'Attach one to it, and the agent goes on by itself',
      );
    }
    const text = await this.#metadata.get(`meta-data/iam/security-credentials/${role}`);
    const { AccessKeyId, SecretAccessKey, Token, Expiration } = JSON.parse(text) as Record<string, unknown>;
    const expiresAtMs = Date.parse(String(Expiration));
    if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string' || typeof Token !== 'string') {
      throw new Error(`instance metadata shows no credentials for the role ${role}; may EC2 assume it?`);
    }
    return {
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token },
      refreshAtMs: expiresAtMs - REFRESH_BEFORE_EXPIRY_MS || 0,
    };
  }
}
