import { createHash } from 'node:crypto';
import { jsonService } from '../endpoint/protocols/json.ts';
import { AwsError, type Service } from '../endpoint/service.ts';
import { alwaysReplacing } from '../cloudformation/replacing.ts';
import type { ResourceType } from '../cloudformation/resource-type.ts';
import type { Ground } from '../part.ts';

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly version: number;
  readonly modifiedAtMs: number;
}

/** Systems Manager's parameters: those of templates, and those that an account finds there without doing anything. */
export class ParameterStore {
  readonly #parameters = new Map<string, Parameter>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    // What `cdk bootstrap` leaves; templates check that it is recent enough.
    this.put('/cdk-bootstrap/hnb659fds/version', 'String', '30');
  }

  put(name: string, type: string, value: string): Parameter {
    const version = (this.#parameters.get(name)?.version ?? 0) + 1;
    const parameter = { name, type, value, version, modifiedAtMs: this.#now() };
    this.#parameters.set(name, parameter);
    return parameter;
  }

  get(name: string): Parameter | undefined {
    return this.#parameters.get(name) ?? machineImage(name);
  }

  remove(name: string): void {
    this.#parameters.delete(name);
  }
}

/** AWS publishes the newest images as parameters; here each name has one image id of its own, for ever. */
function machineImage(name: string): Parameter | undefined {
  if (!name.startsWith('/aws/service/ami-')) return undefined;
  const value = `ami-${createHash('sha256').update(name).digest('hex').slice(0, 17)}`;
  return { name, type: 'String', value, version: 1, modifiedAtMs: 0 };
}

/** Systems Manager as far as one keeps and reads parameters. Nothing is encrypted; a SecureString only looks so. */
export function parameterService(store: ParameterStore, { region, accountId }: Ground): Service {
  const view = (parameter: Parameter, decrypted: unknown) => ({
    ...describe(parameter),
    // Whoever does not ask for the text gets something that is none.
    ...(parameter.type === 'SecureString' && decrypted !== true && { Value: sealed(parameter) }),
  });
  const describe = ({ name, type, value, version, modifiedAtMs }: Parameter) => ({
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    LastModifiedDate: new Date(modifiedAtMs),
    ARN: arnOf(name),
    DataType: 'text',
  });
  const arnOf = (name: string): string =>
    `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  return jsonService({
    access: (operation, { Name, Names }) => [
      { action: `ssm:${operation}`, resources: [Name ?? Names ?? '*'].flat().map((name) => arnOf(String(name))) },
    ],
    signingNames: ['ssm'],
    targetPrefix: 'AmazonSSM',
    version: '1.1',
    operations: {
      async GetParameter({ Name, WithDecryption }) {
        return { Parameter: view(existing(store, Name), WithDecryption ?? false) };
      },
      async PutParameter({ Name, Type, Value, Overwrite }) {
        const name = String(Name);
        const before = store.get(name);
        if (before && Overwrite !== true)
          throw new AwsError(
            'ParameterAlreadyExists',
            'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
          );
        const type = Type ?? before?.type;
        if (type !== 'String' && type !== 'StringList' && type !== 'SecureString')
          throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
        const { length } = Buffer.from(String(Value ?? ''));
        if (length === 0 || length > 4096)
          throw new AwsError(
            'ValidationException',
            `Standard tier parameters hold 1 to 4096 characters, not ${length}.`,
          );
        return { Version: store.put(name, type, String(Value)).version, Tier: 'Standard' };
      },
      async DeleteParameter({ Name }) {
        store.remove(existing(store, Name).name);
        return {};
      },
      async GetParameters({ Names, WithDecryption }) {
        const names = (Names ?? []) as string[];
        const found = names.map((name) => store.get(name)).filter((parameter) => parameter !== undefined);
        return {
          Parameters: found.map((parameter) => view(parameter, WithDecryption ?? false)),
          InvalidParameters: names.filter((name) => !store.get(name)),
        };
      },
    },
  });
}

/** @throws AwsError ParameterNotFound */
function existing(store: ParameterStore, name: unknown): Parameter {
  const parameter = store.get(String(name));
  if (parameter) return parameter;
  throw new AwsError('ParameterNotFound', `Parameter ${String(name)} not found.`);
}

const sealed = ({ name, value }: Parameter): string => createHash('sha256').update(`${name} ${value}`).digest('base64');

/** `AWS::SSM::Parameter` */
export function parameterType(store: ParameterStore): ResourceType {
  const create: ResourceType['create'] = async (properties, context) => {
    const name = String(properties['Name'] ?? context.generateName());
    const { type, value } = store.put(name, String(properties['Type']), String(properties['Value']));
    return { physicalId: name, attributes: { Type: type, Value: value } };
  };
  return {
    create,
    update: (name, properties, previous, context) =>
      alwaysReplacing(create)(name, { Name: properties['Name'] ?? name, ...properties }, previous, context),
    async delete(name) {
      store.remove(name);
    },
  };
}
