import { z } from 'zod';
import { AwsError } from '../../endpoint/service.ts';
import { filters, passes, tagFilter } from '../filters.ts';
import { texts } from '../input.ts';
import { operation, tagSet, type Ec2Operation } from '../operation.ts';
import type { NetworkPrefix, NetworkThing } from './network.ts';

/** How one kind of network thing is asked for and shown. */
interface NetworkDescription {
  readonly prefix: NetworkPrefix;
  /** Name of the list in the answer. */
  readonly set: string;
  /** `VpcId.1=…` */
  readonly idParameter: string;
  /** `<vpcId>` */
  readonly idMember: string;
}

/** A Describe call: by ids, by filters, or all. @throws AwsError `Invalid<Id>.NotFound` */
export function describeNetwork({ prefix, set, idParameter, idMember }: NetworkDescription): Ec2Operation {
  const rules = z.looseObject({ Filter: filters });
  return operation(rules, (input, { network, accountId }) => {
    const ids = texts.default([]).parse(input[idParameter]);
    const chosen = ids.length === 0 ? network.list(prefix) : ids.map((id) => known(network.find(id), id, idParameter));
    const views = chosen.map((thing) => ({ [idMember]: thing.id, ownerId: accountId, ...plain(thing) }));
    return { [set]: views.filter((view, index) => passes(input.Filter, viewOf(view, chosen[index]))) };
  });
}

function known(thing: NetworkThing | undefined, id: string, idParameter: string): NetworkThing {
  if (thing) return thing;
  const kind = idParameter.replace(/Id$/, 'ID');
  throw new AwsError(`Invalid${kind}.NotFound`, `The ${kind} '${id}' does not exist`);
}

/** The template's own words, spelled as the API's: `CidrBlock` is shown as `cidrBlock`. */
function plain({ properties, tags }: NetworkThing): Record<string, unknown> {
  const shown = Object.entries(properties).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return {
    ...Object.fromEntries(shown.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value])),
    state: 'available',
    tagSet: tagSet(tags),
  };
}

/** `vpc-id` looks at `vpcId`. */
function viewOf(view: Readonly<Record<string, unknown>>, thing: NetworkThing | undefined) {
  return (name: string): readonly string[] | undefined => {
    const member = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const value = view[member];
    return value === undefined ? tagFilter(name, thing?.tags ?? new Map()) : [String(value)];
  };
}
