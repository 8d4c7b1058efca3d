import type { Application } from '../../core/application.ts';
import { ApplicationDoesNotExist } from '../errors/application-errors.ts';
import type { Ports } from '../operation.ts';

/** @throws ApplicationDoesNotExist */
export async function findApplication(
  applicationName: string,
  { applications }: Pick<Ports, 'applications'>,
): Promise<Application> {
  const application = await applications.byName(applicationName);
  if (!application) throw new ApplicationDoesNotExist(applicationName);
  return application;
}
