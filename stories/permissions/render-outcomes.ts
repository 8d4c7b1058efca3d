import { formatDuration } from '../timeline/format.ts';
import { keyOf } from './census.ts';
import { type Outcome, outcomeOf, type Results } from './results.ts';
import type { StackGrant } from './withdraw.ts';

/** Tables of Markdown, one for each role or resource: what each grant says, and what is seen without it. */
export function renderOutcomes(grants: readonly StackGrant[], results: Results): string {
  const groups = Map.groupBy(grants, ({ name }) => ownerOf(name));
  const tables = [...groups].map(([owner, members]) => {
    const rows = members.map((grant) => row(grant, outcomeOf(results, grant)));
    return [
      `### ${owner}`,
      '',
      '| without | which says | is seen | in | after |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  const idle = grants.flatMap((grant) =>
    (results.census[keyOf(grant)]?.unused ?? []).map((each) => `- ${ownerOf(grant.name)}: \`${each}\``),
  );
  const actions =
    idle.length === 0 ? [] : [['### Actions and resources that no chapter asks for', '', ...idle].join('\n')];
  return [...tables, ...actions].join('\n\n');
}

/** A line of such a table. */
export function row({ name, text }: StackGrant, outcome: Outcome | undefined): string {
  const { chapter = '–', wallMs } = outcome ?? {};
  const seen = outcome === undefined ? 'not tried' : whatIsSeen(outcome);
  const after = wallMs === undefined ? '–' : formatDuration(wallMs);
  return `| ${placeOf(name)} | ${cell(text)} | ${seen} | ${chapter} | ${after} |`;
}

function whatIsSeen({ failure }: Outcome): string {
  if (failure === undefined) return '**nothing**';
  const refused = /is not authorized to perform: (\S+)/.exec(failure)?.[1];
  const missed = /^The story says: (.+?)\. Seen instead: /.exec(failure)?.[1];
  if (refused !== undefined) return `refused: \`${refused}\``;
  return missed === undefined ? cell(withoutSuffixes(failure)) : `not “${cell(missed)}”`;
}

/** What the CDK puts behind names, and who deployed, are of no interest. */
const withoutSuffixes = (failure: string): string =>
  failure
    .replace(/^Stack \S+: /, '')
    .replaceAll(/(?<=[a-z])[0-9A-F]{8}\b/g, '')
    .slice(0, LONGEST_FAILURE);

const LONGEST_FAILURE = 140;

/** `EngineOrchestratorRoleDefaultPolicy192B1F24 #3` is a matter of `Orchestrator`. */
function ownerOf(name: string): string {
  const [logicalId = ''] = name.split(' ');
  return logicalId.replace(/^Engine/, '').replace(/(Role|Policy|AllowEventRule|(?<=Revisions))[0-9A-Z]?.*$/, '');
}

/** What remains of the name: `Policy #3`. */
function placeOf(name: string): string {
  const [logicalId = '', ...rest] = name.split(' ');
  const kind = /AllowEventRule/.test(logicalId) ? 'permission' : /Role[0-9A-F]{8}$/.test(logicalId) ? 'role' : 'policy';
  return [kind, ...rest].join(' ');
}

const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('*', '\\*');
