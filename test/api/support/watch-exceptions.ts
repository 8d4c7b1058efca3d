import type { IncomingHttpHeaders } from 'node:http';

import { afterEach, expect } from 'vitest';

import { modelledExceptions } from '../exceptions/modelled-exceptions.ts';

/** What any operation may answer with. */
const OF_THE_PROTOCOL = ['UnknownOperationException', 'SerializationException', 'InternalFailure'];

/** What some answer with on purpose, although CodeDeploy's model does not say that they do: docs/api.md. */
const OF_OUR_OWN = [
  'CreateDeployment: UnsupportedActionForDeploymentTypeException',
  'DeleteDeploymentGroup: InvalidInputException',
];

const modelled = modelledExceptions();

/** Has each test fail in which an operation answers with an exception that is none of its own. */
export function watchExceptions() {
  let strangers: string[] = [];
  afterEach(() => {
    const seen = strangers;
    strangers = [];
    expect(seen).toEqual([]);
  });
  return {
    see(asked: IncomingHttpHeaders, answered: Readonly<Record<string, boolean | number | string>>): void {
      const [, operation = ''] = String(asked['x-amz-target']).split('.');
      const exception = answered['x-amzn-errortype'];
      const known = modelled.get(operation);
      if (!known || exception === undefined || OF_THE_PROTOCOL.includes(String(exception))) return;
      const isKnown = known.some((name) => `${name}Exception` === exception);
      const seen = `${operation}: ${exception}`;
      if (!isKnown && !OF_OUR_OWN.includes(seen)) strangers.push(seen);
    },
  };
}
