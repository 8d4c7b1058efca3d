import { AwsError } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** The functions of the account in this Region. */
export class FunctionRegistry {
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #everyVersion = new Set<LambdaFunction>();
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** By name, in alphabetical order. */
  all(): LambdaFunction[] {
    return [...this.#functions.values()].sort((a, b) => (functionName(a) < functionName(b) ? -1 : 1));
  }

  arnOf(name: string): string {
    return `arn:aws:lambda:${this.#ground.region}:${this.#ground.accountId}:function:${name}`;
  }

  /** The ARN behind a reference as `find` takes it, whether there is such a function or not. */
  arnNamed(reference: string): string {
    return this.arnOf(nameIn(reference));
  }

  /** @param reference a name, a partial or a whole ARN, with or without a version or alias: all lead to the one version there is */
  find(reference: string): LambdaFunction {
    const name = nameIn(reference);
    const found = this.#functions.get(name);
    if (!found) throw functionNotFound(reference.startsWith('arn:') ? reference : this.arnOf(name));
    return found;
  }

  put(lambda: LambdaFunction): void {
    this.remove(functionName(lambda));
    this.#functions.set(functionName(lambda), lambda);
    this.#everyVersion.add(lambda);
  }

  remove(name: string): void {
    this.#functions.get(name)?.retire();
    this.#functions.delete(name);
  }

  /** Ends every environment of every version. */
  async close(): Promise<void> {
    await Promise.all([...this.#everyVersion].map((lambda) => lambda.close()));
  }
}

const functionName = (lambda: LambdaFunction): string => lambda.configuration.functionName;

/** `name`, `name:alias`, `123456789012:function:name`, `arn:aws:lambda:us-east-1:123456789012:function:name:alias` */
function nameIn(reference: string): string {
  const afterKeyword = /(?:^|:)function:([^:]+)/.exec(reference)?.[1];
  return afterKeyword ?? reference.split(':')[0] ?? reference;
}

const functionNotFound = (arn: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, { status: 404 });
