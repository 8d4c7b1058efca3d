import { declaredPaths, type PropertyTable, undeclared } from '../cloudformation/property-table.ts';
import type { ResourceType } from '../cloudformation/resource-type.ts';
import type { Template } from '../cloudformation/template.ts';
import { unplayedPolicies } from '../cloudformation/unplayed-policies.ts';
import type { Service } from '../endpoint/service.ts';

/** What a rehearsal makes of the templates of an assembly, and what it answers. */
export interface Fidelity {
  /** In alphabetical order. */
  readonly resourceTypes: readonly PlayedType[];
  /** Creation and update policies that nobody plays, in words. */
  readonly ignoredPolicies: readonly string[];
  readonly services: readonly ServedService[];
}

/** A resource type of the templates; properties are those that the templates set. */
export interface PlayedType {
  readonly type: string;
  readonly resources: number;
  readonly isPlayed: boolean;
  /** Of a custom resource: all go to its function. */
  readonly honoured: readonly string[];
  readonly withoutEffect: readonly { readonly reason: string; readonly properties: readonly string[] }[];
  /** Nobody knows them: the assembly cannot be rehearsed. */
  readonly refused: readonly string[];
}

export interface ServedService {
  readonly signingNames: readonly string[];
  /** Undefined where an emulator in a process of its own answers, and says itself what it does not know. */
  readonly operations: readonly string[] | undefined;
}

export function fidelityOf(
  templates: readonly Template[],
  typeOf: (type: string) => ResourceType | undefined,
  services: readonly Service[],
): Fidelity {
  const resources = templates.flatMap(({ Resources }) => Object.values(Resources));
  const byType = Map.groupBy(resources, ({ Type }) => Type);
  return {
    resourceTypes: [...byType]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([type, found]) => {
        const settings = found.map(({ Properties = {} }) => Properties);
        return { type, resources: found.length, ...judge(settings, typeOf(type)) };
      }),
    ignoredPolicies: templates.flatMap(unplayedPolicies),
    services: services.map(({ signingNames, operations }) => ({ signingNames, operations })),
  };
}

type Judgement = Omit<PlayedType, 'type' | 'resources'>;

function judge(settings: readonly Readonly<Record<string, unknown>>[], played: ResourceType | undefined): Judgement {
  const table: PropertyTable | undefined = played?.properties;
  if (!table) {
    const names = sorted(settings.flatMap((each) => Object.keys(each)));
    return { isPlayed: played !== undefined, honoured: played ? names : [], withoutEffect: [], refused: [] };
  }
  const set = new Set(settings.flatMap((each) => declaredPaths(each, table)));
  return {
    isPlayed: true,
    honoured: sorted(table.honoured.filter((name) => set.has(name))),
    withoutEffect: Object.entries(table.withoutEffect ?? {})
      .map(([reason, names]) => ({ reason, properties: names.filter((name) => set.has(name)) }))
      .filter(({ properties }) => properties.length > 0),
    refused: sorted(settings.flatMap((each) => undeclared(each, table))),
  };
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
