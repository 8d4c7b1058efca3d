import type { ApplicationInfo } from '@aws-sdk/client-codedeploy';

import type { Application } from '../../core/application.ts';

/** An application as clients see it. None is linked to GitHub: that takes a browser and CodeDeploy's own console. */
export function applicationInfo(application: Application): ApplicationInfo {
  return {
    applicationId: application.applicationId,
    applicationName: application.applicationName,
    createTime: new Date(application.createdAtMs),
    linkedToGitHub: false,
    computePlatform: application.computePlatform,
  };
}
