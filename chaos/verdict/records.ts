import type { FleetDeployment, GroupHistory, TargetList } from '../../core/fleet-deployment.ts';
import type { Target } from '../../core/target.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';

/** The table as it stands, sorted by what its items are. */
export interface Records {
  readonly targets: readonly Target[];
  readonly fleets: readonly FleetDeployment[];
  readonly lists: ReadonlyMap<string, TargetList>;
  readonly histories: readonly GroupHistory[];
  /** Items of hosts by instance id. */
  readonly hosts: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export function recordsIn(documents: MemoryDocuments): Records {
  const items = documents.all() as readonly Readonly<Record<string, unknown>>[];
  const of = (test: (pk: string, sk: string) => boolean) =>
    items.filter((item) => test(String(item['pk']), String(item['sk'])));
  return {
    targets: of((_, sk) => sk.startsWith('TARGET#')) as unknown as readonly Target[],
    fleets: of(
      (pk, sk) => pk.startsWith('DEPLOYMENT#') && sk === 'DEPLOYMENT',
    ) as unknown as readonly FleetDeployment[],
    lists: new Map(
      of((_, sk) => sk === 'TARGETS').map((item) => [String(item['pk']).slice(11), item as unknown as TargetList]),
    ),
    histories: of((pk, sk) => pk.startsWith('GROUP#') && sk === 'DEPLOYMENTS') as unknown as readonly GroupHistory[],
    hosts: new Map(of((pk) => pk.startsWith('HOST#')).map((item) => [String(item['pk']).slice(5), item])),
  };
}
