import * as CodeDeploy from '@aws-sdk/client-codedeploy';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';

import type { OperationName, Operations } from '../../../api/operation.ts';
import type { FakeAutoScaling } from '../support/auto-scaling.ts';
import type { ServedApi } from '../support/served-api.ts';

type InputOf<Name extends OperationName> = Extract<Parameters<Operations<Name>[Name]['run']>[0], object>;

/** What a call gives instead. Of any type: clients other than the SDK's send what they like. */
type Changes<Input> = { readonly [Member in keyof Input]?: unknown };

/** A call of an operation that is answered, and how it is refused. */
export interface Life<Name extends OperationName> {
  /** Answered, before anything below; unless no call of this operation is. */
  readonly input: InputOf<Name>;
  readonly isNeverAnswered?: true;
  /** Changes that have the call refused, by the exception without its ending; in order, after what must come before. */
  readonly refusals: Readonly<Record<string, Changes<InputOf<Name>> | (() => Promise<Changes<InputOf<Name>>>)>>;
}

/** One whose operation is not known by type. */
interface AnyLife {
  readonly input: object;
  readonly isNeverAnswered?: true;
  readonly refusals: Readonly<Record<string, object | (() => Promise<object>)>>;
}

/** What the API stands on while its operations live. */
export interface World {
  readonly api: ServedApi;
  readonly autoScaling: FakeAutoScaling;
}

/** Operations that live in the same surroundings. */
export interface Family {
  readonly operations: readonly OperationName[];
  /** Makes the surroundings, anew for each operation. */
  livesIn(world: World): Promise<Readonly<Record<string, AnyLife>>>;
}

export function family<Name extends OperationName>(
  operations: readonly Name[],
  livesIn: (world: World) => Promise<{ readonly [Each in Name]: Life<Each> }>,
): Family {
  return { operations, livesIn };
}

/** Calls an operation by its name, through CodeDeploy's public client. */
export function call(client: CodeDeployClient, operation: OperationName, input: object): Promise<unknown> {
  const Command = CodeDeploy[`${operation}Command`] as new (input: object) => CodeDeploy.GetDeploymentCommand;
  return client.send(new Command(input));
}
