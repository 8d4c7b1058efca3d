import type { ListApplicationRevisionsInput, ListApplicationRevisionsOutput } from '@aws-sdk/client-codedeploy';

import type { Page } from '../../adapters/table/page.ts';
import type { Application } from '../../core/application.ts';
import type { RegisteredRevision } from '../../core/application-revisions/application-revision.ts';
import { type RevisionOrder, sortedPage } from '../../core/application-revisions/revision-order.ts';
import { findTargetGroups } from '../application-revisions/target-groups.ts';
import { everyItem, filteredPage } from '../filtered-page.ts';
import type { Operation, Ports } from '../operation.ts';
import { openPage, PAGE_SIZE } from '../paging.ts';
import { findApplication } from '../validation/application.ts';
import { requireApplicationName } from '../validation/application-name.ts';
import { checkBundleFilter, checkDeployedFilter, checkRevisionOrder } from '../validation/revision-list.ts';
import { listedLocation } from '../wire/revision-location.ts';

/**
 * Revisions of an application, a page at a time. Texts of AppSpec files are left out; their digests find them.
 * Sorting reads all revisions of the application for each page.
 * @throws ApplicationNameRequired, InvalidApplicationName, ApplicationDoesNotExist, InvalidSortBy, InvalidSortOrder,
 *   BucketNameFilterRequired, InvalidBucketNameFilter, InvalidKeyPrefixFilter, InvalidDeployedStateFilter,
 *   InvalidNextToken
 */
export const listApplicationRevisions: Operation<ListApplicationRevisionsInput, ListApplicationRevisionsOutput> = {
  input: {
    applicationName: 'text',
    sortBy: 'text',
    sortOrder: 'text',
    s3Bucket: 'text',
    s3KeyPrefix: 'text',
    deployed: 'text',
    nextToken: 'text',
  },

  async run(input, ports) {
    const application = await findApplication(requireApplicationName(input.applicationName), ports);
    const order = checkRevisionOrder(input);
    const passes = await filterOf(input, application, ports);
    const page = openPage('ListApplicationRevisions', input);
    const { items, last } = await pageOf(application, passes, order, page.after, ports);
    return {
      revisions: items.map(({ revision }) => listedLocation(revision)),
      nextToken: page.tokenAfter(last),
    };
  },
};

type Filter = (registered: RegisteredRevision) => boolean;

async function filterOf(input: ListApplicationRevisionsInput, application: Application, ports: Ports): Promise<Filter> {
  const isMeant = checkBundleFilter(input);
  const deployed = checkDeployedFilter(input);
  if (deployed === 'ignore') return ({ revision }) => isMeant(revision);
  const targetGroups = await findTargetGroups(application, ports);
  const isWanted = deployed === 'include';
  return ({ revision }) => isMeant(revision) && targetGroups.of(revision).length > 0 === isWanted;
}

async function pageOf(
  application: Application,
  passes: Filter,
  order: RevisionOrder | undefined,
  after: string | undefined,
  { applicationRevisions }: Ports,
): Promise<Page<RegisteredRevision>> {
  const read = (from: string | undefined, limit: number) => applicationRevisions.page(application, from, limit);
  if (!order) return filteredPage(read, passes, after);
  return sortedPage((await everyItem(read)).filter(passes), order, after, PAGE_SIZE);
}
