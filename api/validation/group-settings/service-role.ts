import { InvalidRole } from '../../errors/group-settings-errors.ts';

/** Its form alone: nobody here assumes it. @throws InvalidRole */
export function checkServiceRole(serviceRoleArn: string): string {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/\S+$/.test(serviceRoleArn)) throw new InvalidRole(serviceRoleArn);
  return serviceRoleArn;
}
