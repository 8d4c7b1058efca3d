import type { ChoiceRule, State, StateList } from './definition.ts';
import type { Fields } from './fields.ts';
import { failing, following, outgoing } from './parse-transitions.ts';
import { present } from './present.ts';
import type { Template } from './template.ts';

const TYPES = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'] as const;

/** Reads the states of a branch or of a Map's processor, which are lists as the machine's own is one. */
type ParseList = (fields: Fields) => StateList;

/** One state of a list. Undefined when its type is unknown, which is then noted. */
export function parseState(name: string, fields: Fields, parseList: ParseList): State | undefined {
  fields.require('Type');
  const type = fields.raw('Type');
  const known = TYPES.find((candidate) => candidate === type);
  if (known === undefined) {
    fields.problem(`The field 'Type' should have one of these values: [${TYPES.join(', ')}]`, 'Type');
    return undefined;
  }
  const state = PARSERS[known](name, fields, parseList);
  fields.refuseOthers();
  return state;
}

const PARSERS: Readonly<Record<(typeof TYPES)[number], (name: string, fields: Fields, parseList: ParseList) => State>> =
  {
    Pass: (name, fields) => ({ type: 'Pass', name, ...outgoing(fields), ...following(fields) }),
    Task: parseTask,
    Choice: parseChoice,
    Wait: parseWait,
    Parallel: parseParallel,
    Map: parseMap,
    Succeed: (name, fields) => ({ type: 'Succeed', name, ...present({ output: fields.template('Output') }) }),
    Fail: (name, fields) => ({
      type: 'Fail',
      name,
      ...present({ error: fields.templateOf('string', 'Error'), cause: fields.templateOf('string', 'Cause') }),
    }),
  };

function parseTask(name: string, fields: Fields): State {
  fields.require('Resource');
  return {
    type: 'Task',
    name,
    resource: fields.string('Resource') ?? '',
    ...present({
      arguments: fields.template('Arguments'),
      timeoutSeconds: fields.templateOf('number', 'TimeoutSeconds'),
      heartbeatSeconds: fields.templateOf('number', 'HeartbeatSeconds'),
    }),
    ...failing(fields),
    ...outgoing(fields),
    ...following(fields),
  };
}

function parseChoice(name: string, fields: Fields): State {
  fields.require('Choices');
  const choices = fields.objects('Choices').map(parseRule);
  if (fields.has('Choices') && choices.length === 0) fields.problem('Value cannot be empty', 'Choices');
  return { type: 'Choice', name, choices, ...present({ default: fields.string('Default') }), ...outgoing(fields) };
}

function parseRule(fields: Fields): ChoiceRule {
  fields.require('Condition', 'Next');
  const condition = fields.templateOf('boolean', 'Condition') ?? { kind: 'constant', value: false };
  const rule = { condition, next: fields.string('Next') ?? '', ...outgoing(fields) };
  fields.refuseOthers();
  return rule;
}

function parseWait(name: string, fields: Fields): State {
  if (fields.has('Seconds') === fields.has('Timestamp')) {
    fields.problem('A Wait state must contain exactly one of [Seconds, Timestamp]');
  }
  const field = fields.has('Timestamp') ? 'Timestamp' : 'Seconds';
  const value = fields.templateOf(field === 'Seconds' ? 'number' : 'string', field) ?? { kind: 'constant', value: 0 };
  return { type: 'Wait', name, wait: { field, value }, ...outgoing(fields), ...following(fields) };
}

function parseParallel(name: string, fields: Fields, parseList: ParseList): State {
  fields.require('Branches');
  const branches = fields.objects('Branches').map(parseList);
  if (fields.has('Branches') && branches.length === 0) fields.problem('Value cannot be empty', 'Branches');
  return {
    type: 'Parallel',
    name,
    branches,
    ...present({ arguments: fields.template('Arguments') }),
    ...failing(fields),
    ...outgoing(fields),
    ...following(fields),
  };
}

function parseMap(name: string, fields: Fields, parseList: ParseList): State {
  fields.require('ItemProcessor');
  const processor = fields.object('ItemProcessor');
  const configuration = processor?.object('ProcessorConfig');
  const mode = configuration?.oneOf('Mode', ['INLINE', 'DISTRIBUTED'], 'INLINE') ?? 'INLINE';
  configuration?.oneOf('ExecutionType', ['STANDARD', 'EXPRESS'], 'STANDARD');
  configuration?.refuseOthers();
  const none: StateList = { startAt: '', states: new Map() };
  return {
    type: 'Map',
    name,
    mode,
    processor: processor ? parseList(processor) : none,
    label: fields.string('Label') ?? name,
    ...present({
      items: fields.templateOf('array', 'Items'),
      itemSelector: fields.template('ItemSelector'),
      maxConcurrency: fields.templateOf('number', 'MaxConcurrency'),
      ...(mode === 'DISTRIBUTED' && distributed(fields)),
    }),
    ...failing(fields),
    ...outgoing(fields),
    ...following(fields),
  };
}

function distributed(fields: Fields): Record<string, Template | undefined> {
  const batcher = fields.object('ItemBatcher');
  const maxItemsPerBatch = batcher?.templateOf('number', 'MaxItemsPerBatch');
  batcher?.refuseOthers();
  return {
    maxItemsPerBatch,
    toleratedFailureCount: fields.templateOf('number', 'ToleratedFailureCount'),
    toleratedFailurePercentage: fields.templateOf('number', 'ToleratedFailurePercentage'),
  };
}
