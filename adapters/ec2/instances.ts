import { type EC2Client, type Instance, paginateDescribeInstances } from '@aws-sdk/client-ec2';

import type { DescribedInstance } from '../../core/fleet/selection.ts';
import { isSelected, type TagSelector } from '../../core/fleet/tag-filter.ts';

/** EC2 instances of this account and Region. */
export interface Instances {
  /** Instances with such tags that have not been terminated. Nobody is selected by no filter at all. */
  tagged(selector: TagSelector): Promise<readonly DescribedInstance[]>;
  /** Those of the instances that are terminated or about to be, or that EC2 has forgotten. */
  gone(instanceIds: readonly string[]): Promise<readonly string[]>;
}

export class Ec2Instances implements Instances {
  readonly #client: EC2Client;

  constructor(client: EC2Client) {
    this.#client = client;
  }

  async tagged(selector: TagSelector): Promise<readonly DescribedInstance[]> {
    if (!selector.filters?.length && !selector.tagSet?.length) return [];
    const found: DescribedInstance[] = [];
    // EC2's own filters cannot say "any of several lists of tags, and all of them": the choice is made here.
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: this.#client }, { Filters: [ALIVE] }))
      found.push(
        ...Reservations.flatMap(({ Instances: instances = [] }) => instances.map(instanceIn)).filter(({ tags }) =>
          isSelected(selector, tags),
        ),
      );
    return found;
  }

  async gone(instanceIds: readonly string[]): Promise<readonly string[]> {
    const alive = new Set<string>();
    for (let start = 0; start < instanceIds.length; start += MOST_FILTER_VALUES) {
      // A filter, as asking by id is refused as a whole where EC2 has forgotten one of them.
      const named = { Name: 'instance-id', Values: instanceIds.slice(start, start + MOST_FILTER_VALUES) };
      for await (const { Reservations = [] } of paginateDescribeInstances(
        { client: this.#client },
        { Filters: [named, ALIVE] },
      ))
        for (const { InstanceId = '' } of Reservations.flatMap(({ Instances = [] }) => Instances))
          alive.add(InstanceId);
    }
    return instanceIds.filter((id) => !alive.has(id));
  }
}

const ALIVE = { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] };

/** EC2 takes so many values of one filter. */
const MOST_FILTER_VALUES = 200;

function instanceIn({ InstanceId = '', State, Placement, Tags = [] }: Instance): DescribedInstance {
  const zone = Placement?.AvailabilityZone;
  return {
    instanceId: InstanceId,
    state: State?.Name ?? 'unknown',
    ...(zone !== undefined && { zone }),
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}
