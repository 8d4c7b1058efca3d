import { z } from 'zod';
import { operation } from '../operation.ts';
import { targetGroupSettings } from '../targets/target-group.ts';
import { targetGroupView } from '../view.ts';

const rules = targetGroupSettings.extend({ Name: z.string().min(1).max(32) });

/** @throws AwsError DuplicateTargetGroupName */
export const createTargetGroup = operation(rules, ({ Name, ...settings }, { targetGroups }) => ({
  TargetGroups: [targetGroupView(targetGroups.create(Name, settings), [])],
}));
