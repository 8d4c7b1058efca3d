import type { Fidelity } from '../rehearsal/index.ts';

type PlayedType = Fidelity['resourceTypes'][number];

/** What a rehearsal makes of an assembly's templates, in words for a terminal. */
export function renderFidelity({ resourceTypes, ignoredPolicies, services }: Fidelity): string {
  return [
    'Resource types of the templates. What is not listed below one is honoured.',
    '',
    ...resourceTypes.flatMap(linesOf),
    '',
    'Policies of the templates that are not played',
    ...(ignoredPolicies.length > 0 ? ignoredPolicies : ['none']).map((policy) => `  ${policy}`),
    '',
    'Operations that are answered',
    ...services.map(
      ({ signingNames, operations }) =>
        `  ${signingNames.join(', ')}: ${operations?.toSorted().join(', ') ?? 'by an emulator, which refuses what it does not know'}`,
    ),
  ].join('\n');
}

/** Whether all of the templates can be rehearsed. */
export function isPlayable({ resourceTypes }: Fidelity): boolean {
  return resourceTypes.every(({ isPlayed, refused }) => isPlayed && refused.length === 0);
}

function linesOf({ type, resources, isPlayed, honoured, withoutEffect, refused }: PlayedType): string[] {
  if (!isPlayed) return [`  ${type} (${resources}): NOT PLAYED`];
  return [
    `  ${type} (${resources}): ${honoured.length} honoured`,
    ...withoutEffect.map(({ reason, properties }) => `      without effect: ${properties.join(', ')} — ${reason}`),
    ...refused.map((name) => `      REFUSED: ${name}`),
  ];
}
