import { expect, it } from 'vitest';
import { renderOutcomes } from '../../../stories/permissions/render-outcomes.ts';
import { outcomeOf } from '../../../stories/permissions/results.ts';
import type { StackGrant } from '../../../stories/permissions/withdraw.ts';

const aGrant = (name: string, text: string): StackGrant => ({
  ...{ stack: 'SlipwayEngine', name, text },
  without: (template) => template,
});

const GRANTS = [
  aGrant('EngineTrafficRoleD5A532C2 #1', 'Allow sts:AssumeRole to {"Service":"lambda.amazonaws.com"}'),
  aGrant('EngineTrafficRoleDefaultPolicy888B3B7A #1', 'Allow logs:PutLogEvents'),
  aGrant('WebRevisionsE9E7DBB5 #1', 'Allow s3:GetObject, s3:GetObjectVersion'),
];

it('tells role by role what is seen without a grant, in which chapter and after what time', () => {
  const markdown = renderOutcomes(GRANTS, {
    census: {
      'SlipwayEngine/WebRevisionsE9E7DBB5 #1': { decisions: [], unused: ['s3:GetObjectVersion'] },
    },
    chapters: {},
    outcomes: {
      'SlipwayEngine/EngineTrafficRoleD5A532C2 #1': {
        text: 'Allow sts:AssumeRole to {"Service":"lambda.amazonaws.com"}',
        chapter: 'rollouts',
        failure: 'no role to take',
        wallMs: 2400,
      },
      'SlipwayEngine/EngineTrafficRoleDefaultPolicy888B3B7A #1': {
        text: 'Allow logs:PutLogEvents',
        chapter: 'rollouts',
        failure: 'User: arn:… is not authorized to perform: logs:PutLogEvents on resource: … because …',
        wallMs: 9100,
      },
      'SlipwayEngine/WebRevisionsE9E7DBB5 #1': {
        text: 'Allow s3:GetObject, s3:GetObjectVersion',
        chapter: 'real-hosts',
        wallMs: 14_000,
      },
    },
  });

  expect(markdown).toBe(`### Traffic

| without | which says | is seen | in | after |
| --- | --- | --- | --- | --- |
| role #1 | Allow sts:AssumeRole to {"Service":"lambda.amazonaws.com"} | no role to take | rollouts | 2.4 s |
| policy #1 | Allow logs:PutLogEvents | refused: \`logs:PutLogEvents\` | rollouts | 9.1 s |

### WebRevisions

| without | which says | is seen | in | after |
| --- | --- | --- | --- | --- |
| policy #1 | Allow s3:GetObject, s3:GetObjectVersion | **nothing** | real-hosts | 14.0 s |

### Actions and resources that no chapter asks for

- WebRevisions: \`s3:GetObjectVersion\``);
});

it('takes nothing for known of a grant that says something else by now', () => {
  const [grant] = GRANTS.slice(1);
  const outcome = { text: 'Allow logs:*', chapter: 'rollouts', failure: 'refused', wallMs: 1 };
  const outcomes = { 'SlipwayEngine/EngineTrafficRoleDefaultPolicy888B3B7A #1': outcome };

  expect(grant && outcomeOf({ census: {}, chapters: {}, outcomes }, grant)).toBeUndefined();
});
