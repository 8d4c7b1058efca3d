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

/** Systems Manager as far as one reads parameters. */
export function parameterService(store: ParameterStore, { region, accountId }: Ground): Service {
  const view = ({ name, type, value, version, modifiedAtMs }: Parameter) => ({
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    LastModifiedDate: new Date(modifiedAtMs),
    ARN: `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    DataType: 'text',
  });
  return jsonService({
    signingNames: ['ssm'],
    targetPrefix: 'AmazonSSM',
    version: '1.1',
    operations: {
      async GetParameter({ Name }) {
        const parameter = store.get(String(Name));
        if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${String(Name)} not found.`);
        return { Parameter: view(parameter) };
      },
      async GetParameters({ Names }) {
        const names = (Names ?? []) as string[];
        const found = names.map((name) => store.get(name)).filter((parameter) => parameter !== undefined);
        return { Parameters: found.map(view), InvalidParameters: names.filter((name) => !store.get(name)) };
      },
    },
  });
}

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
