import { isName } from '../../core/names.ts';
import { ApplicationNameRequired, InvalidApplicationName } from '../errors/application-errors.ts';
import { required } from './required.ts';

/** @throws ApplicationNameRequired, InvalidApplicationName */
export function requireApplicationName(applicationName: string | undefined): string {
  return checkApplicationName(required(applicationName, ApplicationNameRequired));
}

/** Where another member is required too, which comes before the syntax of any. @throws InvalidApplicationName */
export function checkApplicationName(applicationName: string): string {
  if (!isName(applicationName)) throw new InvalidApplicationName(applicationName);
  return applicationName;
}
