import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';

/** One text that few may read. */
export interface SecretParameter {
  read(): Promise<string | undefined>;
  /** Never writes over what is there: whoever was first stays. */
  create(value: string): Promise<'created' | 'exists'>;
  /** Repeating is harmless. */
  remove(): Promise<void>;
}

/** A SecureString of Systems Manager. Only whoever writes it has to name the key that encrypts it. */
export class SsmSecretParameter implements SecretParameter {
  readonly #client: SSMClient;
  readonly #name: string;
  readonly #encryptionKey: string | undefined;

  constructor(client: SSMClient, name: string, encryptionKey?: string) {
    this.#client = client;
    this.#name = name;
    this.#encryptionKey = encryptionKey;
  }

  async read(): Promise<string | undefined> {
    try {
      const command = new GetParameterCommand({ Name: this.#name, WithDecryption: true });
      return (await this.#client.send(command)).Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  }

  async create(value: string): Promise<'created' | 'exists'> {
    const parameter = { Name: this.#name, Type: 'SecureString', Value: value, Overwrite: false } as const;
    try {
      await this.#client.send(new PutParameterCommand({ ...parameter, KeyId: this.#encryptionKey }));
      return 'created';
    } catch (error) {
      if (error instanceof ParameterAlreadyExists) return 'exists';
      throw error;
    }
  }

  async remove(): Promise<void> {
    try {
      await this.#client.send(new DeleteParameterCommand({ Name: this.#name }));
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) throw error;
    }
  }
}

/** The parameter, with a client of its own. */
export function connectSecretParameter(name: string, encryptionKey?: string): SecretParameter {
  return new SsmSecretParameter(new SSMClient({}), name, encryptionKey);
}
